/** The backups of the data directory, the newest first. */
import type { App } from '../app.ts';
import { listBackups as list, type StoredBackup } from '../db/backups.ts';

export type { StoredBackup } from '../db/backups.ts';

export const listBackups = (app: App): StoredBackup[] => list(app.databasePath);
