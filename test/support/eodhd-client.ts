/** A real client against a loopback EODHD, with its call records; both are closed after the test. */
import { onTestFinished } from 'vitest';
import { type Eodhd, openEodhd } from '../../src/eodhd/client.ts';
import type { CallRecord, EodhdOptions } from '../../src/eodhd/transport.ts';
import { Failure } from '../../src/failure.ts';
import { type EodhdServer, type Fault, recordedDir, recordedNow, startEodhdServer } from './eodhd-server.ts';

export type Connected = { eodhd: Eodhd; server: EodhdServer; calls: CallRecord[] };

/** `recordings: false` leaves only the scripted faults. The client retries without waiting. */
export async function connectEodhd({
  faults = [],
  recordings = false,
  token = 'recorded',
  ...options
}: Partial<Omit<EodhdOptions, 'token'>> & {
  faults?: readonly Fault[];
  recordings?: boolean;
  token?: string;
} = {}): Promise<Connected> {
  const server = await startEodhdServer({ dataDir: recordings ? recordedDir : undefined, faults, token });
  const calls: CallRecord[] = [];
  const eodhd = openEodhd({
    baseUrl: server.url,
    token: () => token,
    now: () => recordedNow,
    onCall: call => calls.push(call),
    retryDelay: () => 0,
    ...options,
  });
  onTestFinished(async () => {
    await eodhd.close();
    await server.close();
  });
  return { eodhd, server, calls };
}

/** The Failure that a promise rejects with; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const outcome = await promise.then(
    value => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof Failure) return outcome.error;
  throw new Error(`expected a Failure, got ${JSON.stringify(outcome)}`, { cause: outcome });
}
