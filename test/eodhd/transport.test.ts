import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseCode } from '../../src/domain/market/security.ts';
import { openEodhd } from '../../src/eodhd/client.ts';
import { nextReset } from '../../src/eodhd/costs.ts';
import { connectEodhd, failureOf } from '../support/eodhd-client.ts';
import { type Fault, recordedNow, startEodhdServer } from '../support/eodhd-server.ts';

const cba = parseCode('CBA');
const rows = JSON.stringify([
  { date: '2024-09-30', open: 1, high: 2, low: 1, close: 2, adjusted_close: 2, volume: 10 },
]);
const good: Fault = { body: rows };

describe('every failure: its code, and how many requests were made', () => {
  test.each<[string, Fault, string, number]>([
    ['401', { status: 401, body: 'Unauthenticated' }, 'unauthorised', 1],
    ['402', { status: 402, body: 'You exceeded your daily API requests limit.' }, 'quota', 1],
    ['403', { status: 403, body: 'Only EOD data allowed for free users.' }, 'not-in-plan', 1],
    ['404', { status: 404, body: 'Ticker Not Found.' }, 'not-found', 1],
    ['400', { status: 400, body: 'bad' }, 'bad-response', 1],
    ['422', { status: 422, body: '{"errors":{"filter":["The filter field is required."]}}' }, 'bad-response', 1],
    ['a redirect', { status: 302, headers: { location: 'https://example.com/' } }, 'bad-response', 1],
    ['HTML', { body: '<html>Welcome</html>' }, 'bad-response', 1],
    ['half JSON', { body: rows.slice(0, 40) }, 'bad-response', 1],
    ['408', { status: 408 }, 'offline', 4],
    ['500', { status: 500, body: 'oops' }, 'bad-response', 4],
    ['502', { status: 502, body: '<h1>Bad Gateway</h1>' }, 'offline', 4],
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '0' } }, 'rate-limited', 4],
    ['429 for an hour', { status: 429, headers: { 'retry-after': '3600' } }, 'rate-limited', 1],
    ['a dropped connection', { drop: true }, 'offline', 4],
    ['a body broken off', { body: rows, truncate: true }, 'bad-response', 4],
  ])('%s', async (_name, fault, code, requests) => {
    const { eodhd, server, calls } = await connectEodhd({ faults: [fault] });
    const failure = await failureOf(eodhd.bars('CBA.AU'));
    expect(failure.code).toBe(code);
    expect(server.requests).toHaveLength(requests);
    expect(calls).toHaveLength(requests);
    expect(calls.every(call => call.cost === 0)).toBe(true);
  });

  test.each(['{"name":"x"}', '42', 'true'])('JSON of another shape, %s, is answered and paid', async body => {
    const { eodhd, calls } = await connectEodhd({ faults: [{ body }] });
    const failure = await failureOf(eodhd.bars('CBA.AU'));
    expect(failure).toMatchObject({ code: 'bad-response', message: expect.stringContaining('another shape') });
    expect(calls).toMatchObject([{ cost: 1, status: 200 }]);
  });

  test('nobody listening', async () => {
    const server = await startEodhdServer();
    await server.close();
    const eodhd = openEodhd({ baseUrl: server.url, token: () => 'k', now: () => recordedNow, retryDelay: () => 0 });
    const failure = await failureOf(eodhd.bars('CBA.AU'));
    await eodhd.close();
    expect(failure.code).toBe('offline');
    expect(failure.message).toContain('EODHD could not be reached for the prices of CBA.AU (ECONNREFUSED');
  });

  test('a server that stays silent', async () => {
    const { eodhd, server } = await connectEodhd({
      faults: [{ ...good, delayMs: 60_000 }],
      timeoutMs: 50,
      maxRetries: 1,
    });
    expect((await failureOf(eodhd.bars('CBA.AU'))).code).toBe('offline');
    expect(server.requests).toHaveLength(2);
  });

  test.each<[string, Fault]>([
    ['dribbles', { ...good, dribbleMs: 40 }],
    ['announces more than it sends', { ...good, announcesMore: 100 }],
  ])('a server that %s is given up after ten silences, and not asked again', async (_name, fault) => {
    const { eodhd, server } = await connectEodhd({ faults: [fault], timeoutMs: 50 });
    const started = performance.now();
    const failure = await failureOf(eodhd.bars('CBA.AU'));
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(failure).toMatchObject({ code: 'bad-response', message: expect.stringContaining('broke off its answer') });
    expect(server.requests).toHaveLength(1);
  });

  test('an answer that comes drop by drop and never ends', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drops = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(drops));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const eodhd = openEodhd({
      baseUrl: `http://127.0.0.1:${port}/api`,
      token: () => 'recorded',
      now: () => recordedNow,
      timeoutMs: 50,
      maxRetries: 0,
    });
    const failure = await failureOf(eodhd.bars('CBA.AU'));
    await eodhd.close();
    server.close();
    expect([failure.code, failure.message]).toEqual([
      'bad-response',
      'EODHD broke off its answer for the prices of CBA.AU (it took too long)',
    ]);
  });

  test('more than 60 MB', async () => {
    const { eodhd, server } = await connectEodhd({ faults: [{ body: new Uint8Array(60_000_001).fill(32) }] });
    const failure = await failureOf(eodhd.bars('CBA.AU'));
    expect(failure).toMatchObject({ code: 'bad-response', message: expect.stringContaining('more than 60 MB') });
    expect(server.requests).toHaveLength(1);
  });
});

