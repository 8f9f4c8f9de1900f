/**
 * A disk that is full, a folder or a file that may not be written, a database that another holds, or that is damaged:
 * the program says so in one sentence and a way out, under the right exit code; what was committed is there afterwards,
 * and the next start works once the trouble is gone.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { schemaVersion } from '../../src/db/schema.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { migrationsDir, openTestApp } from '../support/app.ts';
import { dataEnv, type Ended, launcher, runProgram } from '../support/built-program.ts';
import { type EodhdServer, startEodhdServer } from '../support/eodhd-server.ts';
import { expectWhole, expectWholeFile } from '../support/whole.ts';
import { barRow, json } from '../usecases/scripted-market.ts';

const now = '2026-03-02T10:00Z';
const isRoot = process.getuid?.() === 0;
/** A user who owns nothing here, for what binds everybody but root. */
const nobody = 65_534;
const asNobody = isRoot ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : [];

let root: string;
let market: EodhdServer;
/** A data directory with a portfolio, and a file of more trades. */
let prepared: string;
let trades: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'asxos-disk-'));
  chmodSync(root, 0o755);
  const days = Array.from({ length: 500 }, (_, index) =>
    new Date(Date.UTC(2024, 9, 20 + index)).toISOString().slice(0, 10),
  );
  market = await startEodhdServer({
    faults: [
      json(
        'eod/',
        days.map(date => barRow(date, 50)),
      ),
      json('div/', []),
      json('splits/', []),
      json('user', { apiRequests: 0, apiRequestsDate: '2026-03-02', dailyRateLimit: 10_000 }),
    ],
  });
  trades = join(root, 'trades.csv');
  writeFileSync(trades, fileOf(3_000, 'D'));
  prepared = folder();
  const earlier = join(root, 'earlier.csv');
  writeFileSync(earlier, fileOf(20, 'C'));
  expect((await run(prepared, ['import', earlier, '--quiet'])).code).toBe(0);
});
afterAll(async () => {
  await market.close();
  rmSync(root, { recursive: true, force: true });
});

const folder = (): string => {
  const path = mkdtempSync(join(root, 'data-'));
  writeFileSync(join(path, 'config.json'), JSON.stringify({ benchmark: 'none' }));
  return path;
};
const copyOf = (path: string, to = mkdtempSync(join(root, 'copy-'))): string => {
  cpSync(path, to, { recursive: true });
  return to;
};
function fileOf(rows: number, letter: string): string {
  const line = (row: number): string =>
    `${letter}${String(row % 20).padStart(2, '0')},${1 + (row % 500)},${(row % 97) + 1}.5,2024-02-0${1 + (row % 9)}`;
  return ['ticker,shares,avg_cost,date_acquired', ...Array.from({ length: rows }, (_, row) => line(row)), ''].join(
    '\n',
  );
}
const run = (dataDir: string, args: readonly string[], under: readonly string[] = []): Promise<Ended> =>
  runProgram(args, { env: dataEnv(dataDir, market.url, now), under });

const entriesIn = (path: string): number => {
  const file = new Sqlite(path);
  const count = file.prepare('SELECT count(*) FROM entries').pluck().get();
  file.close();
  return Number(count);
};

/** One sentence and a way out, and no word of a bug. */
function expectSaid({ code, out, err }: Ended, exit: number, sentence: RegExp, wayOut: RegExp): void {
  const [first = '', second = '', ...rest] = err.trimEnd().split('\n');
  expect({ code, out, first, second, rest }).toEqual({
    code: exit,
    out: '',
    first: expect.stringMatching(sentence),
    second: expect.stringMatching(wayOut),
    rest: [],
  });
}

/** A small disk of its own, where this user may make one. */
function makeDisk(): { path: string; resize: (kilobytes: number) => void } | undefined {
  const path = mkdtempSync(join(root, 'disk-'));
  const mount = (options: string) => spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'none', path]).status === 0;
  if (!isRoot || !mount('size=64m')) return undefined;
  onTestFinished(() => void spawnSync('umount', [path]));
  return { path, resize: kilobytes => void mount(`remount,size=${kilobytes}k`) };
}
const used = (path: string): number =>
  readdirSync(path, { recursive: true, encoding: 'utf8' }).reduce((sum, name) => {
    const found = statSync(join(path, name));
    return found.isFile() ? sum + Math.ceil(found.size / 4096) * 4 : sum;
  }, 0);

