// `npm run try:account`: an account server on loopback, in a folder that is gone afterwards, and the console's own client
// walking through it: register, log in on a second device, profile, settings, refresh, notifications, log out. Each step
// is printed; the exit code is 1 where one fails.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, openApp } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { describe, Failure } from '../src/failure.ts';
import { startAccountServer } from '../src/server/start.ts';
import { setAccountSetting, viewAccountSettings, viewProfile } from '../src/usecases/manage-account.ts';
import { login, logout, register } from '../src/usecases/sign-in.ts';

const migrations = join(import.meta.dirname, '../migrations');
const place = 'file';

type Say = (line: string) => void;
type Step = { readonly name: string; readonly run: () => Promise<string> };

function expect(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new Failure('bad-response', otherwise);
}

/** Walks through the account server at `url`, and says what came of each step; false where one failed. */
export async function tryAccount(url: string, say: Say): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'asxos-try-'));
  const deviceIn = (name: string): App => {
    const env = {
      ASXOS_DATA_DIR: join(folder, name),
      ASXOS_CONFIG: join(folder, name, 'config.json'),
      ASXOS_ACCOUNT_URL: url,
    };
    return openApp(loadConfig({ env }), { env, migrationsDir: migrations });
  };
  const [laptop, desk] = [deviceIn('laptop'), deviceIn('desk')];
  try {
    for (const { name, run } of stepsOf(laptop, desk)) {
      try {
        say(`ok      ${name.padEnd(14)} ${await run()}`);
      } catch (error) {
        const { message, hint } = describe(error);
        say(`FAILED  ${name.padEnd(14)} ${message}${hint === undefined ? '' : `. ${hint}`}`);
        return false;
      }
    }
    return true;
  } finally {
    await Promise.all([laptop.close(), desk.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function stepsOf(laptop: App, desk: App): Step[] {
  const username = `trader_${randomBytes(4).toString('hex')}`;
  const password = randomBytes(12).toString('base64url');
  return [
    {
      name: 'register',
      run: async () => {
        const email = `${username}@example.com`;
        const { userId } = await register(laptop, { username, email, password }, { place });
        return `${username} is user ${userId}`;
      },
    },
    {
      name: 'login',
      run: async () => {
        const signedIn = await login(desk, { username, password }, { place });
        expect(signedIn.username === username, `Signed in as ${signedIn.username}`);
        return 'on a second device';
      },
    },
    {
      name: 'me',
      run: async () => {
        const profile = await viewProfile(laptop);
        expect(profile.username === username, `The server takes us for ${profile.username}`);
        return profile.email;
      },
    },
    {
      name: 'settings',
      run: async () => {
        await setAccountSetting(laptop, 'try', '{"list":[1,true,null]}');
        const { settings } = await viewAccountSettings(desk);
        const found = JSON.stringify(settings['try']);
        expect(found === '{"list":[1,true,null]}', `The other device reads ${found}`);
        return `try = ${found} on both devices`;
      },
    },
    {
      name: 'refresh',
      run: async () => {
        const client = await laptop.account();
        const before = (await client.signIn()).tokens;
        const { tokens } = await client.refresh();
        expect(tokens.access !== before.access && tokens.refresh !== before.refresh, 'The tokens are the old ones');
        await client.me();
        return 'new tokens, which are good';
      },
    },
    {
      name: 'notifications',
      run: async () => {
        const client = await laptop.account();
        const { notifications, unread_count: unread } = await client.notifications();
        const titles = notifications.map(({ title }) => title);
        expect(titles.includes('Sign-in from a new device') && unread > 0, `There are: ${titles.join(', ')}`);
        const { count } = await client.readAllNotifications();
        return `${titles.join(', ')}; ${count} marked as read`;
      },
    },
    {
      name: 'logout',
      run: async () => {
        const { access } = (await (await laptop.account()).signIn()).tokens;
        const out = await logout(laptop);
        expect(
          out?.endedAtServer === true && access !== '',
          `The session goes on: ${out?.trouble ?? 'nobody was signed in'}`,
        );
        expect((await laptop.keptSignIn()) === undefined, 'The sign-in is still kept');
        await viewProfile(desk);
        return 'the session has ended; the one of the second device goes on';
      },
    },
  ];
}

/** Starts a server of its own for it. */
async function serveAndTry(say: Say): Promise<boolean> {
  const dataDir = mkdtempSync(join(tmpdir(), 'asxos-try-server-'));
  const stopping = new AbortController();
  const env = { ASXOS_DATA_DIR: dataDir, ASXOS_CONFIG: join(dataDir, 'config.json') };
  const app = openApp(loadConfig({ env }), { env, migrationsDir: migrations });
  let isGood = false;
  try {
    say('Making a store for accounts takes a few seconds.');
    await startAccountServer(
      {
        ...{
          port: 0,
          host: '127.0.0.1',
          migrateOnly: false,
          metricsPort: undefined,
          isRestored: false,
          demo: false,
          quiet: true,
        },
        onReady: async ({ url = '' }) => {
          say(`ok      ${'serve'.padEnd(14)} ${url}`);
          isGood = await tryAccount(url, say);
          stopping.abort();
        },
      },
      {
        env: { JWT_SECRET_KEY: randomBytes(48).toString('base64') },
        ...{ dataDir, migrationsDir: join(migrations, 'account'), version: 'try' },
        ...{ now: app.now, newId: app.newId, elapsed: app.elapsed, signal: stopping.signal },
        err: text => say(text.trimEnd()),
        lock: work => work(),
      },
    );
    return isGood;
  } finally {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const isGood = await serveAndTry(line => process.stdout.write(`${line}\n`));
  process.exitCode = isGood ? 0 : 1;
}
