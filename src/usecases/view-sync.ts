/** How sync stands, without asking the server; and settling what two devices have made of one entry. */
import { deviceKind } from '../account/messages.ts';
import type { App } from '../app.ts';
import { entryIdsLike } from '../db/entries.ts';
import { listPortfolios } from '../db/portfolios.ts';
import {
  countByKind,
  countUnpushed,
  listRefused,
  type RefusedRow,
  versionsOfKind,
  waitingRows,
} from '../db/sync-rows.ts';
import { readSyncFact } from '../db/sync-state.ts';
import type { Instant } from '../domain/date.ts';
import { Failure } from '../failure.ts';
import { captureChanges } from '../sync/capture.ts';
import { type Conflict, listConflicts } from '../sync/conflicts.ts';
import { findSyncDevice, openSyncDevice, refuseDemo } from '../sync/device.ts';
import { settleEntry } from '../sync/settle.ts';
import { showAll } from '../sync/store-versions.ts';

export type SyncStatus = {
  /** The id of this device; undefined where it takes no part. */
  readonly device: string | undefined;
  readonly syncedAt: Instant | undefined;
  readonly unpushed: number;
  readonly devices: readonly { readonly id: string; readonly name: string; readonly joinedAt: Instant | undefined }[];
  /** Rows that are known, by kind. */
  readonly rows: readonly { readonly kind: string; readonly count: number }[];
  readonly conflicts: readonly (Conflict & { readonly portfolioName: string })[];
  readonly refused: readonly RefusedRow[];
  readonly waiting: number;
};

export async function viewSync(app: App): Promise<SyncStatus> {
  refuseDemo(app);
  const { db } = app;
  const device = await findSyncDevice(app);
  // What was changed since is stamped now, and counts as waiting.
  if (device !== undefined) {
    const stamping = device.stamping();
    db.transaction(() => showAll(db, captureChanges(db, stamping), stamping));
  }
  const syncedAt = readSyncFact(db, 'syncedAt');
  const names = new Map(listPortfolios(db, { archived: true }).map(({ id, name }) => [id, name]));
  return {
    device: device?.id,
    syncedAt: syncedAt === undefined ? undefined : Number(syncedAt),
    unpushed: countUnpushed(db),
    devices: versionsOfKind(db, deviceKind).map(({ id, content }) => ({ id, ...deviceFacts(content) })),
    rows: countByKind(db),
    conflicts: listConflicts(db).map(each => ({ ...each, portfolioName: names.get(each.portfolio) ?? '' })),
    refused: listRefused(db),
    waiting: waitingRows(db).length,
  };
}

function deviceFacts(content: string | null): { name: string; joinedAt: Instant | undefined } {
  const found: unknown = JSON.parse(content ?? '{}');
  const { name, joinedAt } = (found ?? {}) as Record<string, unknown>;
  return {
    name: typeof name === 'string' ? name : '',
    joinedAt: typeof joinedAt === 'number' ? joinedAt : undefined,
  };
}

export type Settled = { readonly entry: string; readonly kept: number; readonly deleted: boolean };

/** Keeps one of the versions that devices have made of an entry, as a new version; `name` is the entry's id or its end. */
export async function settleConflict(app: App, name: string, version: number): Promise<Settled> {
  const { stamping } = await openSyncDevice(app);
  const { db } = app;
  const [id, other] = name.length < 4 ? [] : entryIdsLike(db, name, 2, { deleted: true });
  const conflict = listConflicts(db).find(({ entry }) => entry === id);
  if (id === undefined || other !== undefined || conflict === undefined) {
    const why =
      other === undefined ? `The entry "${name}" is in no conflict` : `More than one entry is named "${name}"`;
    throw new Failure('not-found', why, { hint: 'The conflicts are listed by: asxos sync status.' });
  }
  const settled = db.transaction(() => settleEntry(db, id, version, stamping()));
  if (settled === undefined) {
    const numbers = conflict.versions.map(each => each.version).join(' or ');
    throw new Failure('invalid-input', `Version ${version} is none of the two that are in conflict`, {
      hint: `Keep version ${numbers}.`,
    });
  }
  return { entry: id, kept: version, deleted: settled.current.deleted };
}
