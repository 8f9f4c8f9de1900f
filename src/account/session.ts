/**
 * Asking as somebody who is signed in. The tokens are read from where they are kept for each request, so that all
 * processes of this data use the newest; they are renewed before they end, and once when the server refuses them, never
 * in a loop. A refresh token is good once: it is exchanged under a lock, and what it was exchanged for is kept before it
 * is used. Who comes second finds the new ones there.
 */
import type { Instant } from '../domain/date.ts';
import { Failure } from '../failure.ts';
import type { TokenAnswer } from './messages.ts';
import { refusedWith } from './refusals.ts';
import { type OpenSignIn, type SignIn, signInOf, type Tokens } from './sign-in.ts';

export type Place = 'keychain' | 'file';

/** Where a sign-in is kept. */
export type SignInStore = {
  readonly read: () => Promise<SignIn | undefined>;
  /** Without a place, where the last one is. */
  readonly write: (signIn: SignIn, place?: Place) => Promise<void>;
  /** Throws where the place cannot keep anything. */
  readonly check: (place: Place) => Promise<void>;
  /** Runs `work` while no other process changes what is kept. */
  readonly lock: <T>(work: () => Promise<T>) => Promise<T>;
};

export type SessionOptions = {
  readonly server: string;
  readonly store: SignInStore;
  readonly now: () => Instant;
  /** Exchanges the tokens for new ones. */
  readonly exchange: (tokens: Tokens, signal: AbortSignal | undefined) => Promise<TokenAnswer>;
};

const again = 'Sign in: asxos account login NAME.';

const hasEnded = ({ user, server }: SignIn, refused?: Failure): Failure => {
  const why = refused === undefined ? '' : `. ${refused.message}`;
  return new Failure('unauthorised', `The sign-in of ${user.username} at ${new URL(server).host} has ended${why}`, {
    hint: again.replace('NAME', user.username),
    cause: refused?.cause,
  });
};

/** The server does not know the token. The reference server answers 403 where it does not see one at all. */
const isTokenRefused = (error: unknown): boolean =>
  refusedWith(error) === 401 ||
  (refusedWith(error) === 403 && error instanceof Error && /not authenticated/i.test(error.message));

export function openSession({ server, store, now, exchange }: SessionOptions) {
  /** The open sign-in; a Failure says how to get one. */
  async function current(): Promise<OpenSignIn> {
    const kept = await store.read();
    if (kept === undefined) {
      throw new Failure('unauthorised', 'You are not signed in to an account', { hint: again });
    }
    if (kept.server !== server) {
      const [theirs, ours] = [new URL(kept.server).host, new URL(server).host];
      throw new Failure('unauthorised', `You are signed in at ${theirs}, and accountUrl is now at ${ours}`, {
        hint: again,
      });
    }
    if (kept.tokens === undefined) throw hasEnded(kept);
    return { ...kept, tokens: kept.tokens };
  }

  /** New tokens in the place of these; those of another process, where one was quicker. */
  const renew = (used: Tokens, signal?: AbortSignal): Promise<OpenSignIn> =>
    store.lock(async () => {
      const kept = await current();
      if (kept.tokens.access !== used.access) return kept;
      let answer: TokenAnswer;
      try {
        answer = await exchange(kept.tokens, signal);
      } catch (error) {
        if (!(error instanceof Failure) || !(refusedWith(error) === 401 || refusedWith(error) === 403)) throw error;
        const { tokens: _, ...ended } = kept;
        await store.write(ended);
        throw hasEnded(ended, error);
      }
      const renewed = signInOf(answer, server, now());
      await store.write(renewed);
      return renewed;
    });

  return {
    current,
    renew,
    /** Sends with a good access token; `send` is called a second time where the first one was refused. */
    async ask<T>(send: (access: string) => Promise<T>, signal?: AbortSignal): Promise<T> {
      const kept = await current();
      const isDue = now() >= kept.tokens.renewAt;
      const { tokens } = isDue ? await renew(kept.tokens, signal) : kept;
      try {
        return await send(tokens.access);
      } catch (error) {
        if (isDue || !isTokenRefused(error)) throw error;
        const renewed = await renew(tokens, signal);
        return await send(renewed.tokens.access);
      }
    },
  };
}
