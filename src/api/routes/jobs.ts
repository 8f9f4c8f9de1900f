/** The last runs of refreshes and other jobs. */
import { z } from 'zod';
import { isoInstant } from '../../domain/date.ts';
import { listJobs } from '../../usecases/list-jobs.ts';
import type { Endpoints, Parts } from '../parts.ts';
import { limit } from '../signal-query.ts';
import { count, figure, instant, instantOf, orNull, text, words } from '../values.ts';

const jobsAnswer = z.object({
  status: z.literal('success'),
  count,
  jobs: z.array(
    z.object({
      id: z.int(),
      job_name: text,
      status: z.enum(['running', 'success', 'partial', 'failed']),
      started_at: instant,
      completed_at: instant.nullable(),
      duration_seconds: figure,
      calls: count.describe('requests to EODHD'),
      message: words,
      error_message: words,
    }),
  ),
});

type Job = ReturnType<typeof listJobs>[number];

/** A run without an end goes on, or was cut off. */
const statuses = { done: 'success', partly: 'partial', failed: 'failed' } as const;
const statusOf = ({ outcome }: Job): 'running' | (typeof statuses)[keyof typeof statuses] =>
  outcome === undefined ? 'running' : statuses[outcome];

export function addJobs(endpoints: Endpoints, { app }: Parts): void {
  endpoints.signedIn(
    {
      method: 'get',
      path: '/jobs/history',
      summary: 'Refreshes and other jobs, the latest first',
      query: z.object({ job_name: z.string().optional(), limit: limit(50) }),
      answer: jobsAnswer,
    },
    ({ query }) => {
      const jobs = listJobs(app, { limit: query.limit, job: query.job_name }).map(jobRecord);
      return { status: 'success' as const, count: jobs.length, jobs };
    },
  );
}

const jobRecord = (job: Job) => ({
  id: job.id,
  job_name: job.job,
  status: statusOf(job),
  started_at: isoInstant(job.startedAt),
  completed_at: instantOf(job.finishedAt),
  duration_seconds: job.finishedAt === undefined ? null : (job.finishedAt - job.startedAt) / 1000,
  calls: job.calls,
  message: orNull(job.message),
  error_message: job.outcome === 'done' ? null : orNull(job.message),
});
