/**
 * Each check of the doctor against a fault put there: a patient in whom everything is well is copied, one thing in it is
 * broken, and that check tells it.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, openApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { writeQuota } from '../../src/db/quota.ts';
import { checks } from '../../src/doctor/checks.ts';
import { leastNode } from '../../src/doctor/machine-checks.ts';
import { day, type Instant, parseLocalDate } from '../../src/domain/date.ts';
import { tradingDays } from '../../src/domain/market/calendar.ts';
import { type Machine, thisMachine } from '../../src/host/machine.ts';
import { backUpToday } from '../../src/usecases/back-up.ts';
import { checkData } from '../../src/usecases/check-data.ts';
import { type Examined, type ExamineOptions, examine } from '../../src/usecases/examine.ts';
import { importEntries } from '../../src/usecases/import-entries.ts';
import { createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import { installSchedule } from '../../src/usecases/manage-schedule.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { mapKeychain, migrationsDir, program } from '../support/app.ts';
import { type EodhdServer, startEodhdServer } from '../support/eodhd-server.ts';
import { schedulersIn } from '../support/schedulers.ts';
import { at, storeCloses } from './stored-market.ts';

/** Monday evening: the close of the day is due. */
const now = at('2026-03-02T10:00Z');
const { signal } = new AbortController();
let healthy: string;
let server: EodhdServer;

type Around = { now?: Instant; env?: Record<string, string | undefined>; demo?: boolean; noKeychain?: boolean };

function openAt(
  folder: string,
  { now: clock = now, env: more = {}, demo = false, noKeychain = false }: Around = {},
): App {
  const env = {
    ASXOS_DATA_DIR: folder,
    ASXOS_CONFIG: join(folder, 'config.json'),
    ASXOS_EODHD_URL: server.url,
    EODHD_API_TOKEN: 'recorded',
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    PATH: join(folder, 'tools'),
    HOME: folder,
    ...more,
  };
  return openApp(
    loadConfig({ env, anyhow: true }),
    { env, demo, migrationsDir },
    {
      ...(more['ASXOS_NOW'] === undefined ? { now: () => clock } : {}),
      openKeychain: async () => (noKeychain ? { available: false, reason: 'no bus' } : mapKeychain()),
      program,
    },
  );
}

const machine: Machine = {
  ...thisMachine(),
  node: '24.1.0',
  platform: 'linux',
  hasPackage: () => true,
  freeBytes: () => 50_000_000_000,
};
const options: ExamineOptions = { signal, machine, terminal: { columns: 120, rows: 40 } };

const sql = (app: App, text: string): void => app.db.transaction(() => void app.db.raw.exec(text));

beforeAll(async () => {
  server = await startEodhdServer({
    faults: [
      { path: 'user', body: JSON.stringify({ apiRequests: 1, dailyRateLimit: 100_000, subscriptionType: 'monthly' }) },
    ],
  });
  healthy = mkdtempSync(join(tmpdir(), 'asxos-doctor-'));
  mkdirSync(join(healthy, 'tools'));
  schedulersIn(join(healthy, 'tools'), ['crontab']);
  const app = openAt(healthy);
  createPortfolio(app, 'Main', { cash: true });
  recordEntry(app, 'deposit 1000 on 2026-01-05');
  recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02');
  const days = tradingDays(parseLocalDate('2026-01-05'), parseLocalDate('2026-03-02'));
  storeCloses(app, { BHP: Object.fromEntries(days.map(each => [each, '50'])) });
  checkData(app);
  sql(
    app,
    `INSERT INTO job_runs (job, started_at, finished_at, outcome) VALUES ('refresh all', ${now}, ${now}, 'done');
     INSERT INTO eodhd_calls (day, at, endpoint, cost, status) VALUES ('2026-03-02', ${now}, 'eod', 1, 200);
     INSERT INTO signal_runs VALUES ('r', '2026-03-02', 'held', '1', ${now}, ${now}, '{}')`,
  );
  app.db.transaction(() =>
    writeQuota(app.db, {
      dailyLimit: 100_000,
      extraLimit: undefined,
      requestsToday: 1,
      requestsDate: parseLocalDate('2026-03-02'),
      askedAt: now,
    }),
  );
  await installSchedule(app, 'cron', signal);
  await backUpToday(app);
  await app.close();
});
afterAll(async () => {
  await server.close();
  rmSync(healthy, { recursive: true, force: true });
});

