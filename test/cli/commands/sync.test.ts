/** Sync as a trader with two devices sees it, through the real account server in this process. */
import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SyncRow } from '../../../src/account/messages.ts';
import type { InboxServer, SyncServer } from '../../../src/account/sync-server.ts';
import { schemaOf } from '../../../src/cli/schemas.ts';
import type { Store } from '../../../src/server/store/store.ts';
import { emptyStore, openTestServer, openTestStore, register, type TestServer } from '../../support/account-server.ts';
import { temporaryFolder } from '../../support/app.ts';
import { type Around, type Trader, traderAt, transcript, tuesday } from '../../support/cli.ts';
import { type EodhdServer, startEodhdServer } from '../../support/eodhd-server.ts';
import { syncServerOf } from '../../support/sync-server.ts';

const passphrase = 'correct horse battery staple';
let store: Store;
let eodhd: EodhdServer;
let accounts: TestServer;
let sync: SyncServer & InboxServer;
let laptop: Trader;
let desktop: Trader;
beforeAll(async () => {
  store = await openTestStore();
  eodhd = await startEodhdServer({});
}, 60_000);
afterAll(async () => {
  await store.close();
  await eodhd.close();
});

function trader(name: string, series: string, server: (SyncServer & InboxServer) | undefined, options = {}): Trader {
  const folder = join(temporaryFolder(), name);
  mkdirSync(folder);
  return traderAt(folder, eodhd, { series, ...(server === undefined ? {} : { syncServer: server }), ...options });
}

beforeEach(async () => {
  await emptyStore(store);
  accounts = await openTestServer(store);
  sync = syncServerOf(accounts, (await register(accounts, 'ann')).access_token);
  laptop = trader('laptop', '001', sync);
  desktop = trader('desktop', '002', sync);
});

const typed = (...secret: string[]): Around => ({ secret });
async function data(from: Trader, line: string, around?: Around) {
  const { out, err, code } = await from.asxos(`${line} --json`, around);
  if (out === '') throw new Error(err);
  const answer = JSON.parse(out);
  expect(schemaOf(answer.schema.replace('asxos/', '')).safeParse(answer).error?.issues ?? []).toEqual([]);
  return { ...answer.data, code };
}
async function enrolBoth(): Promise<string> {
  const { recoveryCode } = await data(laptop, 'sync enrol', typed(passphrase, passphrase));
  await laptop.asxos('sync');
  await desktop.asxos('sync enrol', typed(passphrase));
  await desktop.asxos('sync');
  return recoveryCode;
}

test('two devices, from the first passphrase to a settled conflict', { timeout: 60_000 }, async () => {
  const said: string[] = [];
  const run = async (from: Trader, line: string, around?: Around): Promise<void> => {
    from.clock.now += 60_000;
    said.push(`${from === laptop ? 'laptop' : 'desktop'}${transcript(line, await from.asxos(line, around))}`);
  };
  await run(laptop, 'sync');
  await run(laptop, 'add "buy 100 BHP @ 43.21 fee 9.95 on 2026-03-02"');
  await run(laptop, 'watch add CBA --note why');
  await run(laptop, 'sync status');
  await run(laptop, 'sync enrol', typed(passphrase, `${passphrase}!`));
  await run(laptop, 'sync enrol', typed('short', 'short'));
  await run(laptop, 'sync enrol', typed(passphrase, passphrase));
  await run(laptop, 'sync');
  await run(desktop, 'sync enrol', typed('not the passphrase'));
  await run(desktop, 'sync enrol', typed(passphrase));
  await run(desktop, 'sync');
  await run(desktop, 'holdings');
  await run(desktop, 'watch list');
  const id = (await data(laptop, 'entries list')).entries[0].id as string;
  await run(laptop, `entries edit ${id} "buy 100 BHP @ 43.20 fee 9.95 on 2026-03-02"`);
  await run(desktop, `entries edit ${id} "buy 110 BHP @ 43.21 fee 9.95 on 2026-03-02"`);
  await run(laptop, 'sync');
  await run(desktop, 'sync status');
  await run(desktop, 'sync');
  await run(laptop, 'sync');
  await run(laptop, 'notifications list');
  await run(laptop, `entries show ${id}`);
  await run(laptop, `sync settle ${id.slice(-8)} --keep 1`);
  await run(laptop, `sync settle ${id.slice(-8)} --keep 2`);
  await run(laptop, 'sync');
  await run(desktop, 'sync');
  await run(desktop, 'entries list');
  await run(desktop, 'sync status');
  const text = said
    .join('\n')
    .replaceAll(hostname(), 'HOST')
    .replace(/([0-9A-Z]{4}-){6}[0-9A-Z]{4}/g, 'RECOVERY CODE');
  await expect(text).toMatchFileSnapshot('../transcripts/sync.txt');
  expect((await data(laptop, 'sync status')).conflicts).toEqual([]);
});

