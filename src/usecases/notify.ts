/** Puts a notification into the inbox, once per event: see `tell`. */
import type { App } from '../app.ts';
import { tell } from '../db/tell.ts';
import type { NotificationDraft } from '../domain/alerts/notification.ts';

/** The new notification's id; undefined when its event was told of before, or its type is switched off. */
export const notify = (app: App, draft: NotificationDraft): number | undefined =>
  app.db.transaction(() => tell(app.db, draft));
