/**
 * A kill -9 at any moment of whatever writes: the database is whole, no committed entry is lost, nothing is there by
 * halves, and the next start does the work. Twenty kills in the suite, two hundred in the soak.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type App, openApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { replaceHistory } from '../../src/db/prices.ts';
import { entriesText } from '../../src/db/rewind.ts';
import { schemaVersion } from '../../src/db/schema.ts';
import { watch } from '../../src/db/watchlist.ts';
import { joinSync, lookForKey, startSync } from '../../src/usecases/enrol-sync.ts';
import { importEntries } from '../../src/usecases/import-entries.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { login, register } from '../../src/usecases/sign-in.ts';
import { sampleBars, sampleCodes, sampleDays } from '../bench/sample-market.ts';
import { listenOnLoopback, openTestServer, openTestStore } from '../support/account-server.ts';
import { migrationsDir } from '../support/app.ts';
import { type Around, dataEnv, killProgram, runProgram } from '../support/built-program.ts';
import { type EodhdServer, startEodhdServer } from '../support/eodhd-server.ts';
import { on } from '../support/ledger.ts';
import { randomOf } from '../support/random.ts';
import { howMany, isSoak } from '../support/soak.ts';
import { expectWhole, expectWholeFile } from '../support/whole.ts';
import { json } from '../usecases/scripted-market.ts';

const now = '2026-03-02T10:00Z';
const few = howMany(3, 30);

let root: string;
let market: EodhdServer;
const days = Array.from({ length: 300 }, (_, index) =>
  new Date(Date.UTC(2022, 0, 3 + index)).toISOString().slice(0, 10),
);

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'asxos-kill-'));
  const bars = days.map(date => ({ date, open: 5, high: 5, low: 5, close: 5, adjusted_close: 5, volume: 100 }));
  market = await startEodhdServer({
    faults: [
      json('eod/', bars),
      json('div/', []),
      json('splits/', []),
      json('user', { apiRequests: 0, apiRequestsDate: '2026-03-02', dailyRateLimit: 10_000 }),
    ],
  });
});
afterAll(async () => {
  await market.close();
  rmSync(root, { recursive: true, force: true });
});

/** The use cases on a folder, as the program that is killed there would do them. */
function open(dataDir: string, more: Readonly<Record<string, string>> = {}): App {
  const env = { ...dataEnv(dataDir, market.url, now), ...more };
  const keychain = async () => ({ available: false as const, reason: 'there is none' });
  return openApp(
    { ...loadConfig({ env }), benchmark: undefined },
    { env, migrationsDir },
    { openKeychain: keychain, passphraseCost: 1024, retryDelay: () => 0 },
  );
}

async function inFolder<T>(dataDir: string, work: (app: App) => T | Promise<T>): Promise<T> {
  const app = open(dataDir);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

const newFolder = (): string => {
  const dataDir = mkdtempSync(join(root, 'data-'));
  writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ benchmark: 'none' }));
  return dataDir;
};
const copyOf = (dataDir: string): string => {
  const copy = mkdtempSync(join(root, 'copy-'));
  cpSync(dataDir, copy, { recursive: true });
  return copy;
};

const count = ({ db }: { db: Database }, table: string): number =>
  db.statement<{ count: number }>(`SELECT count(*) AS count FROM ${table}`).get()?.count ?? 0;

type Victim = {
  readonly args: (dataDir: string) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly kills?: number;
  /** Whether the folder may be what it was, and what it must be once the work is done. */
  readonly check: (dataDir: string, isDone: boolean) => void | Promise<void>;
};

/** Runs it once to the end, then kills it at so many moments of that time, each in a fresh copy of the folder. */
async function killOften(prepared: string, { args, env, seed, kills = few, check }: Victim): Promise<void> {
  const around = (dataDir: string): Around => ({ env: { ...dataEnv(dataDir, market.url, now), ...env } });
  const finish = async (dataDir: string): Promise<number> => {
    const { code, err, ms } = await runProgram(args(dataDir), around(dataDir));
    expect([err, code]).toEqual(['', 0]);
    expectWhole(dataDir);
    await check(dataDir, true);
    return ms;
  };
  const took = await finish(copyOf(prepared));
  const random = randomOf(seed);
  let cutOff = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const dataDir = copyOf(prepared);
    // The first part of it loads the program.
    const ended = await killProgram(args(dataDir), around(dataDir), took * (0.25 + 0.7 * random()));
    if (ended.code === null) cutOff += 1;
    else expect([ended.err, ended.code]).toEqual(['', 0]);
    expectWhole(dataDir);
    await check(dataDir, ended.code === 0);
    if (isSoak || kill === kills - 1) await finish(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  }
  expect(cutOff).toBeGreaterThan(0);
}