describe('retries', () => {
  test.each<[string, Fault]>([
    ['502', { status: 502 }],
    ['a dropped connection', { drop: true }],
    ['a body broken off', { body: rows, truncate: true }],
    ['429', { status: 429, headers: { 'retry-after': '0' } }],
  ])('%s three times, then the answer, is the answer, paid once', async (_name, fault) => {
    const { eodhd, server, calls } = await connectEodhd({ faults: [{ ...fault, times: 3 }, good] });
    expect((await eodhd.bars('CBA.AU')).bars).toHaveLength(1);
    expect(server.requests).toHaveLength(4);
    expect(calls.map(call => call.cost)).toEqual([0, 0, 0, 1]);
  });

  test('Retry-After is waited for, and the delay of other retries is asked for by attempt', async () => {
    const attempts: number[] = [];
    const faults: Fault[] = [
      { status: 503, times: 2 },
      { status: 429, times: 1, headers: { 'retry-after': '1' } },
      good,
    ];
    const started = performance.now();
    const { eodhd } = await connectEodhd({
      faults,
      retryDelay: attempt => {
        attempts.push(attempt);
        return 0;
      },
    });
    await eodhd.bars('CBA.AU');
    expect(attempts).toEqual([0, 1]);
    expect(performance.now() - started).toBeGreaterThanOrEqual(990);
  });

  test('429 without Retry-After waits for the next minute', async () => {
    const started = performance.now();
    const { eodhd } = await connectEodhd({
      faults: [{ status: 429, times: 1 }, good],
      now: () => recordedNow + 59_800,
    });
    await eodhd.bars('CBA.AU');
    expect(performance.now() - started).toBeGreaterThanOrEqual(190);
  });

  test('a 429 holds the other requests back as well', async () => {
    const { eodhd, calls } = await connectEodhd({
      faults: [{ path: 'eod/', status: 429, times: 1, headers: { 'retry-after': '1' } }, good],
    });
    const started = performance.now();
    const first = eodhd.bars('CBA.AU');
    await expect.poll(() => calls.length).toBe(1);
    const secondStarted = eodhd.dividends(cba).then(() => performance.now() - started);
    await first;
    expect(await secondStarted).toBeGreaterThanOrEqual(900);
  });
});

