import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ApiOptions, startApi } from '../../src/api/start.ts';
import type { App } from '../../src/app.ts';
import { newApiKey } from '../../src/usecases/manage-api-key.ts';
import { openConsoleApp } from '../support/demo-console.ts';
import { failureOf } from '../support/eodhd-client.ts';

async function openApp(): Promise<App> {
  const { app, close } = await openConsoleApp({ demo: false });
  onTestFinished(close);
  return app;
}

const usual: ApiOptions = {
  port: 0,
  host: '127.0.0.1',
  allowRemote: false,
  portfolio: undefined,
  quiet: false,
  onReady: async () => undefined,
};

function start(app: App, options: Partial<ApiOptions>, stop = new AbortController()) {
  const log: string[] = [];
  const ended = startApi(
    app,
    { ...usual, ...options },
    { version: '1', signal: stop.signal, err: text => log.push(text) },
  );
  return { ended, log, stop };
}

describe('it is not started', () => {
  test.each<[string, Partial<ApiOptions>, string, string, string]>([
    ['for other machines', { host: '0.0.0.0' }, 'refused', '"0.0.0.0" is not loopback', '--allow-remote'],
    ['for a name of this network', { host: 'nas.local' }, 'refused', '"nas.local" is not loopback', '--allow-remote'],
    [
      'for an address that looks like loopback',
      { host: '127.0.0.1.evil.example' },
      'refused',
      'is not loopback',
      '--allow-remote',
    ],
    [
      'on an address that is none',
      { host: '127.0.0.999' },
      'invalid-input',
      '--host is "127.0.0.999"',
      'Use 127.0.0.1',
    ],
    ['for a portfolio that is none', { portfolio: 'Nope' }, 'not-found', 'There is no portfolio "Nope"', 'Create one'],
  ])('%s', async (_what, options, code, words, way) => {
    const app = await openApp();
    newApiKey(app);
    const failure = await failureOf(start(app, options).ended);
    expect([failure.code, failure.message, failure.hint]).toEqual([
      code,
      expect.stringContaining(words),
      expect.stringContaining(way),
    ]);
  });

  test('without a key', async () => {
    const failure = await failureOf(start(await openApp(), {}).ended);
    expect([failure.code, failure.hint]).toEqual(['refused', 'Make one, which is shown once: asxos api key.']);
  });

  test('on a port that is taken', async () => {
    const taken = createServer();
    await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const app = await openApp();
    newApiKey(app);
    const failure = await failureOf(start(app, { port }).ended);
    expect([failure.code, failure.message]).toEqual([
      'unavailable',
      `Port ${port} of 127.0.0.1 is in use by another program`,
    ]);
  });
});

test('with --allow-remote it listens everywhere, and answers an address but no name', async () => {
  const app = await openApp();
  const { key } = newApiKey(app);
  const stop = new AbortController();
  const statuses: number[] = [];
  const { ended } = start(
    app,
    {
      host: '0.0.0.0',
      allowRemote: true,
      onReady: async ({ url }) => {
        const { port } = new URL(url);
        statuses.push((await fetch(`http://127.0.0.1:${port}/jobs/history`, { headers: { 'x-api-key': key } })).status);
        stop.abort();
      },
    },
    stop,
  );
  expect([await ended, statuses]).toEqual([0, [200]]);
});

test('at a signal it answers what is under way, and says in its log what it did; with --quiet only what went wrong', async () => {
  const app = await openApp();
  const { key } = newApiKey(app);
  const stop = new AbortController();
  let under: Promise<Response> | undefined;
  const onReady: ApiOptions['onReady'] = async ({ url, portfolio }) => {
    expect(portfolio).toBe('No portfolio yet');
    // The body is on its way when the end is asked for.
    const asked = Promise.withResolvers<void>();
    const body = new ReadableStream<Uint8Array>(
      {
        pull: controller => {
          asked.resolve();
          return new Promise(resolve => {
            stop.signal.addEventListener('abort', () => {
              controller.enqueue(Buffer.from('{"ticker":"BHP"}'));
              controller.close();
              resolve();
            });
          });
        },
      },
      { highWaterMark: 0 },
    );
    const headers = { 'x-api-key': key, 'content-type': 'application/json' };
    const sent: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' };
    under = fetch(`${url}/watchlist`, sent);
    await asked.promise;
    // Connections are taken in turn: where this one was, the other is.
    await fetch(`${url}/health`);
    stop.abort();
  };
  const { ended, log } = start(app, { onReady }, stop);
  expect(await ended).toBe(0);
  expect((await under)?.status).toBe(201);
  expect(log.map(line => JSON.parse(line).event)).toEqual(['listening', 'request', 'stopping', 'request', 'stopped']);
  expect(log.join('')).not.toContain(key);
  const quiet = start(app, { quiet: true, onReady: async () => quiet.stop.abort() });
  expect([await quiet.ended, quiet.log]).toEqual([0, []]);
});
