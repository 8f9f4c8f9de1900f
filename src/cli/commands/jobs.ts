import { isoInstant } from '../../domain/date.ts';
import { unknown } from '../../format.ts';
import type { listJobs, summaryOfJobs } from '../../usecases/list-jobs.ts';
import { countOf } from '../arguments.ts';
import { formatInstant } from '../figures.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

type Job = ReturnType<typeof listJobs>[number];
type Summary = ReturnType<typeof summaryOfJobs>[number];

type Options = { limit: number; job?: string; summary?: boolean };

export const addJobs: AddCommands = (program, { run }) => {
  program
    .command('jobs')
    .helpGroup(purposes.keep)
    .summary('the last refreshes: when, how they ended, what they cost')
    .description('List the last runs of refreshes and other jobs, the latest first.')
    .option('--limit <count>', 'how many', countOf('--limit', 1, 10_000), 20)
    .option('--job <name>', 'of this job alone, like signals')
    .option('--summary', 'each job once: how often it ended well, how long it takes, what it cost')
    .addHelpText(
      'after',
      examples('asxos jobs', 'asxos jobs --job "refresh all" --limit 5 --json', 'asxos jobs --summary'),
    )
    .action(async ({ summary, ...options }: Options, command) => {
      const { listJobs, summaryOfJobs } = await import('../../usecases/list-jobs.ts');
      await run(command, ({ app }) =>
        summary === true ? summaryReport(summaryOfJobs(app), app.now()) : jobsReport(listJobs(app, options), app.now()),
      );
    });
};

const nothing = 'Nothing has run yet. Fetch prices: asxos refresh';

const jobsReport = (jobs: readonly Job[], now: number): Report => ({
  schema: 'jobs/1',
  asOf: isoInstant(now),
  data: { jobs: jobs.map(jobRow) },
  sections: [jobs.length === 0 ? lines(nothing) : table(jobs, columns)],
  csv: csvOf(jobs, columns),
});

const summaryReport = (jobs: readonly Summary[], now: number): Report => ({
  schema: 'jobs-summary/1',
  asOf: isoInstant(now),
  data: {
    jobs: jobs.map(({ median, slowest, lastDoneAt, ...row }) => ({
      ...row,
      medianSeconds: seconds(median),
      slowestSeconds: seconds(slowest),
      lastDoneAt: lastDoneAt === undefined ? undefined : isoInstant(lastDoneAt),
    })),
  },
  sections: [jobs.length === 0 ? lines(nothing) : table(jobs, summaryColumns)],
  csv: csvOf(jobs, summaryColumns),
});

const seconds = (milliseconds: number | undefined): number | undefined =>
  milliseconds === undefined ? undefined : milliseconds / 1000;
const duration = (milliseconds: number | undefined): string =>
  milliseconds === undefined ? unknown : `${(milliseconds / 1000).toFixed(1)} s`;

const summaryColumns: readonly Column<Summary>[] = [
  { title: 'Job', field: 'job', text: row => row.job },
  { title: 'Runs', field: 'runs', align: 'right', text: row => String(row.runs), value: row => row.runs },
  { title: 'Done', field: 'done', align: 'right', text: row => String(row.done), value: row => row.done },
  {
    title: 'Median',
    field: 'medianSeconds',
    align: 'right',
    text: row => duration(row.median),
    value: row => seconds(row.median),
  },
  {
    title: 'Slowest',
    field: 'slowestSeconds',
    align: 'right',
    text: row => duration(row.slowest),
    value: row => seconds(row.slowest),
  },
  { title: 'Requests', field: 'calls', align: 'right', text: row => String(row.calls), value: row => row.calls },
  {
    title: 'Last done',
    field: 'lastDoneAt',
    text: row => (row.lastDoneAt === undefined ? 'never' : formatInstant(row.lastDoneAt)),
    value: row => (row.lastDoneAt === undefined ? undefined : isoInstant(row.lastDoneAt)),
  },
  {
    title: 'Last trouble',
    field: 'lastTrouble',
    isName: true,
    text: row => row.lastTrouble ?? '',
    value: row => row.lastTrouble,
  },
];

const lasted = ({ startedAt, finishedAt }: Job): number | undefined =>
  finishedAt === undefined ? undefined : finishedAt - startedAt;

const ended = ({ finishedAt }: Job): string | undefined =>
  finishedAt === undefined ? undefined : isoInstant(finishedAt);

const jobRow = (job: Job) => ({
  id: job.id,
  job: job.job,
  startedAt: isoInstant(job.startedAt),
  finishedAt: ended(job),
  seconds: seconds(lasted(job)),
  outcome: job.outcome,
  calls: job.calls,
  message: job.message,
});

const columns: readonly Column<Job>[] = [
  {
    title: 'Started',
    field: 'startedAt',
    text: row => formatInstant(row.startedAt),
    value: row => isoInstant(row.startedAt),
  },
  { title: 'Job', field: 'job', text: row => row.job },
  {
    title: 'Took',
    field: 'seconds',
    align: 'right',
    text: row => duration(lasted(row)),
    value: row => seconds(lasted(row)),
  },
  { title: 'Outcome', field: 'outcome', text: row => row.outcome ?? 'no end', value: row => row.outcome },
  { title: 'Requests', field: 'calls', align: 'right', text: row => String(row.calls), value: row => row.calls },
  { title: 'Ended', field: 'finishedAt', rank: 1, text: row => formatInstant(row.finishedAt), value: ended },
  { title: 'Message', field: 'message', isName: true, text: row => row.message ?? '', value: row => row.message },
];
