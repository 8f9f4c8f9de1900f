import { isoInstant } from '../../domain/date.ts';
import type { listJobs } from '../../usecases/list-jobs.ts';
import { countOf } from '../arguments.ts';
import { formatInstant } from '../figures.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, table } from '../report.ts';

type Job = ReturnType<typeof listJobs>[number];

export const addJobs: AddCommands = (program, { run }) => {
  program
    .command('jobs')
    .helpGroup(purposes.keep)
    .summary('the last refreshes: when, how they ended, what they cost')
    .description('List the last runs of refreshes and other jobs, the latest first.')
    .option('--limit <count>', 'how many', countOf('--limit', 1, 10_000), 20)
    .addHelpText('after', examples('asxos jobs', 'asxos jobs --limit 5 --json'))
    .action(async (options: { limit: number }, command) => {
      const { listJobs } = await import('../../usecases/list-jobs.ts');
      await run(command, ({ app }) => {
        const jobs = listJobs(app, options);
        return {
          schema: 'jobs/1',
          asOf: isoInstant(app.now()),
          data: { jobs: jobs.map(jobRow) },
          sections: [
            jobs.length === 0 ? lines('Nothing has run yet. Fetch prices: asxos refresh') : table(jobs, columns),
          ],
          csv: csvOf(jobs, columns),
        };
      });
    });
};

const ended = ({ finishedAt }: Job): string | undefined =>
  finishedAt === undefined ? undefined : isoInstant(finishedAt);

const jobRow = (job: Job) => ({
  id: job.id,
  job: job.job,
  startedAt: isoInstant(job.startedAt),
  finishedAt: ended(job),
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
  { title: 'Outcome', field: 'outcome', text: row => row.outcome ?? 'no end', value: row => row.outcome },
  { title: 'Requests', field: 'calls', align: 'right', text: row => String(row.calls), value: row => row.calls },
  { title: 'Ended', field: 'finishedAt', rank: 1, text: row => formatInstant(row.finishedAt), value: ended },
  { title: 'Message', field: 'message', isName: true, text: row => row.message ?? '', value: row => row.message },
];