test('no more than four requests are open at once', async () => {
  const { eodhd, server } = await connectEodhd({ faults: [{ ...good, delayMs: 20 }] });
  await Promise.all(Array.from({ length: 12 }, () => eodhd.bars('CBA.AU')));
  expect(server.requests).toHaveLength(12);
  expect(server.mostAtOnce()).toBe(4);
});

test('a redirect is refused and the key is not sent on', async () => {
  const elsewhere = await startEodhdServer({ faults: [good] });
  const { eodhd, server } = await connectEodhd({
    faults: [{ status: 301, headers: { location: `${elsewhere.url}/eod/CBA.AU?api_token=recorded` } }],
  });
  const failure = await failureOf(eodhd.bars('CBA.AU'));
  expect(failure.message).toContain('redirect (301), which is not followed');
  expect(server.requests).toHaveLength(1);
  expect(elsewhere.requests).toHaveLength(0);
  await elsewhere.close();
});

describe('keys', () => {
  test('no key is said without a request', async () => {
    for (const token of [undefined, '', '  ']) {
      const { eodhd, server } = await connectEodhd();
      const keyless = openEodhd({ baseUrl: server.url, token: () => token, now: () => recordedNow });
      const failure = await failureOf(keyless.user());
      expect(failure).toMatchObject({ code: 'unauthorised', message: 'No EODHD key is set' });
      expect(failure.hint).toContain('asxos key set');
      expect(server.requests).toHaveLength(0);
      await keyless.close();
      await eodhd.close();
    }
  });

  test('the key is read for each request, from a promise as well', async () => {
    const keys = ['wrong', 'right'];
    const server = await startEodhdServer({ token: 'right', faults: [] });
    const eodhd = openEodhd({ baseUrl: server.url, token: async () => keys.shift(), now: () => recordedNow });
    expect((await failureOf(eodhd.user())).code).toBe('unauthorised');
    expect((await failureOf(eodhd.user())).code).toBe('not-found');
    await eodhd.close();
    await server.close();
  });
});

describe('what is remembered', () => {
  const gone: Fault = { status: 402, body: 'You exceeded your daily API requests limit.', times: 1 };

  test('after 402 nothing is sent until 00:00 UTC', async () => {
    let now = recordedNow;
    const { eodhd, server } = await connectEodhd({ faults: [gone, good], now: () => now });
    expect((await failureOf(eodhd.bars('CBA.AU'))).code).toBe('quota');
    now = nextReset(recordedNow) - 1;
    expect((await failureOf(eodhd.bars('CBA.AU'))).code).toBe('quota');
    expect((await failureOf(eodhd.dividends(cba))).code).toBe('quota');
    expect((await failureOf(eodhd.user())).code).toBe('quota');
    expect(server.requests).toHaveLength(1);
    now += 1;
    expect((await eodhd.bars('CBA.AU')).bars).toHaveLength(1);
    expect(server.requests).toHaveLength(2);
  });

  test('the sentence of the quota in a 200 body stops traffic as well', async () => {
    const { eodhd, server, calls } = await connectEodhd({ faults: [{ ...gone, status: 200 }, good] });
    expect((await failureOf(eodhd.bars('CBA.AU'))).code).toBe('quota');
    expect((await failureOf(eodhd.bars('BHP.AU'))).code).toBe('quota');
    expect(server.requests).toHaveLength(1);
    expect(calls).toMatchObject([{ status: 200, cost: 0 }]);
  });

  test('requests already waiting are stopped by a 402, and wait for nothing', async () => {
    const { eodhd, server } = await connectEodhd({ faults: [{ ...gone, times: 4 }, good] });
    const outcomes = await Promise.all(Array.from({ length: 600 }, () => failureOf(eodhd.bars('CBA.AU'))));
    expect(new Set(outcomes.map(failure => failure.code))).toEqual(new Set(['quota']));
    expect(server.requests.length).toBeLessThanOrEqual(4);
  });

  test('after 403 that kind of request is not sent again, others are', async () => {
    const { eodhd, server } = await connectEodhd({
      faults: [{ path: 'div/', status: 403, body: 'Only EOD data allowed' }, good],
    });
    expect((await failureOf(eodhd.dividends(cba))).code).toBe('not-in-plan');
    const again = await failureOf(eodhd.dividends(parseCode('BHP')));
    expect(again).toMatchObject({
      code: 'not-in-plan',
      message: 'Your EODHD plan does not include the dividends of BHP.AU',
    });
    await eodhd.bars('CBA.AU');
    expect(server.requests.map(request => request.path)).toEqual(['div/CBA.AU', 'eod/CBA.AU']);
  });

  test('an index that is not in the plan does not take the shares with it', async () => {
    const { eodhd } = await connectEodhd({ faults: [{ path: 'eod/AXJO', status: 403 }, good] });
    expect((await failureOf(eodhd.bars('AXJO.INDX'))).code).toBe('not-in-plan');
    expect((await eodhd.bars('CBA.AU')).bars).toHaveLength(1);
  });

  test('a new key forgets what the old one was refused', async () => {
    let token = 'old';
    const server = await startEodhdServer({ faults: [{ ...gone }, { path: 'div/', status: 403, times: 1 }, good] });
    const eodhd = openEodhd({ baseUrl: server.url, token: () => token, now: () => recordedNow });
    expect((await failureOf(eodhd.bars('CBA.AU'))).code).toBe('quota');
    token = 'new';
    expect((await failureOf(eodhd.dividends(cba))).code).toBe('not-in-plan');
    token = 'newest';
    expect(await eodhd.dividends(cba)).toEqual({ dividends: [], dropped: 1 });
    await eodhd.close();
    await server.close();
  });
});