function fileOf(rows: number, first = 'C'): string {
  const line = (row: number): string =>
    `${first}${String(row % 100).padStart(3, '0')},${1 + (row % 500)},${(row % 97) + 1}.5,2024-02-0${1 + (row % 9)}`;
  const lines = Array.from({ length: rows }, (_, row) => line(row));
  return ['ticker,shares,avg_cost,date_acquired', ...lines, ''].join('\n');
}

async function withEntries(rows: number, first?: string): Promise<string> {
  const dataDir = newFolder();
  await inFolder(dataDir, app => importEntries(app, { text: fileOf(rows, first), fileName: 'earlier.csv' }));
  return dataDir;
}
const entriesIn = (dataDir: string): Promise<string> => inFolder(dataDir, app => entriesText(app.db));

/** Rows that make a file as large as one that has been in use. */
function pad(dataDir: string, schema = schemaVersion): void {
  const options = { migrationsDir, now: () => 0, schema };
  const db = openDatabase(join(dataDir, 'asxos.db'), options);
  const rows = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)';
  const values = `SELECT 'C' || (i / 1000 + 100), 'd' || i, '1', '1', '1', '1', '1', '100' FROM n`;
  db.transaction(() => db.raw.exec(`${rows} INSERT INTO prices ${values}`));
  db.close();
}

