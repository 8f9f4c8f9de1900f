/** The account's parts put together: the client of the server, and the place where the sign-in is kept. */
import { join } from 'node:path';
import type { AccountClient } from './account/client.ts';
import type { SignIn } from './account/sign-in.ts';
import type { Config } from './config.ts';
import type { Instant } from './domain/date.ts';
import { Failure } from './failure.ts';
import type { Keychain } from './host/keychain.ts';
import type { SecretPlace, SecretStore } from './host/secret-store.ts';

type Around = {
  readonly app: {
    readonly config: Config;
    readonly now: () => Instant;
    readonly newId: () => string;
    readonly lock: <T>(name: string, what: string, work: () => Promise<T>, waitMs?: number) => Promise<T>;
  };
  readonly simulated: boolean;
  readonly dataDir: string;
  readonly openKeychain: () => Promise<Keychain>;
  readonly timeoutMs: number | undefined;
};

export type KeptSignIn = { readonly signIn: SignIn; readonly where: SecretPlace };

export type Accounts = {
  /** The client of the server that is set; a Failure (unauthorised) where none is. */
  readonly client: () => Promise<AccountClient>;
  readonly kept: () => Promise<KeptSignIn | undefined>;
  readonly deviceId: () => Promise<string>;
  /** Removes the sign-in wherever it is kept. */
  readonly forget: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Longer than a server that is asked for new tokens may be silent. */
const patience = 60_000;

export function openAccounts({ app, simulated, dataDir, openKeychain, timeoutMs }: Around): Accounts {
  let keychain: Promise<Keychain> | undefined;
  let open: { server: string; client: Promise<AccountClient> } | undefined;
  const devicePath = join(dataDir, 'device-id');
  const secrets: SecretStore = {
    path: join(dataDir, 'account.json'),
    // Each data directory is a device of its own: two that shared tokens would use them up for each other.
    account: `account ${dataDir}`,
    openKeychain: async () => {
      keychain ??= openKeychain();
      const found = await keychain;
      if (!found.available) keychain = undefined;
      return found;
    },
    what: 'sign-in',
    hints: {
      noKeychain: 'Keep it in a file that only you can read: --file with a command, ctrl-t in the console.',
      badFile: 'Sign in again: asxos account login NAME --file.',
    },
  };
  const kept = async (): Promise<KeptSignIn | undefined> => {
    const [{ parseSignIn }, { readSecret }] = await Promise.all([
      import('./account/sign-in.ts'),
      import('./host/secret-store.ts'),
    ]);
    const found = simulated ? undefined : await readSecret(secrets);
    return found && { signIn: parseSignIn(found.text), where: found.where };
  };
  const locked = <T>(work: () => Promise<T>): Promise<T> => app.lock('account', 'renewing the sign-in', work, patience);

  async function openClient(server: string): Promise<AccountClient> {
    const [{ openAccountClient }, { writtenSignIn }, { checkPlace, replaceSecret, writeSecret }, { deviceId }] =
      await Promise.all([
        import('./account/client.ts'),
        import('./account/sign-in.ts'),
        import('./host/secret-store.ts'),
        import('./host/device-id.ts'),
      ]);
    return openAccountClient({
      server,
      deviceId: () => deviceId(devicePath, app.newId),
      newId: app.newId,
      now: app.now,
      timeoutMs,
      store: {
        read: async () => (await kept())?.signIn,
        write: async (signIn, place) => {
          const text = writtenSignIn(signIn);
          if (place === undefined) await replaceSecret(secrets, text);
          else await writeSecret(secrets, place, text);
        },
        check: place => checkPlace(secrets, place),
        lock: locked,
      },
    });
  }

  return {
    async client() {
      if (simulated) {
        throw new Failure('refused', 'The demo has no account', { hint: 'Leave --demo out to sign in to yours.' });
      }
      const { missingAddress, parseServer } = await import('./account/address.ts');
      const { accountUrl, accountUrlTrouble } = app.config;
      if (accountUrlTrouble !== undefined) throw accountUrlTrouble;
      if (accountUrl === undefined) throw missingAddress();
      const server = parseServer(accountUrl);
      if (open?.server !== server) {
        const old = open;
        open = { server, client: openClient(server) };
        await (await old?.client)?.close();
      }
      return open.client;
    },
    kept,
    deviceId: async () => (await import('./host/device-id.ts')).deviceId(devicePath, app.newId),
    forget: async () => {
      const { removeSecret } = await import('./host/secret-store.ts');
      await locked(() => removeSecret(secrets));
    },
    async close() {
      const old = open;
      open = undefined;
      await (await old?.client)?.close();
    },
  };
}
