/** Two devices and a server through the built program: enrolled, in conflict, cut off, killed; and alike in the end. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { listEntries } from '../../src/usecases/list-entries.ts';
import { viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import { openTestApp } from '../support/app.ts';

const launcher = join(import.meta.dirname, '../../bin/asxos.js');
const folder = mkdtempSync(join(tmpdir(), 'asxos-sync-'));
const passphrase = 'correct horse battery staple';
const password = 'securepass123';
let url = '';
let server: Started;

type Ended = { readonly code: number | null; readonly out: string; readonly err: string; readonly ms: number };
type Started = {
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly first: Promise<string>;
  readonly ended: Promise<Ended>;
};

function start(args: readonly string[], env: Record<string, string>, input = ''): Started {
  const begun = performance.now();
  const child = spawn(process.execPath, [launcher, ...args], { env: { PATH: process.env['PATH'] ?? '', ...env } });
  let [out, err] = ['', ''];
  child.stderr.on('data', text => {
    err += text;
  });
  const ended = new Promise<Ended>(resolve =>
    child.once('close', code => resolve({ code, out, err, ms: performance.now() - begun })),
  );
  const first = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', text => {
      out += text;
      resolve(out);
    });
    child.once('close', code => reject(new Error(`ended with ${code}: ${err}`)));
  });
  first.catch(() => undefined);
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return { kill: signal => child.kill(signal), first, ended };
}

async function serve(port: string): Promise<void> {
  server = start(['serve', '--port', port, '--json'], {
    ASXOS_DATA_DIR: join(folder, 'server'),
    ASXOS_CONFIG: join(folder, 'server.json'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    JWT_SECRET_KEY: 'a secret for a test of two devices',
  });
  url = JSON.parse(await server.first).data.url;
}

const dataDir = (device: string): string => join(folder, device);
const envOf = (device: string): Record<string, string> => ({
  ASXOS_DATA_DIR: dataDir(device),
  ASXOS_CONFIG: join(folder, `${device}.json`),
  ASXOS_ACCOUNT_URL: url,
  // No session bus: there is no keychain, whatever the machine has.
  DBUS_SESSION_BUS_ADDRESS: 'disabled:',
});

async function run(device: string, args: readonly string[], { input = '', code = 0 } = {}): Promise<string> {
  const ended = await start(args, envOf(device), input).ended;
  if (ended.code !== code) throw new Error(`asxos ${args.join(' ')} ended with ${ended.code}: ${ended.err}`);
  return ended.code === 0 ? ended.out : ended.err;
}
// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the test is about
const data = async (device: string, ...args: string[]): Promise<any> =>
  JSON.parse(await run(device, [...args, '--json'])).data;
const sync = (device: string): Promise<string> => run(device, ['sync', '--quiet']);

/** What stands in a device's database, read in this process: what is tested is how it came there. */
async function read<T>(device: string, of: (app: App) => T): Promise<T> {
  const { app } = await openTestApp({ dataDir: dataDir(device), onDisk: true, now: Date.now() });
  try {
    return of(app);
  } finally {
    await app.close();
  }
}
const entries = (device: string) => read(device, app => listEntries(app, {}).rows);
const holdings = (device: string) => read(device, app => viewPortfolio(app, {}).holdings);

async function expectAlike(): Promise<void> {
  expect(await entries('desktop')).toEqual(await entries('laptop'));
  expect(await holdings('desktop')).toEqual(await holdings('laptop'));
}

beforeAll(async () => {
  for (const device of ['laptop', 'desktop']) {
    mkdirSync(dataDir(device));
    writeFileSync(join(folder, `${device}.json`), JSON.stringify({ benchmark: 'none' }));
  }
  await serve('0');
  const keep = ['--password-stdin', '--file'];
  await run('laptop', ['account', 'register', 'ann', '--email', 'ann@example.com', ...keep], {
    input: `${password}\n`,
  });
  await run('laptop', ['sync', 'enrol', '--passphrase-stdin'], { input: `${passphrase}\n` });
  await run('laptop', ['add', 'buy 100 BHP @ 43.21 fee 9.95 on 2026-03-02']);
  await sync('laptop');
  await run('desktop', ['account', 'login', 'ann', ...keep], { input: `${password}\n` });
  await run('desktop', ['sync', 'enrol', '--passphrase-stdin'], { input: `${passphrase}\n` });
  await sync('desktop');
}, 180_000);
afterAll(async () => {
  server?.kill('SIGTERM');
  await server?.ended;
  rmSync(folder, { recursive: true, force: true });
});

