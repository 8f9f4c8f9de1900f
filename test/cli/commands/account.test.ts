import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type SchemaName, schemaOf } from '../../../src/cli/schemas.ts';
import { hour } from '../../../src/domain/date.ts';
import type { Keychain } from '../../../src/host/keychain.ts';
import type { Store } from '../../../src/server/store/store.ts';
import {
  emptyStore,
  type LoopbackServer,
  listenOnLoopback,
  openTestServer,
  openTestStore,
} from '../../support/account-server.ts';
import { type Around, openTrader, type Trader, transcript } from '../../support/cli.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());

let trader: Trader;
let server: LoopbackServer;
/** A line at the command line of somebody whose account server is ours; what is typed or piped is `password`. */
let asxos: (line: string, around?: Around) => ReturnType<Trader['asxos']>;

async function openWith(keychain?: Keychain): Promise<void> {
  trader = await openTrader(keychain === undefined ? {} : { keychain });
  server = await listenOnLoopback(await openTestServer(store, { clock: trader.clock }));
  asxos = (line, around = {}) => trader.asxos(line, { ...around, env: { ASXOS_ACCOUNT_URL: server.url } });
}
beforeEach(async () => {
  await emptyStore(store);
  await openWith();
});

const noKeychain: Keychain = { available: false, reason: 'there is none here' };
const registering = 'account register ann --email ann@example.com';
const asTyped = { secret: 'correct horse' };
const asPiped = { stdin: 'correct horse\n' };

const said = (text: string): string => text.replaceAll(server.url, 'SERVER').replace(/127\.0\.0\.1:\d+/g, 'HOST');

async function json(name: SchemaName, line: string, around: Around = {}) {
  const { out, err, code } = await asxos(`${line} --json`, around);
  expect(err).toBe('');
  const answer = JSON.parse(out);
  expect(schemaOf(name).safeParse(answer).error?.issues ?? []).toEqual([]);
  return { data: answer.data, code };
}

test('a whole life of an account, as it stands in a terminal', async () => {
  const lines: [string, Around?][] = [
    ['account status'],
    [registering, asTyped],
    ['account status'],
    ['account profile --name "Ann Lee"'],
    ['account settings'],
    ['account settings sync.notifications true'],
    [`account settings theme "dark"`],
    ['account settings theme'],
    ['account settings theme --unset'],
    ['account logout'],
    ['account profile'],
    ['account login', asTyped],
    ['account login ann', asTyped],
    ['account logout --csv'],
  ];
  const session: string[] = [];
  for (const [line, around] of lines) session.push(transcript(line, await asxos(line, around)));
  await expect(said(session.join('\n'))).toMatchFileSnapshot('../transcripts/account.txt');
});

test('what --json prints is what the schemas say', async () => {
  const { data } = await json('account-signed-in/1', registering, asTyped);
  expect(data).toMatchObject({ userId: 1, username: 'ann', keptIn: 'keychain', endsAt: '2026-04-02T00:00:00Z' });
  expect((await json('account/1', 'account')).data).toMatchObject({
    signIn: { username: 'ann', isOpen: true, accessEndsAt: '2026-03-03T01:00:00Z' },
    ...{ reached: true, trouble: null },
  });
  expect((await json('account-profile/1', 'account profile --email a@example.com')).data.email).toBe('a@example.com');
  expect((await json('account-settings/1', 'account settings beta 1')).data.settings).toEqual({ beta: 1 });
  expect((await json('account-closed/1', 'account delete --yes')).data).toMatchObject({ username: 'ann' });
  expect((await json('account-signed-out/1', 'account logout')).data.username).toBeNull();
});

