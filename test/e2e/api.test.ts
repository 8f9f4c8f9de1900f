import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';

const launcher = join(import.meta.dirname, '../../bin/asxos.js');
const folder = mkdtempSync(join(tmpdir(), 'asxos-api-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = {
  PATH: process.env['PATH'] ?? '',
  ASXOS_DATA_DIR: join(folder, 'data'),
  ASXOS_CONFIG: join(folder, 'config.json'),
  XDG_CACHE_HOME: join(folder, 'cache'),
};

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], { env, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
};

type Served = {
  readonly url: string;
  readonly log: () => string;
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
};
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Starts `asxos api` and waits until it listens. */
async function serve(): Promise<Served> {
  const child = spawn(process.execPath, [launcher, 'api', '--port', '0', '--json'], { env });
  running.push(child);
  let log = '';
  child.stderr.on('data', text => {
    log += text;
  });
  const ended = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', text => resolve(String(text)));
    child.once('exit', code => reject(new Error(`asxos api ended with ${code}: ${log}`)));
  });
  return {
    url: JSON.parse(line).data.url,
    log: () => log,
    end: signal => {
      child.kill(signal);
      return ended;
    },
  };
}

test('asxos api, as it is built: a key, a request beside a command that writes, and an end by each signal', async () => {
  const early = run('api', '--port', '0');
  expect([early.code, early.err]).toEqual([
    64,
    'asxos: There is no key yet that opens the API\nMake one, which is shown once: asxos api key.\n',
  ]);
  const key = run('api', 'key', '--quiet').out.trim();
  const served = await serve();
  const get = async (path: string, given = key) => {
    const response = await fetch(served.url + path, { headers: { 'x-api-key': given } });
    return { status: response.status, body: await response.json() };
  };
  expect((await get('/portfolio')).status).toBe(404);
  expect(run('add', 'buy 100 BHP @ 43.21 on 2026-03-02').code).toBe(0);
  expect((await get('/portfolio')).body).toMatchObject({ name: 'Main', num_holdings: 1, total_cost_basis: 4321 });
  expect((await get('/portfolio', 'another')).status).toBe(401);

  const { port } = new URL(served.url);
  const status = (headers: Record<string, string>): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const sent = request({ port, host: '127.0.0.1', path: '/health', headers });
      sent.on('response', response => resolve(response.resume().statusCode));
      sent.on('error', reject);
      sent.end();
    });
  expect([await status({ host: 'evil.example' }), await status({ x: 'a'.repeat(20_000) })]).toEqual([403, 431]);
  const second = run('api', '--port', port);
  expect([second.code, second.err.split('\n')[0]]).toEqual([
    69,
    `asxos: Port ${port} of 127.0.0.1 is in use by another program`,
  ]);

  expect(await served.end('SIGTERM')).toBe(143);
  const events = served
    .log()
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line).event);
  expect([events.at(0), events.at(-2), events.at(-1)]).toEqual(['listening', 'stopping', 'stopped']);
  expect(served.log()).not.toContain(key);
  expect(await (await serve()).end('SIGINT')).toBe(130);
}, 60_000);
