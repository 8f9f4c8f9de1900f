import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Store } from '../../../src/server/store/store.ts';
import { emptyStore, listenOnLoopback, openTestServer, openTestStore } from '../../support/account-server.ts';
import { openTestApp, type TestAppOptions } from '../../support/app.ts';
import { openTestConsole, type TestConsole, typed } from '../../support/demo-console.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());
beforeEach(() => emptyStore(store));

async function open(options: TestAppOptions & { columns?: number; rows?: number } = {}) {
  const { app, clock } = await openTestApp({ ...options, now: Date.UTC(2026, 2, 3) });
  const t = openTestConsole(app, { columns: options.columns ?? 100, rows: options.rows ?? 24 });
  t.press('9');
  return { app, clock, t };
}

/** A console whose account server is ours. */
async function openAt(options: { columns?: number; rows?: number } = {}) {
  const clock = { now: Date.UTC(2026, 2, 3) };
  const server = await listenOnLoopback(await openTestServer(store, { clock }));
  const opened = await open({ ...options, env: { ASXOS_ACCOUNT_URL: server.url } });
  await seen(opened.t, 'which answers');
  return { ...opened, server };
}

const seen = (t: TestConsole, words: string): Promise<void> =>
  vi.waitFor(() => expect(t.frame().replace(/\s+/g, ' ')).toContain(words), { timeout: 10_000, interval: 5 });

/** The frame without what is different each time. */
const steady = (t: TestConsole): string =>
  t
    .frame()
    .replace(/127\.0\.0\.1:\d+/g, host => 'HOST:PORT'.padEnd(host.length, '_'))
    .replace(/\/tmp\/[\w-]+/g, folder => 'DIR'.padEnd(folder.length, '_'));

async function register(t: TestConsole): Promise<void> {
  t.press('R', ...typed('ann'), 'enter', ...typed('ann@example.com'), 'enter');
  t.press(...typed('correct horse'), 'enter', ...typed('correct horse'), 'enter');
  await seen(t, 'signed in as ann (ann@example.com)');
}

describe('the account', () => {
  test.each([
    [60, 20],
    [80, 24],
    [120, 40],
  ])('without a server, at %i by %i', async (columns, rows) => {
    const { t } = await open({ columns, rows });
    await seen(t, 'none is set');
    expect(steady(t)).toMatchSnapshot();
    expect(t.tooWide()).toEqual([]);
    t.press('L');
    expect(t.frame()).toContain('no account server is set');
  });

  test('is opened: a password is shown as dots, and asked for until it is the same twice', async () => {
    const { t } = await openAt();
    t.press('R', 'enter');
    expect(t.frame()).toContain('! Type it, or press esc');
    t.press(...typed('ann'), 'enter', ...typed('ann@example.com'), 'enter', ...typed('secret 1'));
    expect(t.frame()).toContain('••••••••');
    t.press('enter', ...typed('secret 2'), 'enter');
    expect(t.frame()).toContain('The two passwords are not the same');
    expect(t.frame()).not.toContain('secret');
    t.press(...typed('secret 1'), 'enter', ...typed('secret 1'), 'enter');
    await seen(t, 'signed in as ann (ann@example.com)');
    expect(t.frame()).toContain('signed in until 2 Apr 2026, kept in the keychain');
    expect(t.tooWide()).toEqual([]);
    expect(JSON.stringify(t.runtime.snapshot().state)).not.toContain('secret');
  });

  test('is left and entered again; a wrong password is asked for again, its name stays', async () => {
    const { t, app } = await openAt();
    await register(t);
    t.press('O');
    expect(t.frame()).toContain('Sign out ann? y/N');
    t.press('y');
    await seen(t, 'nobody is signed in; L signs in');
    expect(await app.keptSignIn()).toBeUndefined();
    t.press('L', ...typed('ann'), 'enter', ...typed('wrong'), 'enter');
    await seen(t, 'Incorrect username or password');
    expect(t.frame().replace(/ +/g, ' ')).toContain('User name ann');
    t.press(...typed('correct horse'), 'enter');
    await seen(t, 'signed in as ann');
  });

  test('is kept in a file where ctrl-t says so', async () => {
    const { t, app } = await openAt();
    t.press('R', 'ctrl+t');
    expect(t.frame()).toContain('kept in a file that only you can read');
    t.press('esc');
    await register(t);
    t.press('L', 'ctrl+t', 'enter', ...typed('correct horse'), 'enter');
    await seen(t, 'kept in a file');
    expect((await app.keptSignIn())?.where).toBe('file');
  });

  test('with the server down nothing is missing but sync, and a line says so', async () => {
    const { t, server } = await openAt();
    await register(t);
    await server.stop();
    t.press('t');
    await seen(t, 'does not answer: everything but sync goes on');
    expect(t.frame()).toContain('signed in as ann');
    t.press('O', 'y');
    await seen(t, 'the server was not told');
    t.press('1');
    expect(t.endings).toEqual([]);
  });

  test('that has ended elsewhere is told, with the way back', async () => {
    const { t, server } = await openAt();
    await register(t);
    const { body } = await server.send('POST', '/auth/login', { body: { username: 'ann', password: 'correct horse' } });
    await server.send('POST', '/users/me/password', {
      token: body.access_token,
      body: { current_password: 'correct horse', new_password: 'battery staple' },
    });
    t.press('t');
    await seen(t, 'has ended; L signs in again');
  });

  test('the demo has none', async () => {
    const { t } = await open({ demo: true, env: { ASXOS_ACCOUNT_URL: 'http://127.0.0.1:9' } });
    expect(t.frame()).toContain('The demo has none');
    t.press('L');
    expect(t.frame()).toContain('the demo has no account');
  });
});

