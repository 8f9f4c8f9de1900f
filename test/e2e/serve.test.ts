import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeOnPostgresql } from '../support/describe-on-postgresql.ts';
import { type ServedProgram, startServed } from '../support/served-program.ts';

const launcher = join(import.meta.dirname, '../../bin/asxos.js');
const folder = mkdtempSync(join(tmpdir(), 'asxos-serve-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = {
  PATH: process.env['PATH'] ?? '',
  ASXOS_DATA_DIR: join(folder, 'data'),
  ASXOS_CONFIG: join(folder, 'config.json'),
  XDG_CACHE_HOME: join(folder, 'cache'),
  JWT_SECRET_KEY: 'a secret for a test of the whole program',
};

type Served = Omit<ServedProgram<unknown>, 'data'> & { readonly url: string; readonly metricsUrl: string };

async function serve(args: readonly string[], more: Record<string, string> = {}): Promise<Served> {
  const { data, ...served } = await startServed<{ url: string; metricsUrl: string }>('serve', args, {
    ...env,
    ...more,
  });
  return { ...data, ...served };
}

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the test is about
type Reply = { status: number; body: any };

async function send(url: string, method: string, path: string, token?: string, body?: unknown): Promise<Reply> {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

const demoUser = { username: 'demo_user', password: 'testpass123' };

/** A login that has begun, for the server asks for its body; the body is sent, and the answer's status told, by `finish`. */
async function beginLogin(url: string) {
  const body = JSON.stringify(demoUser);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    expect: '100-continue',
    // As fetch says it: a sign-in with another program is told of.
    'user-agent': 'node',
  };
  const sent = request(`${url}/auth/login`, { method: 'POST', headers });
  const status = once(sent, 'response').then(([response]) => response.resume().statusCode as number);
  sent.flushHeaders();
  await once(sent, 'continue');
  return {
    finish: (): Promise<number> => {
      sent.end(body);
      return status;
    },
  };
}

/** The seed's flow: register, log in, me, settings, refresh, notifications, log out. */
async function walk(url: string, name: string): Promise<void> {
  const account = { username: name, email: `${name}@example.com`, password: 'securepass123' };
  expect((await send(url, 'POST', '/auth/register', undefined, account)).status).toBe(200);
  const login = await send(url, 'POST', '/auth/login', undefined, account);
  expect(login.status).toBe(422);
  const credentials = { username: name, password: account.password };
  const tokens = (await send(url, 'POST', '/auth/login', undefined, credentials)).body;
  const token = tokens.access_token;
  expect((await send(url, 'GET', '/auth/me', token)).body.username).toBe(name);
  const settings = { theme: 'light', notifications_enabled: true };
  expect((await send(url, 'PUT', '/users/me/settings', token, { settings })).body.settings).toEqual(settings);
  const next = await send(url, 'POST', '/auth/refresh', undefined, { refresh_token: tokens.refresh_token });
  expect(next.status).toBe(200);
  expect((await send(url, 'GET', '/notifications', next.body.access_token)).body.total_count).toBe(0);
  expect((await send(url, 'POST', '/auth/logout', next.body.access_token)).status).toBe(200);
  expect((await send(url, 'GET', '/auth/me', next.body.access_token)).status).toBe(401);
}

describe('asxos serve --demo, as it is built, on the embedded store', () => {
  let served: Served;
  let token: string;
  beforeAll(async () => {
    served = await serve(['--demo', '--metrics-port', '0']);
    token = (await send(served.url, 'POST', '/auth/login', undefined, demoUser)).body.access_token;
  }, 120_000);
  afterAll(() => served?.child.kill('SIGKILL'));

  test('has its user and six notifications', async () => {
    const credentials = { username: 'demo@asxportfolio.com', password: 'testpass123' };
    const login = await send(served.url, 'POST', '/auth/login', undefined, credentials);
    expect(login.body.user.username).toBe('demo_user');
    const { body } = await send(served.url, 'GET', '/notifications', token);
    expect([body.total_count, body.unread_count, body.notifications.length]).toEqual([6, 6, 6]);
  });

  test('walks the whole flow', () => walk(served.url, 'newuser'));

  test('counts what it answers, for this machine alone and on a port of its own', async () => {
    expect(served.metricsUrl).toMatch(/^http:..127.0.0.1:\d+.metrics$/);
    await send(served.url, 'POST', '/auth/login', undefined, demoUser);
    const text = await (await fetch(served.metricsUrl)).text();
    expect(text).toMatch(/^asxos_http_requests_total\{method="POST",route="\/auth\/login",status="200"\} \d+$/m);
    expect((await fetch(`${served.url}/metrics`)).status).toBe(404);
    expect((await fetch(served.metricsUrl.replace('metrics', 'health'))).status).toBe(404);
  });

  test('refuses headers that are too large, and what is not HTTP', async () => {
    const { port } = new URL(served.url);
    const status = await new Promise(resolve => {
      const sent = request({ port, host: '127.0.0.1', path: '/health', headers: { x: 'a'.repeat(20_000) } });
      sent.on('response', response => resolve(response.statusCode));
      sent.on('error', resolve);
      sent.end();
    });
    expect(status).toBe(431);
    const answer = await new Promise<string>(resolve => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('HELLO\r\n\r\n'));
      let text = '';
      socket.on('data', bytes => {
        text += bytes;
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n[\s\S]*\{"detail":"The request is not HTTP\/1.1"\}$/);
  });

  test('is alone on its store', () => {
    const second = spawnSync(process.execPath, [launcher, 'serve', '--demo', '--port', '0'], { env, encoding: 'utf8' });
    expect([second.status, second.stdout]).toEqual([75, '']);
    expect(second.stderr).toContain('is busy with serving accounts');
  });

  test('finishes what was begun when it is asked to end, and keeps it', async () => {
    const login = await beginLogin(served.url);
    served.child.kill('SIGTERM');
    const isOpen = () =>
      fetch(`${served.url}/health`).then(
        () => true,
        () => false,
      );
    await expect.poll(isOpen, { timeout: 20_000 }).toBe(false);
    expect(await login.finish()).toBe(200);
    const answered = performance.now();
    expect(await served.ended).toBe(143);
    // It does not wait for a connection that is only kept alive.
    expect(performance.now() - answered).toBeLessThan(5000);
    for (const line of served.log().trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('event');
    expect(served.log()).toContain('"event":"stopped"');
    expect(served.log()).not.toContain('testpass123');

    served = await serve(['--demo', '--metrics-port', '0']);
    expect((await send(served.url, 'GET', '/notifications', token)).body.total_count).toBe(6);
  }, 60_000);
});

describe('asxos serve that cannot', () => {
  const run = (args: readonly string[], more: Record<string, string> = {}) => {
    const options = { env: { ...env, ...more }, encoding: 'utf8' as const };
    const { status, stderr } = spawnSync(process.execPath, [launcher, 'serve', ...args], options);
    return [status, stderr.split('\n')[0]];
  };
  test.each<[string, string[], Record<string, string>, number, string]>([
    ['has no secret', [], { JWT_SECRET_KEY: '' }, 64, 'JWT_SECRET_KEY is not set; it needs 32 bytes or more'],
    ['has a short secret', ['--demo'], { JWT_SECRET_KEY: 'short' }, 64, 'JWT_SECRET_KEY has 5 bytes; it needs 32'],
    ['is given no port', ['--port', '70000'], {}, 64, '--port is "70000", which is not a whole number from 0'],
    ['would show the demo to others', ['--demo', '--host', '0.0.0.0'], {}, 64, '"0.0.0.0" is not loopback'],
    ['would put the demo elsewhere', ['--demo'], { DATABASE_URL: 'postgres://a/b' }, 64, 'DATABASE_URL is set'],
    ['is given another database', [], { DATABASE_URL: 'mysql://a/b' }, 64, 'not the address of a PostgreSQL'],
    ['finds no database', [], { DATABASE_URL: 'postgres://u:pw@127.0.0.1:1/b' }, 69, '127.0.0.1:1/b cannot be reached'],
  ])('%s', (_what, args, more, code, words) => {
    const [status, line] = run(args, more);
    expect(status).toBe(code);
    expect(line).toContain(words);
    expect(line).not.toContain('pw@');
  });
});

describeOnPostgresql('asxos serve on PostgreSQL', postgresql => {
  test('two instances start at once, share everything, and say it when the port or the database is lost', async () => {
    const more = { DATABASE_URL: await postgresql().newDatabase() };
    const [one, two] = await Promise.all([serve([], more), serve([], more)]);
    try {
      await walk(one.url, 'newuser');
      const credentials = { username: 'newuser', password: 'securepass123' };
      const { body } = await send(two.url, 'POST', '/auth/login', undefined, credentials);
      expect((await send(one.url, 'GET', '/users/me', body.access_token)).status).toBe(200);

      const { port } = new URL(one.url);
      const options = { env: { ...env, ...more }, encoding: 'utf8' as const };
      const third = spawnSync(process.execPath, [launcher, 'serve', '--quiet', '--port', port], options);
      expect([third.status, third.stderr.split('\n')[0]]).toEqual([
        69,
        `asxos: Port ${port} of 127.0.0.1 is in use by another program`,
      ]);
      const migrated = spawnSync(process.execPath, [launcher, 'serve', '--migrate-only'], options);
      expect([migrated.status, migrated.stdout]).toMatchObject([
        0,
        expect.stringContaining('up to date; 0 migrations'),
      ]);

      // As docs/deployment.md says it: a dump, what comes after it, and the dump again.
      const row = (id: number) => ({
        ...{ id: `019cb000-0000-7000-8000-00000000000${id}`, kind: 'entry', clock: 'a', blob: 'b3Ro', deleted: false },
      });
      const push = (id: number) => send(one.url, 'POST', '/sync/push', body.access_token, { rows: [row(id)] });
      const pull = (since: string) => send(two.url, 'GET', `/sync/pull?since=${since}`, body.access_token);
      await push(1);
      const dump = postgresql().run('pg_dump', ['--format=custom', more.DATABASE_URL]);
      await push(2);
      const { cursor } = (await pull('')).body;
      postgresql().run(
        'pg_restore',
        ['--clean', '--if-exists', '--single-transaction', '--dbname', more.DATABASE_URL],
        dump,
      );
      const restored = spawnSync(process.execPath, [launcher, 'serve', '--migrate-only', '--restored'], options);
      expect([restored.status, restored.stderr]).toMatchObject([0, expect.stringContaining('"accounts":1')]);
      expect((await pull(cursor)).status).toBe(409);
      expect((await pull('')).body.rows).toEqual([row(1)]);
      expect((await push(2)).body).toEqual({ stored: 1, replayed: 0 });

      await postgresql().stop();
      const lost = await send(one.url, 'GET', '/users/me', body.access_token);
      expect([lost.status, lost.body]).toEqual([503, { detail: 'The store does not answer; try again' }]);
      expect((await send(one.url, 'GET', '/health')).status).toBe(503);
    } finally {
      for (const { child, ended } of [one, two]) {
        child.kill('SIGTERM');
        expect(await ended).toBe(143);
      }
    }
  }, 60_000);
});