describe('a password', () => {
  test('is asked for twice where it is new, once where it is not, and named by its prompt', async () => {
    const prompts: string[] = [];
    await asxos(registering, { ...asTyped, prompts });
    await asxos('account login ann', { ...asTyped, prompts });
    expect(prompts.map(said)).toEqual([
      'Password, 8 characters or more (not shown): ',
      'The same again (not shown): ',
      'Password of ann at HOST (not shown): ',
    ]);
  });

  test('is piped with --password-stdin alone, and never an argument', async () => {
    const unasked = await asxos(registering, asPiped);
    expect(unasked).toMatchObject({ code: 64, err: expect.stringContaining('--password-stdin') });
    expect((await asxos(`${registering} --password-stdin`, asPiped)).code).toBe(0);
    const given = await asxos('account login ann hunter2', asPiped);
    expect(given).toMatchObject({ code: 64, err: expect.stringContaining('never given as an argument') });
    expect(given.err).not.toContain('hunter2');
  });

  test('that is wrong, or too short, is said without it', async () => {
    const short = await asxos(`${registering} --password-stdin`, { stdin: 'horse' });
    expect(short).toMatchObject({ code: 64, err: 'asxos: password: Password must be at least 8 characters\n' });
    await asxos(`${registering} --password-stdin`, asPiped);
    const wrong = await asxos('account login ann --password-stdin', { stdin: 'wrong horse' });
    expect(wrong).toMatchObject({ code: 77, err: expect.stringContaining('Incorrect username or password') });
    expect(wrong.err).not.toContain('horse');
  });

  test('is changed: other devices are out, this one goes on', async () => {
    await asxos(registering, asTyped);
    const { err } = await asxos('account password --password-stdin', { stdin: 'correct horse\n' });
    expect(err).toContain('Standard input has 1 line, and 2 are asked for');
    const wrong = await asxos('account password --password-stdin', { stdin: 'wrong\nbattery staple\n' });
    expect(wrong).toMatchObject({ code: 64, err: expect.stringContaining('Current password is incorrect') });
    const { out } = await asxos('account password --password-stdin', { stdin: 'correct horse\nbattery staple\n' });
    expect(said(out)).toBe(
      'Changed the password, which ended all other sessions, of ann at HOST; the sign-in is kept in the keychain.\n',
    );
    expect((await json('account/1', 'account')).data).toMatchObject({ signIn: { isOpen: true }, trouble: null });
    expect((await asxos('account login ann --password-stdin', { stdin: 'battery staple' })).code).toBe(0);
  });
});

