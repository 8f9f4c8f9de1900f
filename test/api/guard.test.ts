import { expect, test } from 'vitest';
import { isOurs } from '../../src/api/guard.ts';
import { openConsoleApp } from '../support/demo-console.ts';
import { openLocalApi } from '../support/local-api.ts';

test.each<[header: string, host: string, isAnswered: boolean]>([
  ['127.0.0.1:8787', '127.0.0.1', true],
  ['localhost', '127.0.0.1', true],
  ['LOCALHOST:8787', '127.0.0.1', true],
  ['localhost.:8787', '127.0.0.1', true],
  ['[::1]:8787', '::1', true],
  ['[::1]:8787', '127.0.0.1', true],
  ['evil.example', '127.0.0.1', false],
  ['localhost.evil.example:8787', '127.0.0.1', false],
  ['127.0.0.1.evil.example', '127.0.0.1', false],
  ['localhost@evil.example', '127.0.0.1', false],
  ['192.168.1.5:8787', '127.0.0.1', false],
  ['', '127.0.0.1', false],
  ['a b', '127.0.0.1', false],
  // Where other machines are let in: an address is nobody's to change, a name is.
  ['192.168.1.5:8787', '0.0.0.0', true],
  ['[fe80::1]:8787', '::', true],
  ['nas.local:8787', 'nas.local', true],
  ['Nas.Local', 'nas.local', true],
  ['evil.example', '0.0.0.0', false],
  ['evil.example', 'nas.local', false],
])('Host: %s of an API on %s is answered: %s', (header, host, isAnswered) => {
  expect(isOurs(header, host)).toBe(isAnswered);
});

test('a page under a name of its own is refused before its key is looked at, also by /health', async () => {
  const { app, close } = await openConsoleApp({ demo: false });
  const api = openLocalApi(app);
  for (const path of ['/health', '/portfolio']) {
    const { status, body, headers } = await api.send('GET', path, { headers: { host: 'evil.example:8787' } });
    expect([status, body]).toEqual([403, { detail: 'The Host header does not name this machine' }]);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
  const origin = { origin: 'https://evil.example', 'access-control-request-method': 'GET' };
  const preflight = await api.send('OPTIONS', '/portfolio', { key: null, headers: origin });
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([401, null]);
  await close();
});
