/**
 * Into the account, out of it, a new password, and its end. The sign-in is kept in the keychain, or in a file that only
 * its owner can read where the user says so; a password is kept nowhere.
 */
import type { OpenSignIn } from '../account/sign-in.ts';
import type { App } from '../app.ts';
import type { Instant } from '../domain/date.ts';
import { Failure } from '../failure.ts';

export type SignInPlace = 'keychain' | 'file';
type How = {
  /** Where the last one is kept, else in the keychain, where it is not said. */
  readonly place?: SignInPlace | undefined;
  readonly signal?: AbortSignal | undefined;
};

export type SignedIn = {
  readonly server: string;
  readonly userId: number;
  readonly username: string;
  readonly email: string;
  readonly keptIn: SignInPlace;
  /** When it ends unless it is used; undefined where the server does not say. */
  readonly endsAt: Instant | undefined;
};

export type NewAccount = {
  readonly username: string;
  readonly email: string;
  readonly fullName?: string | undefined;
  readonly password: string;
};

/** Opens an account, and signs in to it. */
export async function register(app: App, account: NewAccount, { place, signal }: How): Promise<SignedIn> {
  const { username, email, password, fullName } = account;
  const client = await app.accountServer();
  const keptIn = place ?? (await lastPlace(app));
  const body = { username, email, password, ...(fullName === undefined ? {} : { full_name: fullName }) };
  return signedIn(await client.register(body, { place: keptIn, signal }), keptIn);
}

/** `username` may be the email address. */
export async function login(
  app: App,
  { username, password }: { readonly username: string; readonly password: string },
  { place, signal }: How,
): Promise<SignedIn> {
  const client = await app.accountServer();
  const keptIn = place ?? (await lastPlace(app));
  return signedIn(await client.login({ username, password }, { place: keptIn, signal }), keptIn);
}

/** Who was signed in last on this device; undefined for nobody. */
export const lastName = async (app: App): Promise<string | undefined> => (await readable(app))?.signIn.user.username;

const lastPlace = async (app: App): Promise<SignInPlace> => (await readable(app))?.where ?? 'keychain';

/** What is kept; nothing where it cannot be read, for it is about to be replaced or removed. */
async function readable(app: App): ReturnType<App['keptSignIn']> {
  try {
    return await app.keptSignIn();
  } catch (error) {
    if (error instanceof Failure && error.code === 'corrupt') return undefined;
    throw error;
  }
}

const signedIn = ({ server, user, tokens }: OpenSignIn, keptIn: SignInPlace): SignedIn => ({
  server,
  ...user,
  keptIn,
  endsAt: tokens.refreshEndsAt,
});

export type SignedOut = {
  readonly server: string;
  readonly username: string;
  /** Whether the session has ended at the server too; else why not. */
  readonly endedAtServer: boolean;
  readonly trouble: string | undefined;
  /** When it ends there by itself. */
  readonly endsAt: Instant | undefined;
};

/** Forgets the sign-in, also where the server cannot be told; undefined where there was none. */
export async function logout(app: App, signal?: AbortSignal): Promise<SignedOut | undefined> {
  const kept = await readable(app);
  try {
    if (kept === undefined) return undefined;
    const { server, user, tokens } = kept.signIn;
    const trouble = tokens === undefined ? undefined : await endAtServer(app, signal);
    const endsAt = trouble === undefined ? undefined : (tokens?.refreshEndsAt ?? tokens?.accessEndsAt);
    return { server, username: user.username, endedAtServer: trouble === undefined, trouble, endsAt };
  } finally {
    await app.forgetSignIn();
  }
}

/** Why the server could not be told; undefined where it was, or knew it already. */
async function endAtServer(app: App, signal: AbortSignal | undefined): Promise<string | undefined> {
  try {
    await (await app.account()).logout({ signal });
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const hasEnded = (await app.keptSignIn())?.signIn.tokens === undefined;
    return hasEnded ? undefined : error.message;
  }
}

/** Changes the password, which ends all sessions, and signs in again with the new one. */
export async function changePassword(
  app: App,
  { current, next }: { readonly current: string; readonly next: string },
  signal?: AbortSignal,
): Promise<SignedIn> {
  const client = await app.account();
  const keptIn = await lastPlace(app);
  const { user } = await client.signIn();
  await client.changePassword({ current_password: current, new_password: next }, { signal });
  try {
    return signedIn(await client.login({ username: user.username, password: next }, { place: keptIn, signal }), keptIn);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.code, `The password was changed, but signing in again failed: ${error.message}`, {
      hint: `Sign in with the new one: asxos account login ${user.username}.`,
      cause: error,
    });
  }
}

/** Closes the account at the server and forgets the sign-in. What is on this device stays. */
export async function closeAccount(app: App, signal?: AbortSignal): Promise<{ server: string; username: string }> {
  const client = await app.account();
  const { user, server } = await client.signIn();
  await client.closeAccount({ signal });
  await app.forgetSignIn();
  return { server, username: user.username };
}
