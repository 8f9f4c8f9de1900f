import { expect, test } from 'vitest';
import { finishJob, lastTried, listJobRuns, startJob, summariseJobs } from '../../src/db/jobs.ts';
import { now, open } from './open-database.ts';

test('a run is recorded when it starts and when it ends', () => {
  const db = open();
  const first = db.transaction(() => startJob(db, 'prices', now));
  expect(listJobRuns(db, 9)).toEqual([{ id: first, job: 'prices', startedAt: now, calls: 0 }]);
  const end = { finishedAt: now + 5, outcome: 'partly', calls: 3, message: '1 of 3 failed' } as const;
  db.transaction(() => finishJob(db, first, end));
  expect(listJobRuns(db, 9)).toEqual([{ id: first, job: 'prices', startedAt: now, ...end }]);
});

test('the last runs come first, and one that was cut off is not finished', () => {
  const db = open();
  const run = (job: string, startedAt: number, outcome?: 'done' | 'failed') =>
    db.transaction(() => {
      const id = startJob(db, job, startedAt);
      if (outcome) finishJob(db, id, { finishedAt: startedAt + 1, outcome, calls: 1 });
    });
  run('prices', now, 'done');
  run('prices', now + 10, 'failed');
  run('universe', now + 20, 'done');
  run('prices', now + 30);
  expect(listJobRuns(db, 2).map(each => each.startedAt - now)).toEqual([30, 20]);
  expect(listJobRuns(db, 9, 'prices').map(each => each.startedAt - now)).toEqual([30, 10, 0]);
  expect(listJobRuns(db, 9, 'prices').map(each => each.outcome)).toEqual([undefined, 'failed', 'done']);
  expect(listJobRuns(db, 9, 'signals')).toEqual([]);
});

test('when a job was last tried and last done; a run of later than now, as before the clock was set back, is not looked at', () => {
  const db = open();
  const run = (startedAt: number, outcome: 'done' | 'failed') =>
    db.transaction(() =>
      finishJob(db, startJob(db, 'signals', startedAt), { finishedAt: startedAt + 1, outcome, calls: 0 }),
    );
  expect(lastTried(db, 'signals', now)).toEqual({ doneAt: undefined, triedAt: undefined });
  run(now - 50, 'done');
  run(now - 20, 'failed');
  run(now + 99, 'done');
  expect(lastTried(db, 'signals', now)).toEqual({ doneAt: now - 50, triedAt: now - 20 });
  expect(lastTried(db, 'signals', now + 99)).toEqual({ doneAt: now + 99, triedAt: now + 99 });
});

test('the summary of a job: how many runs, how many done, how long, what it cost, its last trouble', () => {
  const db = open();
  const run = (job: string, startedAt: number, took: number, outcome: 'done' | 'partly', message?: string) =>
    db.transaction(() =>
      finishJob(db, startJob(db, job, startedAt), { finishedAt: startedAt + took, outcome, calls: 2, message }),
    );
  run('refresh all', now, 3000, 'done');
  run('refresh all', now + 10_000, 1000, 'partly', 'BHP: no answer');
  run('refresh all', now + 20_000, 2000, 'done');
  db.transaction(() => startJob(db, 'signals', now));
  expect(summariseJobs(db)).toEqual([
    {
      job: 'refresh all',
      runs: 3,
      done: 2,
      median: 2000,
      slowest: 3000,
      calls: 6,
      lastDoneAt: now + 20_000,
      lastTrouble: 'BHP: no answer',
    },
    { ...{ job: 'signals', runs: 1, done: 0, calls: 0 }, ...{ median: undefined, slowest: undefined } },
  ]);
});
