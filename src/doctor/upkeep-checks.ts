/** What runs by itself: the schedule, the refresh, other jobs, notifications on their way, the account. */
import type { Database } from '../db/database.ts';
import { followedCodes } from '../db/followed.ts';
import { type JobRun, lastTried, listJobRuns } from '../db/jobs.ts';
import { stuckDeliveries } from '../db/stuck-deliveries.ts';
import { day, hour, type Instant, sydneyDate } from '../domain/date.ts';
import { readBlock } from '../domain/schedule/crontab.ts';
import { Failure } from '../failure.ts';
import { formatCount, formatDate } from '../format.ts';
import { openCrontab } from '../host/crontab.ts';
import { readUnits } from '../host/user-units.ts';
import { type Check, ok, type Patient, problem, some, unknown, warning } from './check.ts';

/** Where the schedule is; a Failure says why that cannot be told. */
async function schedulers({ app, signal }: Patient): Promise<string[]> {
  const crontab = await openCrontab(app.env, signal)?.read();
  const inCron = crontab !== undefined && readBlock(crontab) !== undefined;
  return [...(inCron ? ['cron'] : []), ...(readUnits(app.env).timer !== undefined ? ['systemd'] : [])];
}

const lastRefresh = (db: Database, now: Instant): Instant | undefined =>
  ['refresh all', 'refresh prices', 'refresh history']
    .flatMap(job => lastTried(db, job, now).doneAt ?? [])
    .sort((a, b) => b - a)[0];

const follows = ({ db, app }: Patient): boolean => followedCodes(db(), app.config.benchmark).current.length > 0;

const ago = (at: Instant, now: Instant): string => {
  const days = Math.floor((now - at) / day);
  return days === 0 ? 'today' : `${formatCount(days, 'day')} ago`;
};

export const upkeepChecks: readonly Check[] = [
  {
    id: 'schedule',
    looksAt: 'cron or systemd runs the refresh, once',
    why: 'Without it prices, alerts and backups come only while the console is open, or when you ask.',
    fix: 'asxos schedule install',
    look: async patient => {
      if (patient.app.simulated) return ok('the demo needs none');
      try {
        const found = await schedulers(patient);
        if (found.length > 1) return problem('it is installed twice, in cron and in systemd', 'asxos schedule remove');
        return found.length === 0 ? warning('not installed') : ok(`installed in ${found[0]}`);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        return error.code === 'bad-file' ? problem(error.message, 'crontab -e') : unknown(error.message);
      }
    },
  },
  {
    id: 'last-refresh',
    looksAt: 'a refresh ended well within the last three days',
    why: 'Prices are old, and no alert was checked by newer ones.',
    fix: 'asxos refresh',
    look: patient => {
      if (!follows(patient)) return ok('nothing is held or watched yet');
      const now = patient.app.now();
      const last = lastRefresh(patient.db(), now);
      if (last === undefined) return warning('none has ended well yet');
      const words = `${formatDate(sydneyDate(last))}, ${ago(last, now)}`;
      return now - last > 3 * day ? warning(words) : ok(words);
    },
  },
  {
    id: 'jobs',
    looksAt: 'the last run of each job ended, and ended well',
    why: 'What it should have brought is missing.',
    fix: 'asxos jobs',
    look: patient => {
      const now = patient.app.now();
      const last = new Map<string, JobRun>();
      for (const run of listJobRuns(patient.db(), 200)) if (!last.has(run.job)) last.set(run.job, run);
      if (last.size === 0) return ok('none has run yet');
      const bad = [...last.values()].flatMap(({ job, outcome, message, startedAt }) => {
        if (outcome === 'failed' || outcome === 'partly') return [`${job}: ${message ?? outcome}`];
        return outcome === undefined && now - startedAt > hour
          ? [`${job}: cut off on ${formatDate(sydneyDate(startedAt))}`]
          : [];
      });
      return bad.length === 0 ? ok(`${formatCount(last.size, 'job')}, all well`) : warning(some(bad, 3));
    },
  },
  {
    id: 'deliveries',
    looksAt: 'notifications went out by the desktop, the command and the webhook of the settings',
    why: 'You are told only in the console.',
    fix: 'asxos notifications log --failed',
    look: patient => {
      const { failed, waiting, error } = stuckDeliveries(patient.db(), patient.app.now() - 7 * day);
      if (failed + waiting === 0) return ok('all that were due went out');
      const words = [
        ...(failed > 0 ? [`${failed} failed in 7 days`] : []),
        ...(waiting > 0 ? [`${waiting} to be tried again`] : []),
      ];
      return warning(`${words.join(', ')}${error === undefined ? '' : `: ${error}`}`);
    },
  },
];
