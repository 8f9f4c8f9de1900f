/**
 * What follows a refresh, whoever asked for it: what came is checked, alerts are checked by it, and what is told goes out.
 * None of it can fail the refresh: a receiver's trouble is in the inbox.
 */
import type { App } from '../../app.ts';
import { noteAlertCheck } from '../../db/alert-check.ts';
import type { Code } from '../../domain/market/security.ts';
import { checkAlerts } from '../check-alerts.ts';
import { checkData } from '../check-data.ts';
import { deliverNotifications, isAnythingDue } from '../deliver-notifications.ts';

/** Synchronous, for the console: its deliveries go out by themselves. */
export function followRefresh(app: App): void {
  checkAlerts(app);
  noteAlertCheck(app.db, app.today());
}

/** Of the securities that have news, the stored prices are checked too: what is found is kept for the doctor. */
export async function afterRefresh(app: App, updated: readonly Code[], signal?: AbortSignal): Promise<void> {
  if (updated.length > 0) checkData(app, { codes: updated });
  followRefresh(app);
  if (isAnythingDue(app)) await deliverNotifications(app, { signal });
}
