/**
 * The one place where parts are wired. Everything is opened when first used: a command that prints holdings never pays
 * for the network, one that prints help never opens the database.
 */
import { join } from 'node:path';
import type { AccountClient } from './account/client.ts';
import type { InboxServer, SyncServer } from './account/sync-server.ts';
import { type Config, loadConfig } from './config.ts';
import type { ConfigName } from './config-file.ts';
import { costSince, storeCalls } from './db/calls.ts';
import { type Database, type Outbox, openDatabase } from './db/database.ts';
import { readQuota } from './db/quota.ts';
import type { Instant, LocalDate } from './domain/date.ts';
import { sydneyDate } from './domain/date.ts';
import type { Outcome } from './domain/signals/learner/train.ts';
import type { Panel } from './domain/signals/panel.ts';
import type { Eodhd } from './eodhd/client.ts';
import { callsLeftOf, quotaDay } from './eodhd/costs.ts';
import type { CallRecord } from './eodhd/transport.ts';
import type { Keychain } from './host/keychain.ts';
import { type LaunchedProgram, launchedProgram } from './host/launched-program.ts';
import type { TrainOptions } from './host/learner.ts';
import { withLock } from './host/lock.ts';
import type { SolverThread } from './host/solver-thread.ts';
import type { SyncKeyPlaces } from './host/sync-key.ts';
import { systemClock } from './host/system.ts';
import { type FoundToken, findToken, type TokenPlaces } from './host/token.ts';
import { type Accounts, type KeptSignIn, openAccounts } from './open-accounts.ts';
import { outboxOf } from './outbox.ts';

export type AppOptions = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Use the demo's own data and its simulated market. */
  readonly demo?: boolean;
  readonly migrationsDir: string;
};

/** What tests put in the place of the machine's clock, ids, keychain, database file and threads. */
export type Overrides = {
  readonly now?: () => Instant;
  readonly newId?: () => string;
  readonly openKeychain?: () => Promise<Keychain>;
  readonly databasePath?: string;
  readonly program?: LaunchedProgram;
  /** Milliseconds before the retry after attempt 0, 1, 2 of a request to EODHD. */
  readonly retryDelay?: (attempt: number) => number;
  /** The account server that sync speaks to. */
  readonly openSyncServer?: () => Promise<SyncServer & InboxServer>;
  readonly openSolver?: () => Promise<SolverThread>;
  /** What making a key from a passphrase costs: N of scrypt. */
  readonly passphraseCost?: number;
  /** Longest silence of the account server. */
  readonly accountTimeoutMs?: number;
};

export interface App extends ReturnType<typeof wireApp> {
  /** The same on another database file, such as the copy of a backup. The caller closes it. */
  readonly over: (path: string) => App;
}

export function openApp(config: Config, options: AppOptions, overrides: Overrides = {}): App {
  const over = (path: string): App => openApp(config, options, { ...overrides, databasePath: path });
  return Object.assign(wireApp(config, options, overrides), { over });
}

