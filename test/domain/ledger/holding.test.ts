import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decimal, type Money, money, type Price, plain, price } from '../../../src/domain/decimal.ts';
import { type Holdings, isPricedOn, totalsOfSome, valueHoldings } from '../../../src/domain/ledger/holding.ts';
import type { KnownPrice } from '../../../src/domain/market/known-price.ts';
import { type Code, parseCode } from '../../../src/domain/market/security.ts';
import { ledgerOf, on } from '../../support/ledger.ts';

type Told = { price: string; before?: string; stale?: boolean };
const known = ({ price: now, before, stale = false }: Told): KnownPrice => ({
  price: price(now),
  stamp: { kind: 'close', on: on('2026-03-02') },
  source: 'close',
  on: on('2026-03-02'),
  previousClose: before === undefined ? undefined : price(before),
  stale,
  reason: undefined,
});

function holdings(lines: readonly string[], prices: Record<string, Told>, cash?: string): Holdings {
  const map = new Map<Code, KnownPrice>(Object.entries(prices).map(([code, told]) => [parseCode(code), known(told)]));
  return valueHoldings(ledgerOf(lines).parcels, {
    prices: map,
    names: new Map(),
    cash: cash === undefined ? undefined : money(cash),
  });
}
const text = (value: Money | Price | undefined): string | undefined => value && plain(value);
const rows = ({ holdings: list }: Holdings) => list.map(row => [row.code, text(row.value), text(row.gain)]);

const bought = ['buy 100 AAA @ 10 on 2025-01-02', 'buy 50 BBB @ 20 on 2025-01-02', 'buy 10 CCC @ 5 on 2025-01-02'];
const prices = {
  AAA: { price: '12', before: '11.5' },
  BBB: { price: '18', before: '18.2' },
  CCC: { price: '6', before: '6' },
};

describe('what is known of all', () => {
  it('values, gains, the day and the weights', () => {
    const view = holdings(bought, prices, '540');
    expect(rows(view)).toEqual([
      ['AAA', '1200', '200'],
      ['BBB', '900', '-100'],
      ['CCC', '60', '10'],
    ]);
    const { totals } = view;
    expect([totals.value, totals.costBase, totals.gain, totals.dayChange, totals.cash].map(text)).toEqual([
      '2160',
      '2050',
      '110',
      '40',
      '540',
    ]);
    // 110 / 2,050 and 40 / (2,160 - 40); weights of 2,160 + 540.
    expect(totals.gainPct).toBeCloseTo((110 / 2050) * 100, 9);
    expect(totals.dayChangePct).toBeCloseTo((40 / 2120) * 100, 9);
    expect(view.holdings.map(row => row.weightPct?.toFixed(4))).toEqual(['44.4444', '33.3333', '2.2222']);
  });

  it('the average cost is the cost base over the units, brokerage included', () => {
    const [row] = holdings(['buy 3 AAA @ 10 fee 1 on 2025-01-02'], {}).holdings;
    expect(row?.averageCost?.toFixed(6)).toBe('10.333333');
  });
});

