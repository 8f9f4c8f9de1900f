/**
 * What the inbox is to be told of a refresh, for who does not read cron's mail: that it failed, once for each kind of
 * failure until one works. Whoever refreshes hands it to `notify`.
 */
import type { App } from '../app.ts';
import { forgetRefreshTroubles, noteRefreshTrouble, type RefreshTrouble } from '../db/refresh-trouble.ts';
import type { NotificationDraft } from '../domain/alerts/notification.ts';
import type { Code } from '../domain/market/security.ts';
import { Failure } from '../failure.ts';

type Report = { readonly failed: readonly { readonly code: Code | undefined; readonly reason: string }[] };

/** Undefined where there is no news: it worked, it failed as before, or another one is at it. */
export function refreshNews(app: App, outcome: Report | Failure): NotificationDraft | undefined {
  if (outcome instanceof Failure) {
    const { code, message, hint } = outcome;
    if (code === 'locked') return undefined;
    return news(app, code, hint === undefined ? message : `${message}. ${hint}`, { code });
  }
  const [first] = outcome.failed;
  if (first === undefined) {
    app.db.transaction(() => forgetRefreshTroubles(app.db));
    return undefined;
  }
  const more = outcome.failed.length > 1 ? `, and ${outcome.failed.length - 1} more` : '';
  const message = `${first.code === undefined ? '' : `${first.code}: `}${first.reason}${more}`;
  return news(app, 'partly', message, { codes: outcome.failed.flatMap(each => each.code ?? []) });
}

function news(
  app: App,
  kind: RefreshTrouble,
  message: string,
  data: NotificationDraft['data'],
): NotificationDraft | undefined {
  if (!app.db.transaction(() => noteRefreshTrouble(app.db, kind))) return undefined;
  const title = kind === 'partly' ? 'A refresh failed in part' : 'A refresh failed';
  return { type: 'system', priority: 'normal', title, message, data, createdAt: app.now() };
}
