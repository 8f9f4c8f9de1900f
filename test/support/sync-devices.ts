/**
 * Devices of one account in this process: real databases in memory, real merging and sealing, clocks that a test turns,
 * and a store of rows between them that loses answers, repeats itself and shuffles what it delivers when it is told to.
 */
import { randomBytes } from 'node:crypto';
import { wrapByRecovery } from '../../src/account/key-wrap.ts';
import type { SyncRow } from '../../src/account/messages.ts';
import { sealKeys } from '../../src/account/seal.ts';
import type { SyncServer } from '../../src/account/sync-server.ts';
import type { Database } from '../../src/db/database.ts';
import type { Instant } from '../../src/domain/date.ts';
import { Failure } from '../../src/failure.ts';
import { type Exchange, exchange } from '../../src/sync/exchange.ts';
import { nodeOf, type Stamping } from '../../src/sync/stamping.ts';
import { open } from '../db/open-database.ts';

export const dataKey = Buffer.alloc(32, 7);
export const keys = sealKeys(dataKey);

export type Faults = {
  /** The next push: its answer is lost, or it does not arrive. */
  push?: 'answer lost' | 'lost' | undefined;
  /** Deliveries come twice and in another order, by this measure of chance. */
  shuffle?: ((length: number) => number) | undefined;
};

export type Relay = SyncServer & { readonly rows: SyncRow[]; readonly faults: Faults; epoch: number };

const lost = (): Failure => new Failure('offline', 'The connection was lost');

/** As the account server does it: versions by id and clock, in the order in which they came. */
export function openRelay(): Relay {
  const rows: SyncRow[] = [];
  const faults: Faults = {};
  const relay: Relay = {
    rows,
    faults,
    epoch: 1,
    push: async pushed => {
      const fault = faults.push;
      faults.push = undefined;
      if (fault === 'lost') throw lost();
      const fresh = pushed.filter(row => !rows.some(({ id, clock }) => id === row.id && clock === row.clock));
      rows.push(...fresh);
      if (fault === 'answer lost') throw lost();
      return { stored: fresh.length, replayed: pushed.length - fresh.length };
    },
    pull: async ({ since, limit = 500 }) => {
      const [place = '0', epoch] = since === '' ? [] : since.split('.');
      if (epoch !== undefined && (Number(epoch) !== relay.epoch || Number(place) > rows.length)) {
        throw new Failure('refused', 'The cursor is of another account or another server: pull from the beginning');
      }
      const from = Number(place);
      const page = rows.slice(from, from + limit);
      const cursor = `${from + page.length}.${relay.epoch}`;
      return { rows: delivered(page, faults.shuffle), cursor, more: from + page.length < rows.length };
    },
  };
  return relay;
}

function delivered(page: readonly SyncRow[], chance: Faults['shuffle']): SyncRow[] {
  if (chance === undefined) return [...page];
  const twice = [...page, ...page.filter(() => chance(3) === 0)];
  for (let last = twice.length - 1; last > 0; last--) {
    const other = chance(last + 1);
    [twice[last], twice[other]] = [twice[other] as SyncRow, twice[last] as SyncRow];
  }
  return twice;
}

export type Device = {
  readonly db: Database;
  /** What its own clock says. */
  readonly clock: { now: Instant };
  readonly stamping: () => Stamping;
  readonly sync: (server: SyncServer) => Promise<Exchange>;
};

/** The number says which device it is. */
export function openDevice(number: number, now: Instant, path?: string): Device {
  const clock = { now };
  const db = open(path, { now: () => clock.now });
  const stamping = (): Stamping => ({
    keys,
    node: nodeOf(`019cb000-0000-7000-8000-${String(number).padStart(12, '0')}`),
    now: clock.now,
  });
  return { db, clock, stamping, sync: server => exchange({ db, server, stamping }) };
}

/** The row by which the account's key is known, as the device that enrols first stores it. */
export const storeKey = async (relay: Relay): Promise<void> => {
  relay.rows.push(await wrapByRecovery(dataKey, randomBytes(16), '000000000000-0000-000000000000'));
};
