import { expect, test } from 'vitest';
import type { Decimal } from '../../src/domain/decimal.ts';
import { type Code, parseCode } from '../../src/domain/market/security.ts';
import { quotesOf } from '../../src/eodhd/quotes.ts';
import { Failure } from '../../src/failure.ts';
import { connectEodhd, failureOf } from '../support/eodhd-client.ts';
import type { EodhdServer } from '../support/eodhd-server.ts';

const codes = (count: number): Code[] => Array.from({ length: count }, (_, index) => parseCode(`A${10 + index}`));
const answered = (code: string, close: unknown = 5) => ({
  code: `${code}.AU`,
  timestamp: 1727676600,
  close,
  previousClose: 4,
});
const nothing = { timestamp: 'NA', gmtoffset: 0, open: 'NA', high: 'NA', low: 'NA', close: 'NA', volume: 'NA' };
const text = (value: Decimal | undefined) => value?.toFixed();
const askedFor = ({ requests }: EodhdServer) =>
  requests.map(({ path, query }) => [path.replace('real-time/', ''), ...(query.s?.split(',') ?? [])].length);

test('a quote is read: seconds, numbers and numeric texts', () => {
  const row = {
    code: 'BHP.AU',
    timestamp: '1727676600',
    gmtoffset: 0,
    open: 45.5,
    high: '46.23',
    low: 45.32,
    close: 45.96,
    volume: 16726811,
    previousClose: 44.74,
    change: 1.22,
  };
  const [quote] = quotesOf([row], [parseCode('BHP')]).quotes;
  expect(quote?.code).toBe('BHP');
  expect(quote?.at).toBe(Date.UTC(2024, 8, 30, 6, 10));
  expect([quote?.open, quote?.high, quote?.low, quote?.price, quote?.volume, quote?.previousClose].map(text)).toEqual([
    '45.5',
    '46.23',
    '45.32',
    '45.96',
    '16726811',
    '44.74',
  ]);
});

test('"NA" is unknown; a previous close alone is a quote, nothing at all is missing', () => {
  const asked = ['BHP', 'CBA', 'ZZZ', 'VAS'].map(parseCode);
  const { quotes, missing } = quotesOf(
    [
      { ...nothing, code: 'ZZZ.AU', previousClose: 'NA' },
      { ...nothing, code: 'CBA.AU', previousClose: 135.39 },
      { ...answered('BHP'), volume: null, open: 0, low: -1 },
    ],
    asked,
  );
  expect(quotes.map(({ code, at, price, previousClose }) => [code, at, text(price), text(previousClose)])).toEqual([
    ['BHP', 1727676600_000, '5', '4'],
    ['CBA', undefined, undefined, '135.39'],
  ]);
  expect([quotes[0]?.volume, quotes[0]?.open, quotes[0]?.low]).toEqual([undefined, undefined, undefined]);
  expect(missing).toEqual([
    { code: 'ZZZ', reason: 'EODHD has no quote for it' },
    { code: 'VAS', reason: 'EODHD did not answer for it' },
  ]);
});

test('rows are matched by code, never by place; one that was not asked for is ignored', () => {
  const asked = [parseCode('BHP'), parseCode('CBA')];
  const { quotes } = quotesOf(
    [answered('VAS', 1), answered('CBA', 2), answered('BHP', 3), { code: 'BHP.US' }, null],
    asked,
  );
  expect(quotes.map(({ code, price }) => [code, text(price)])).toEqual([
    ['BHP', '3'],
    ['CBA', '2'],
  ]);
});

