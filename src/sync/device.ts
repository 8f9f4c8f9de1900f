/** This device in sync: what it stamps and seals with. The demo takes no part. */
import { hostname } from 'node:os';
import { nextClock } from '../account/clock.ts';
import type { SyncRow } from '../account/messages.ts';
import { deviceKind } from '../account/messages.ts';
import { sealKeys } from '../account/seal.ts';
import type { App } from '../app.ts';
import { markAllUnpushed, storeVersion } from '../db/sync-rows.ts';
import { forgetSync, readSyncFact, writeSyncFact } from '../db/sync-state.ts';
import { Failure } from '../failure.ts';
import { findSyncKey, removeSyncKey, saveSyncKey } from '../host/sync-key.ts';
import { nodeOf, type Stamping } from './stamping.ts';

export type SyncDevice = { readonly id: string; readonly dataKey: Buffer; readonly stamping: () => Stamping };

export function refuseDemo(app: App): void {
  if (!app.simulated) return;
  throw new Failure('refused', 'The demo does not sync: its portfolios are nobody\u2019s', {
    hint: 'Leave --demo out to sync your own.',
  });
}

/** The device, where it is enrolled and its key is there; undefined where it never was. */
export async function findSyncDevice(app: App): Promise<SyncDevice | undefined> {
  const id = readSyncFact(app.db, 'device');
  if (id === undefined) return undefined;
  const dataKey = await findSyncKey(app.syncKeyPlaces, id);
  if (dataKey === undefined) {
    throw new Failure('unauthorised', 'The key that this device syncs with is gone from the keychain', {
      hint: 'Join the account again with its passphrase: asxos sync enrol. Nothing here is lost by it.',
    });
  }
  const keys = sealKeys(dataKey);
  return { id, dataKey, stamping: () => ({ keys, node: nodeOf(id), now: app.now() }) };
}

export async function openSyncDevice(app: App): Promise<SyncDevice> {
  refuseDemo(app);
  const found = await findSyncDevice(app);
  if (found !== undefined) return found;
  throw new Failure('refused', 'This device does not take part in sync yet', {
    hint: 'Set it up, or join with your passphrase: asxos sync enrol.',
  });
}

/**
 * Makes this a device of the account whose key that is. What was known of another account is forgotten; what the console
 * holds is stamped anew at the next sync, and nothing of it is lost.
 */
export async function adoptKey(
  app: App,
  { id, dataKey, keyRows }: { readonly id: string; readonly dataKey: Buffer; readonly keyRows: readonly SyncRow[] },
): Promise<'keychain' | 'file'> {
  const { db } = app;
  const where = await saveSyncKey(app.syncKeyPlaces, id, dataKey);
  const before = readSyncFact(db, 'device');
  const { keyId } = sealKeys(dataKey);
  const content = JSON.stringify({ name: hostname(), joinedAt: app.now() });
  db.transaction(() => {
    if (readSyncFact(db, 'keyId') !== keyId) forgetSync(db);
    else markAllUnpushed(db);
    writeSyncFact(db, 'device', id);
    writeSyncFact(db, 'keyId', keyId);
    writeSyncFact(db, 'cursor', '');
    storeKeyRows(app, keyRows);
    const clock = nextClock(app.now(), nodeOf(id));
    storeVersion(db, { id, kind: deviceKind, clock, deleted: false, content, shown: '', pushed: false });
  });
  if (before !== undefined && before !== id) await removeSyncKey(app.syncKeyPlaces, before);
  return where;
}

/** Keeps the wrapped keys that the server has, so that a server that loses them is given them again. */
export function storeKeyRows({ db }: App, rows: readonly SyncRow[]): void {
  for (const { id, clock } of rows) {
    db.statement('DELETE FROM sync_rows WHERE id = ? AND clock < ?').run(id, clock);
  }
  for (const { blob, ...row } of rows) storeVersion(db, { ...row, content: blob, shown: '', pushed: true });
}
