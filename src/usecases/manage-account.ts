/** What the server keeps of an account: who it is, and the settings that clients keep there. */
import type { UserAnswer } from '../account/messages.ts';
import type { App } from '../app.ts';
import { type Instant, readInstant } from '../domain/date.ts';
import { Failure } from '../failure.ts';

type Asking = { readonly signal?: AbortSignal | undefined };

export type Profile = {
  readonly userId: number;
  readonly username: string;
  readonly email: string;
  readonly fullName: string | undefined;
  readonly isVerified: boolean;
  readonly createdAt: Instant | undefined;
  readonly lastLoginAt: Instant | undefined;
};

/** The reference server leaves the zone away, which is UTC. */
const instantOf = (text: string | null): Instant | undefined =>
  text === null ? undefined : (readInstant(text) ?? readInstant(`${text}Z`));

const profileOf = (user: UserAnswer): Profile => ({
  userId: user.user_id,
  username: user.username,
  email: user.email,
  fullName: user.full_name ?? undefined,
  isVerified: user.is_verified,
  createdAt: instantOf(user.created_at),
  lastLoginAt: instantOf(user.last_login_at),
});

export const viewProfile = async (app: App, asking: Asking = {}): Promise<Profile> =>
  profileOf(await (await app.account()).me(asking));

export async function changeProfile(
  app: App,
  { email, fullName }: { readonly email?: string | undefined; readonly fullName?: string | undefined },
  asking: Asking = {},
): Promise<Profile> {
  const client = await app.account();
  const change = {
    ...(email === undefined ? {} : { email }),
    ...(fullName === undefined ? {} : { full_name: fullName }),
  };
  return profileOf(await client.changeProfile(change, asking));
}

export type AccountSettings = {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly updatedAt: Instant | undefined;
};

export async function viewAccountSettings(app: App, asking: Asking = {}): Promise<AccountSettings> {
  const { settings, updated_at } = await (await app.account()).settings(asking);
  return { settings, updatedAt: instantOf(updated_at) };
}

/** Sets one of them; the others stay. */
export async function setAccountSetting(
  app: App,
  name: string,
  json: string,
  asking: Asking = {},
): Promise<AccountSettings> {
  const value = parseSetting(name, json);
  const client = await app.account();
  const { settings, updated_at } = await client.changeSettings({ [name]: value }, asking);
  return { settings, updatedAt: instantOf(updated_at) };
}

/** Takes one of them out. A change that another device makes at the same moment may be lost with it. */
export async function removeAccountSetting(app: App, name: string, asking: Asking = {}): Promise<AccountSettings> {
  const client = await app.account();
  const { settings } = await client.settings(asking);
  if (!Object.hasOwn(settings, name)) {
    throw new Failure('not-found', `The account has no setting "${name}"`, { hint: 'See asxos account settings.' });
  }
  const { [name]: _, ...rest } = settings;
  const changed = await client.replaceSettings(rest, asking);
  return { settings: changed.settings, updatedAt: instantOf(changed.updated_at) };
}

function parseSetting(name: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new Failure('invalid-input', `The value of "${name}" is ${json}, which is no JSON`, {
      hint: `Text stands in quotes: asxos account settings ${name} '${JSON.stringify(json)}'.`,
      cause,
    });
  }
}