describe('the local ledger of calls', () => {
  test('what would go past the quota is not sent', async () => {
    let left = 101;
    const { eodhd, server } = await connectEodhd({
      faults: [good],
      callsLeft: () => left,
      onCall: call => {
        left -= call.cost;
      },
    });
    await eodhd.bulkBars();
    expect(left).toBe(1);
    const failure = await failureOf(eodhd.bulkBars());
    expect(failure).toMatchObject({
      code: 'quota',
      message: expect.stringContaining('costs 100 calls, and 1 are left'),
    });
    await eodhd.bars('CBA.AU');
    expect(left).toBe(0);
    expect((await failureOf(eodhd.bars('CBA.AU'))).code).toBe('quota');
    expect(server.requests).toHaveLength(2);
  });

  test('requests at one time do not spend the same call twice', async () => {
    let left = 3;
    const { eodhd, server } = await connectEodhd({
      faults: [{ ...good, delayMs: 10 }],
      callsLeft: () => left,
      onCall: call => {
        left -= call.cost;
      },
    });
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => eodhd.bars('CBA.AU')));
    expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(3);
    expect(server.requests).toHaveLength(3);
    expect(left).toBe(0);
  });

  test('an unknown quota stops nothing; the account costs nothing', async () => {
    const body = JSON.stringify({ apiRequests: 139, dailyRateLimit: 100000 });
    const { eodhd, calls } = await connectEodhd({ faults: [{ body }], callsLeft: () => undefined });
    expect(await eodhd.user()).toMatchObject({ requestsToday: 139, dailyLimit: 100_000 });
    expect(calls).toEqual([{ endpoint: 'user', cost: 0, at: recordedNow, status: 200, durationMs: 0 }]);
  });

  test('the account can be asked for with no call left', async () => {
    const body = JSON.stringify({ apiRequests: 100000, dailyRateLimit: 100000 });
    const { eodhd } = await connectEodhd({ faults: [{ body }], callsLeft: () => 0 });
    expect(await eodhd.user()).toMatchObject({ requestsToday: 100_000 });
  });
});

