/**
 * Sync: devices push sealed rows and pull those of the others. The server keeps every version under its id and clock
 * and numbers them in the order in which it stored them, account by account; it can read none of them. A cursor names
 * the account's sequence and a place in it.
 */
import { z } from 'zod';
import { deviceKind, pullAnswer, pushAnswer, pushRequest, type SyncRow, syncBatch } from '../../account/messages.ts';
import { count } from '../../http/query.ts';
import { fieldRefusal, refusal } from '../../http/refusal.ts';
import { clientOf } from '../client.ts';
import type { Endpoints } from '../identity.ts';
import type { Parts } from '../parts.ts';
import type { Database } from '../store/store.ts';
import { findSyncState, hasSyncRow, insertSyncRows, listSyncRows, type SyncState } from '../store/sync-rows.ts';
import { tell } from '../tell.ts';

const pushLimit = 8_388_608;
/** Characters of sealed text in one answer; a pull ends before it would be more. */
const mostPulled = 8_000_000;
const mostRows = 2_000_000;

const pullQuery = z.object({
  since: z.string().default(''),
  limit: count({ least: 1, most: syncBatch.pull, otherwise: 500 }),
});

export function addSync(endpoints: Endpoints, parts: Parts): void {
  const { db, now, proxies } = parts;

  endpoints.signedIn(
    {
      method: 'post',
      path: '/sync/push',
      summary: 'Store sealed rows; what is there already is left as it is',
      body: pushRequest,
      bodyLimit: pushLimit,
      answer: pushAnswer,
    },
    async ({ c, account: { userId }, body: { rows } }) =>
      await db.transaction(async transaction => {
        const { sequence } = await findSyncState(transaction, userId, { lock: true });
        if (sequence + rows.length > mostRows) {
          throw refusal(413, `The account holds ${sequence} rows, and may hold ${mostRows}`);
        }
        const joining = await newDevices(transaction, userId, rows);
        const stored = await insertSyncRows(transaction, userId, rows, { after: sequence, now: now() });
        const client = clientOf(c, proxies);
        for (const _device of joining) {
          await tell(transaction, parts, { userId, happening: 'device-enrolled', client });
        }
        return { stored: stored.length, replayed: rows.length - stored.length };
      }),
  );

  endpoints.signedIn(
    { method: 'get', path: '/sync/pull', summary: 'Rows stored since a cursor', query: pullQuery, answer: pullAnswer },
    async ({ account: { userId }, query: { since, limit } }) => {
      const state = await findSyncState(db, userId, { lock: false });
      const after = placeOf(since, state);
      const found = await listSyncRows(db, userId, { after, limit: limit + 1 });
      const rows = withinBudget(found.slice(0, limit));
      return {
        rows: rows.map(({ sequence, ...row }) => row),
        cursor: `${rows.at(-1)?.sequence ?? after}.${state.epoch}`,
        more: found.length > rows.length,
      };
    },
  );
}

/** The ids of devices that no row has named before. */
async function newDevices(db: Database, userId: number, rows: readonly SyncRow[]): Promise<readonly string[]> {
  const ids = new Set(rows.filter(row => row.kind === deviceKind && !row.deleted).map(({ id }) => id));
  const joining: string[] = [];
  for (const id of ids) if (!(await hasSyncRow(db, userId, id))) joining.push(id);
  return joining;
}

/** Where a pull begins. Nothing, or 0, is the beginning. */
function placeOf(since: string, { epoch, sequence }: SyncState): number {
  if (since === '' || since === '0') return 0;
  const [, place, of] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(since) ?? [];
  if (place === undefined) {
    throw fieldRefusal(['query', 'since'], 'value is not a cursor that a pull has answered', 'value_error.cursor');
  }
  if (of !== epoch) throw refusal(409, 'The cursor is of another account or another server: pull from the beginning');
  if (Number(place) > sequence) {
    throw refusal(409, 'The cursor is ahead of this server, which was restored: pull from the beginning');
  }
  return Number(place);
}

/** At least one row, and no more than an answer should carry. */
function withinBudget<Row extends SyncRow>(rows: readonly Row[]): Row[] {
  let size = 0;
  const fitting = rows.findIndex((row, index) => {
    size += row.blob?.length ?? 0;
    return size > mostPulled && index > 0;
  });
  return fitting === -1 ? [...rows] : rows.slice(0, fitting);
}
