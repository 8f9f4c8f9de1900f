/**
 * What follows a refresh, whoever asked for it: alerts are checked by the prices that came, and what is told goes out.
 * None of it can fail the refresh: a receiver's trouble is in the inbox.
 */
import type { App } from '../../app.ts';
import { noteAlertCheck } from '../../db/alert-check.ts';
import { checkAlerts } from '../check-alerts.ts';
import { deliverNotifications, isAnythingDue } from '../deliver-notifications.ts';

/** Synchronous, for the console: its deliveries go out by themselves. */
export function followRefresh(app: App): void {
  checkAlerts(app);
  noteAlertCheck(app.db, app.today());
}

export async function afterRefresh(app: App, signal?: AbortSignal): Promise<void> {
  followRefresh(app);
  if (isAnythingDue(app)) await deliverNotifications(app, { signal });
}
