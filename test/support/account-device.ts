/** A device that asks an account server: the real client, with its sign-in kept in memory or where another has it. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parseServer } from '../../src/account/address.ts';
import { type AccountClient, openAccountClient } from '../../src/account/client.ts';
import type { SignInStore } from '../../src/account/session.ts';
import { parseSignIn, type SignIn, writtenSignIn } from '../../src/account/sign-in.ts';
import { idSequence } from '../../src/host/ids.ts';
import { withLock } from '../../src/host/lock.ts';
import { temporaryFolder } from './app.ts';

/** What is kept of a sign-in, and how often it was written. */
export type Kept = { text: string | undefined; writes: number; readonly lockPath: string };

export const emptyKept = (): Kept => ({ text: undefined, writes: 0, lockPath: join(temporaryFolder(), 'account') });

export const signInKept = ({ text }: Kept): SignIn | undefined => (text === undefined ? undefined : parseSignIn(text));

export type Device = { readonly client: AccountClient; readonly kept: Kept };

export type DeviceOptions = {
  readonly url: string;
  readonly now: () => number;
  readonly name?: string;
  readonly kept?: Kept;
  readonly timeoutMs?: number;
  /** Runs when a sign-in has been written, before the client goes on. */
  readonly onWrite?: (signIn: SignIn) => void;
};

export const inKeychain = { place: 'keychain' } as const;

export function openDevice({ url, now, name = 'laptop', kept = emptyKept(), ...more }: DeviceOptions): Device {
  const store: SignInStore = {
    read: async () => signInKept(kept),
    write: async signIn => {
      kept.text = writtenSignIn(signIn);
      kept.writes += 1;
      more.onWrite?.(signIn);
    },
    check: async () => undefined,
    lock: work => withLock(kept.lockPath, work, { waitMs: 10_000, what: 'renewing the sign-in' }),
  };
  const client = openAccountClient({
    server: parseServer(url),
    deviceId: () => `device-of-${name}`,
    newId: idSequence(),
    store,
    now,
    timeoutMs: more.timeoutMs,
  });
  onTestFinished(() => client.close());
  return { client, kept };
}
