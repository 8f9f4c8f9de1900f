/**
 * How often a password may be tried. A try is counted before it is made, so that a hundred at once are no more than a
 * hundred in turn, and taken back when it did not fail. The counts lie in the store.
 */
import { createHash } from 'node:crypto';
import type { Instant } from '../domain/date.ts';
import { hour } from '../domain/date.ts';
import { refusal } from '../http/refusal.ts';
import { network } from './client.ts';
import { countTries, uncountTries } from './store/limits.ts';
import type { Database } from './store/store.ts';

export type LimitSettings = {
  readonly perAccount: number;
  readonly perAddress: number;
  /** Milliseconds. */
  readonly window: number;
  readonly registrations: number;
};

export type Limits = ReturnType<typeof openLimits>;
type Try = { readonly subject: string; readonly window: number; readonly most: number };

export function openLimits(db: Database, settings: LimitSettings, now: () => Instant) {
  const count = async (tries: readonly Try[]): Promise<void> => {
    const counted = await countTries(db, tries, now());
    const waits = counted.flatMap(({ subject, tries: made, startedAt }) => {
      const limit = tries.find(each => each.subject === subject);
      return limit !== undefined && made > limit.most ? [startedAt + limit.window - now()] : [];
    });
    if (waits.length === 0) return;
    const seconds = Math.max(1, Math.ceil(Math.max(...waits) / 1000));
    throw refusal(429, `Too many attempts. Try again in ${seconds} seconds.`, { 'Retry-After': String(seconds) });
  };
  return {
    /**
     * Counts a try of a password; refuses it when there were too many. `who` is the account's id, or the name that was
     * tried where it has none. Resolves with what takes the try back.
     */
    tryPassword: async (who: number | string, address: string): Promise<() => Promise<void>> => {
      const { window, perAccount, perAddress } = settings;
      const tries = [
        { subject: subjectOf(who), window, most: perAccount },
        { subject: `login address ${network(address)}`, window, most: perAddress },
      ];
      await count(tries);
      return () =>
        uncountTries(
          db,
          tries.map(({ subject }) => subject),
          now(),
        );
    },
    /** Counts a registration; refuses it when there were too many. */
    tryRegistration: (address: string): Promise<void> =>
      count([{ subject: `register address ${network(address)}`, window: hour, most: settings.registrations }]),
  };
}

/** Names that are no account's are kept as digests: people type their passwords into the wrong field. */
const subjectOf = (who: number | string): string =>
  typeof who === 'number'
    ? `login account ${who}`
    : `login name ${createHash('sha256').update(who.toLowerCase()).digest('base64url')}`;