test('one code is answered with an object, several with an array or a numbered object', async () => {
  const { eodhd, server } = await connectEodhd({
    faults: [
      { times: 1, body: JSON.stringify(answered('BHP')) },
      { times: 1, body: JSON.stringify([answered('CBA'), answered('BHP')]) },
      { times: 1, body: JSON.stringify({ 0: answered('BHP'), 1: answered('CBA') }) },
      { times: 1, body: '"text"' },
    ],
  });
  const both = [parseCode('BHP'), parseCode('CBA')];
  expect((await eodhd.quotes([parseCode('BHP')])).quotes).toHaveLength(1);
  expect((await eodhd.quotes(both)).quotes).toHaveLength(2);
  expect((await eodhd.quotes(both)).quotes).toHaveLength(2);
  expect((await eodhd.quotes(both)).failed.map(({ code, failure }) => [code, failure.code])).toEqual([
    ['BHP', 'bad-response'],
    ['CBA', 'bad-response'],
  ]);
  expect(server.requests.map(({ path, query }) => [path, query.s])).toEqual([
    ['real-time/BHP.AU', undefined],
    ['real-time/BHP.AU', 'CBA.AU'],
    ['real-time/BHP.AU', 'CBA.AU'],
    ['real-time/BHP.AU', 'CBA.AU'],
  ]);
});

test('40 codes are three requests of at most 15, each code asked once, and cost 40 calls', async () => {
  const { eodhd, server, calls } = await connectEodhd({ faults: [{ body: '[]' }] });
  const progress: [number, number][] = [];
  const asked = codes(40);
  const { missing } = await eodhd.quotes([...asked, ...asked], {
    onProgress: (done, total) => progress.push([done, total]),
  });
  expect(missing).toHaveLength(40);
  expect(askedFor(server).sort()).toEqual([10, 15, 15]);
  expect(calls.reduce((sum, call) => sum + call.cost, 0)).toBe(40);
  expect(progress.at(-1)).toEqual([40, 40]);
  expect(progress).toHaveLength(3);
});

test('no codes, no request', async () => {
  const { eodhd, server } = await connectEodhd();
  expect(await eodhd.quotes([])).toEqual({ quotes: [], missing: [], failed: [] });
  expect(server.requests).toHaveLength(0);
});

test('a batch that fails fails only its own codes', async () => {
  const { eodhd } = await connectEodhd({
    faults: [{ path: 'real-time/A25', body: '<html>oops</html>' }, { body: JSON.stringify(answered('A10')) }],
  });
  const { quotes, missing, failed } = await eodhd.quotes(codes(40));
  expect(quotes.map(quote => quote.code)).toEqual(['A10']);
  expect(missing).toHaveLength(24);
  expect(failed.map(({ code }) => code)).toEqual(codes(40).slice(15, 30));
  expect(new Set(failed.map(({ failure }) => failure.code))).toEqual(new Set(['bad-response']));
});

test.each([
  [401, 'Unauthenticated', 'unauthorised'],
  [402, 'You exceeded your daily API requests limit.', 'quota'],
  [403, 'Only EOD data allowed for free users.', 'not-in-plan'],
])('%i from the start is thrown, and no further batch is sent', async (status, body, code) => {
  const { eodhd, server } = await connectEodhd({ faults: [{ status, body }] });
  expect((await failureOf(eodhd.quotes(codes(300)))).code).toBe(code);
  expect(server.requests.length).toBeLessThanOrEqual(4);
});

test('a quota that ends half-way keeps what was paid for and fails the rest without asking', async () => {
  let left = 31;
  const { eodhd, server } = await connectEodhd({
    faults: [{ body: JSON.stringify([answered('A10')]) }],
    callsLeft: () => left,
    onCall: call => {
      left -= call.cost;
    },
  });
  const { quotes, missing, failed } = await eodhd.quotes(codes(80));
  expect([quotes.length, missing.length, failed.length]).toEqual([1, 29, 50]);
  expect(failed.every(({ failure }) => failure instanceof Failure && failure.code === 'quota')).toBe(true);
  expect(server.requests).toHaveLength(2);
});

test('a network that is down is not tried for every batch', async () => {
  const { eodhd, server } = await connectEodhd({ faults: [{ drop: true }], maxRetries: 0 });
  const { quotes, failed } = await eodhd.quotes(
    codes(90).concat(codes(90).map(code => parseCode(`B${code.slice(1)}`))),
  );
  expect(quotes).toEqual([]);
  expect(failed).toHaveLength(180);
  expect(new Set(failed.map(({ failure }) => failure.code))).toEqual(new Set(['offline']));
  expect(server.requests.length).toBeLessThanOrEqual(6);
});