describe('where the sign-in is kept', () => {
  test('in the keychain, under the name of the data directory', async () => {
    await asxos(registering, asTyped);
    expect([...trader.secrets.keys()]).toEqual([`account ${trader.dataDir}`]);
    expect(existsSync(join(trader.dataDir, 'account.json'))).toBe(false);
  });

  test('without a keychain nothing is sent before it is known where it goes; a file is for its owner alone', async () => {
    await openWith(noKeychain);
    const refused = await asxos(registering, asTyped);
    expect(refused).toMatchObject({
      code: 64,
      err: expect.stringContaining('There is no keychain to store the sign-in'),
    });
    expect(refused.err).toContain('--file');
    expect(server.log).toEqual([]);
    expect((await asxos(`${registering} --file`, asTyped)).out).toContain('in a file that only you can read');
    const path = join(trader.dataDir, 'account.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).not.toContain('horse');
    // A renewal and the next sign-in stay in the file.
    trader.clock.now += hour;
    expect((await asxos('account profile')).code).toBe(0);
    expect((await asxos('account login', asTyped)).code).toBe(0);
    await asxos('account logout');
    expect(existsSync(path)).toBe(false);
  });

  test('a file that holds something else is said, and replaced by the next sign-in', async () => {
    await asxos(registering, asTyped);
    writeFileSync(join(trader.dataDir, 'account.json'), '{"server":1}', { mode: 0o600 });
    expect(await asxos('account profile')).toMatchObject({ code: 65, err: expect.stringContaining('cannot be read') });
    expect((await asxos('account login ann', asTyped)).code).toBe(0);
    expect((await asxos('account profile')).code).toBe(0);
  });

  test('the server knows the device again: it tells of a new one once', async () => {
    await asxos(registering, asTyped);
    await asxos('account login ann', asTyped);
    const other = await openTrader();
    writeFileSync(join(other.dataDir, 'device-id'), 'the-other-device');
    await other.asxos('account login ann --password-stdin', {
      ...asPiped,
      env: { ASXOS_ACCOUNT_URL: server.url },
    });
    const token = JSON.parse(trader.secrets.get(`account ${trader.dataDir}`) ?? '').tokens.access;
    const { body } = await server.send('GET', '/notifications', { token });
    expect(body.notifications.map((each: { title: string }) => each.title)).toEqual(['Sign-in from a new device']);
  });
});

describe('a server that is down', () => {
  test('is said by status, and signing out forgets all the same', async () => {
    await asxos(registering, asTyped);
    await server.stop();
    const status = await asxos('account status');
    expect(status.code).toBe(0);
    expect(said(status.out)).toContain('Signed in as ann (ann@example.com) at HOST.');
    expect(said(status.out)).toMatch(/could not be reached .*Everything but the account goes on without it[.]/s);
    expect(said(status.out)).not.toContain('does not answer');
    const out = await json('account-signed-out/1', 'account logout');
    expect(out).toMatchObject({ code: 3, data: { endedAtServer: false, endsAt: '2026-04-02T00:00:00Z' } });
    expect(trader.secrets.size).toBe(0);
    expect(await asxos('account login ann', asTyped)).toMatchObject({ code: 69 });
  });

  test('is none where none is set: exit 77 and the way out', async () => {
    const none = await trader.asxos('account login ann', asTyped);
    expect(none).toMatchObject({ code: 77, err: expect.stringContaining('asxos config set accountUrl') });
    const plain = await trader.asxos('account login ann', {
      ...asTyped,
      env: { ASXOS_ACCOUNT_URL: 'http://accounts.example.com' },
    });
    expect(plain).toMatchObject({ code: 64, err: expect.stringContaining('ASXOS_ACCOUNT_URL is "http://accounts') });
    const set = await trader.asxos('config set accountUrl http://accounts.example.com');
    expect(set).toMatchObject({ code: 64, err: expect.stringContaining('It can be: an https address') });
    expect((await trader.asxos('config get accountUrl')).out).not.toContain('accounts.example.com');
    expect((await trader.asxos('--demo account login ann', asTyped)).err).toContain('The demo has no account');
  });
});

test.each([
  ['http://accounts.example.com', 'http://accounts.example.com'],
  ['https://ann:secret@accounts.example.com', 'https://…@accounts.example.com'],
])('an address in the config file that may not be, %s, stops only what uses the account', async (address, shown) => {
  const { asxos, dataDir } = trader;
  writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ accountUrl: address }));
  for (const command of ['holdings', 'entries list', 'config list', 'config set theme dark']) {
    expect(await asxos(command), command).toMatchObject({ code: 0, err: '' });
  }
  const refusal = `accountUrl in ${join(dataDir, 'config.json')} is "${shown}"`;
  for (const command of ['account login ann', 'account register ann --email ann@example.com', 'sync']) {
    const { code, out, err } = await asxos(command, asTyped);
    if (command !== 'sync') expect([code, err.includes(refusal)], `${command}: ${err}`).toEqual([65, true]);
    expect(`${out}${err}`).not.toContain('secret');
  }
  const doctor = await asxos('doctor --json');
  const checks = JSON.parse(doctor.out).data.checks as { id: string; status: string; finding: string }[];
  expect(checks.find(each => each.id === 'account')).toMatchObject({
    status: 'problem',
    finding: expect.stringContaining(refusal),
  });
  const status = await asxos('account status');
  expect(said(status.out)).toContain(shown);
  expect(said(status.out)).not.toMatch(/No account server is set|secret/);
  expect(await asxos('config set accountUrl https://accounts.example.com')).toMatchObject({ code: 0 });
  expect((await asxos('config get accountUrl')).out).toContain('https://accounts.example.com');
  expect(await asxos('config get theme')).toMatchObject({ out: expect.stringContaining('dark') });
});

describe('closing the account', () => {
  test('asks on a terminal, needs --yes in a pipe, and leaves what is on the device', async () => {
    await asxos(registering, asTyped);
    await asxos('portfolio create Main');
    expect(await asxos('account delete')).toMatchObject({ code: 64, err: expect.stringContaining('--yes') });
    const kept = await asxos('account delete', { secret: 'no' });
    expect(kept).toMatchObject({ code: 64, err: 'asxos: "ann" was not typed, so the account stays\n' });
    expect((await asxos('account delete', { secret: 'ann' })).out).toContain('Closed the account of ann');
    expect(trader.secrets.size).toBe(0);
    expect((await asxos('portfolio list')).out).toContain('Main');
    expect(await asxos('account login ann', asTyped)).toMatchObject({
      ...{ code: 77, err: expect.stringContaining('Account is inactive') },
    });
  });
});

test.each([
  ['account settings theme dark', 64, 'which is no JSON'],
  ['account settings nothing', 64, 'The account has no setting "nothing"'],
  ['account settings --unset', 64, 'With --unset goes the name of one setting'],
  ['account settings nothing --unset', 64, 'The account has no setting "nothing"'],
  ['account profile --email nope', 64, 'email "nope": value is not a valid email address'],
  ['account register ann', 64, '--email'],
  ['account nothing', 64, 'nothing'],
])('%s: exit %i', async (line, code, words) => {
  await asxos(registering, asTyped);
  expect(await asxos(line, asTyped)).toMatchObject({ code, out: '', err: expect.stringContaining(words) });
});
