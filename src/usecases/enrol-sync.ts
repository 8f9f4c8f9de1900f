/**
 * Taking part in sync: the first device makes the account's key, a later one unwraps it with the passphrase, or with the
 * recovery code where the passphrase is forgotten. What is typed never leaves the device.
 */
import { nextClock } from '../account/clock.ts';
import { parsePassphrase, unwrap, wrapByPassphrase, wrapByRecovery } from '../account/key-wrap.ts';
import type { SyncRow } from '../account/messages.ts';
import { formatRecoveryCode, newRecoverySecret, parseRecoveryCode } from '../account/recovery-code.ts';
import { newDataKey } from '../account/seal.ts';
import type { App } from '../app.ts';
import { readSyncFact } from '../db/sync-state.ts';
import { Failure } from '../failure.ts';
import { findSyncKey } from '../host/sync-key.ts';
import { type AccountKey, findAccountKey } from '../sync/account-key.ts';
import { adoptKey, openSyncDevice, refuseDemo, storeKeyRows } from '../sync/device.ts';
import { nodeOf } from '../sync/stamping.ts';

export type Enrolled = {
  readonly device: string;
  /** Where this device keeps the key. */
  readonly where: 'keychain' | 'file';
  /** True for the device that made the account's key. */
  readonly isFirst: boolean;
  /** To be printed once; undefined where the one that was printed still holds. */
  readonly recoveryCode: string | undefined;
};

type Options = { readonly signal?: AbortSignal | undefined };

/** The account's key, to know what has to be asked; undefined where this device is the first. */
export async function lookForKey(app: App, { signal }: Options = {}): Promise<AccountKey | undefined> {
  refuseDemo(app);
  return findAccountKey(await app.syncServer(), signal);
}

/** Makes the account's key. A device that syncs already, with a server that lost everything, keeps its own. */
export async function startSync(app: App, text: string, { signal }: Options = {}): Promise<Enrolled> {
  refuseDemo(app);
  const passphrase = parsePassphrase(text);
  const server = await app.syncServer();
  const known = readSyncFact(app.db, 'device');
  const dataKey = (known && (await findSyncKey(app.syncKeyPlaces, known))) || newDataKey();
  const id = app.newId();
  const secret = newRecoverySecret();
  const clock = nextClock(app.now(), nodeOf(id));
  const keyRows = [
    await wrapByPassphrase(dataKey, passphrase, clock, app.passphraseCost),
    await wrapByRecovery(dataKey, secret, clock),
  ];
  await server.push(keyRows, { signal });
  // Two devices may have begun at once: that whose key was stored first has made the account's.
  const stored = await findAccountKey(server, signal);
  if (stored?.passphrase === undefined || (await unwrap(stored.passphrase, passphrase))?.equals(dataKey) !== true) {
    throw new Failure('refused', 'Another device has just set sync up for this account', {
      hint: 'Join it with the passphrase that was chosen there: asxos sync enrol.',
    });
  }
  const where = await adoptKey(app, { id, dataKey, keyRows });
  return { device: id, where, isFirst: true, recoveryCode: formatRecoveryCode(secret) };
}

/** Joins the account with its passphrase. */
export async function joinSync(app: App, key: AccountKey, text: string): Promise<Enrolled> {
  refuseDemo(app);
  const dataKey = key.passphrase && (await unwrap(key.passphrase, parsePassphrase(text)));
  if (dataKey === undefined) {
    throw new Failure('unauthorised', 'The passphrase is not that of this account; nothing was changed', {
      hint: 'Try again, or use the recovery code: asxos sync recover.',
    });
  }
  const id = app.newId();
  const where = await adoptKey(app, { id, dataKey, keyRows: rowsOf(key) });
  return { device: id, where, isFirst: false, recoveryCode: undefined };
}

/** Joins the account with its recovery code, and gives it a new passphrase; the code still holds. */
export async function recoverSync(
  app: App,
  key: AccountKey,
  { code, passphrase: text }: { readonly code: string; readonly passphrase: string },
  { signal }: Options = {},
): Promise<Enrolled> {
  refuseDemo(app);
  const passphrase = parsePassphrase(text);
  const dataKey = key.recovery && (await unwrap(key.recovery, parseRecoveryCode(code)));
  if (dataKey === undefined) {
    throw new Failure('unauthorised', 'The recovery code is not that of this account; nothing was changed', {
      hint: 'A code that was replaced by a newer one no longer holds.',
    });
  }
  const id = app.newId();
  const row = await rewrapped(app, key, { id, dataKey, passphrase });
  await (await app.syncServer()).push([row], { signal });
  const where = await adoptKey(app, { id, dataKey, keyRows: [...rowsOf(key), row] });
  return { device: id, where, isFirst: false, recoveryCode: undefined };
}

/** Gives the account another passphrase, from a device that has the key; with `newCode` another recovery code too. */
export async function changePassphrase(
  app: App,
  text: string,
  { newCode = false, signal }: Options & { readonly newCode?: boolean | undefined } = {},
): Promise<{ readonly recoveryCode: string | undefined }> {
  const { id, dataKey, stamping } = await openSyncDevice(app);
  const passphrase = parsePassphrase(text);
  const server = await app.syncServer();
  const key = await findAccountKey(server, signal);
  if (key?.keyId !== stamping().keys.keyId) {
    throw new Failure('unauthorised', 'The account is sealed with another key than this device has', {
      hint: 'If this is the right account, join it with its passphrase: asxos sync enrol.',
    });
  }
  const rows = [await rewrapped(app, key, { id, dataKey, passphrase })];
  const secret = newCode ? newRecoverySecret() : undefined;
  if (secret !== undefined) {
    const clock = nextClock(app.now(), nodeOf(id), key.recovery === undefined ? [] : [key.recovery.clock]);
    rows.push(await wrapByRecovery(dataKey, secret, clock));
  }
  await server.push(rows, { signal });
  app.db.transaction(() => storeKeyRows(app, rows));
  return { recoveryCode: secret && formatRecoveryCode(secret) };
}

const rowsOf = ({ passphrase, recovery }: AccountKey): SyncRow[] =>
  [passphrase, recovery].filter(row => row !== undefined);

const rewrapped = (
  app: App,
  key: AccountKey,
  { id, dataKey, passphrase }: { readonly id: string; readonly dataKey: Buffer; readonly passphrase: string },
): Promise<SyncRow> =>
  wrapByPassphrase(
    dataKey,
    passphrase,
    nextClock(app.now(), nodeOf(id), key.passphrase === undefined ? [] : [key.passphrase.clock]),
    app.passphraseCost,
  );
