import { expect, it } from 'vitest';
import { listRuns } from '../../../src/db/signal-runs.ts';
import { runSignalsJob } from '../../../src/usecases/run-due/signals-job.ts';
import { openTestApp } from '../../support/app.ts';
import { failureOf } from '../../support/eodhd-client.ts';
import { evening, openWith, record } from '../scripted-market.ts';
import { storeCloses } from '../stored-market.ts';

const bought = 'buy 10 BHP @ 40 on 2026-02-02';

it('without a network and with nothing stored ends as the fetch did', async () => {
  const { app } = await openTestApp({ now: evening, env: { ASXOS_EODHD_URL: 'http://127.0.0.1:9/api' } });
  record(app, bought);
  const failure = await failureOf(runSignalsJob(app, { universe: 'held' }));
  expect(failure.code).toBe('offline');
  expect(failure.message).toMatch(/; not fetched: Fetching prices: /);
});

it('without a network goes on with what is stored, and says what was not fetched', async () => {
  const { app } = await openTestApp({ now: evening, env: { ASXOS_EODHD_URL: 'http://127.0.0.1:9/api' } });
  record(app, bought);
  storeCloses(app, { BHP: { '2026-02-27': '50' } });
  const { failed } = await runSignalsJob(app, { universe: 'held' });
  expect(listRuns(app.db)).toMatchObject([{ asOf: '2026-02-27' }]);
  expect(failed).toEqual([
    expect.stringMatching(/^Fetching prices: /),
    expect.stringMatching(/^Fetching fundamentals: /),
  ]);
});

it('with nothing stored and nothing that could be fetched is refused', async () => {
  const { app } = await openWith([], bought);
  expect((await failureOf(runSignalsJob(app, { universe: 'held', offline: true }))).code).toBe('refused');
});