function wireApp(given: Config, options: AppOptions, overrides: Overrides) {
  let config = given;
  const system = systemClock(options.env);
  const now = overrides.now ?? system.now;
  const simulated = options.demo === true;
  const dataDir = simulated ? config.demoDir : config.dataDir;
  const databasePath = overrides.databasePath ?? join(dataDir, 'asxos.db');
  const calls: CallRecord[] = [];
  let database: Database | undefined;
  let outbox: Outbox | undefined;
  let client: Promise<Eodhd> | undefined;
  let closing = new AbortController();
  let solver: Promise<SolverThread> | undefined;
  let market: Promise<{ url: string; token: string; close: () => Promise<void> }> | undefined;

  const openMarket = () => {
    market ??= import('./demo/server.ts').then(({ startDemoMarket }) => startDemoMarket({ now }));
    return market;
  };
  const tokenPlaces: TokenPlaces = {
    env: options.env,
    keyPath: config.keyPath,
    openKeychain: overrides.openKeychain ?? (async () => (await import('./host/keychain.ts')).openKeychain()),
  };
  const openClient = async (): Promise<Eodhd> => {
    const { openEodhd } = await import('./eodhd/client.ts');
    const demo = simulated ? await openMarket() : undefined;
    return openEodhd({
      baseUrl: demo?.url ?? config.eodhdUrl,
      token: async () => demo?.token ?? (await findToken(tokenPlaces))?.token,
      now,
      onCall: call => {
        calls.push(call);
      },
      callsLeft: () => app.callsLeft(),
      retryDelay: overrides.retryDelay,
    });
  };

  let account: Accounts | undefined;
  const accounts = (): Accounts => {
    const { openKeychain } = tokenPlaces;
    account ??= openAccounts({ app, simulated, dataDir, openKeychain, timeoutMs: overrides.accountTimeoutMs });
    return account;
  };

  const app = {
    get config(): Config {
      return config;
    },
    /** Reads one setting again that was changed. */
    rereadSetting(name: ConfigName): void {
      const { [name]: value, accountUrlTrouble } = loadConfig({ env: options.env, dataDir: config.dataDir });
      config = Object.freeze({ ...config, [name]: value, accountUrlTrouble });
      outbox = undefined;
    },
    /** True in the demo: every screen says SIMULATED. */
    simulated,
    dataDir,
    /** `:memory:` in tests. */
    databasePath,
    now,
    today: (): LocalDate => sydneyDate(now()),
    newId: overrides.newId ?? system.newId,
    elapsed: system.elapsed,
    sleep: system.sleep,
    tokenPlaces,
    /** Where this device keeps the key that it syncs with. */
    syncKeyPlaces: { path: join(dataDir, 'sync.key'), openKeychain: tokenPlaces.openKeychain } satisfies SyncKeyPlaces,
    passphraseCost: overrides.passphraseCost,
    /** The account server, as who is signed in. */
    syncServer: async (): Promise<SyncServer & InboxServer> => (overrides.openSyncServer ?? app.account)(),
    env: options.env,
    /** What a schedule starts: this program. */
    program: (): LaunchedProgram => overrides.program ?? launchedProgram(),
    get db(): Database {
      database ??= openDatabase(databasePath, {
        migrationsDir: options.migrationsDir,
        now,
        outbox: () => {
          outbox ??= outboxOf(config, { env: options.env, simulated });
          return outbox;
        },
      });
      return database;
    },
    /** Makes a database of that schema, which may be an older one, at `path`. The caller closes it. */
    openOld: (path: string, schema: number): Database =>
      openDatabase(path, { migrationsDir: options.migrationsDir, now, schema }),
    /** The EODHD client, on the simulated market in the demo. */
    eodhd: (): Promise<Eodhd> => {
      client ??= openClient();
      return client;
    },
    /** A client with a key that is not stored, to ask whether EODHD takes it. The caller closes it. */
    eodhdWith: async (token: string): Promise<Eodhd> =>
      (await import('./eodhd/client.ts')).openEodhd({
        baseUrl: config.eodhdUrl,
        token: () => token,
        now,
        retryDelay: overrides.retryDelay,
      }),
    /** The account server as who is signed in; a Failure (unauthorised) says what to do where nobody is. */
    account: async (): Promise<AccountClient> => {
      const open = await accounts().client();
      await open.signIn();
      return open;
    },
    /** The account server, to sign in to; a Failure (unauthorised) where none is set. */
    accountServer: (): Promise<AccountClient> => accounts().client(),
    /** The id by which the account server knows this device. */
    deviceId: (): Promise<string> => accounts().deviceId(),
    /** What is kept of the sign-in, and where. */
    keptSignIn: (): Promise<KeptSignIn | undefined> => accounts().kept(),
    /** Removes it, whatever it is; the server is not told. */
    forgetSignIn: (): Promise<void> => accounts().forget(),
    /** The solver of a rebalancing. */
    solver: (): Promise<SolverThread> => {
      solver ??=
        overrides.openSolver?.() ??
        import('./host/solver-thread.ts').then(({ openSolverThread }) => openSolverThread());
      return solver;
    },
    /** Trains model A in a thread of its own, which ends with the App: see `trainApart`. */
    train: async (panel: Panel, options: TrainOptions = {}): Promise<Outcome> => {
      const { trainApart } = await import('./host/learner.ts');
      const signals = [closing.signal, options.signal].filter(each => each !== undefined);
      return trainApart(panel, { ...options, signal: AbortSignal.any(signals) });
    },
    /** What the demo is filled with at first use. */
    demoSeed: async () => ({
      ...(await import('./demo/portfolios.ts')),
      ...(await import('./demo/notifications.ts')),
      ...(await import('./demo/alerts.ts')),
      ...(await import('./demo/securities.ts')),
    }),
    findToken: (): Promise<FoundToken | undefined> => findToken(tokenPlaces),
    /** The calls left of today's quota by the local ledger and EODHD's last word; undefined while it was never asked. */
    callsLeft: (): number | undefined => {
      const quota = readQuota(app.db);
      if (quota === undefined) return undefined;
      const today = quotaDay(now());
      const told = quota.requestsDate === today ? quota.requestsToday : 0;
      const unwritten = calls.reduce((total, call) => total + call.cost, 0);
      const since = costSince(app.db, today, quota.askedAt) + unwritten;
      return callsLeftOf({ ...quota, requestsToday: told + since, requestsDate: today }, now());
    },
    /** Writes the requests sent so far into the call ledger, and answers how many and what they cost. */
    flushCalls: (): { count: number; cost: number } => {
      const sent = calls.splice(0);
      const rows = sent.map(call => ({ ...call, day: quotaDay(call.at) }));
      if (rows.length > 0) app.db.transaction(() => storeCalls(app.db, rows));
      return { count: sent.length, cost: sent.reduce((total, call) => total + call.cost, 0) };
    },
    /** Runs `work` while no other asxos does the same on this data. */
    lock: <T>(name: string, what: string, work: () => Promise<T>, waitMs = 0): Promise<T> =>
      withLock(join(dataDir, 'locks', name), work, { waitMs, what }),
    async close(): Promise<void> {
      closing.abort(new Error('The program was left'));
      closing = new AbortController();
      const [open, running, solving] = [client, market, solver];
      client = undefined;
      market = undefined;
      solver = undefined;
      if (solving) await (await solving).close();
      if (open) await (await open).close();
      await account?.close();
      account = undefined;
      if (running) await (await running).close();
      database?.close();
      database = undefined;
    },
  };
  return app;
}
