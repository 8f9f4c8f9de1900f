/**
 * An account server in this process: the real application on a real store, with a clock, ids and a log that a test
 * knows. `send` is a request without a socket; `listenOnLoopback` opens one.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { onTestFinished } from 'vitest';
import { idSequence } from '../../src/host/ids.ts';
import type { Server } from '../../src/http/endpoint.ts';
import { listen } from '../../src/http/listen.ts';
import { openLog } from '../../src/http/log.ts';
import { buildApplication } from '../../src/server/application.ts';
import { openLimits } from '../../src/server/limits.ts';
import { openMetrics } from '../../src/server/metrics.ts';
import type { Parts } from '../../src/server/parts.ts';
import { openPasswords } from '../../src/server/passwords.ts';
import { readServerSettings } from '../../src/server/settings.ts';
import { openEmbedded, storeOf } from '../../src/server/store/embedded.ts';
import { migrate } from '../../src/server/store/migrate.ts';
import type { Store } from '../../src/server/store/store.ts';
import { openTokens } from '../../src/server/tokens.ts';

export const accountMigrations = join(import.meta.dirname, '../../migrations/account');
export const secret = 'a secret that only tests know: 0123456789';

/** Making an embedded store takes seconds; one that was migrated is kept as a dump and loaded in a fraction of one. */
async function migratedDump(): Promise<Blob> {
  const sql = readdirSync(accountMigrations)
    .filter(name => name.endsWith('.sql'))
    .map(name => readFileSync(join(accountMigrations, name)));
  const version = readFileSync(join(import.meta.dirname, '../../node_modules/@electric-sql/pglite/package.json'));
  const digest = createHash('sha256')
    .update(Buffer.concat([...sql, version]))
    .digest('hex')
    .slice(0, 16);
  const folder = join(tmpdir(), `asxos-test-stores-${process.getuid?.() ?? 0}`);
  const path = join(folder, `${digest}.tar`);
  try {
    return new Blob([readFileSync(path)]);
  } catch {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  const client = await PGlite.create();
  await migrate(storeOf(client), accountMigrations);
  const dump = await client.dumpDataDir('none');
  await client.close();
  writeFileSync(`${path}.${process.pid}`, Buffer.from(await dump.arrayBuffer()));
  renameSync(`${path}.${process.pid}`, path);
  return dump;
}

/** The store of this worker. A file after another has it, empty, so that PostgreSQL is compiled from WASM once. */
let kept: Store | undefined;
let isTaken = false;

/** A migrated store in memory without a row. Closed, it waits for who opens one next. */
export async function openTestStore(): Promise<Store> {
  if (isTaken) return await openEmbedded(undefined, await migratedDump());
  isTaken = true;
  if (kept === undefined) kept = await openEmbedded(undefined, await migratedDump());
  else await emptyStore(kept);
  return {
    ...kept,
    close: async () => {
      isTaken = false;
    },
  };
}

/** Takes every row away, and lets ids begin with 1 again. For few rows that is quicker than to truncate. */
export const emptyStore = (store: Store): Promise<void> =>
  store.inScript(async run => {
    await run(`delete from user_accounts; delete from login_limits;
      alter sequence user_accounts_user_id_seq restart; alter sequence notifications_notification_id_seq restart`);
  });

export type Sent = {
  readonly body?: unknown;
  /** Sent as it is, in the place of a body as JSON. */
  readonly text?: string | Uint8Array;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly address?: string;
};
// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the test is about
export type Reply = { readonly status: number; readonly headers: Headers; readonly body: any };

export type TestServer = {
  readonly parts: Parts;
  readonly clock: { now: number };
  readonly log: string[];
  /** Hashes made or checked so far. */
  readonly work: { hashes: number };
  readonly send: (method: string, path: string, sent?: Sent) => Promise<Reply>;
  readonly application: Server;
};

/** The clock starts at 2026-03-03 00:00 UTC. */
export async function openTestServer(
  store: Store,
  options: { readonly env?: Record<string, string>; readonly clock?: { now: number } } = {},
): Promise<TestServer> {
  const settings = readServerSettings({ JWT_SECRET_KEY: secret, ...options.env });
  const clock = options.clock ?? { now: Date.UTC(2026, 2, 3) };
  const now = () => clock.now;
  const newId = idSequence();
  const lines: string[] = [];
  const work = { hashes: 0 };
  const parts: Parts = {
    db: store.db,
    tokens: await openTokens(settings.secret, now),
    // The least that Argon2 takes: real hashes, and quick tests.
    passwords: await openPasswords({
      newSecret: newId,
      cost: { memory: 64, passes: 1 },
      onWork: () => {
        work.hashes += 1;
      },
    }),
    limits: openLimits(store.db, settings.limits, now),
    log: openLog({ now, write: line => lines.push(line), quiet: false }),
    metrics: openMetrics({ version: '1.2.3', now }),
    now,
    newId,
    elapsed: () => performance.now(),
    version: '1.2.3',
    accessTtl: settings.accessTtl,
    refreshTtl: settings.refreshTtl,
    proxies: settings.proxies,
  };
  const application = buildApplication(parts);
  const send: TestServer['send'] = async (method, path, sent = {}) => {
    const body = sent.text ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body));
    const headers = new Headers(sent.headers);
    if (body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
    if (sent.token !== undefined) headers.set('authorization', `Bearer ${sent.token}`);
    const request = new Request(`http://localhost${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: Buffer.from(body) }),
    });
    const env = { incoming: { socket: { remoteAddress: sent.address ?? '192.0.2.1' } } };
    const response = await application.fetch(request, env);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  return { parts, clock, log: lines, work, send, application };
}

export type LoopbackServer = TestServer & {
  readonly url: string;
  /** Stops listening; `start` listens again at the same address. */
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
};

/** The server at an address of this machine, until the test ends. */
export async function listenOnLoopback(server: TestServer): Promise<LoopbackServer> {
  let listening = await listen(server.application, { port: 0, host: '127.0.0.1' });
  const { url } = listening;
  const stop = (): Promise<void> => listening.stop(0);
  onTestFinished(stop);
  return {
    ...server,
    url,
    stop,
    start: async () => {
      listening = await listen(server.application, { port: Number(new URL(url).port), host: '127.0.0.1' });
    },
  };
}

/** Registers a user and answers its tokens. */
export async function register(server: TestServer, username: string, sent: Sent = {}): Promise<Reply['body']> {
  const body = { username, email: `${username}@example.com`, password: `password of ${username}` };
  const { status, body: answer } = await server.send('POST', '/auth/register', { ...sent, body });
  if (status !== 200) throw new Error(`${username} was not registered: ${status} ${JSON.stringify(answer)}`);
  return answer;
}
