/**
 * `asxos serve`, from its settings to its end: the store is opened and migrated, then the port; at a signal the port is
 * closed first, then the store, when the requests under way have been answered.
 */
import { join } from 'node:path';
import type { Instant } from '../domain/date.ts';
import { makePrivateFolder } from '../folder.ts';
import { listen } from '../http/listen.ts';
import { errorFacts, type Log, openLog } from '../http/log.ts';
import { serve } from '../http/serve.ts';
import { buildApplication } from './application.ts';
import { checkDemo, seedDemo } from './demo.ts';
import { openLimits } from './limits.ts';
import { answerMetrics, openMetrics } from './metrics.ts';
import type { Parts } from './parts.ts';
import { openPasswords } from './passwords.ts';
import { type Environment, readServerSettings, type ServerSettings } from './settings.ts';
import { migrate } from './store/migrate.ts';
import { loadOptional, type Store } from './store/store.ts';
import { renewEpochs } from './store/sync-rows.ts';
import { keepSweeping } from './sweep.ts';
import { openTokens } from './tokens.ts';

export type ServeOptions = {
  readonly port: number;
  readonly host: string;
  /** Where the metrics are, on loopback; undefined is nowhere. */
  readonly metricsPort: number | undefined;
  readonly migrateOnly: boolean;
  /** The store was restored from a backup: what devices pushed since is not in it, so they are to pull anew. */
  readonly isRestored: boolean;
  readonly demo: boolean;
  /** Log nothing but warnings and errors. */
  readonly quiet: boolean;
  /** Told once: when the server listens, or when nothing is to be served and the store has been migrated (no address). */
  readonly onReady: (ready: Ready) => Promise<void>;
};

type Ready = {
  readonly url: string | undefined;
  readonly metricsUrl: string | undefined;
  readonly store: string;
  readonly migrationsApplied: number;
};

/** What the server takes from the process around it. */
export type Around = {
  readonly env: Environment;
  readonly dataDir: string;
  /** The folder of the account server's own migrations. */
  readonly migrationsDir: string;
  readonly version: string;
  readonly now: () => Instant;
  readonly newId: () => string;
  readonly elapsed: () => number;
  /** Aborted when the server is to end. */
  readonly signal: AbortSignal;
  /** Where the log goes, line by line. */
  readonly err: (text: string) => void;
  /** Runs `work` while no other process has the embedded store open. */
  readonly lock: <T>(work: () => Promise<T>) => Promise<T>;
};

/** Serves until the signal, and answers the exit code. */
export async function startAccountServer(options: ServeOptions, around: Around): Promise<number> {
  const settings = readServerSettings(around.env);
  if (options.demo) checkDemo(settings.databaseUrl, options.host);
  const log = openLog({ now: around.now, write: around.err, quiet: options.quiet });
  const work = async (): Promise<number> => {
    const store = await openStore(settings, around, log);
    try {
      const migrated = await migrate(store, around.migrationsDir);
      log('info', 'migrated', { applied: migrated });
      if (options.isRestored) log('info', 'sync begins anew', { accounts: await renewEpochs(store.db) });
      if (options.migrateOnly) {
        await options.onReady({
          url: undefined,
          metricsUrl: undefined,
          store: store.where,
          migrationsApplied: migrated,
        });
        return 0;
      }
      return await serveStore(store, { options, settings, around, log, migrated });
    } finally {
      await store.close();
    }
  };
  return settings.databaseUrl === undefined ? await around.lock(work) : await work();
}

async function openStore({ databaseUrl }: ServerSettings, { dataDir }: Around, log: Log): Promise<Store> {
  if (databaseUrl !== undefined) {
    const { openPostgresql } = await loadOptional(() => import('./store/postgresql.ts'), 'pg');
    return await openPostgresql(databaseUrl, error => log('warning', 'connection lost', errorFacts(error)));
  }
  const { openEmbedded } = await loadOptional(() => import('./store/embedded.ts'), '@electric-sql/pglite');
  const folder = join(dataDir, 'server');
  makePrivateFolder(folder);
  return await openEmbedded(folder);
}

/** Everything a route needs, on an open store. */
export async function openParts(
  store: Store,
  settings: ServerSettings,
  around: Pick<Around, 'now' | 'newId' | 'elapsed' | 'version'>,
  log: Log,
): Promise<Parts> {
  const { now, newId, elapsed, version } = around;
  const { accessTtl, refreshTtl, proxies } = settings;
  return {
    db: store.db,
    tokens: await openTokens(settings.secret, now),
    passwords: await openPasswords({ newSecret: newId }),
    limits: openLimits(store.db, settings.limits, now),
    log,
    metrics: openMetrics({ version, now }),
    ...{ now, newId, elapsed, version, accessTtl, refreshTtl, proxies },
  };
}

type Serving = { options: ServeOptions; settings: ServerSettings; around: Around; log: Log; migrated: number };

async function serveStore(store: Store, { options, settings, around, log, migrated }: Serving): Promise<number> {
  const parts = await openParts(store, settings, around, log);
  if (options.demo) await seedDemo(parts);
  const watched =
    options.metricsPort === undefined
      ? undefined
      : await listen({ fetch: answerMetrics(parts.metrics) }, { port: options.metricsPort, host: '127.0.0.1' });
  const metricsUrl = watched && `${watched.url}/metrics`;
  try {
    await serve(buildApplication(parts), {
      port: options.port,
      host: options.host,
      signal: around.signal,
      log,
      facts: { store: store.where, version: around.version },
      onListening: async url => {
        const stopSweeping = keepSweeping(parts);
        await options.onReady({ url, metricsUrl, store: store.where, migrationsApplied: migrated });
        return stopSweeping;
      },
    });
  } finally {
    await watched?.stop(0);
  }
  return 0;
}
