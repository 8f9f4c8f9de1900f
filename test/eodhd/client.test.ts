import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLocalDate } from '../../src/domain/date.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { symbolOf } from '../../src/eodhd/address.ts';
import { openEodhd } from '../../src/eodhd/client.ts';
import { plannedRequests } from '../../src/eodhd/costs.ts';
import { Failure } from '../../src/failure.ts';
import { connectEodhd, failureOf } from '../support/eodhd-client.ts';
import { hasRecordings } from '../support/eodhd-server.ts';

const bhp = parseCode('BHP');
const cba = parseCode('CBA');
const date = parseLocalDate;

test('the suffix is added at the edge', () => expect(symbolOf(bhp)).toBe('BHP.AU'));

test('an address that would send the key unencrypted is refused before any request', () => {
  const open = () => openEodhd({ baseUrl: 'http://eodhd.com/api', token: () => 'k', now: () => 0 });
  expect(open).toThrow(expect.objectContaining({ code: 'invalid-input' }));
});

test.each(['BHP', 'bhp.au', '../user.AU', 'BHP.AU?x=1', 'BHP/..AU', ''])('the symbol %j is refused', async symbol => {
  const { eodhd, server } = await connectEodhd({ faults: [{ body: '[]' }] });
  expect((await failureOf(eodhd.bars(symbol))).code).toBe('invalid-input');
  expect(server.requests).toHaveLength(0);
});

test('each endpoint asks for what it says', async () => {
  const { eodhd, server } = await connectEodhd({ faults: [{ body: '[]' }] });
  const day = date('2024-09-30');
  await eodhd.bars('AXJO.INDX', { from: date('2024-01-02'), to: day });
  await eodhd.bulkBars();
  await eodhd.bulkBars({ date: day });
  await eodhd.bulkDividends({ date: day });
  await eodhd.bulkSplits({ date: day });
  await eodhd.dividends(cba, { from: day });
  await eodhd.splits(cba);
  await eodhd.symbols();
  await eodhd.symbols({ delisted: true });
  await eodhd.search('bhp.ax');
  await eodhd.search('Rio / Tinto é');
  expect(server.requests.map(({ path, query: { api_token, fmt, ...query } }) => [path, api_token, fmt, query])).toEqual(
    [
      ['eod/AXJO.INDX', { from: '2024-01-02', to: '2024-09-30', period: 'd', order: 'a' }],
      ['eod-bulk-last-day/AU', {}],
      ['eod-bulk-last-day/AU', { date: '2024-09-30' }],
      ['eod-bulk-last-day/AU', { type: 'dividends', date: '2024-09-30' }],
      ['eod-bulk-last-day/AU', { type: 'splits', date: '2024-09-30' }],
      ['div/CBA.AU', { from: '2024-09-30' }],
      ['splits/CBA.AU', {}],
      ['exchange-symbol-list/AU', {}],
      ['exchange-symbol-list/AU', { delisted: '1' }],
      ['search/BHP', { exchange: 'AU', limit: '50' }],
      ['search/Rio%20Tinto%20%C3%A9', { exchange: 'AU', limit: '50' }],
    ].map(([path, query]) => [path, 'recorded', 'json', query]),
  );
});

test('an empty search is refused', async () => {
  const { eodhd } = await connectEodhd();
  for (const text of ['', '  ', '...', 'x'.repeat(101)]) {
    expect((await failureOf(eodhd.search(text))).code).toBe('invalid-input');
  }
});

test('the plan of a refresh is what it spends', async () => {
  const { eodhd, calls } = await connectEodhd({ faults: [{ body: '[]' }] });
  const held = Array.from({ length: 32 }, (_, index) => parseCode(`A${10 + index}`));
  await eodhd.quotes(held);
  for (const code of held) await Promise.all([eodhd.bars(symbolOf(code)), eodhd.dividends(code), eodhd.splits(code)]);
  await eodhd.bulkBars();
  await eodhd.symbols();
  const plan = [
    plannedRequests('real-time', 32),
    plannedRequests('eod', 32),
    plannedRequests('div', 32),
    plannedRequests('splits', 32),
    plannedRequests('eod-bulk-last-day', 1),
    plannedRequests('exchange-symbol-list', 1),
  ];
  expect(calls).toHaveLength(plan.reduce((sum, { count }) => sum + count, 0));
  expect(calls.reduce((sum, { cost }) => sum + cost, 0)).toBe(plan.reduce((sum, { cost }) => sum + cost, 0));
});

