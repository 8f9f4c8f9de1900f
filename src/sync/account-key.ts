/** The account's wrapped key, as the server has it. */
import { keyIdOf, keyKind, passphraseRow, recoveryRow } from '../account/key-wrap.ts';
import { type SyncRow, syncBatch } from '../account/messages.ts';
import type { SyncServer } from '../account/sync-server.ts';

export type AccountKey = {
  readonly keyId: string;
  /** The latest wrap by passphrase, and by recovery code. */
  readonly passphrase: SyncRow | undefined;
  readonly recovery: SyncRow | undefined;
};

/** The key that was stored first is the account's; undefined where there is none yet. */
export async function findAccountKey(server: SyncServer, signal?: AbortSignal): Promise<AccountKey | undefined> {
  const rows: SyncRow[] = [];
  let cursor = '';
  for (let more = true; more; ) {
    const page = await server.pull({ since: cursor, limit: syncBatch.pull, signal });
    rows.push(...page.rows.filter(row => row.kind === keyKind && keyIdOf(row) !== undefined));
    ({ cursor, more } = page);
  }
  const [first] = rows;
  const keyId = first && keyIdOf(first);
  if (keyId === undefined) return undefined;
  const latest = (id: string): SyncRow | undefined =>
    rows
      .filter(row => row.id === id && keyIdOf(row) === keyId)
      .reduce<SyncRow | undefined>(
        (last, row) => (last === undefined || row.clock > last.clock ? row : last),
        undefined,
      );
  return { keyId, passphrase: latest(passphraseRow), recovery: latest(recoveryRow) };
}