describe('kill -9', { timeout: 3_600_000 }, () => {
  it('in an import leaves all of it or nothing, and what was recorded before', async () => {
    const rows = 3_000;
    const file = join(root, 'trades.csv');
    writeFileSync(file, fileOf(rows));
    const prepared = newFolder();
    await inFolder(prepared, app => recordEntry(app, 'buy 1 BHP @ 40 on 2026-02-02'));
    await killOften(prepared, {
      args: () => ['import', file, '--quiet'],
      seed: 2026,
      check: (dataDir, isDone) =>
        inFolder(dataDir, app => {
          const entries = count(app, 'entries');
          expect(isDone ? [1 + rows] : [1, 1 + rows]).toContain(entries);
          expect(count(app, 'import_batches')).toBe(entries === 1 ? 0 : 1);
        }),
    });
  });

  it('in a refresh leaves each twenty histories whole or none, and the next refresh takes over', async () => {
    const codes = Array.from({ length: 24 }, (_, index) => `C${String(index).padStart(2, '0')}`);
    const prepared = newFolder();
    const text = `ticker,shares,avg_cost\n${codes.map(code => `${code},10,4`).join('\n')}\n`;
    await inFolder(prepared, app => importEntries(app, { text, fileName: 'a.csv' }));
    await killOften(prepared, {
      args: () => ['refresh', 'history', '--quiet'],
      seed: 713,
      check: (dataDir, isDone) =>
        inFolder(dataDir, app => {
          const histories = count(app, 'price_histories');
          // Twenty are stored together.
          expect(isDone ? [codes.length] : [0, 20, codes.length]).toContain(histories);
          expect(count(app, 'prices')).toBe(histories * days.length);
          expect(count(app, 'entries')).toBe(codes.length);
        }),
    });
  });

  it('in a migration leaves the old schema or the new one, every entry, and no half of a copy', async () => {
    const prepared = newFolder();
    const db = openDatabase(join(prepared, 'asxos.db'), { migrationsDir, now: () => 0, schema: 1 });
    db.transaction(() =>
      db.raw.exec(`INSERT INTO portfolios (id, name, cash_account, method, position, created_at)
        VALUES ('p1', 'Main', 0, 'fifo', 1, 0);
        INSERT INTO entries (id, version, portfolio_id, kind, code, on_date, units, price, recorded_at)
        VALUES ('e1', 1, 'p1', 'buy', 'BHP', '2026-02-02', '10', '40', 0)`),
    );
    db.close();
    pad(prepared, 1);
    await killOften(prepared, {
      args: () => ['entries', 'list', '--quiet'],
      seed: 11,
      check: (dataDir, isDone) => {
        const file = new Sqlite(join(dataDir, 'asxos.db'));
        const schema = file.pragma('user_version', { simple: true });
        expect(isDone ? [schemaVersion] : [1, schemaVersion]).toContain(schema);
        const read = file.prepare('SELECT (SELECT count(*) FROM entries), (SELECT count(*) FROM prices)').raw();
        expect(read.get()).toEqual([1, 50_000]);
        file.close();
        if (schema === 1) return;
        // One for each attempt that came so far; each is whole, as all backups are.
        const copies = readdirSync(join(dataDir, 'backups')).filter(name => name.startsWith('asxos-schema1-'));
        expect(copies).not.toEqual([]);
      },
    });
  });

  it('in a run of the signals leaves the whole run or none of it', async () => {
    const prepared = newFolder();
    // Enough to train model A takes its time, and is the soak's.
    const sessions = sampleDays(on('2026-03-02'), isSoak ? 3.2 : 2);
    const codes = sampleCodes(isSoak ? 45 : 12);
    await inFolder(prepared, ({ db, now: at }) => {
      db.transaction(() => {
        for (const [index, code] of codes.entries()) {
          watch(db, { code, addedAt: at() });
          replaceHistory(db, code, sampleBars(sessions, index + 1), { at: at(), source: 'eodhd' });
        }
      });
    });
    const tables = ['signal_runs', 'signals', 'signal_features', 'signal_ranks', 'models', 'drift_readings'];
    let whole: number[] | undefined;
    await killOften(prepared, {
      args: () => ['signals', 'run', '--offline', '--quiet'],
      seed: 45,
      check: (dataDir, isDone) =>
        inFolder(dataDir, app => {
          const found = tables.map(table => count(app, table));
          // The first one ran to its end.
          whole ??= found;
          expect(whole.slice(0, 3)).toEqual([1, 2 * codes.length, codes.length]);
          expect(isDone ? [whole] : [whole, tables.map(() => 0)]).toContainEqual(found);
        }),
    });
  });

  it('in a backup leaves the one from before or a new one, and takes nothing from the database', async () => {
    const prepared = await withEntries(2_000);
    await inFolder(prepared, async app => {
      const { backUp } = await import('../../src/usecases/back-up.ts');
      await backUp(app, join(prepared, 'taken.db'));
      recordEntry(app, 'buy 1 BHP @ 40 on 2026-02-02');
    });
    pad(prepared);
    const before = await entriesIn(prepared);
    await killOften(prepared, {
      args: dataDir => ['backup', join(dataDir, 'taken.db'), '--force', '--quiet'],
      seed: 8,
      check: async (dataDir, isDone) => {
        expect(await entriesIn(dataDir)).toBe(before);
        const taken = join(dataDir, 'taken.db');
        expectWholeFile(taken);
        const file = new Sqlite(taken, { readonly: true });
        const entries = file.prepare('SELECT count(*) FROM entries').pluck().get();
        file.close();
        expect(isDone ? [2_001] : [2_000, 2_001]).toContain(entries);
      },
    });
  });

  it('in a restore leaves what was there or what was restored, and then what was there is kept', async () => {
    const other = await withEntries(1_000, 'D');
    pad(other);
    const prepared = await withEntries(2_000);
    pad(prepared);
    await inFolder(other, async app => {
      const { backUp } = await import('../../src/usecases/back-up.ts');
      await backUp(app, join(prepared, 'taken.db'));
    });
    const [before, after] = [await entriesIn(prepared), await entriesIn(other)];
    await killOften(prepared, {
      args: dataDir => ['restore', join(dataDir, 'taken.db'), '--yes', '--quiet'],
      seed: 31,
      kills: howMany(2, 20),
      check: async (dataDir, isDone) => {
        const found = await entriesIn(dataDir);
        expect((isDone ? [after] : [before, after]).includes(found)).toBe(true);
        if (found === after) {
          const names = readdirSync(join(dataDir, 'backups')).filter(name => name.startsWith('asxos-before-restore'));
          expect(names).not.toEqual([]);
        }
      },
    });
  });

  it('in a sync loses no entry, and the next one makes the devices alike', async () => {
    const accounts = await openTestStore();
    onTestFinished(() => accounts.close());
    const { url } = await listenOnLoopback(await openTestServer(accounts));
    const server = { ASXOS_ACCOUNT_URL: url };
    const passphrase = 'correct horse battery staple';
    const account = { username: 'ann', password: 'securepass123' };
    const enrol = async (dataDir: string, begin: (app: App) => Promise<unknown>): Promise<void> => {
      const app = open(dataDir, server);
      try {
        await begin(app);
        const key = await lookForKey(app);
        await (key === undefined ? startSync(app, passphrase) : joinSync(app, key, passphrase));
      } finally {
        await app.close();
      }
    };
    const laptop = await withEntries(500);
    await enrol(laptop, app => register(app, { ...account, email: 'ann@example.com' }, { place: 'file' }));
    const entries = await entriesIn(laptop);
    for (const [index, kills] of [howMany(2, 20), howMany(1, 10)].entries()) {
      // One sends all of it, the other receives it.
      const device = index === 0 ? laptop : newFolder();
      if (index > 0) await enrol(device, app => login(app, account, { place: 'file' }));
      await killOften(device, {
        args: () => ['sync', '--quiet'],
        env: server,
        seed: 21 + index,
        kills,
        check: async (dataDir, isDone) => {
          if (index === 0) expect(await entriesIn(dataDir)).toBe(entries);
          else if (isDone) {
            const found = await inFolder(dataDir, app => [count(app, 'entries'), count(app, 'import_batches')]);
            expect(found).toEqual([500, 1]);
          }
        },
      });
    }
  });
});