describe('keys', () => {
  test('the recovery code joins and sets a new passphrase; the old one no longer opens', async () => {
    const code = await enrolBoth();
    const phone = trader('phone', '003', sync);
    const slip = await phone.asxos(
      'sync recover',
      typed(
        code.replace(/.$/, digit => (digit === '7' ? '8' : '7')),
        passphrase,
        passphrase,
      ),
    );
    expect([slip.code, slip.err]).toEqual([64, expect.stringContaining('mistyped')]);
    const typedCode = code.toLowerCase().replaceAll('-', ' ');
    await data(phone, 'sync recover --passphrase-stdin', { stdin: `${typedCode}\na whole new passphrase\n` });
    await phone.asxos('sync');
    const tablet = trader('tablet', '004', sync);
    const old = await tablet.asxos('sync enrol', typed(passphrase));
    expect([old.code, old.err]).toEqual([77, expect.stringContaining('not that of this account')]);
    expect((await tablet.asxos('sync enrol', typed('a whole new passphrase'))).code).toBe(0);
    // The devices that were there go on.
    expect((await laptop.asxos('sync')).code).toBe(0);
  });

  test('a new passphrase with a new code ends the code that was printed', async () => {
    const code = await enrolBoth();
    const made = await data(laptop, 'sync passphrase --new-code', typed('another passphrase', 'another passphrase'));
    const phone = trader('phone', '003', sync);
    const old = await phone.asxos('sync recover', typed(code, passphrase, passphrase));
    expect([old.code, old.err]).toEqual([77, expect.stringContaining('The recovery code is not that')]);
    const taken = await phone.asxos('sync recover', typed(made.recoveryCode, passphrase, passphrase));
    expect(taken.code).toBe(0);
  });

  test('where there is no keychain the key is in a file that only its owner reads', async () => {
    const none = trader('none', '005', sync, { keychain: { available: false, reason: 'there is no bus' } });
    expect(await data(none, 'sync enrol', typed(passphrase, passphrase))).toMatchObject({ where: 'file', first: true });
    expect((await none.asxos('sync')).code).toBe(0);
  });

  test('neither passphrase nor code nor key is sent, logged or stored; a lost key is told', async () => {
    const sent: SyncRow[] = [];
    const pushing: SyncServer['push'] = rows => {
      sent.push(...rows);
      return sync.push(rows);
    };
    const spy = trader('spy', '006', { ...sync, push: pushing });
    const { recoveryCode } = await data(spy, 'sync enrol', typed(passphrase, passphrase));
    await spy.asxos('add "buy 100 BHP @ 43.21 on 2026-03-02"');
    await spy.asxos('sync');
    const [secret = ''] = [...spy.secrets.values()].map(text => text.split(' ')[1]);
    const key = Buffer.from(secret, 'base64url');
    const outside = `${JSON.stringify(sent)}${accounts.log.join('')}`;
    const bytes = Buffer.concat(sent.map(({ blob }) => Buffer.from(blob ?? '', 'base64')));
    for (const word of [passphrase, recoveryCode, secret, '43.21']) {
      expect([outside.includes(word), bytes.includes(word)]).toEqual([false, false]);
    }
    // Three letters come up in base64 by chance.
    expect([accounts.log.join('').includes('BHP'), bytes.includes('BHP')]).toEqual([false, false]);
    expect([key.length, bytes.includes(key)]).toEqual([32, false]);
    spy.secrets.clear();
    const lost = await spy.asxos('sync');
    expect([lost.code, lost.err]).toEqual([77, expect.stringContaining('gone from the keychain')]);
  });

  test('two devices that set sync up at once have one key in the end', async () => {
    const slow: typeof sync = {
      ...sync,
      push: async rows => {
        if ((await sync.pull({ since: '' })).rows.length === 0) {
          await laptop.asxos('sync enrol', typed(passphrase, passphrase));
        }
        return sync.push(rows);
      },
    };
    const late = trader('late', '007', slow);
    const refused = await late.asxos('sync enrol', typed('another passphrase', 'another passphrase'));
    expect([refused.code, refused.err]).toEqual([64, expect.stringContaining('Another device has just set sync up')]);
    expect((await late.asxos('sync enrol', typed(passphrase))).code).toBe(0);
  });

  test('another account is told from this one, and nothing is mixed', async () => {
    await enrolBoth();
    const bob = syncServerOf(accounts, (await register(accounts, 'bob')).access_token);
    const moved = traderAt(laptop.dataDir, eodhd, { series: '008', syncServer: bob });
    for (const [name, value] of laptop.secrets) moved.secrets.set(name, value);
    const refused = await moved.asxos('sync');
    expect([refused.code, refused.err]).toEqual([64, expect.stringContaining('no key for sync on this server')]);
    expect((await bob.pull({ since: '' })).rows).toEqual([]);
  });
});

