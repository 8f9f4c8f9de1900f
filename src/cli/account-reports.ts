/** What the commands of the account print. */
import { type Instant, isoInstant, sydneyDate } from '../domain/date.ts';
import { formatDate, formatSydneyTime, unknown } from '../format.ts';
import type { AccountSettings, Profile } from '../usecases/manage-account.ts';
import type { SignedIn, SignedOut } from '../usecases/sign-in.ts';
import type { AccountStatus } from '../usecases/view-account.ts';
import { type Column, csvOf, lines, type Report, table } from './report.ts';

const iso = (at: Instant | undefined): string | undefined => (at === undefined ? undefined : isoInstant(at));
const when = (at: Instant): string => `${formatDate(sydneyDate(at))} ${formatSydneyTime(at)}`;

/** The server's name and port, as people read it. */
const hostOf = (server: string): string => (URL.canParse(server) ? new URL(server).host : server);

const kept = { keychain: 'in the keychain', file: 'in a file that only you can read' } as const;

export function statusReport({ server, signIn, isReached, trouble }: AccountStatus, now: Instant): Report {
  const data = {
    server,
    signIn: signIn && { ...signIn, accessEndsAt: iso(signIn.accessEndsAt), endsAt: iso(signIn.endsAt) },
    reached: isReached,
    trouble: trouble?.message,
  };
  const record = [
    ['server', server],
    ['username', signIn?.username],
    ['email', signIn?.email],
    ['signedIn', signIn?.isOpen ?? false],
    ['deviceId', signIn?.deviceId],
    ['keptIn', signIn?.keptIn],
    ['accessEndsAt', iso(signIn?.accessEndsAt)],
    ['endsAt', iso(signIn?.endsAt)],
    ['reached', isReached],
    ['trouble', trouble?.message],
  ] as const;
  return {
    schema: 'account/1',
    asOf: isoInstant(now),
    data,
    sections: [
      lines(
        ...signInLines(signIn),
        // What went wrong names the server, and says what goes on without it.
        ...(isReached === false && trouble !== undefined ? [] : serverLines({ server, isReached, trouble })),
        ...(trouble === undefined ? [] : [trouble.message + (trouble.hint === undefined ? '.' : `. ${trouble.hint}`)]),
      ),
    ],
    csv: { fields: record.map(([field]) => field), rows: [record.map(([, value]) => value)] },
  };
}

function signInLines(signIn: AccountStatus['signIn']): string[] {
  if (signIn === undefined) return ['Nobody is signed in. Portfolios, prices and alerts need no account.'];
  const { username, email, server, keptIn, isOpen, accessEndsAt, endsAt } = signIn;
  const who = `${username} (${email}) at ${hostOf(server)}`;
  if (!isOpen) return [`The sign-in of ${who} has ended.`];
  return [
    `Signed in as ${who}.`,
    `The sign-in is kept ${kept[keptIn]}${endsAt === undefined ? '' : `; it ends on ${when(endsAt)} unless it is used`}.`,
    ...(accessEndsAt === undefined ? [] : [`The token in use ends on ${when(accessEndsAt)}, and is renewed before.`]),
  ];
}

function serverLines({ server, isReached, trouble }: Omit<AccountStatus, 'signIn'>): string[] {
  // The trouble says which one is set, and why it is not used.
  if (server === undefined && trouble !== undefined) return [];
  if (server === undefined) return ['No account server is set: asxos config set accountUrl https://...'];
  if (isReached === undefined) return [`The account server is ${server}; it was not asked.`];
  return [`The account server ${server} ${isReached ? 'answers' : 'does not answer'}.`];
}

export const signedInReport = (signedIn: SignedIn, now: Instant, said: string): Report => {
  const { server, userId, username, email, keptIn } = signedIn;
  const data = { server, userId, username, email, keptIn, endsAt: iso(signedIn.endsAt) };
  return {
    schema: 'account-signed-in/1',
    asOf: isoInstant(now),
    data,
    sections: [lines(`${said} ${username} at ${hostOf(server)}; the sign-in is kept ${kept[keptIn]}.`)],
    csv: { fields: Object.keys(data), rows: [Object.values(data)] },
  };
};

export function signedOutReport(out: SignedOut | undefined, now: Instant): Report {
  const data = {
    server: out?.server,
    username: out?.username,
    endedAtServer: out?.endedAtServer,
    trouble: out?.trouble,
    endsAt: iso(out?.endsAt),
  };
  const told =
    out === undefined
      ? ['Nobody was signed in.']
      : [
          `Signed out ${out.username}; nothing of the sign-in is kept on this device.`,
          ...(out.endedAtServer
            ? []
            : [
                `The server was not told: ${out.trouble ?? unknown}.`,
                out.endsAt === undefined
                  ? 'The session ends there by itself.'
                  : `The session ends there by itself on ${when(out.endsAt)}.`,
              ]),
        ];
  return {
    schema: 'account-signed-out/1',
    asOf: isoInstant(now),
    data,
    sections: [lines(...told)],
    csv: { fields: Object.keys(data), rows: [Object.values(data)] },
    exitCode: out?.endedAtServer === false ? 3 : 0,
  };
}

export function profileReport(profile: Profile, now: Instant, isChanged: boolean): Report {
  const data = { ...profile, createdAt: iso(profile.createdAt), lastLoginAt: iso(profile.lastLoginAt) };
  const { username, email, fullName, createdAt, lastLoginAt } = profile;
  const at = (instant: Instant | undefined): string => (instant === undefined ? unknown : when(instant));
  return {
    schema: 'account-profile/1',
    asOf: isoInstant(now),
    data,
    sections: [
      lines(
        ...(isChanged ? ['Changed.'] : []),
        `User name     ${username}`,
        `Email         ${email}`,
        `Name          ${fullName === undefined ? unknown : fullName}`,
        `Member since  ${at(createdAt)}`,
        `Last sign-in  ${at(lastLoginAt)}`,
      ),
    ],
    csv: { fields: Object.keys(data), rows: [Object.values(data)] },
  };
}

type SettingRow = readonly [name: string, value: unknown];
const settingColumns: readonly Column<SettingRow>[] = [
  { title: 'Setting', field: 'name', text: ([name]) => name },
  { title: 'Value', field: 'value', isName: true, text: ([, value]) => JSON.stringify(value) },
];

/** All settings, or one of them where it is named. */
export function settingsReport({ settings, updatedAt }: AccountSettings, now: Instant, name?: string): Report {
  const shown = name === undefined ? settings : { [name]: settings[name] };
  const rows = Object.entries(shown).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    schema: 'account-settings/1',
    asOf: isoInstant(now),
    data: { settings: shown, updatedAt: iso(updatedAt) },
    sections: [rows.length === 0 ? lines('The account has no settings.') : table(rows, settingColumns)],
    csv: csvOf(rows, settingColumns),
  };
}
