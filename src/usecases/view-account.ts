/** Where the account stands: what is kept on this device, and what the server says where it can be asked. */
import { refusedWith } from '../account/refusals.ts';
import type { App } from '../app.ts';
import type { Instant } from '../domain/date.ts';
import { describe, Failure } from '../failure.ts';

export type AccountStatus = {
  /** The setting accountUrl. */
  readonly server: string | undefined;
  readonly signIn:
    | {
        readonly server: string;
        readonly userId: number;
        readonly username: string;
        readonly email: string;
        /** By which the server knows this device. */
        readonly deviceId: string;
        readonly keptIn: 'keychain' | 'file';
        /** False once the server has ended it. */
        readonly isOpen: boolean;
        /** When the access token ends, which is renewed before; and the whole sign-in, unless it is used. */
        readonly accessEndsAt: Instant | undefined;
        readonly endsAt: Instant | undefined;
      }
    | undefined;
  /** Whether the server answered; undefined where it was not asked. */
  readonly isReached: boolean | undefined;
  /** What is wrong, and the way out. */
  readonly trouble: { readonly message: string; readonly hint: string | undefined } | undefined;
};

/** How long the server is waited for. */
const patience = 5_000;

/** What is kept on this device: the server is not asked. Throws a Failure where it cannot be read. */
export async function viewSignIn(app: App): Promise<AccountStatus> {
  const kept = await app.keptSignIn();
  const { accountUrl: server, accountUrlTrouble } = app.config;
  const trouble = accountUrlTrouble && { message: accountUrlTrouble.message, hint: accountUrlTrouble.hint };
  const untold = { server, isReached: undefined, trouble };
  if (kept === undefined) return { ...untold, signIn: undefined };
  const { signIn, where } = kept;
  const { tokens } = signIn;
  return {
    ...untold,
    signIn: {
      ...{
        server: signIn.server,
        ...signIn.user,
        deviceId: await app.deviceId(),
        keptIn: where,
        isOpen: tokens !== undefined,
      },
      accessEndsAt: tokens?.accessEndsAt,
      endsAt: tokens?.refreshEndsAt,
    },
  };
}

/** The same, and whether the server is there and takes the sign-in. Never waits long, and does not fail for it. */
export async function viewAccount(app: App, signal?: AbortSignal): Promise<AccountStatus> {
  const before = await viewSignIn(app);
  if (before.server === undefined) return before;
  const late = AbortSignal.timeout(patience);
  const asking = { signal: signal === undefined ? late : AbortSignal.any([signal, late]) };
  try {
    const client = await app.accountServer();
    if (before.signIn?.isOpen === true) await client.me(asking);
    else await client.health(asking);
    // The tokens may have been renewed for it.
    return { ...(await viewSignIn(app)), isReached: true };
  } catch (error) {
    signal?.throwIfAborted();
    const after = await viewSignIn(app);
    if (late.aborted) {
      const message = `The account server at ${new URL(before.server).host} did not answer within ${patience / 1000} s`;
      return { ...after, isReached: false, trouble: { message, hint: undefined } };
    }
    if (!(error instanceof Failure)) throw error;
    const { message, hint } = describe(error);
    return { ...after, isReached: isReachedBy(error), trouble: { message, hint } };
  }
}

/** Whether the server answered, by the trouble there was; undefined where it was not asked. */
function isReachedBy(error: Failure): boolean | undefined {
  if (refusedWith(error) !== undefined) return true;
  return error.code === 'unavailable' || error.code === 'bad-response' ? false : undefined;
}
