import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { day, hour } from '../../src/domain/date.ts';
import { migrate } from '../../src/server/store/migrate.ts';
import { insertNotifications } from '../../src/server/store/notifications.ts';
import { openPostgresql } from '../../src/server/store/postgresql.ts';
import type { Store } from '../../src/server/store/store.ts';
import { accountMigrations, openTestServer, openTestStore, type TestServer } from '../support/account-server.ts';
import { noPostgresql, type Postgresql, startPostgresql } from '../support/postgresql.ts';

type Exchange = {
  readonly name: string;
  readonly request: { method: string; path: string; body: unknown; auth: 'bearer' | null };
  readonly response: { status: number; body: unknown };
};

const path = resolve(import.meta.dirname, '../../../shared/data/http-api/account.json');
const recorded: Exchange[] = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
const noRecordings = recorded.length === 0 ? 'the recordings are not beside this checkout' : undefined;

/** Where ours is right and the reference server is not: the status, and the body where it follows from it. */
const differences: Readonly<Record<string, { status: number; body?: unknown }>> = {
  'settings put': { status: 200 },
  'settings patch': { status: 200 },
  'me no token': { status: 401, body: { detail: 'Not authenticated' } },
  'refresh no token': { status: 401, body: { detail: 'Not authenticated' } },
  'me after logout': { status: 401 },
  'me after delete': { status: 401 },
  'alert pref patch unknown': { status: 422 },
};

/** What is there because a request before it was answered in another way. */
function afterDifferences(name: string, body: unknown): unknown {
  if (name === 'settings after') {
    return { ...(body as object), settings: { theme: 'dark', notifications_enabled: true, currency: 'AUD' } };
  }
  if (name !== 'alert prefs after') return body;
  const { preferences } = body as { preferences: { alert_type: string }[] };
  return { preferences: preferences.filter(({ alert_type }) => alert_type !== 'unknown_type') };
}

/** The recorded body, with what is new each time as a pattern, and with what our tokens have more. */
function expected(value: unknown): unknown {
  if (value === '<jwt>') return expect.stringMatching(/^[\w-]+[.][\w-]+[.][\w-]+$/);
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) {
    return expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  }
  if (Array.isArray(value)) return value.map(expected);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, expected(each)]));
  if (!('access_token' in value)) return fields;
  return { ...fields, refresh_token: expected('<jwt>'), refresh_expires_in: expect.any(Number) };
}

/** The inbox that was put into the reference server before its notifications were asked for. */
async function fillInbox({ parts, clock }: TestServer): Promise<void> {
  const rows = [
    { notificationType: 'signal_change', priority: 'high', age: hour },
    { notificationType: 'portfolio_alert', priority: 'normal', age: 2 * hour },
    { notificationType: 'system', priority: 'low', age: 3 * day },
    { notificationType: 'drift_detected', priority: 'urgent', age: 0 },
  ] as const;
  for (const { age, ...row } of rows) {
    const text = { title: `Title ${row.notificationType}`, message: 'Message', data: { ticker: 'BHP.AX' } };
    const syncId = parts.newId();
    await insertNotifications(
      parts.db,
      [{ ...row, ...text, userId: 1, syncId, createdAt: clock.now - age }],
      clock.now,
    );
  }
}

function replay(openStore: () => Promise<Store>): void {
  let store: Store;
  let server: TestServer;
  let token: string | undefined;
  beforeAll(async () => {
    store = await openStore();
    server = await openTestServer(store);
  }, 60_000);
  afterAll(() => store?.close());

  // In order: each goes on where the one before it ended.
  test.each(recorded)('$name', async ({ name, request, response }) => {
    if (name === 'notifications') await fillInbox(server);
    if (name === 'delete account') {
      const again = { username: 'newuser', password: 'newsecure123' };
      token = (await server.send('POST', '/auth/login', { body: again })).body.access_token;
    }
    server.clock.now += 10;
    const bearer = name === 'me bad token' ? 'bad.token' : token;
    const { status, body } = await server.send(request.method, request.path, {
      ...(request.body === null ? {} : { body: request.body }),
      ...(request.auth === null ? {} : { token: bearer }),
    });
    const difference = differences[name];
    expect(status).toBe(difference?.status ?? response.status);
    if (difference === undefined) expect(body).toEqual(expected(afterDifferences(name, response.body)));
    else if (difference.body !== undefined) expect(body).toEqual(difference.body);
    if (typeof body.access_token === 'string' && name !== 'refresh') token = body.access_token;
  });
}

const embedded = 'the recorded exchanges, on the embedded store';
describe.skipIf(noRecordings)(noRecordings ? `${embedded} (${noRecordings})` : embedded, { shuffle: false }, () => {
  replay(openTestStore);
});

const served = 'the recorded exchanges, on PostgreSQL';
const lacking = noRecordings ?? noPostgresql;
describe.skipIf(lacking)(lacking ? `${served} (${lacking})` : served, { shuffle: false }, () => {
  let postgresql: Postgresql;
  afterAll(() => postgresql?.stop());
  replay(async () => {
    postgresql = await startPostgresql();
    const store = await openPostgresql(await postgresql.newDatabase(), () => undefined);
    await migrate(store, accountMigrations);
    return store;
  });
});
