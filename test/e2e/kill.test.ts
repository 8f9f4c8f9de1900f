/** A kill -9 at any moment of an import or a refresh leaves the database whole, and the next start works. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { importEntries } from '../../src/usecases/import-entries.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { refresh } from '../../src/usecases/refresh-prices.ts';
import { openTestApp, temporaryFolder } from '../support/app.ts';
import { type EodhdServer, type Fault, startEodhdServer } from '../support/eodhd-server.ts';
import { howMany } from '../support/soak.ts';

const now = '2026-03-02T10:00Z';
const evening = Date.parse(now);

/** A small generator with a seed, so that a failure can be repeated. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Ended = { readonly code: number | null; readonly ms: number };

/** Runs the built program; kills it `afterMs` after its start, unless it has ended by then. */
async function run(args: readonly string[], dataDir: string, url: string, afterMs?: number): Promise<Ended> {
  writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ benchmark: 'none' }));
  const started = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../bin/asxos.js'), ...args, '--quiet'], {
    env: {
      PATH: process.env.PATH,
      ASXOS_DATA_DIR: dataDir,
      ASXOS_CONFIG: join(dataDir, 'config.json'),
      ASXOS_EODHD_URL: url,
      EODHD_API_TOKEN: 'recorded',
      ASXOS_NOW: now,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const timer = afterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), afterMs);
  let trouble = '';
  child.stderr.on('data', chunk => {
    trouble += String(chunk);
  });
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  if (code !== 0 && code !== null) throw new Error(`the program failed: ${trouble}`);
  return { code, ms: performance.now() - started };
}
/** A moment of a run that took so long; the first part of it loads the program. */
const momentOf = (ms: number, random: () => number): number => ms * (0.2 + 0.8 * random());

function expectWhole(app: App): void {
  expect(app.db.raw.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(app.db.raw.pragma('foreign_key_check')).toEqual([]);
}
const count = (app: App, table: string): number =>
  app.db.statement<{ count: number }>(`SELECT count(*) AS count FROM ${table}`).get()?.count ?? 0;

describe('kill -9', () => {
  it('in an import of 8,000 rows leaves all of it or nothing', async () => {
    const rows = 8_000;
    const lines = Array.from(
      { length: rows },
      (_, index) =>
        `C${String(index % 200).padStart(3, '0')},${1 + (index % 500)},${(index % 97) + 1}.5,2024-02-0${1 + (index % 9)}`,
    );
    const folder = temporaryFolder();
    const file = join(folder, 'trades.csv');
    writeFileSync(file, ['ticker,shares,avg_cost,date_acquired', ...lines, ''].join('\n'));
    const { server } = await openTestApp();
    const whole = await run(['import', file], temporaryFolder(), server.url);
    expect(whole.code).toBe(0);
    const random = randomOf(2026);
    let dataDir = temporaryFolder();
    let cutOff = 0;
    for (let kill = 0; kill < howMany(10, 100); kill += 1) {
      const ended = await run(['import', file], dataDir, server.url, momentOf(whole.ms, random));
      if (ended.code === null) cutOff += 1;
      const { app } = await openTestApp({ now: evening, dataDir, server });
      expectWhole(app);
      const entries = count(app, 'entries');
      expect([0, rows]).toContain(entries);
      expect(count(app, 'import_batches')).toBe(entries === 0 ? 0 : 1);
      expect(count(app, 'portfolios')).toBe(entries === 0 ? 0 : 1);
      if (ended.code === 0) expect(entries).toBe(rows);
      recordEntry(app, 'buy 1 BHP @ 40 on 2026-02-02');
      await app.close();
      dataDir = temporaryFolder();
    }
    expect(cutOff).toBeGreaterThan(2);
  }, 3_600_000);

  it('in a refresh leaves each twenty histories whole or none, and the next refresh takes over', async () => {
    const codes = Array.from({ length: 24 }, (_, index) => `C${String(index).padStart(2, '0')}`);
    const days = Array.from({ length: 600 }, (_, index) =>
      new Date(Date.UTC(2022, 0, 3 + index)).toISOString().slice(0, 10),
    );
    const bars = JSON.stringify(
      days.map(date => ({ date, open: 5, high: 5, low: 5, close: 5, adjusted_close: 5, volume: 100 })),
    );
    const faults: Fault[] = [
      { path: 'eod/', body: bars },
      { path: 'div/', body: '[]' },
      { path: 'splits/', body: '[]' },
      { path: 'user', body: JSON.stringify({ apiRequests: 0, apiRequestsDate: '2026-03-02', dailyRateLimit: 10_000 }) },
    ];
    const server: EodhdServer = await startEodhdServer({ faults });
    const prepared = async (): Promise<string> => {
      const dataDir = temporaryFolder();
      const { app } = await openTestApp({ now: evening, dataDir, server });
      importEntries(app, {
        text: `ticker,shares,avg_cost\n${codes.map(code => `${code},10,4`).join('\n')}\n`,
        fileName: 'a.csv',
      });
      await app.close();
      return dataDir;
    };
    try {
      const whole = await run(['refresh', 'history'], await prepared(), server.url);
      expect(whole.code).toBe(0);
      const random = randomOf(713);
      let cutOff = 0;
      for (let kill = 0; kill < howMany(10, 100); kill += 1) {
        const dataDir = await prepared();
        const ended = await run(['refresh', 'history'], dataDir, server.url, momentOf(whole.ms, random));
        if (ended.code === null) cutOff += 1;
        const { app } = await openTestApp({ now: evening, dataDir, server });
        expectWhole(app);
        const histories = count(app, 'price_histories');
        // Twenty are stored together.
        expect([0, 20, codes.length]).toContain(histories);
        expect(count(app, 'prices')).toBe(histories * days.length);
        // The lock of the dead process stands in nobody's way.
        const report = await refresh(app, { target: 'history' });
        expect(report.failed).toEqual([]);
        expect(count(app, 'price_histories')).toBe(codes.length);
        await app.close();
      }
      expect(cutOff).toBeGreaterThan(1);
    } finally {
      await server.close();
    }
  }, 3_600_000);
});