test('rows that were changed on the server are listed, the others taken: exit 3', async () => {
  await data(laptop, 'sync enrol', typed(passphrase, passphrase));
  await laptop.asxos('add "buy 100 BHP @ 43.21 on 2026-03-02"');
  await laptop.asxos('watch add CBA');
  await laptop.asxos('sync');
  const lying: typeof sync = {
    ...sync,
    pull: async options => {
      const page = await sync.pull(options);
      const rows = page.rows.map(row => (row.kind === 'watch' ? { ...row, clock: row.clock.replace(/^0/, '1') } : row));
      return { ...page, rows };
    },
  };
  const victim = trader('victim', '009', lying);
  await victim.asxos('sync enrol', typed(passphrase));
  const done = await data(victim, 'sync');
  expect([done.code, done.refused.map(({ kind }: { kind: string }) => kind)]).toEqual([3, ['watch']]);
  expect((await data(victim, 'holdings')).holdings.map(({ code }: { code: string }) => code)).toEqual(['BHP']);
});

test('no market data leaves the machine: what is sent is the user\u2019s own, kind by kind', async () => {
  const kinds = new Set<string>();
  const watching: typeof sync = {
    ...sync,
    push: rows => {
      for (const { kind } of rows) kinds.add(kind);
      return sync.push(rows);
    },
  };
  const full = trader('full', '00a', watching);
  await full.asxos('add "buy 100 BHP @ 43.21 on 2026-03-02"');
  await full.asxos('refresh');
  await full.asxos('alerts add BHP above 50');
  await full.asxos('tax market-value set BHP 45.20');
  await data(full, 'sync enrol', typed(passphrase, passphrase));
  await full.asxos('sync');
  expect([...kinds].sort()).toEqual(['alert', 'device', 'entry', 'key', 'market-value', 'owner', 'portfolio']);
});

test.each([
  ['sync now', 64, 'There is no command "sync now"'],
  ['sync enrol', 64, 'no terminal to ask for the passphrase'],
  ['sync recover --passphrase-stdin', 64, 'no key yet, so there is nothing to recover'],
  ['sync passphrase --passphrase-stdin', 64, 'takes no part in sync'],
  ['sync settle 12345678 --keep 1', 64, 'takes no part in sync'],
  ['--demo sync status', 64, 'The demo does not sync'],
])('asxos %s: exit %i', { timeout: 60_000 }, async (line, code, words) => {
  const refused = await laptop.asxos(line, { stdin: `${passphrase}\n` });
  expect([refused.code, refused.err.replace('does not take part', 'takes no part')]).toEqual([
    ...[code, expect.stringContaining(words)],
  ]);
});

test('without a sign-in it says so', async () => {
  const stranger = trader('stranger', '00b', undefined);
  const refused = await stranger.asxos('sync enrol', typed(passphrase, passphrase));
  expect([refused.code, refused.err]).toEqual([77, expect.stringContaining('No account server is set')]);
  expect(tuesday).toBe(stranger.clock.now);
});
