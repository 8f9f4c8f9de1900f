/**
 * What the inbox is to be told of a job, for who does not read cron's mail: that it failed, once for each kind of failure
 * until one works. Whoever runs the job hands it to `notify`.
 */
import type { App } from '../app.ts';
import { forgetJobTroubles, type JobTrouble, noteJobTrouble, type WatchedJob } from '../db/job-trouble.ts';
import type { NotificationDraft } from '../domain/alerts/notification.ts';
import type { Code } from '../domain/market/security.ts';
import { Failure } from '../failure.ts';

export type { WatchedJob } from '../db/job-trouble.ts';

type Report = { readonly failed: readonly { readonly code: Code | undefined; readonly reason: string }[] };

/** Undefined where there is no news: it worked, it failed as before, or another one is at it. */
export function jobNews(app: App, job: WatchedJob, outcome: Report | Failure): NotificationDraft | undefined {
  if (outcome instanceof Failure) {
    const { code, message, hint } = outcome;
    if (code === 'locked') return undefined;
    return news(app, job, code, hint === undefined ? message : `${message}. ${hint}`, { code });
  }
  const [first] = outcome.failed;
  if (first === undefined) {
    app.db.transaction(() => forgetJobTroubles(app.db, job));
    return undefined;
  }
  const more = outcome.failed.length > 1 ? `, and ${outcome.failed.length - 1} more` : '';
  const message = `${first.code === undefined ? '' : `${first.code}: `}${first.reason}${more}`;
  return news(app, job, 'partly', message, { codes: outcome.failed.flatMap(each => each.code ?? []) });
}

const titles: Readonly<Record<WatchedJob, readonly [failed: string, partly: string]>> = {
  refresh: ['A refresh failed', 'A refresh failed in part'],
  fundamentals: ['Fundamentals were not fetched', 'Fundamentals were fetched in part'],
  signals: ['The signals were not computed', 'The signals were computed in part'],
  sync: ['A sync failed', 'A sync left rows out'],
  backup: ['No backup was made', 'A backup was made in part'],
};

function news(
  app: App,
  job: WatchedJob,
  kind: JobTrouble,
  message: string,
  data: NotificationDraft['data'],
): NotificationDraft | undefined {
  if (!app.db.transaction(() => noteJobTrouble(app.db, job, kind))) return undefined;
  const title = titles[job][kind === 'partly' ? 1 : 0];
  return { type: 'system', priority: 'normal', title, message, data: { ...data, job }, createdAt: app.now() };
}