describe('a setting', () => {
  const settingsIn = (dataDir: string): unknown => JSON.parse(readFileSync(join(dataDir, 'config.json'), 'utf8'));
  const select = (t: TestConsole, name: string): void => {
    t.press('g');
    for (let step = 0; step < 60 && !t.rows().some(row => row.startsWith(` › ${name} `)); step += 1) t.press('j');
  };

  test('is edited, refused in words, written to the file and holds at once', async () => {
    const { t, app } = await open();
    select(t, 'cashRatePct');
    t.press('enter', 'ctrl+u', ...typed('a lot'), 'enter');
    expect(t.frame()).toContain('! cashRatePct is "a lot". It can be: a percentage from 0 to 50, like 3.85.');
    t.press('ctrl+u', ...typed('4.1'), 'enter');
    expect(t.frame()).toContain('cashRatePct is now 4.1');
    expect(app.config.cashRatePct).toBe('4.1');
    expect(settingsIn(app.dataDir)).toEqual({ cashRatePct: '4.1' });
    expect(t.frame()).toMatch(/› cashRatePct +4\.1 +file/);
    t.press('d');
    expect(t.frame()).toMatch(/› cashRatePct +3\.85 +default/);
    expect(settingsIn(app.dataDir)).toEqual({});
  });

  test('of few is turned; the theme is the new one at once', async () => {
    const { t, app } = await open();
    select(t, 'theme');
    t.press('space');
    expect(app.config.theme).toBe('dark');
    for (let turn = 0; turn < 4; turn += 1) t.press('space');
    expect(app.config.theme).toBe('auto');
  });

  test('from the environment, and one that may hold a secret, are told apart', async () => {
    const { t, app } = await open();
    select(t, 'dataDir');
    expect(t.frame()).toMatch(/› dataDir .* ASXOS_DATA_DIR/);
    expect(t.frame().replace(/\s+/g, ' ')).toContain('ASXOS_DATA_DIR in the environment holds before the file.');
    select(t, 'notify.webhook');
    t.press('enter', ...typed('https://hooks.example.com/secret-part'), 'enter');
    expect(t.frame()).not.toContain('secret-part');
    t.press('enter');
    expect(t.frame()).not.toContain('secret-part');
    t.press('enter');
    expect(app.config['notify.webhook']).toBe('https://hooks.example.com/secret-part');
  });

  test('accountUrl is refused unencrypted, and asked at once', async () => {
    const { t, app } = await open();
    await seen(t, 'none is set');
    select(t, 'accountUrl');
    t.press('enter', ...typed('http://accounts.example.com'), 'enter');
    expect(t.frame()).toContain('accountUrl is "http://accounts.example.com". It can be: an https address');
    expect(app.config.accountUrl).toBeUndefined();
    t.press('ctrl+u', ...typed('http://127.0.0.1:9'), 'enter');
    await seen(t, 'http://127.0.0.1:9 does not answer');
  });
});