test('what one device recorded, the other has; one entry edited on both is shown as a conflict and settled', async () => {
  await expectAlike();
  const found = (await entries('laptop')).find(({ entry }) => 'code' in entry && entry.code === 'BHP');
  const id = found?.entry.id ?? 'none';
  await run('laptop', ['entries', 'edit', id, 'buy 100 BHP @ 43.20 fee 9.95 on 2026-03-02']);
  await run('desktop', ['entries', 'edit', id, 'buy 110 BHP @ 43.21 fee 9.95 on 2026-03-02']);
  for (const device of ['laptop', 'desktop', 'laptop']) await sync(device);
  await expectAlike();
  for (const device of ['laptop', 'desktop']) {
    const { conflicts } = await data(device, 'sync', 'status');
    expect(conflicts).toMatchObject([{ entry: id, versions: [{ version: 2 }, { version: 3 }] }]);
  }
  await run('desktop', ['sync', 'settle', id, '--keep', '2']);
  await sync('desktop');
  await sync('laptop');
  await expectAlike();
  for (const device of ['laptop', 'desktop']) {
    expect((await data(device, 'sync', 'status')).conflicts).toEqual([]);
    const held = (await data(device, 'holdings')).holdings as { code: string; units: string }[];
    expect(held.find(each => each.code === 'BHP')?.units).toBe('100');
  }
}, 60_000);

test('with the server stopped a sync ends with 69; nothing is lost, and the next one brings it over', async () => {
  const before = (await entries('laptop')).length;
  server.kill('SIGTERM');
  await server.ended;
  await run('laptop', ['add', 'buy 7 CBA @ 150 fee 9.95 on 2026-03-02']);
  expect(await run('laptop', ['sync'], { code: 69 })).toContain('could not be reached');
  expect(await entries('laptop')).toHaveLength(before + 1);
  await serve(new URL(url).port);
  await sync('laptop');
  await sync('desktop');
  expect(await entries('desktop')).toHaveLength(before + 1);
  await expectAlike();
}, 60_000);

test('a kill -9 at any moment of a sync leaves both devices whole, and the next sync makes them alike', async () => {
  const rows = 3_000;
  const file = join(folder, 'trades.csv');
  const lines = Array.from(
    { length: rows },
    (_, row) => `C${String(row % 100).padStart(3, '0')},${1 + (row % 500)},${1 + (row % 97)}.5,2024-02-01`,
  );
  writeFileSync(file, ['ticker,shares,avg_cost,date_acquired', ...lines, ''].join('\n'));
  await run('laptop', ['import', file]);
  const before = await entries('laptop');
  let [seed, cutOff] = [713, 0];
  for (const device of ['laptop', 'laptop', 'laptop', 'desktop', 'desktop', 'desktop']) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const begun = start(['sync', '--quiet'], envOf(device));
    const timer = setTimeout(() => begun.kill('SIGKILL'), 300 + 1_200 * (seed / 2 ** 32));
    const ended = await begun.ended;
    if (ended.code === null) cutOff += 1;
    else expect(ended).toMatchObject({ code: 0, err: '' });
    clearTimeout(timer);
    await read(device, ({ db }) => {
      expect(db.raw.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      expect(db.raw.pragma('foreign_key_check')).toEqual([]);
    });
    expect(await entries('laptop')).toEqual(before);
  }
  expect(cutOff).toBeGreaterThan(2);
  await sync('laptop');
  await sync('desktop');
  expect(await entries('laptop')).toEqual(before);
  await expectAlike();
}, 120_000);
