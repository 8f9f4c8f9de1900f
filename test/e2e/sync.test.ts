/** Two devices through the built program, and a server: enrolled, in conflict, cut off; and alike in the end. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listEntries } from '../../src/usecases/list-entries.ts';
import { viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import { viewSync } from '../../src/usecases/view-sync.ts';
import { listenOnLoopback, openTestServer, openTestStore } from '../support/account-server.ts';
import { openTestApp, temporaryFolder } from '../support/app.ts';
import { runProgram } from '../support/built-program.ts';

const passphrase = 'correct horse battery staple';
const password = 'securepass123';

test('what one device recorded the other has; an edit on both is a conflict; a server that is away loses nothing', {
  timeout: 120_000,
}, async () => {
  const store = await openTestStore();
  onTestFinished(() => store.close());
  const server = await listenOnLoopback(await openTestServer(store));
  const folders = { laptop: temporaryFolder(), desktop: temporaryFolder() };
  type Device = keyof typeof folders;

  async function run(device: Device, args: readonly string[], input?: string, expected = 0): Promise<string> {
    const dataDir = folders[device];
    const config = join(dataDir, 'config.json');
    writeFileSync(config, JSON.stringify({ benchmark: 'none' }));
    const env = { ASXOS_DATA_DIR: dataDir, ASXOS_CONFIG: config, ASXOS_ACCOUNT_URL: server.url };
    const { code, err } = await runProgram(args, { env, input });
    expect([args.join(' '), code, code === 0 ? err : '']).toEqual([args.join(' '), expected, expect.any(String)]);
    return err;
  }
  const sync = async (...devices: readonly Device[]): Promise<void> => {
    for (const device of devices) expect(await run(device, ['sync', '--quiet'])).toBe('');
  };
  async function seenOn(device: Device) {
    const { app } = await openTestApp({ dataDir: folders[device] });
    const seen = {
      entries: listEntries(app).rows.map(({ entry }) => entry),
      units: viewPortfolio(app).holdings.map(({ code, units }) => `${code} ${units.toFixed()}`),
      conflicts: (await viewSync(app)).conflicts.map(({ versions }) => versions.map(each => each.version)),
    };
    await app.close();
    return seen;
  }

  const keep = ['--password-stdin', '--file'];
  const enrol = ['sync', 'enrol', '--passphrase-stdin'];
  await run('laptop', ['account', 'register', 'ann', '--email', 'ann@example.com', ...keep], `${password}\n`);
  await run('laptop', enrol, `${passphrase}\n`);
  await run('laptop', ['add', 'buy 100 BHP @ 43.21 fee 9.95 on 2026-03-02']);
  await sync('laptop');
  await run('desktop', ['account', 'login', 'ann', ...keep], `${password}\n`);
  await run('desktop', enrol, `${passphrase}\n`);
  await sync('desktop');
  const first = await seenOn('laptop');
  expect(first).toMatchObject({ units: ['BHP 100'], conflicts: [] });
  expect(await seenOn('desktop')).toEqual(first);

  const id = first.entries[0]?.id ?? '';
  await run('laptop', ['entries', 'edit', id, 'buy 100 BHP @ 43.20 fee 9.95 on 2026-03-02']);
  await run('desktop', ['entries', 'edit', id, 'buy 110 BHP @ 43.21 fee 9.95 on 2026-03-02']);
  await sync('laptop', 'desktop', 'laptop');
  const both = await seenOn('laptop');
  expect(both).toMatchObject({ units: ['BHP 110'], conflicts: [[2, 3]] });
  expect(await seenOn('desktop')).toEqual(both);

  await server.stop();
  await run('laptop', ['add', 'buy 7 CBA @ 150 fee 9.95 on 2026-03-02']);
  expect(await run('laptop', ['sync'], undefined, 69)).toContain('could not be reached');
  expect((await seenOn('laptop')).units).toEqual(['BHP 110', 'CBA 7']);
  await server.start();
  await sync('laptop', 'desktop');
  expect(await seenOn('desktop')).toEqual(await seenOn('laptop'));
});
