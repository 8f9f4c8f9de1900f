/** `refresh --if-due --quiet` as cron starts it: processes of the built program on one folder, at once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { App } from '../../src/app.ts';
import { listJobRuns } from '../../src/db/jobs.ts';
import { barsOf } from '../../src/db/prices.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { viewInbox } from '../../src/usecases/inbox.ts';
import { openTestApp, temporaryFolder } from '../support/app.ts';
import { openTestConsole } from '../support/demo-console.ts';
import { type EodhdServer, type Fault, startEodhdServer } from '../support/eodhd-server.ts';
import { evening, json, listed, quoteRow, record, user } from '../usecases/scripted-market.ts';

const market: Fault[] = [
  user(0, 1000),
  json('exchange-symbol-list', [
    { Code: 'BHP', Name: 'BHP Group Limited', Type: 'Common Stock', Currency: 'AUD', Isin: null },
  ]),
  json('exchange-details', { Name: 'ASX', ExchangeHolidays: {}, TradingHours: {} }),
  json('real-time', quoteRow('BHP', 51, evening / 1000), { delayMs: 200 }),
  ...listed('BHP', 51),
  json('fundamentals/BHP', { General: { Type: 'Common Stock' } }),
];

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

function start(dataDir: string, url: string, token = 'recorded') {
  const launcher = join(import.meta.dirname, '../../bin/asxos.js');
  const child = spawn(process.execPath, [launcher, 'refresh', '--if-due', '--quiet'], {
    env: {
      PATH: process.env.PATH,
      ASXOS_DATA_DIR: dataDir,
      ASXOS_CONFIG: join(dataDir, 'config.json'),
      ASXOS_EODHD_URL: url,
      EODHD_API_TOKEN: token,
      ASXOS_NOW: new Date(evening).toISOString(),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', chunk => {
    out += String(chunk);
  });
  child.stderr.on('data', chunk => {
    err += String(chunk);
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code, out, err }));
  return { child, ended };
}
const run = (dataDir: string, url: string, token?: string): Promise<Ended> => start(dataDir, url, token).ended;
const silent: Ended = { code: 0, out: '', err: '' };

async function prepared(faults = market): Promise<{ app: App; server: EodhdServer; dataDir: string }> {
  const server = await startEodhdServer({ faults });
  onTestFinished(() => server.close());
  const dataDir = temporaryFolder();
  writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ benchmark: 'none' }));
  const { app } = await openTestApp({ now: evening, dataDir, server });
  record(app, 'buy 10 BHP @ 40 on 2026-02-02');
  return { app, server, dataDir };
}
const asked = ({ requests }: EodhdServer, path: string): number =>
  requests.filter(request => request.path.startsWith(path)).length;

it('ten at once beside an open console end with one fetch, no word and no duplicate, and the console shows the price', async () => {
  const { app, server, dataDir } = await prepared();
  const console = openTestConsole(app, { columns: 120, rows: 30 });
  onTestFinished(() => console.runtime.stop());
  console.press('2');
  expect(console.frame()).not.toContain('51.00');
  expect(await Promise.all(Array.from({ length: 10 }, () => run(dataDir, server.url)))).toEqual(Array(10).fill(silent));
  await expect.poll(console.frame, { timeout: 10_000 }).toContain('51.00');
  const paths = server.requests.map(request => request.path).filter(path => path !== 'user');
  expect(paths.toSorted()).toEqual([...new Set(paths)].toSorted());
  expect(paths).toContain('eod/BHP.AU');
  const jobs = listJobRuns(app.db, 99).map(each => `${each.job} ${each.outcome}`);
  expect(jobs.toSorted()).toEqual(['refresh all done', 'refresh fundamentals done', 'signals done']);
  expect(barsOf(app.db, parseCode('BHP'))).toHaveLength(3);
  const titles = viewInbox(app).notifications.map(each => each.title);
  expect(titles).toEqual([...new Set(titles)]);
  const sent = server.requests.length;
  expect(await run(dataDir, server.url)).toEqual(silent);
  expect(server.requests).toHaveLength(sent);
}, 120_000);

it('one that is killed in the middle of a fetch keeps no lock: who waits for it does what is due', async () => {
  const { server, dataDir } = await prepared([json('eod/BHP.AU', [], { delayMs: 60_000, times: 1 }), ...market]);
  const first = start(dataDir, server.url);
  await expect.poll(() => asked(server, 'eod/BHP'), { timeout: 30_000 }).toBe(1);
  const waiting = start(dataDir, server.url);
  first.child.kill('SIGKILL');
  expect(await first.ended).toMatchObject({ code: null });
  expect(await waiting.ended).toEqual(silent);
  expect(asked(server, 'eod/BHP')).toBe(2);
}, 120_000);

it('the exit code says what came of it: 3 in part, 69 without a network, 75 without quota, 77 with a wrong key', async () => {
  const inPart = await prepared([
    json('fundamentals', 'no', { status: 403, body: 'Only EOD data allowed' }),
    ...market,
  ]);
  expect(await run(inPart.dataDir, inPart.server.url)).toMatchObject({
    code: 3,
    out: expect.stringContaining('fundamentals'),
  });
  // Told, and not tried again before tomorrow.
  expect(await run(inPart.dataDir, inPart.server.url)).toEqual(silent);
  const short = await prepared([user(100, 100), ...market]);
  expect(await run(short.dataDir, 'http://127.0.0.1:9/api')).toMatchObject({ code: 69, out: '' });
  expect(await run(short.dataDir, short.server.url)).toMatchObject({
    code: 75,
    out: '',
    err: expect.stringContaining('quota'),
  });
  const unknown = await prepared([]);
  expect(await run(unknown.dataDir, unknown.server.url, 'wrong')).toMatchObject({ code: 77, out: '' });
}, 120_000);
