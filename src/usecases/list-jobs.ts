/** The last runs of refreshes and other jobs. */
import type { App } from '../app.ts';
import { type JobRun, type JobSummary, listJobRuns, summariseJobs } from '../db/jobs.ts';

export const listJobs = (app: App, options: { limit: number; job?: string | undefined }): readonly JobRun[] =>
  listJobRuns(app.db, options.limit, options.job);

export const summaryOfJobs = (app: App): readonly JobSummary[] => summariseJobs(app.db);