/** A copy of the healthy folder, gone after `work`. */
async function withCopy<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'asxos-doctor-'));
  try {
    cpSync(healthy, folder, { recursive: true });
    // Files are copied with their modes, folders are not.
    for (const name of ['', 'backups', 'locks', 'tools']) chmodSync(join(folder, name), 0o700);
    schedulersIn(join(folder, 'tools'), ['crontab']);
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As a folder was before the first entry. */
function removeAll(folder: string): void {
  for (const path of [database(folder), join(folder, 'backups')]) rmSync(path, { recursive: true });
}

type Fault = {
  readonly id: string;
  readonly fault: string;
  readonly status: Examined['status'];
  readonly says: RegExp;
  readonly mends?: string;
  readonly around?: (folder: string) => Around;
  readonly options?: Partial<ExamineOptions>;
  readonly machine?: Partial<Machine>;
  /** Before the App is opened. */
  readonly breakFile?: (folder: string) => void;
  /** In the App. */
  readonly breakData?: (app: App) => void;
};

const database = (folder: string): string => join(folder, 'asxos.db');
const inFile =
  (text: string) =>
  (folder: string): void => {
    const raw = new Sqlite(database(folder));
    raw.pragma('foreign_keys = OFF');
    raw.exec(text);
    raw.close();
  };
const trades = (name: string, units: number): { text: string; fileName: string } => ({
  fileName: name,
  text: `Confirmation Number,Trade Date,Transaction Type,Code,Quantity,Price,Brokerage,Total Consideration\n${name},03/02/2026,Buy,BHP,${units},41,10,${units * 41 + 10}\n`,
});

const faults: readonly Fault[] = [
  {
    id: 'database',
    fault: 'no database',
    status: 'problem',
    says: /is damaged or is not an asxos database/,
    mends: 'asxos restore',
    breakFile: folder => writeFileSync(database(folder), 'Date,Code\n'.repeat(500)),
  },
  {
    id: 'database',
    fault: 'a page overwritten',
    status: 'problem',
    says: /^damaged: |malformed|is damaged/,
    breakFile: folder => {
      const bytes = readFileSync(database(folder));
      bytes.fill(0xee, 4096 * 10, 4096 * 40);
      writeFileSync(database(folder), bytes);
    },
  },
  {
    id: 'database',
    fault: 'none yet',
    status: 'unknown',
    says: /no database at .* yet/,
    breakFile: folder => removeAll(folder),
  },
  {
    id: 'database',
    fault: 'gone beside its backups',
    status: 'problem',
    says: /asxos[.]db is gone, and there are backups of it/,
    mends: 'asxos restore',
    breakFile: folder => rmSync(database(folder)),
  },
  {
    id: 'references',
    fault: 'an owner gone',
    status: 'problem',
    says: /1 row of portfolio_owners without their owners/,
    breakFile: inFile('DELETE FROM owners'),
  },
  {
    id: 'schema',
    fault: 'of a newer program',
    status: 'problem',
    says: /schema 99, this program knows \d+/,
    breakFile: inFile('PRAGMA user_version = 99'),
  },
  {
    id: 'schema',
    fault: 'of an older program',
    status: 'warning',
    says: /schema 2, this program has \d+/,
    mends: 'asxos portfolio list',
    breakFile: inFile('PRAGMA user_version = 2'),
  },
  {
    id: 'permissions',
    fault: 'a folder open to all',
    status: 'warning',
    says: /others may look into .*\(0755\)/,
    breakFile: folder => chmodSync(folder, 0o755),
  },
  {
    id: 'permissions',
    fault: 'a database open to all',
    status: 'warning',
    says: /others may read .*asxos[.]db \(0644\)/,
    breakFile: folder => chmodSync(database(folder), 0o644),
  },
  {
    id: 'writable',
    fault: 'a place that takes no file',
    status: 'problem',
    says: /\/proc\/asxos cannot be written/,
    around: () => ({ env: { ASXOS_DATA_DIR: '/proc/asxos' } }),
  },
  { id: 'disk', fault: 'almost full', status: 'warning', says: /90 MB free/, machine: { freeBytes: () => 90_000_000 } },
  { id: 'disk', fault: 'full', status: 'problem', says: /5[.]0 MB free/, machine: { freeBytes: () => 5_000_000 } },
  {
    id: 'locks',
    fault: 'left by a dead process',
    status: 'warning',
    says: /left by processes that ended: "refresh" by process \d+/,
    breakFile: folder => {
      const { pid } = spawnSync('true');
      mkdirSync(join(folder, 'locks/refresh'), { recursive: true });
      writeFileSync(join(folder, 'locks/refresh', `${pid}-1-x`), '');
    },
  },
  {
    id: 'backups',
    fault: 'none',
    status: 'warning',
    says: /there is none yet/,
    breakFile: folder => rmSync(join(folder, 'backups'), { recursive: true }),
  },
  {
    id: 'backups',
    fault: 'an old one',
    status: 'warning',
    says: /the last is of 2 Mar 2026, .*: 9 days ago/,
    around: () => ({ now: now + 9 * day }),
  },
  {
    id: 'ledger',
    fault: 'more sold than held',
    status: 'problem',
    says: /1: .*BHP/,
    breakData: app => sql(app, "UPDATE entries SET kind = 'sell' WHERE kind = 'buy'"),
  },
  {
    id: 'cash',
    fault: 'a purchase without a deposit',
    status: 'warning',
    says: /below zero: Main -\$400[.]00 on 2 Feb 2026/,
    breakData: app => sql(app, "DELETE FROM entries WHERE kind = 'deposit'"),
  },
  {
    id: 'duplicates',
    fault: 'a trade in two imports',
    status: 'warning',
    says: /1 possible: buy BHP on 2026-02-03 \(\w{8}, \w{8}\)/,
    breakData: app => {
      importEntries(app, trades('one', 5));
      importEntries(app, trades('two', 5));
    },
  },
  {
    id: 'market-values',
    fault: 'the day comes near',
    status: 'warning',
    says: /1 without: BHP; stored by a refresh after the close in 60 days/,
    around: () => ({ now: at('2027-05-01T02:00Z') }),
  },
  {
    id: 'market-values',
    fault: 'the day has gone',
    status: 'problem',
    says: /1 without: BHP/,
    mends: 'asxos tax market-value set CODE PRICE',
    around: () => ({ now: at('2027-08-01T02:00Z') }),
  },
  {
    id: 'price-index',
    fault: 'a quarter was published',
    status: 'warning',
    says: /not entered: 2027Q3/,
    mends: 'asxos tax cpi set 2027Q3 INDEX',
    around: () => ({ now: at('2027-11-02T02:00Z') }),
  },
  {
    id: 'price-gaps',
    fault: 'a day missing',
    status: 'warning',
    says: /1: BHP 2026-02-10 \(no bar on 2026-02-10\)/,
    breakData: app => {
      sql(app, "DELETE FROM prices WHERE date = '2026-02-10'");
      checkData(app);
    },
  },
  {
    id: 'price-jumps',
    fault: 'a close ten times as high',
    status: 'problem',
    says: /1: BHP 2026-02-10/,
    breakData: app => {
      sql(
        app,
        "UPDATE prices SET open = '500', high = '500', low = '500', close = '500', adjusted_close = '500' WHERE date >= '2026-02-10'",
      );
      checkData(app);
    },
  },
  {
    id: 'price-jumps',
    fault: 'one held back',
    status: 'warning',
    says: /held back: BHP 2026-02-10 \(ten times\)/,
    breakData: app => sql(app, "INSERT INTO suspect_prices VALUES ('BHP', '2026-02-10', '500', 'ten times', NULL)"),
  },
  {
    id: 'bars',
    fault: 'a low above the high',
    status: 'problem',
    says: /1: BHP 2026-02-10/,
    breakData: app => {
      sql(app, "UPDATE prices SET low = '60' WHERE date = '2026-02-10'");
      checkData(app);
    },
  },
  {
    id: 'unpriced',
    fault: 'a holding without a price',
    status: 'warning',
    says: /1 of 2: CBA/,
    mends: 'asxos refresh',
    breakData: app => recordEntry(app, 'buy 1 CBA @ 100 on 2026-02-03'),
  },
  {
    id: 'stale-prices',
    fault: 'a week without a refresh',
    status: 'warning',
    says: /1 of 1: BHP of 2026-03-02/,
    around: () => ({ now: now + 7 * day }),
  },
  {
    id: 'signals',
    fault: 'of two weeks ago',
    status: 'warning',
    says: /the last are of 2 Mar 2026, \d+ sessions ago/,
    around: () => ({ now: now + 14 * day }),
  },
  {
    id: 'calendar',
    fault: 'the table ends soon',
    status: 'warning',
    says: /it reaches to 31 Dec 2027, 30 days from now/,
    around: () => ({ now: at('2027-12-01T02:00Z') }),
  },
  {
    id: 'calendar',
    fault: 'the table has ended',
    status: 'problem',
    says: /it ended on 31 Dec 2027/,
    around: () => ({ now: at('2028-02-01T02:00Z') }),
  },
  {
    id: 'keychain',
    fault: 'none, and no key either',
    status: 'warning',
    says: /there is none: no bus/,
    around: () => ({ noKeychain: true, env: { EODHD_API_TOKEN: undefined } }),
  },
  {
    id: 'key',
    fault: 'none',
    status: 'warning',
    says: /there is none/,
    mends: 'asxos key set',
    around: () => ({ env: { EODHD_API_TOKEN: undefined } }),
  },
  {
    id: 'key',
    fault: 'refused by the last answer',
    status: 'problem',
    says: /EODHD refused it on 2 Mar 2026/,
    breakData: app =>
      sql(
        app,
        "INSERT INTO eodhd_calls (day, at, endpoint, cost, status) VALUES ('2026-03-02', 1772445600001, 'eod', 0, 401)",
      ),
  },
  {
    id: 'quota',
    fault: 'used up',
    status: 'problem',
    says: /0 of 100,000 calls left today/,
    breakData: app =>
      sql(
        app,
        `INSERT INTO eodhd_calls (day, at, endpoint, cost, status) VALUES ('2026-03-02', ${now}, 'eod', 100000, 200)`,
      ),
  },
  {
    id: 'quota',
    fault: 'almost used up',
    status: 'warning',
    says: /4,999 of 100,000 calls left today/,
    breakData: app =>
      sql(
        app,
        `INSERT INTO eodhd_calls (day, at, endpoint, cost, status) VALUES ('2026-03-02', ${now}, 'eod', 94999, 200)`,
      ),
  },
  {
    id: 'schedule',
    fault: 'not installed',
    status: 'warning',
    says: /not installed/,
    mends: 'asxos schedule install',
    breakFile: folder => rmSync(join(folder, 'tools/crontab.txt')),
  },
  {
    id: 'schedule',
    fault: 'a damaged crontab',
    status: 'problem',
    says: /damaged \(line 1\)/,
    breakFile: folder => writeFileSync(join(folder, 'tools/crontab.txt'), '# <<< asxos schedule <<<\n'),
  },
  {
    id: 'last-refresh',
    fault: 'five days ago',
    status: 'warning',
    says: /2 Mar 2026, 5 days ago/,
    around: () => ({ now: now + 5 * day }),
  },
  {
    id: 'jobs',
    fault: 'one that failed',
    status: 'warning',
    says: /refresh all: no network/,
    mends: 'asxos jobs',
    breakData: app =>
      sql(
        app,
        `INSERT INTO job_runs (job, started_at, finished_at, outcome, message) VALUES ('refresh all', ${now}, ${now}, 'failed', 'no network')`,
      ),
  },
  {
    id: 'jobs',
    fault: 'one that was cut off',
    status: 'warning',
    says: /signals: cut off on 1 Mar 2026/,
    breakData: app => sql(app, `INSERT INTO job_runs (job, started_at) VALUES ('signals', ${now - day})`),
  },
  {
    id: 'deliveries',
    fault: 'a webhook that does not answer',
    status: 'warning',
    says: /1 failed in 7 days: no answer/,
    breakData: app =>
      sql(
        app,
        `INSERT INTO notifications (id, type, priority, title, message, data, created_at) VALUES (1, 'system', 'normal', 't', 'm', '{}', ${now});
         INSERT INTO deliveries (notification_id, channel, due_at, attempts, ended_at, outcome, error) VALUES (1, 'webhook', ${now}, 9, ${now}, 'failed', 'no answer')`,
      ),
  },
  {
    id: 'account',
    fault: 'a server, and nobody signed in',
    status: 'warning',
    says: /https:\/\/accounts[.]example is set, and nobody is signed in/,
    mends: 'asxos account login NAME',
    around: () => ({ env: { ASXOS_ACCOUNT_URL: 'https://accounts.example' } }),
  },
  {
    id: 'account',
    fault: 'an address that would send a password in clear',
    status: 'problem',
    says: /http:\/\/accounts[.]example/,
    mends: 'asxos config set accountUrl https://accounts.example.com',
    around: () => ({ env: { ASXOS_ACCOUNT_URL: 'http://accounts.example' } }),
  },
  {
    id: 'sync',
    fault: 'the key of this device gone',
    status: 'problem',
    says: /The key that this device syncs with is gone/,
    mends: 'asxos sync enrol',
    breakData: app => sql(app, "INSERT INTO sync_state VALUES ('device', 'd')"),
  },
  {
    id: 'node',
    fault: 'an old one',
    status: 'problem',
    says: /Node 20[.]9[.]0, and 22[.]19 is needed/,
    machine: { node: '20.9.0' },
  },
  {
    id: 'optional-parts',
    fault: 'left out by npm',
    status: 'warning',
    says: /not installed: keytar \(the keychain\)$/,
    machine: { hasPackage: name => name !== 'keytar' },
  },
  {
    id: 'settings',
    fault: 'a config file that is no JSON',
    status: 'problem',
    says: /is not JSON/,
    breakFile: folder => writeFileSync(join(folder, 'config.json'), '{'),
  },
  {
    id: 'settings',
    fault: 'a variable that is none',
    status: 'problem',
    says: /ASXOS_EODHD_URL is "nowhere"/,
    around: () => ({ env: { ASXOS_EODHD_URL: 'nowhere' } }),
  },
  {
    id: 'terminal',
    fault: 'too small',
    status: 'warning',
    says: /40x10, and the console needs 50x12/,
    options: { terminal: { columns: 40, rows: 10 } },
  },
  {
    id: 'terminal',
    fault: 'dumb',
    status: 'warning',
    says: /TERM is "dumb"/,
    around: () => ({ env: { TERM: 'dumb' } }),
  },
  {
    id: 'terminal',
    fault: 'not UTF-8',
    status: 'warning',
    says: /"en_AU[.]ISO-8859-1" is not UTF-8/,
    around: () => ({ env: { LC_ALL: 'en_AU.ISO-8859-1' } }),
  },
  {
    id: 'clock',
    fault: 'set back',
    status: 'problem',
    says: /it is 2026-03-01T.*and something was stored at 2026-03-02T/,
    around: () => ({ now: now - day }),
  },
  {
    id: 'clock',
    fault: 'standing still',
    status: 'warning',
    says: /it stands still at 2026-03-02T10:00:00Z/,
    around: () => ({ env: { ASXOS_NOW: '2026-03-02T10:00Z' } }),
  },
  {
    id: 'clock',
    fault: "not EODHD's",
    status: 'problem',
    says: /minutes? (behind|ahead of) EODHD's/,
    options: { online: true },
  },
  {
    id: 'time-zone',
    fault: 'other rules for Sydney',
    status: 'problem',
    says: /from 2026-04-\d\d it says 11 h, the program 10 h/,
    machine: { sydneyOffset: () => 660 },
  },
  {
    id: 'time-zone',
    fault: 'no data',
    status: 'warning',
    says: /it has none/,
    machine: { sydneyOffset: () => undefined },
  },
];

test('a patient in whom everything is well has nothing to mend', async () => {
  await withCopy(async folder => {
    const app = openAt(folder);
    const found = await examine(app, options);
    await app.close();
    expect(found.filter(each => each.status !== 'ok')).toEqual([]);
    expect(found.length).toBeGreaterThanOrEqual(20);
  });
});

test.each(faults)('$id: $fault', async ({ id, status, says, mends, around, breakFile, breakData, ...more }) => {
  await withCopy(async folder => {
    breakFile?.(folder);
    const app = openAt(folder, around?.(folder));
    breakData?.(app);
    const check = checks.filter(each => each.id === id);
    const [found] = await examine(app, {
      ...options,
      ...more.options,
      machine: { ...machine, ...more.machine },
      checks: check,
    });
    await app.close();
    expect(found).toMatchObject({ id, status, finding: expect.stringMatching(says) });
    if (mends !== undefined) expect(found?.fix).toBe(mends);
    if (status !== 'unknown') expect(found?.fix).not.toBe(undefined);
  });
});

test('every check is proven by a fault', () => {
  const proven = new Set(faults.map(each => each.id));
  expect(checks.map(each => each.id).filter(id => !proven.has(id))).toEqual([]);
  expect(new Set(checks.map(each => each.id)).size).toBe(checks.length);
});

describe('a database that cannot be opened', () => {
  test.each([
    ['garbage', (path: string) => writeFileSync(path, 'x'.repeat(9000)), 'problem'],
    ['gone', (path: string) => rmSync(path), 'problem'],
    ['absent', (path: string) => removeAll(join(path, '..')), 'unknown'],
    ['newer', (path: string) => inFile('PRAGMA user_version = 99')(join(path, '..')), 'ok'],
  ] as const)('%s: all checks are told, and nothing is made or changed', async (_what, breakIt, status) => {
    await withCopy(async folder => {
      breakIt(database(folder));
      const before = existsSync(database(folder)) ? readFileSync(database(folder)) : undefined;
      const app = openAt(folder);
      const found = await examine(app, options);
      await app.close();
      expect(found.map(each => each.id)).toEqual(checks.map(each => each.id));
      expect(found[0]?.status).toBe(status);
      const needy = found.filter(({ finding }) => finding.startsWith('not looked at: '));
      expect(needy.map(each => each.id)).toEqual(expect.arrayContaining(['ledger', 'cash', 'unpriced', 'jobs']));
      expect(new Set(needy.map(each => each.status))).toEqual(new Set(['unknown']));
      expect(existsSync(database(folder)) ? readFileSync(database(folder)) : undefined).toEqual(before);
      expect(readdirSync(folder).some(name => name === 'asxos.db')).toBe(before !== undefined);
    });
  });
});

test('a check that throws is told, and ends nothing', async () => {
  await withCopy(async folder => {
    const app = openAt(folder);
    const [last] = checks.slice(-1);
    if (last === undefined) throw new Error('no check');
    const broken = { ...last, id: 'broken', look: () => JSON.parse('{') };
    const found = await examine(app, { ...options, checks: [broken, last] });
    await app.close();
    expect(found.map(each => [each.id, each.status])).toEqual([
      ['broken', 'unknown'],
      [last.id, 'ok'],
    ]);
    expect(found[0]?.finding).toMatch(/^the check itself failed: /);
  });
});

test('with --online EODHD is asked once, for nothing, and says the plan', async () => {
  await withCopy(async folder => {
    const before = server.requests.length;
    const app = openAt(folder, { now: Date.now() });
    const found = await examine(app, { ...options, online: true });
    await app.close();
    const of = (id: string): string | undefined => found.find(each => each.id === id)?.finding;
    expect(of('key')).toBe('it is in the environment, and EODHD takes it');
    expect(of('quota')).toBe('100,000 of 100,000 calls left today, plan monthly');
    expect(of('clock')).toMatch(/^within \d+ s of EODHD's$/);
    expect(server.requests.length - before).toBe(1);
  });
});

test('the least Node is that of the package', () => {
  const { engines } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  expect(engines.node).toBe(`>=${leastNode}`);
});
