import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, parseLocalDate } from '../../../src/domain/date.ts';
import { compare, cost, decimal, plain, price } from '../../../src/domain/decimal.ts';
import { asTraded, findRebase, type Rebase } from '../../../src/domain/market/as-traded.ts';
import type { Bar, DeclaredDividend, SplitEvent } from '../../../src/domain/market/price.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { tickSize } from '../../../src/domain/market/tick.ts';

const on = parseLocalDate;
const code = parseCode('BHP');

type Sent = { date: string; open: number; high: number; low: number; close: number; volume: number };
const bar = ({ date, open, high, low, close, volume }: Sent): Bar => ({
  date: on(date),
  open: price(String(open)),
  high: price(String(high)),
  low: price(String(low)),
  close: price(String(close)),
  adjustedClose: price(String(close)),
  volume: decimal(String(volume)),
});
const flat = (date: string, close: string, volume = '1000'): Bar => ({
  date: on(date),
  open: price(close),
  high: price(close),
  low: price(close),
  close: price(close),
  adjustedClose: price(close),
  volume: decimal(volume),
});
const split = (date: string, newUnits: string, oldUnits: string): SplitEvent => ({
  code,
  date: on(date),
  newUnits: decimal(newUnits),
  oldUnits: decimal(oldUnits),
});
const dividend = (exDate: string, perUnit: string, adjustedPerUnit?: string): DeclaredDividend => ({
  code,
  exDate: on(exDate),
  perUnit: price(perUnit),
  adjustedPerUnit: adjustedPerUnit === undefined ? undefined : price(adjustedPerUnit),
  currency: 'AUD',
});
const woodside: Rebase = { before: on('2022-05-25'), factor: decimal('0.890407') };
const factorOf = (rebase: Rebase | undefined): string | undefined => rebase?.factor && plain(rebase.factor);

