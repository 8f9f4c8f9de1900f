/**
 * What follows a refresh, whoever asked for it: what came is checked, alerts are checked by it, what is told goes out, and
 * once a day the database is backed up. None of it can fail the refresh: a receiver's trouble is in the inbox. A bug in one
 * of them does not keep the next from its work; it is thrown when all are through.
 */
import type { App } from '../../app.ts';
import { noteAlertCheck } from '../../db/alert-check.ts';
import type { Code } from '../../domain/market/security.ts';
import { Failure } from '../../failure.ts';
import { backUpToday, isBackupDue } from '../back-up.ts';
import { checkAlerts } from '../check-alerts.ts';
import { checkData } from '../check-data.ts';
import { deliverNotifications, isAnythingDue } from '../deliver-notifications.ts';
import { tellOf } from './tell-of.ts';

/** Synchronous, for the console: its deliveries go out by themselves. */
export function followRefresh(app: App): void {
  checkAlerts(app);
  noteAlertCheck(app.db, app.today());
}

/**
 * Of the securities that have news, the stored prices are checked too: what is found is kept for the doctor. Answers why
 * there is no backup of today, where one was to be made.
 */
export async function afterRefresh(
  app: App,
  updated: readonly Code[],
  signal?: AbortSignal,
): Promise<{ code: undefined; reason: string }[]> {
  const failed: { code: undefined; reason: string }[] = [];
  const works = [
    () => {
      if (updated.length > 0) checkData(app, { codes: updated });
    },
    () => followRefresh(app),
    async () => {
      if (isAnythingDue(app)) await deliverNotifications(app, { signal });
    },
    async () => {
      if (isBackupDue(app) && signal?.aborted !== true) failed.push(...(await backUpDaily(app)));
    },
  ];
  const bugs: unknown[] = [];
  for (const work of works) {
    try {
      await work();
    } catch (error) {
      bugs.push(error);
    }
  }
  if (bugs.length > 0) throw bugs[0];
  return failed;
}

async function backUpDaily(app: App): Promise<{ code: undefined; reason: string }[]> {
  try {
    await backUpToday(app);
    tellOf(app, 'backup', { failed: [] });
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    tellOf(app, 'backup', error);
    return [{ code: undefined, reason: `backup: ${error.message}` }];
  }
}