describe('a full disk', () => {
  /** Room beside what is there, in kilobytes: enough to begin, and not to end. */
  const works: readonly (readonly [string, number, (dataDir: string) => readonly string[]])[] = [
    ['an import', 300, () => ['import', trades]],
    ['a refresh', 300, () => ['refresh', 'history', '--quiet']],
    ['a backup', 200, dataDir => ['backup', join(dataDir, 'taken.db')]],
    ['a migration', 150, () => ['entries', 'list', '--quiet']],
    ['an entry', 0, () => ['add', 'buy 1 BHP @ 40 on 2026-02-02']],
  ];
  test.each(works)('in %s', { timeout: 120_000 }, async (name, room, argsOf) => {
    const disk = makeDisk();
    const dataDir = disk?.path ?? copyOf(prepared);
    const path = join(dataDir, 'asxos.db');
    if (disk !== undefined) copyOf(prepared, dataDir);
    if (name === 'a migration') makeOld(path);
    const before = entriesIn(path);
    const limit = used(dataDir) + room;
    disk?.resize(limit);
    // Without a disk of its own no file may become larger than so; then it is the system that refuses.
    const files = Math.ceil(statSync(path).size / 512) + room;
    const under = disk === undefined ? ['sh', '-c', `ulimit -f ${files}; exec "$@"`, 'sh'] : [];
    const refused = await run(dataDir, argsOf(dataDir), under);
    if (disk === undefined) expect(refused.code).toBe(73);
    else
      expectSaid(
        refused,
        73,
        /^asxos: Cannot write \/.*: the disk is full$|was left as it was: Cannot/,
        /Free some space/,
      );
    disk?.resize(64 * 1024);
    expectWhole(dataDir);
    expect(entriesIn(path)).toBe(before);
    // Nothing of a draft is in the way, nor takes the room.
    const hidden = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter(each => /(^|\/)[.]/.test(each));
    expect(hidden).toEqual([]);
    expect(await run(dataDir, argsOf(dataDir))).toMatchObject({ code: 0, err: '' });
    expectWhole(dataDir);
  });

  function makeOld(path: string): void {
    rmSync(path);
    const db = openDatabase(path, { migrationsDir, now: () => 0, schema: 1 });
    const rows = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)';
    db.transaction(() =>
      db.raw.exec(`INSERT INTO portfolios (id, name, cash_account, method, position, created_at)
        VALUES ('p1', 'Main', 0, 'fifo', 1, 0);
        ${rows} INSERT INTO prices SELECT 'C' || i, 'd', '1', '1', '1', '1', '1', '1' FROM n`),
    );
    db.close();
  }
});

describe('what may not be written', () => {
  const canRun =
    !isRoot ||
    spawnSync(asNobody[0] ?? '', [...asNobody.slice(1), process.execPath, launcher, '--version']).status === 0;

  test.skipIf(!canRun)('a folder: every command says so, and nothing has changed', { timeout: 60_000 }, async () => {
    const dataDir = copyOf(prepared);
    const { mode } = statSync(dataDir);
    chmodSync(dataDir, 0o555);
    chmodSync(join(dataDir, 'asxos.db'), 0o444);
    onTestFinished(() => chmodSync(dataDir, mode));
    const bytes = readFileSync(join(dataDir, 'asxos.db'));
    const lines = [['holdings'], ['add', 'buy 1 BHP @ 40 on 2026-02-02'], ['import', trades], ['refresh', '--if-due']];
    for (const ended of await Promise.all(lines.map(args => run(dataDir, args, asNobody)))) {
      expectSaid(ended, 73, /^asxos: Cannot write \/.*asxos[.]db: it is read-only$/, /permissions.*--data-dir/);
    }
    expect(readFileSync(join(dataDir, 'asxos.db')).equals(bytes)).toBe(true);
    const doctor = await run(dataDir, ['doctor', '--json'], asNobody);
    expect(doctor.code).toBe(1);
    const found: { id: string; status: string; finding: string; fix: string }[] = JSON.parse(doctor.out).data.checks;
    expect(found.filter(({ status }) => status === 'problem').map(({ id }) => id)).toEqual(
      expect.arrayContaining(['database', 'writable']),
    );
    // Restoring would mend nothing.
    expect(found.find(({ id }) => id === 'database')?.fix).toBe(`chmod -R u+rwX ${dataDir}`);
    // None of them failed itself, whatever this user may not look into.
    expect(found.filter(({ finding }) => finding.includes('Internal error'))).toEqual([]);
    chmodSync(dataDir, isRoot ? 0o700 : 0);
    const outside = await run(dataDir, ['doctor', '--json'], asNobody);
    expect([outside.code, outside.err]).toEqual([1, '']);
    expect(JSON.parse(outside.out).data.checks).toContainEqual(
      expect.objectContaining({ id: 'database', finding: expect.stringMatching(/permission denied$/) }),
    );
  });

  test.skipIf(!canRun)('a file: what is there is shown, and an entry is refused', { timeout: 60_000 }, async () => {
    const dataDir = copyOf(prepared);
    if (isRoot) for (const path of [dataDir, join(dataDir, 'asxos.db')]) chownSync(path, nobody, nobody);
    chmodSync(dataDir, 0o755);
    chmodSync(join(dataDir, 'asxos.db'), 0o444);
    const shown = await run(dataDir, ['holdings', '--json'], asNobody);
    expect([shown.code, JSON.parse(shown.out).data.holdings.length]).toEqual([0, 20]);
    const refused = await run(dataDir, ['add', 'buy 1 BHP @ 40 on 2026-02-02'], asNobody);
    expectSaid(refused, 73, /^asxos: Cannot write \/.*asxos[.]db: it is read-only$/, /permissions/);
    expect(entriesIn(join(dataDir, 'asxos.db'))).toBe(20);
  });
});