describe('what is unknown', () => {
  it('one unknown cost leaves the gain to the others, names no zero, and the totals keep their meaning', () => {
    const blank = ['opening 100 AAA on 2025-01-02', ...bought.slice(1)];
    const view = holdings(blank, prices);
    expect(rows(view)).toEqual([
      ['AAA', '1200', undefined],
      ['BBB', '900', '-100'],
      ['CCC', '60', '10'],
    ]);
    const { totals } = view;
    // The value is of all that is priced; cost and gain of BBB and CCC alone.
    expect([totals.value, totals.costBase, totals.gain].map(text)).toEqual(['2160', '1050', '-90']);
    expect(totals.gainPct).toBeCloseTo((-90 / 1050) * 100, 9);
    expect([totals.priced, totals.unpriced, totals.unknownCost]).toEqual([3, 0, 1]);
  });

  it('one parcel of unknown cost makes the cost of its whole holding unknown', () => {
    const [row] = holdings(['buy 100 AAA @ 10 on 2025-01-02', 'opening 1 AAA on 2025-01-03'], prices).holdings;
    expect([row?.costBase, row?.averageCost, row?.gain, row?.gainPct]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(text(row?.value)).toBe('1212');
  });

  it('one missing price leaves value, day and weight to the others, and sorts last', () => {
    const view = holdings(bought, { BBB: prices.BBB });
    expect(rows(view)).toEqual([
      ['BBB', '900', '-100'],
      ['AAA', undefined, undefined],
      ['CCC', undefined, undefined],
    ]);
    const { totals } = view;
    expect([totals.value, totals.costBase, totals.gain, totals.dayChange].map(text)).toEqual([
      '900',
      '2050',
      '-100',
      '-10',
    ]);
    // The percentage is of the one that has both, not of 2,050.
    expect(totals.gainPct).toBe(-10);
    expect([totals.priced, totals.unpriced]).toEqual([1, 2]);
    expect(view.holdings.map(row => row.weightPct)).toEqual([100, undefined, undefined]);
  });

  it('a stale price has a value and no day change', () => {
    const view = holdings(bought, { ...prices, AAA: { price: '12', stale: true } });
    const [row] = view.holdings;
    expect([text(row?.value), row?.dayChange, row?.dayChangePct]).toEqual(['1200', undefined, undefined]);
    expect(text(view.totals.dayChange)).toBe('-10');
    // -10 on 960 - (-10): the holdings that moved, not all of them.
    expect(view.totals.dayChangePct).toBeCloseTo((-10 / 970) * 100, 9);
    expect(view.totals.stale).toBe(1);
  });

  it('of nothing at all is nothing, not zero', () => {
    const { totals, holdings: list } = holdings([], {});
    expect(list).toEqual([]);
    expect([totals.value, totals.costBase, totals.gain, totals.gainPct, totals.dayChange]).toEqual(
      Array(5).fill(undefined),
    );
  });

  it('a cost of zero has a gain and no percentage', () => {
    const [row] = holdings(['opening 100 AAA cost 0 on 2025-01-02'], prices).holdings;
    expect([text(row?.gain), row?.gainPct]).toEqual(['1200', undefined]);
  });
});

describe('laws', () => {
  it('the total value is the sum of the shown values, and weights sum to 100 with the cash', () => {
    const drawn = fc.array(
      fc.record({ held: fc.integer({ min: 1, max: 9999 }), tenths: fc.integer({ min: 1, max: 99_999 }) }),
      {
        minLength: 1,
        maxLength: 10,
      },
    );
    fc.assert(
      fc.property(drawn, fc.integer({ min: 0, max: 50_000 }), (list, cash) => {
        const lines = list.map(({ held }, index) => `buy ${held} AA${index} @ 1 on 2025-01-02`);
        const told = Object.fromEntries(
          list.map(({ tenths }, index) => [`AA${index}`, { price: (tenths / 1000).toFixed(3) }]),
        );
        const view = holdings(lines, told, String(cash));
        const shown = view.holdings.reduce<Decimal>((total, row) => total.plus(row.value ?? money('0')), money('0'));
        expect(text(view.totals.value)).toBe(plain(shown));
        const weights = view.holdings.reduce((total, row) => total + (row.weightPct ?? 0), 0);
        const whole = Number(plain(shown)) + cash;
        expect(weights + (100 * cash) / whole).toBeCloseTo(100, 6);
      }),
      { seed: 21, numRuns: 100 },
    );
  });
});

describe('the order of holdings, and some of them', () => {
  const even = ['DDD', 'BBB', 'CCC', 'AAA'].map(code => `buy 10 ${code} @ 5 on 2025-01-02`);

  it('is the largest value first, equal values and the unpriced by their code', () => {
    const priced = { CCC: { price: '6' }, AAA: { price: '6' } };
    expect(rows(holdings(even, priced)).map(([code]) => code)).toEqual(['AAA', 'CCC', 'BBB', 'DDD']);
    const dear = { ...priced, DDD: { price: '7' }, BBB: { price: '5' } };
    expect(rows(holdings(even, dear)).map(([code]) => code)).toEqual(['DDD', 'AAA', 'CCC', 'BBB']);
  });

  it('of some has the sums of those alone, without cash', () => {
    const { holdings: list } = holdings(bought, prices, '540');
    const { value, gain, cash, moved } = totalsOfSome(list.filter(row => row.code !== 'AAA'));
    expect([value, gain, cash].map(text)).toEqual(['960', '-90', undefined]);
    expect(moved).toBe(2);
    expect(totalsOfSome([]).value).toBeUndefined();
  });

  it('is priced on a day where one of them is', () => {
    const { holdings: list } = holdings(even, { CCC: { price: '6' } });
    expect([isPricedOn(list, on('2026-03-02')), isPricedOn(list, on('2026-03-03'))]).toEqual([true, false]);
    expect(isPricedOn([], on('2026-03-02'))).toBe(false);
  });
});
