/** Ten processes that do what is due at the same moment do it once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listJobRuns } from '../../src/db/jobs.ts';
import { barsOf } from '../../src/db/prices.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { openTestApp } from '../support/app.ts';
import { evening, json, listed, quoteRow, record, user } from '../usecases/scripted-market.ts';

const market = [
  user(0, 1000),
  json('exchange-symbol-list', [
    { Code: 'BHP', Name: 'BHP Group Limited', Type: 'Common Stock', Currency: 'AUD', Isin: null },
  ]),
  json('exchange-details', { Name: 'ASX', ExchangeHolidays: {}, TradingHours: {} }),
  json('real-time', quoteRow('BHP', 50, evening / 1000), { delayMs: 200 }),
  ...listed('BHP'),
  json('fundamentals/BHP', { General: { Type: 'Common Stock' } }),
];

async function doDue(dataDir: string, url: string): Promise<{ code: number | null; out: string; trouble: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'work-in-a-child.ts'), 'due'], {
    env: {
      PATH: process.env.PATH,
      ASXOS_DATA_DIR: dataDir,
      ASXOS_CONFIG: join(dataDir, 'config.json'),
      ASXOS_EODHD_URL: url,
      EODHD_API_TOKEN: 'recorded',
      ASXOS_NOW: new Date(evening).toISOString(),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, trouble] = ['', ''];
  child.stdout.on('data', chunk => {
    out += String(chunk);
  });
  child.stderr.on('data', chunk => {
    trouble += String(chunk);
  });
  const [code] = await once(child, 'exit');
  return { code, out, trouble };
}

it('one fetch, no lock error and no duplicate', { timeout: 120_000 }, async () => {
  const { app, server } = await openTestApp({ now: evening, onDisk: true, faults: market });
  record(app, 'buy 10 BHP @ 40 on 2026-02-02');
  const ended = await Promise.all(Array.from({ length: 10 }, () => doDue(app.dataDir, server.url)));
  expect(ended.map(({ code, trouble }) => [code, trouble])).toEqual(ended.map(() => [0, '']));
  const asked = server.requests.map(request => request.path).filter(path => path !== 'user');
  expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted());
  expect(asked).toContain('eod/BHP.AU');
  const jobs = listJobRuns(app.db, 99).map(run => `${run.job} ${run.outcome}`);
  expect(jobs.toSorted()).toEqual(['refresh all done', 'refresh fundamentals done', 'signals done']);
  expect(barsOf(app.db, parseCode('BHP'))).toHaveLength(3);
  // One of them did it, and nine found nothing left.
  const updated = ended.filter(({ out }) => out.includes('"updated":["BHP"]'));
  expect(updated).toHaveLength(1);
});