describe.skipIf(!hasRecordings)('the recordings, through the client', () => {
  test('history: all of it, and a range', async () => {
    const { eodhd } = await connectEodhd({ recordings: true });
    expect(await eodhd.bars('BHP.AU')).toMatchObject({ bars: { length: 8194 }, dropped: 0 });
    const { bars } = await eodhd.bars('BHP.AU', { from: date('2024-09-27'), to: date('2024-09-30') });
    expect(bars.map(bar => [bar.date, bar.close.toFixed()])).toEqual([
      ['2024-09-27', '44.74'],
      ['2024-09-30', '45.96'],
    ]);
    expect((await eodhd.bars('CBA.AU')).bars.map(bar => [bar.date, bar.close.toFixed()])).toEqual([
      ['2024-09-30', '135.39'],
    ]);
    expect(await failureOf(eodhd.bars('ZZZZ.AU'))).toMatchObject({
      code: 'not-found',
      message: 'EODHD does not have the prices of ZZZZ.AU: Ticker Not Found.',
    });
  });

  test('the bulk day', async () => {
    const { eodhd } = await connectEodhd({ recordings: true });
    const { rows, dropped, ignored } = await eodhd.bulkBars({ date: date('2024-09-30') });
    expect([rows.length, dropped, ignored]).toEqual([2412, 0, 13]);
    expect(await eodhd.bulkDividends()).toEqual({ dividends: [], dropped: 0, ignored: 0 });
    expect((await failureOf(eodhd.bulkBars({ date: date('2024-10-05') }))).message).toContain('on 2024-10-05');
  });

  test('quotes', async () => {
    const { eodhd } = await connectEodhd({ recordings: true });
    const { quotes, missing, failed } = await eodhd.quotes([bhp, cba, parseCode('ZZZZ')]);
    expect(quotes.map(({ code, price, previousClose }) => [code, price?.toFixed(), previousClose?.toFixed()])).toEqual([
      ['BHP', '45.96', '44.74'],
      ['CBA', '135.39', undefined],
    ]);
    expect(missing).toEqual([{ code: 'ZZZZ', reason: 'EODHD has no quote for it' }]);
    expect(failed).toEqual([]);
  });

  test('dividends, splits, symbols, search and account', async () => {
    const { eodhd } = await connectEodhd({ recordings: true });
    const [dividend] = (await eodhd.dividends(cba)).dividends;
    expect([dividend?.exDate, dividend?.perUnit.toFixed(), dividend?.frankedPct?.toFixed()]).toEqual([
      '2026-02-18',
      '2.35',
      '100',
    ]);
    expect((await eodhd.dividends(bhp)).dividends).toEqual([]);
    expect((await eodhd.splits(cba)).splits.map(split => split.newUnits.toFixed())).toEqual(['0.9936']);
    expect((await eodhd.symbols()).securities).toHaveLength(2317);
    expect((await eodhd.symbols({ delisted: true })).securities).toEqual([]);
    expect((await eodhd.search('vas')).securities[0]).toMatchObject({ code: 'VAS', kind: 'etf', isin: 'AU000000VAS1' });
    expect(await eodhd.user()).toEqual({
      subscription: 'monthly',
      requestsToday: 139,
      requestsDate: '2026-07-19',
      dailyLimit: 100_000,
      extraLimit: 500,
    });
    expect((await failureOf(eodhd.exchangeDetails())).code).toBe('not-found');
  });

  test('a wrong key', async () => {
    const { server } = await connectEodhd({ recordings: true });
    const stranger = openEodhd({ baseUrl: server.url, token: () => 'wrong', now: () => 0 });
    expect((await failureOf(stranger.user())).code).toBe('unauthorised');
    await stranger.close();
  });
});

test('no answer whatever makes the client throw anything but a Failure', async () => {
  const { eodhd, server } = await connectEodhd({ maxRetries: 0 });
  const odd = fc.constantFrom(
    'NA',
    '',
    null,
    'None',
    -1,
    0,
    1e300,
    '1e999',
    '2024-09-30',
    '0000-00-00',
    'BHP.AU',
    'BHP',
  );
  const names = [
    'code',
    'Code',
    'date',
    'open',
    'high',
    'low',
    'close',
    'adjusted_close',
    'volume',
    'timestamp',
    'split',
  ];
  const more = [
    'value',
    'unadjustedValue',
    'dividend',
    'franking',
    'error',
    'message',
    'data',
    '0',
    '__proto__',
    'errors',
  ];
  const row = fc.dictionary(fc.constantFrom(...names, ...more), fc.oneof(odd, fc.jsonValue()));
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    fc.array(row).map(rows => JSON.stringify(rows)),
    row.map(one => JSON.stringify(one)),
    fc.dictionary(fc.constantFrom('0', '1', '2024-09-30', ...names), row).map(rows => JSON.stringify(rows)),
  );
  const ways = [
    () => eodhd.bars('BHP.AU'),
    () => eodhd.bulkBars(),
    () => eodhd.bulkDividends(),
    () => eodhd.bulkSplits(),
    () => eodhd.dividends(bhp),
    () => eodhd.splits(bhp),
    () => eodhd.symbols(),
    () => eodhd.search('BHP'),
    () => eodhd.exchangeDetails(),
    () => eodhd.user(),
    () => eodhd.quotes([bhp, cba]),
  ];
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(body, fc.constantFrom(...ways), async (sent, ask) => {
      server.clearFaults();
      server.setFault({ body: sent });
      const outcome = await ask().catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(Failure);
      else answered += 1;
    }),
    { seed: 42, numRuns: 400 },
  );
  expect(answered).toBeGreaterThan(50);
  expect(server.requests).toHaveLength(400);
});
