/**
 * One sync: what changed here is stamped, what is new elsewhere is pulled and merged, what the server lacks is pushed.
 *
 * Model: network first, then one synchronous transaction for each batch, which stamps what was written meanwhile, merges the
 * rows, shows them, and moves the cursor: cut off anywhere, the next sync goes on there. A push is marked when it was
 * answered; one whose answer was lost is sent again, and the server changes nothing. Where the server does not take the
 * cursor (it was restored, or is another one), everything is pulled from the beginning, and what it lacks pushed again.
 *
 * Troubles a user sees: rows that were not taken, in the report; an account with another key, or with none, as `Failure`.
 */
import { isAhead, isClock } from '../account/clock.ts';
import { keyIdOf, keyKind } from '../account/key-wrap.ts';
import type { RowVersion } from '../account/merge.ts';
import { deviceKind, type SyncRow, syncBatch } from '../account/messages.ts';
import { open, SealBroken, seal } from '../account/seal.ts';
import type { SyncServer } from '../account/sync-server.ts';
import type { Database } from '../db/database.ts';
import {
  countUnpushed,
  findVersion,
  forgetRefused,
  markAllUnpushed,
  markPushed,
  type StoredVersion,
  storeRefused,
  unpushedKinds,
  unpushedVersions,
  versionsOfRow,
} from '../db/sync-rows.ts';
import { readSyncFact, writeSyncFact } from '../db/sync-state.ts';
import { entryKind } from '../db/synced-entries.ts';
import { syncedKinds } from '../db/synced-tables.ts';
import { Failure } from '../failure.ts';
import { captureChanges } from './capture.ts';
import type { Withdrawn } from './show-entries.ts';
import type { Stamping } from './stamping.ts';
import { showAll, storeReceived } from './store-versions.ts';
import { tellConflicts } from './tell-conflicts.ts';

export type Exchange = {
  /** Versions that were new here, and those that were sent. */
  pulled: number;
  pushed: number;
  requests: number;
  /** Rows that changed here, by kind. */
  readonly changed: Map<string, number>;
  readonly withdrawn: Withdrawn[];
  /** The latest clock of another device that is far ahead of this one's. */
  ahead: string | undefined;
  /** Rows of this device that cannot be sent. */
  readonly unsent: Map<string, string>;
  /** True where everything was pulled anew, since the server did not take the cursor. */
  restarted: boolean;
  /** The database's revision, where nothing has changed in it since changes were last stamped. */
  stampedAt: number | undefined;
};

export type Exchanging = {
  readonly db: Database;
  readonly server: SyncServer;
  /** As `Stamping`, at this moment. */
  readonly stamping: () => Stamping;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
};

const pullLimit = syncBatch.pull;
/** Characters of one push; its body may have 8 MiB. */
const mostPushed = 6_000_000;

/** What may be referred to is pushed first, so that who pulls meanwhile need not wait. */
const order = [keyKind, deviceKind, 'owner', 'portfolio', 'import', entryKind, ...syncedKinds.map(({ kind }) => kind)];
const rank = (kind: string): number => (order.indexOf(kind) + order.length) % order.length;

export async function exchange(given: Exchanging): Promise<Exchange> {
  const { db } = given;
  const done: Exchange = {
    pulled: 0,
    pushed: 0,
    requests: 0,
    changed: new Map(),
    withdrawn: [],
    ahead: undefined,
    unsent: new Map(),
    restarted: false,
    stampedAt: undefined,
  };
  db.transaction(() => merge(given, [], done));
  await pullAll(given, done);
  while (countUnpushed(db) > done.unsent.size) {
    await pushAll(given, done);
    // What others pushed meanwhile, and so that the next sync begins after what this one sent.
    await pullAll(given, done);
  }
  return done;
}

/** Stamps what is new here and merges what came. */
function merge(given: Exchanging, received: readonly RowVersion[], done: Exchange): void {
  const { db } = given;
  const stamping = given.stamping();
  const touched = db.revision() === done.stampedAt ? [] : captureChanges(db, stamping);
  for (const version of received) {
    if (!storeReceived(db, version)) continue;
    touched.push(version);
    done.pulled += 1;
    if (isAhead(version.clock, stamping.now) && version.clock > (done.ahead ?? '')) done.ahead = version.clock;
  }
  const shown = showAll(db, touched, stamping);
  for (const [kind, count] of shown.byKind) done.changed.set(kind, (done.changed.get(kind) ?? 0) + count);
  done.withdrawn.push(...shown.withdrawn);
  tellConflicts(db, shown.conflicts, stamping.now);
}

