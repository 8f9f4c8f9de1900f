/** What a device needs to stamp versions: its keys, its node, and the time. */
import { ownRowId, type SealKeys, wordRowId } from '../account/seal.ts';
import type { Content, SyncedKind } from '../db/synced-kind.ts';
import type { Instant } from '../domain/date.ts';

export type Stamping = {
  readonly keys: SealKeys;
  /** Twelve hex digits of the device's id. */
  readonly node: string;
  readonly now: Instant;
};

export const nodeOf = (device: string): string => device.slice(-12);

export const rowIdOf = (keys: SealKeys, { kind, hasOwnId, keyOf }: SyncedKind, content: Content): string =>
  hasOwnId ? ownRowId(keys, kind, keyOf(content)) : wordRowId(keys, kind, keyOf(content));