describe('abort', () => {
  test('a request under way rejects with the reason at once, and frees its place', async () => {
    const { eodhd, server } = await connectEodhd({
      faults: [{ ...good, delayMs: 60_000, times: 4 }, good],
      maxRetries: 0,
    });
    const abort = new AbortController();
    const asked = Array.from({ length: 6 }, () => eodhd.bars('CBA.AU', { signal: abort.signal }));
    await expect.poll(() => server.requests.length).toBe(4);
    const reason = new Error('quit');
    const started = performance.now();
    abort.abort(reason);
    for (const one of await Promise.allSettled(asked)) expect(one).toEqual({ status: 'rejected', reason });
    expect(performance.now() - started).toBeLessThan(2000);
    expect((await eodhd.bars('CBA.AU')).bars).toHaveLength(1);
    expect(server.requests).toHaveLength(5);
  });

  test('a wait for a retry ends at once', async () => {
    const { eodhd, server } = await connectEodhd({ faults: [{ status: 502 }], retryDelay: () => 50_000 });
    const abort = new AbortController();
    const asked = eodhd.bars('CBA.AU', { signal: abort.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    abort.abort();
    await expect(asked).rejects.toBe(abort.signal.reason);
  });

  test('one aborted before sends nothing', async () => {
    const { eodhd, server } = await connectEodhd({ faults: [good] });
    const signal = AbortSignal.abort();
    await expect(eodhd.quotes([cba], { signal })).rejects.toBe(signal.reason);
    expect(server.requests).toHaveLength(0);
  });

  test('closing breaks off what is under way, and may be done twice', async () => {
    const { eodhd, server } = await connectEodhd({ faults: [{ ...good, delayMs: 60_000 }] });
    const asked = failureOf(eodhd.bars('CBA.AU'));
    await expect.poll(() => server.requests.length).toBe(1);
    await Promise.all([eodhd.close(), eodhd.close()]);
    expect((await asked).message).toBe('The connection to EODHD was closed');
    expect((await failureOf(eodhd.bars('CBA.AU'))).code).toBe('offline');
  });
});

describe('the key appears nowhere', () => {
  const token = 'k3y/0f+the.user=9f8e7d';
  const forms = [token, encodeURIComponent(token), encodeURIComponent(token).toLowerCase(), token.replace('/', '\\/')];
  const echo = `bad request URL: https://eodhd.com/api/eod/CBA.AU?api_token=${forms[1]}&fmt=json (${forms.join(' ')})`;

  test.each<[string, Fault]>([
    ...[200, 302, 400, 401, 402, 403, 404, 408, 418, 422, 429, 500, 502].map((status): [string, Fault] => [
      `an echo under ${status}`,
      { status, body: echo, headers: { 'retry-after': '0', location: `https://example.com/?${echo.slice(20, 90)}` } },
    ]),
    ['an echo in JSON', { body: JSON.stringify({ error: echo, message: [echo] }) }],
    ['an echo in tags', { status: 400, body: `<b>${echo}</b><i>${token}</i>` }],
    ['a dropped connection', { drop: true }],
    ['a body broken off', { body: echo, truncate: true }],
    ['a broken header', { body: rows, headers: { 'content-encoding': token, 'x-ratelimit-limit': token } }],
  ])('%s', async (_name, fault) => {
    const { eodhd, calls } = await connectEodhd({ faults: [fault], token, maxRetries: 1 });
    const outcome = await eodhd.bars('CBA.AU').catch((error: unknown) => error);
    const shown = inspect([outcome, calls], { depth: 20, showHidden: true, getters: true });
    const stack =
      outcome instanceof Error ? `${outcome.stack} ${inspect(outcome.cause)} ${JSON.stringify(outcome)}` : '';
    for (const form of [...forms, 'k3y', '9f8e7d']) expect(`${shown}${stack}`.includes(form)).toBe(false);
    expect(calls.length).toBeGreaterThan(0);
  });
});