describe('as-traded prices', () => {
  it('of BHP on 2021-08-04 are those of the market', () => {
    const traded = asTraded(flat('2021-08-04', '48.1354', '6000000'), [], woodside);
    expect(plain(traded.close)).toBe('54.06');
    expect(plain(traded.volume)).toBe('6000000');
    expect(plain(traded.turnover)).toBe('324360000');
    expect(traded.rebasedByProvider).toBe(false);
  });

  it('are as sent from the day of the demerger on', () => {
    const sent = bar({ date: '2022-05-25', open: 43, high: 43.82, low: 42.885, close: 43.02, volume: 15_075_320 });
    const traded = asTraded(sent, [], woodside);
    expect([traded.open, traded.high, traded.low, traded.close].map(plain)).toEqual(['43', '43.82', '42.885', '43.02']);
    expect(asTraded(sent, [])).toEqual(traded);
  });

  it('stay as sent and are marked where the factor is unknown, or older than it reaches', () => {
    const sent = flat('2021-08-04', '48.1354');
    for (const rebase of [{ before: on('2022-05-25') }, { ...woodside, from: on('2021-08-05') }]) {
      const traded = asTraded(sent, [], rebase);
      expect([plain(traded.close), traded.rebasedByProvider]).toEqual(['48.1354', true]);
    }
    expect(asTraded(sent, [], { ...woodside, from: on('2021-08-04') }).rebasedByProvider).toBe(false);
    expect(asTraded(flat('2022-05-25', '43.02'), [], { before: on('2022-05-25') }).rebasedByProvider).toBe(false);
  });

  it('lie on the price ladder and in order, whatever the factor', () => {
    const sent = fc.array(fc.integer({ min: 50, max: 900_000 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(sent, fc.integer({ min: 3000, max: 9999 }), (values, factor) => {
        const [low = 0, open = 0, close = 0, high = 0] = values.sort((a, b) => a - b).map(value => value / 10_000);
        const rebase = { before: on('2026-03-03'), factor: decimal(String(factor / 10_000)) };
        const traded = asTraded(bar({ date: '2026-03-02', open, high, low, close, volume: 1 }), [], rebase);
        const steps = traded.close.div(tickSize(traded.close));
        expect(steps.eq(steps.round())).toBe(true);
        expect(compare(traded.low, traded.open)).toBeLessThanOrEqual(0);
        expect(compare(traded.close, traded.high)).toBeLessThanOrEqual(0);
      }),
      { seed: 61, numRuns: 500 },
    );
  });
});

describe('as-traded volume', () => {
  it('takes out the later splits, not the prices', () => {
    const fourForOne = [split('2020-08-31', '4', '1')];
    const before = asTraded(flat('2020-08-27', '500.04', '155552400'), fourForOne);
    expect([plain(before.close), plain(before.volume)]).toEqual(['500.04', '38888100']);
    expect(compare(before.turnover, cost(price('500.04'), before.volume))).toBe(0);
    expect(plain(asTraded(flat('2020-08-31', '129.04', '225702700'), fourForOne).volume)).toBe('225702700');
  });

  it('is whole again before a consolidation', () => {
    const traded = asTraded(flat('2024-09-30', '0.003', '47423.69'), [split('2024-11-01', '1', '100')]);
    expect([plain(traded.volume), plain(traded.turnover)]).toEqual(['4742369', '14227.107']);
  });

  it('multiplies the ratios of several splits and rounds to whole units', () => {
    const splits = [split('2020-01-10', '2', '1'), split('2021-01-10', '3', '1')];
    expect(plain(asTraded(flat('2020-01-09', '9', '1000'), splits).volume)).toBe('167');
    expect(plain(asTraded(flat('2020-06-01', '9', '999'), splits).volume)).toBe('333');
  });
});

describe('a re-base', () => {
  const days = (from: string, closes: string[]): Bar[] =>
    closes.map((close, index) => flat(addDays(on(from), index), close));
  const offLadder = Array.from({ length: 40 }, (_, index) => (41.5003 + index * 0.0107).toFixed(4));
  const onLadder = Array.from({ length: 10 }, (_, index) => (43 + index * 0.01).toFixed(2));
  const bars = days('2022-04-01', [...offLadder, ...onLadder]);
  const dividends = [
    dividend('2021-03-04', '1.311256', '1.1676'),
    dividend('2021-09-02', '2.715', '2.4175'),
    dividend('2022-02-24', '2.08', '1.852'),
    dividend('2022-09-01', '2.552', '2.552'),
  ];

  it('begins to end where the closes return to the ladder, with the median factor of the dividends before', () => {
    const found = findRebase(bars, dividends, []);
    expect(found?.before).toBe(addDays(on('2022-04-01'), 40));
    expect(found?.from).toBeUndefined();
    expect(found?.factor?.round(4).toFixed()).toBe('0.8904');
    const [first, second] = [dividends[0], dividends[2]];
    expect(factorOf(findRebase(bars, first && second ? [first, second] : [], []))).toBe(
      plain(
        decimal('1.1676')
          .div(decimal('1.311256'))
          .plus(decimal('1.852').div(decimal('2.08')))
          .div(decimal('2')),
      ),
    );
  });

  it('takes later splits out of the factor', () => {
    const halved = dividends.map(({ exDate, perUnit, adjustedPerUnit }) =>
      dividend(exDate, plain(perUnit), plain((adjustedPerUnit ?? perUnit).div('2'))),
    );
    expect(
      findRebase(bars, halved, [split('2023-01-10', '2', '1')])
        ?.factor?.round(4)
        .toFixed(),
    ).toBe('0.8904');
  });

  it('reaches back only to the dividends that agree, when an earlier re-base lies before them', () => {
    const older = [dividend('2014-09-03', '0.664', '0.5321'), dividend('2015-03-09', '0.78', '0.6251')];
    const found = findRebase(bars, [...older, ...dividends], []);
    expect(found?.from).toBe('2021-03-04');
    expect(found?.factor?.round(4).toFixed()).toBe('0.8904');
  });

  it('has no factor when no dividend tells it', () => {
    for (const silent of [[], [dividend('2022-09-01', '2.552', '2.552')], [dividend('2021-09-02', '2.715')]]) {
      expect(findRebase(bars, silent, [])).toEqual({ before: addDays(on('2022-04-01'), 40), factor: undefined });
    }
  });

  it('is found behind a newest close that is odd by itself', () => {
    const closes = [...offLadder, ...onLadder, '43.1234'];
    expect(findRebase(days('2022-04-01', closes), dividends, [])?.before).toBe(addDays(on('2022-04-01'), 40));
  });

  it('is none on the ladder, with midpoint closes, a few odd ones, or a series that knows no ladder', () => {
    const traded = Array.from({ length: 60 }, (_, index) => (43 + index * 0.01).toFixed(2));
    const odd = traded.map((close, index) => (index % 5 === 0 ? `${close}3` : close));
    const midpoints = [...traded.map(close => `${close}5`), '43', '43.01'];
    for (const closes of [traded, odd, midpoints, offLadder, []]) {
      expect(findRebase(days('2022-04-01', closes), dividends, [])).toBeUndefined();
    }
  });
});

const shared = new URL('../../../../shared/data/', import.meta.url);
describe.skipIf(!existsSync(shared))('the recorded histories (skipped where the shared test data is absent)', () => {
  const read = (name: string): string => (existsSync(shared) ? readFileSync(new URL(name, shared), 'utf8') : '[]');
  const bhp: Bar[] = (JSON.parse(read('eodhd/eod-BHP.AU-full-1993-2025.json')) as Sent[]).map(bar);

  it('of BHP show the demerger of May 2022', () => {
    const found = findRebase(bhp, [dividend('2021-09-02', '2.715', '2.4174550')], []);
    expect(found?.before).toBe('2022-05-25');
    expect(factorOf(found)).toBe('0.89040699815837937385');
  });

  it('of BHP trade at the market closes of 2017 to 2022, but for 2019-08-05', () => {
    const market = new Map(
      read('prices/BHP.AX-yahoo-2017-2022.csv')
        .trim()
        .split('\n')
        .slice(1)
        .map(line => line.split(','))
        .map(fields => [fields[0], decimal(fields[4] ?? '').round(2)]),
    );
    const common = bhp.filter(sent => market.has(sent.date));
    expect(common).toHaveLength(1335);
    const differing = common.filter(sent => {
      const traded = asTraded(sent, [], woodside);
      return compare(traded.close, market.get(sent.date) ?? decimal('0')) !== 0;
    });
    expect(differing.map(sent => sent.date)).toEqual(['2019-08-05']);
  });

  it('of AAPL have 38,888,100 shares on 2020-08-27, before the split of four for one', () => {
    const bars = (JSON.parse(read('eodhd/eod-AAPL.US-demo-token-around-split.json')) as Sent[]).map(bar);
    const volumes = bars.map(sent => plain(asTraded(sent, [split('2020-08-31', '4', '1')]).volume));
    expect(volumes.slice(0, 3)).toEqual(['38888100', '46907500', '225702700']);
  });
});