test('a database that another process writes is read, and what would write waits five seconds and says so', {
  timeout: 120_000,
}, async () => {
  const dataDir = copyOf(prepared);
  const holder = new Sqlite(join(dataDir, 'asxos.db'));
  holder.pragma('journal_mode = WAL');
  holder.exec('BEGIN EXCLUSIVE');
  const shown = await run(dataDir, ['holdings', '--json']);
  expect([shown.code, shown.err]).toEqual([0, '']);
  const lines = [
    ['add', 'buy 1 BHP @ 40 on 2026-02-02'],
    ['import', trades],
    ['refresh', 'history', '--quiet'],
  ];
  for (const ended of await Promise.all(lines.map(args => run(dataDir, args)))) {
    expectSaid(ended, 75, /^asxos: \/.*asxos[.]db is being written by another asxos$/, /try again/);
    // Once: no step of it waits for the other anew.
    expect(ended.ms).toBeLessThan(10_000);
  }
  expect(await run(dataDir, ['backup', join(dataDir, 'taken.db'), '--quiet'])).toMatchObject({ code: 0, err: '' });
  holder.exec('ROLLBACK');
  holder.close();
  expectWhole(dataDir);
  expect(entriesIn(join(dataDir, 'asxos.db'))).toBe(20);
  expect((await run(dataDir, ['add', 'buy 1 BHP @ 40 on 2026-02-02'])).code).toBe(0);
});

describe('a damaged database', () => {
  const fill = (path: string, from: number, bytes: number): void => {
    const all = readFileSync(path);
    all.fill(0xa5, from, from + bytes);
    writeFileSync(path, all);
  };
  const damages: readonly (readonly [string, (path: string) => void])[] = [
    ['in its head', path => fill(path, 0, 64)],
    // The root page of some table, and those after it.
    ['in the middle', path => fill(path, 4096 * 4, 4096 * 30)],
    ['cut short', path => truncateSync(path, 4096 * 10 + 100)],
    ['to no bytes', path => truncateSync(path, 0)],
    ['so that it is gone', path => rmSync(path)],
  ];

  test.each(damages)('%s is refused with the way out, which works', { timeout: 60_000 }, async (_name, damage) => {
    const dataDir = copyOf(prepared);
    const path = join(dataDir, 'asxos.db');
    const good = join(dataDir, 'backups/asxos-2026-03-01.db');
    mkdirSync(join(dataDir, 'backups'));
    copyFileSync(path, good);
    damage(path);
    const found = () => (existsSync(path) ? readFileSync(path).toString('latin1') : 'gone');
    const before = found();
    const lines = [['holdings'], ['add', 'buy 1 BHP @ 40 on 2026-02-02'], ['backup', join(dataDir, 'taken.db')]];
    for (const ended of await Promise.all(lines.map(args => run(dataDir, args)))) {
      expectSaid(ended, 65, /^asxos: .*(damaged|is (empty|gone), and there are backups)/, /asxos (restore|doctor)/);
    }
    expect(found() === before).toBe(true);
    expect(await run(dataDir, ['restore', good, '--yes', '--quiet'])).toMatchObject({ code: 0 });
    expectWholeFile(path);
    expect(entriesIn(path)).toBe(20);
    expect((await run(dataDir, ['add', 'buy 1 BHP @ 40 on 2026-02-02'])).code).toBe(0);
  });

  test('a log that is torn gives up its last transaction and no other', async () => {
    const dataDir = folder();
    const { app } = await openTestApp({ dataDir, server: market, now: Date.parse(now) });
    for (const units of [1, 2, 3]) recordEntry(app, `buy ${units} BHP @ 40 on 2026-02-02`);
    const log = `${app.databasePath}-wal`;
    const whole = statSync(log).size;
    recordEntry(app, 'buy 4 BHP @ 40 on 2026-02-02');
    const longer = statSync(log).size;
    expect(longer).toBeGreaterThan(whole);
    for (const size of [longer - 1, whole + 30, whole]) {
      const torn = mkdtempSync(join(root, 'torn-'));
      for (const name of ['asxos.db', 'asxos.db-wal']) copyFileSync(join(dataDir, name), join(torn, name));
      truncateSync(join(torn, 'asxos.db-wal'), size);
      const again = await openTestApp({ dataDir: torn, server: market, now: Date.parse(now) });
      expectWhole(torn);
      expect(again.app.db.raw.pragma('user_version', { simple: true })).toBe(schemaVersion);
      expect(entriesIn(again.app.databasePath)).toBe(3);
      await again.app.close();
    }
  });
});
