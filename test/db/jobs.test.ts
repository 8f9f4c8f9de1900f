import { expect, test } from 'vitest';
import { finishJob, listJobRuns, startJob } from '../../src/db/jobs.ts';
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
