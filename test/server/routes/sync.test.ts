import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SyncRow } from '../../../src/account/messages.ts';
import type { Store } from '../../../src/server/store/store.ts';
import { emptyStore, openTestServer, openTestStore, register, type TestServer } from '../../support/account-server.ts';

let store: Store;
let server: TestServer;
let token: string;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());
beforeEach(async () => {
  await emptyStore(store);
  server = await openTestServer(store);
  token = (await register(server, 'ann')).access_token;
});

const row = (id: number, clock = 'a', more: Partial<SyncRow> = {}): SyncRow => ({
  id: `019cb000-0000-7000-8000-${String(id).padStart(12, '0')}`,
  kind: 'entry',
  clock,
  blob: Buffer.from(`sealed ${id} ${clock}`).toString('base64'),
  deleted: false,
  ...more,
});
const push = (rows: unknown, as = token) => server.send('POST', '/sync/push', { token: as, body: { rows } });
const pull = (query = '', as = token) => server.send('GET', `/sync/pull${query}`, { token: as });

/** Everything that a device sees that pulls from a cursor to the end. */
async function pullAll(since: string, limit: number): Promise<{ rows: SyncRow[]; cursor: string }> {
  const rows: SyncRow[] = [];
  for (let cursor = since; ; ) {
    const { body } = await pull(`?since=${cursor}&limit=${limit}`);
    rows.push(...body.rows);
    cursor = body.cursor;
    if (!body.more) return { rows, cursor };
  }
}

test('what is pushed is pulled as it was, in order, and only what is new after a cursor', async () => {
  const rows = [row(1), row(2, 'b', { deleted: true, blob: null }), row(1, 'c')];
  expect((await push(rows)).body).toEqual({ stored: 3, replayed: 0 });
  const first = (await pull()).body;
  expect(first).toMatchObject({ rows, more: false });
  expect((await pull(`?since=${first.cursor}`)).body).toEqual({ rows: [], cursor: first.cursor, more: false });
  await push([row(9)]);
  expect((await pull(`?since=${first.cursor}`)).body.rows).toEqual([row(9)]);
  expect((await pull('?since=0&limit=2')).body).toMatchObject({ rows: rows.slice(0, 2), more: true });
});

test('a push that is replayed, in part or as a whole, changes nothing', async () => {
  await push([row(1), row(2)]);
  const { cursor } = (await pull()).body;
  expect((await push([row(1), row(2)])).body).toEqual({ stored: 0, replayed: 2 });
  // Sealed again it is other bytes; the version that was there first stays.
  expect((await push([row(1, 'a', { blob: 'b3RoZXI=' }), row(3), row(3)])).body).toEqual({ stored: 1, replayed: 2 });
  expect((await pull(`?since=${cursor}`)).body.rows).toEqual([row(3)]);
  expect((await pull()).body.rows).toEqual([row(1), row(2), row(3)]);
});

test('devices that push at once, and repeat themselves, lose nothing, and a reader skips nothing', async () => {
  const batches = fc.array(fc.array(fc.nat(30), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(batches, fc.integer({ min: 1, max: 7 }), async (made, limit) => {
      const start = (await pullAll('0', 1000)).cursor;
      const clock = `t${server.clock.now}-`;
      server.clock.now += 1;
      const seen: SyncRow[] = [];
      let cursor = start;
      const read = async () => {
        const found = await pullAll(cursor, limit);
        seen.push(...found.rows);
        cursor = found.cursor;
      };
      await Promise.all([...made.map(ids => push(ids.map(id => row(id, clock)))), read()]);
      await read();
      const ids = [...new Set(made.flat())].sort((a, b) => a - b);
      expect(seen.map(({ id }) => Number(id.slice(-12))).sort((a, b) => a - b)).toEqual(ids);
    }),
    { numRuns: 8 },
  );
});

describe('a cursor', () => {
  test('of another account is refused', async () => {
    const bob = (await register(server, 'bob')).access_token;
    const { cursor } = (await pull('', bob)).body;
    const { status, body } = await pull(`?since=${cursor}`);
    expect([status, body.detail]).toEqual([
      409,
      'The cursor is of another account or another server: pull from the beginning',
    ]);
  });

  test('that is ahead of a restored server is refused', async () => {
    const { cursor } = (await pull()).body;
    const { status, body } = await pull(`?since=${cursor.replace(/^0/, '7')}`);
    expect([status, body.detail]).toMatchObject([409, expect.stringContaining('restored')]);
  });

  test.each(['1', 'x', '-1.a', "0'--", '9999999999999999999.a'])('%s is none', async since => {
    const { status, body } = await pull(`?since=${encodeURIComponent(since)}`);
    expect([status, body.detail]).toMatchObject([422, [{ loc: ['query', 'since'] }]]);
  });
});

test('a device that joins is told to the owner, once', async () => {
  const device = row(5, 'a', { kind: 'device' });
  await push([device, row(6)]);
  await push([device, row(5, 'b', { kind: 'device' }), row(7, 'a', { kind: 'device', deleted: true })]);
  const { body } = await server.send('GET', '/notifications', { token });
  expect(body.notifications.map(({ data }: { data: { event: string } }) => data.event)).toEqual(['device-enrolled']);
});

test.each([
  ['no rows', []],
  ['too many rows', Array.from({ length: 501 }, (_, id) => row(id))],
  ['an id that is no UUIDv7', [{ ...row(1), id: '6c84fb90-12c4-11e1-840d-7b25c5ee775a' }]],
  ['a clock that is none', [{ ...row(1), clock: 'a b' }]],
  ['a kind that is none', [{ ...row(1), kind: 'Entry!' }]],
  ['a blob that is not base64', [{ ...row(1), blob: '***' }]],
  ['a blob too large', [{ ...row(1), blob: 'A'.repeat(131_076) }]],
  ['a flag that is none', [{ ...row(1), deleted: 1 }]],
  ['a field too many', [{ ...row(1), user_id: 2 }]],
  ['a row missing', [row(1), null]],
])('%s: refused with one problem, and nothing of the push is stored', async (_what, rows) => {
  const { status, body } = await push(rows);
  expect([status, body.detail.length]).toEqual([422, 1]);
  expect((await pull()).body.rows).toEqual([]);
});

test('a pull ends before it is too large to send', async () => {
  const large = 'A'.repeat(131_072);
  for (const half of [0, 1]) {
    await push(Array.from({ length: 40 }, (_, index) => row(half * 40 + index, 'a', { blob: large })));
  }
  const first = (await pull('?limit=1000')).body;
  expect([first.rows.length, first.more]).toEqual([61, true]);
  expect((await pull(`?limit=1000&since=${first.cursor}`)).body).toMatchObject({ more: false });
});
