import { setTimeout as wait } from 'node:timers/promises';
import type { Instant } from '../domain/date.ts';
import { readInstant } from '../domain/date.ts';
import { Failure } from '../failure.ts';
import { idSequence } from './ids.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The instant of `ASXOS_NOW`, undefined when it is not set; `Failure` when it is not an ISO instant. */
export function readFixedNow(env: Environment): Instant | undefined {
  const text = env['ASXOS_NOW'];
  if (text === undefined || text === '') return undefined;
  const instant = readInstant(text);
  if (instant === undefined) {
    throw new Failure('invalid-input', `ASXOS_NOW is "${text}", which is not an instant`, {
      hint: 'Write it like 2026-03-02T10:00Z, or unset it.',
    });
  }
  return instant;
}

/**
 * The clock and the ids of this process. With `ASXOS_NOW` set, `now` stands still at that instant; ids keep following
 * the machine's clock, so that what was recorded later still sorts later.
 */
export function systemClock(env: Environment) {
  const fixed = readFixedNow(env);
  return {
    now: (): Instant => fixed ?? Date.now(),
    newId: idSequence(),
    /** Resolves after `milliseconds`; rejects with the signal's AbortError when it is aborted first. */
    /** Milliseconds since some moment; it goes on where the clock stands still. */
    elapsed: (): number => performance.now(),
    sleep: async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
      await wait(milliseconds, undefined, signal === undefined ? {} : { signal });
    },
  };
}