async function pullAll(given: Exchanging, done: Exchange): Promise<void> {
  const { db, server, signal, stamping } = given;
  for (let more = true; more; ) {
    const since = readSyncFact(db, 'cursor') ?? '';
    let page: Awaited<ReturnType<SyncServer['pull']>>;
    try {
      done.requests += 1;
      page = await server.pull({ since, limit: pullLimit, signal });
    } catch (error) {
      if (since === '' || done.restarted || !(error instanceof Failure) || error.code !== 'refused') throw error;
      done.restarted = true;
      db.transaction(() => {
        markAllUnpushed(db);
        writeSyncFact(db, 'cursor', '');
      });
      continue;
    }
    if (since === '') requireKey(page.rows, stamping().keys.keyId);
    const opened = openRows(given, page.rows);
    db.transaction(() => {
      const revision = db.revision();
      for (const row of opened.refused) storeRefused(db, { ...row, at: stamping().now });
      for (const row of opened.versions) forgetRefused(db, row);
      markPushed(db, opened.known);
      merge(given, opened.versions, done);
      writeSyncFact(db, 'cursor', page.cursor);
      // Of this transaction, which changes the cursor at least; whatever else is written makes it more.
      done.stampedAt = revision + 1;
    });
    more = page.more;
    given.onProgress?.(done.pulled + done.pushed, done.pulled + done.pushed + countUnpushed(db));
  }
}

/** The first key that the server stored is the account's; nothing is read or sent that is sealed with another. */
function requireKey(rows: readonly SyncRow[], keyId: string): void {
  const first = rows.find(row => row.kind === keyKind);
  if (first === undefined) {
    throw new Failure('refused', 'The account has no key for sync on this server', {
      hint: 'If this is the right account and server, set sync up again: asxos sync enrol. Nothing here is lost by it.',
    });
  }
  if (keyIdOf(first) === keyId) return;
  throw new Failure('unauthorised', 'The account is sealed with another key than this device has', {
    hint: 'If this is the right account, join it with its passphrase: asxos sync enrol.',
  });
}

type Opened = {
  readonly known: readonly SyncRow[];
  readonly versions: readonly RowVersion[];
  readonly refused: readonly (Pick<SyncRow, 'id' | 'clock' | 'kind'> & { readonly reason: string })[];
};

function openRows({ db, stamping }: Exchanging, rows: readonly SyncRow[]): Opened {
  const { keys } = stamping();
  const known: SyncRow[] = [];
  const versions: RowVersion[] = [];
  const refused: Opened['refused'][number][] = [];
  for (const row of rows) {
    const { id, clock, kind } = row;
    try {
      if (findVersion(db, id, clock)?.kind === kind) known.push(row);
      else versions.push(kind === keyKind ? openKey(row, keys.keyId) : openRow(db, open(keys, row)));
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      refused.push({ id, clock, kind, reason: error.message });
    }
  }
  return { known, versions, refused };
}

/** A wrapped key is stored as it came: only who has the passphrase opens it. */
function openKey(row: SyncRow, keyId: string): RowVersion {
  if (!isClock(row.clock) || keyIdOf(row) !== keyId)
    throw new SealBroken('it wraps another key than that of the account');
  return { id: row.id, kind: row.kind, clock: row.clock, deleted: row.deleted, content: row.blob };
}

function openRow(db: Database, version: RowVersion): RowVersion {
  if (!isClock(version.clock)) throw new SealBroken('its clock is none');
  const other = versionsOfRow(db, version.id).find(({ kind }) => kind !== version.kind);
  if (other !== undefined) throw new SealBroken(`its id is that of a row of the kind ${other.kind}`);
  return version;
}

async function pushAll(given: Exchanging, done: Exchange): Promise<void> {
  const { db, server, signal } = given;
  for (let batch = nextBatch(given, done); batch.length > 0; batch = nextBatch(given, done)) {
    done.requests += 1;
    await server.push(batch, { signal });
    done.stampedAt = undefined;
    db.transaction(() => markPushed(db, batch));
    done.pushed += batch.length;
    given.onProgress?.(done.pulled + done.pushed, done.pulled + done.pushed + countUnpushed(db));
  }
}

/** The next rows to push, sealed; what cannot be sealed is listed and left out. */
function nextBatch({ db, stamping }: Exchanging, done: Exchange): SyncRow[] {
  const { keys, now } = stamping();
  const batch: SyncRow[] = [];
  let size = 0;
  for (const kind of unpushedKinds(db).sort((a, b) => rank(a) - rank(b))) {
    for (const version of unpushedVersions(db, kind, syncBatch.push + done.unsent.size)) {
      if (done.unsent.has(`${version.id} ${version.clock}`)) continue;
      try {
        const row = sealed(keys, version);
        size += (row.blob?.length ?? 0) + 200;
        if (batch.length === syncBatch.push || (size > mostPushed && batch.length > 0)) return batch;
        batch.push(row);
      } catch (error) {
        if (!(error instanceof SealBroken)) throw error;
        const { id, clock } = version;
        done.unsent.set(`${id} ${clock}`, error.message);
        db.transaction(() => storeRefused(db, { id, clock, kind, reason: error.message, at: now }));
      }
    }
  }
  return batch;
}

const sealed = (keys: Stamping['keys'], { shown: _shown, pushed: _pushed, ...version }: StoredVersion): SyncRow =>
  version.kind === keyKind
    ? { id: version.id, kind: version.kind, clock: version.clock, deleted: version.deleted, blob: version.content }
    : seal(keys, version);
