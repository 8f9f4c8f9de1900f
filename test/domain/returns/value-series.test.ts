import { describe, expect, it } from 'vitest';
import { decimal, money, toFloat, units } from '../../../src/domain/decimal.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { type SeriesHolding, valueSeries } from '../../../src/domain/returns/value-series.ts';
import { on } from '../../support/ledger.ts';

const days = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'].map(on);
const one = (): number => 1;
const held = (
  closes: Record<string, string>,
  prices: Record<string, number>,
  more: Partial<Pick<SeriesHolding, 'factor' | 'latest'>> & { code?: string } = {},
): SeriesHolding => ({
  code: parseCode(more.code ?? 'ABC'),
  closes: Object.entries(closes).map(([day, text]) => ({ on: on(day), units: units(text) })),
  prices: Object.entries(prices).map(([day, close]) => ({ date: on(day), close })),
  factor: more.factor ?? one,
  latest: more.latest,
});
const values = (holdings: readonly SeriesHolding[], cash: Parameters<typeof valueSeries>[0]['cash'] = []) =>
  valueSeries({ dates: days, holdings, cash }).points.map(point => point.value);

describe('valueSeries', () => {
  it('is the units of each close times the close of that day', () => {
    const one = held(
      { '2026-03-02': '10', '2026-03-04': '4' },
      { '2026-03-02': 1, '2026-03-03': 2, '2026-03-04': 3, '2026-03-05': 4 },
    );
    expect(values([one])).toEqual([10, 20, 12, 16]);
  });

  it('carries a security over a day without a bar', () => {
    expect(values([held({ '2026-03-01': '10' }, { '2026-02-20': 5, '2026-03-04': 6 })])).toEqual([50, 50, 60, 60]);
  });

  it('restates a carried close where the ledger consolidated since: no cliff', () => {
    const consolidated = held(
      { '2026-03-01': '100', '2026-03-04': '10' },
      { '2026-03-02': 1, '2026-03-05': 11 },
      { factor: (from, to) => (from < '2026-03-04' && to >= '2026-03-04' ? 0.1 : 1) },
    );
    expect(values([consolidated])).toEqual([100, 100, 100, 110]);
  });

  it('is unknown on a day before the first price of something held, not less', () => {
    const early = held({ '2026-03-01': '10' }, { '2026-03-04': 6 });
    const other = held({ '2026-03-01': '1' }, { '2026-02-01': 100 }, { code: 'XYZ' });
    expect(values([early, other])).toEqual([undefined, undefined, 160, 160]);
  });

  it('leaves out and names what has no price at all, once for several portfolios', () => {
    const lost = held({ '2026-03-01': '10' }, {}, { code: 'LOST' });
    const other = held({ '2026-03-01': '1' }, { '2026-02-01': 100 });
    const series = valueSeries({ dates: days, holdings: [lost, lost, other], cash: [] });
    expect([series.excluded, series.points[0]?.value]).toEqual([['LOST'], 100]);
  });

  it('adds the cash that was there at each close', () => {
    const cash = [
      [
        { on: on('2026-03-03'), balance: money('50') },
        { on: on('2026-03-05'), balance: money('-5.5') },
      ],
    ];
    expect(values([], cash)).toEqual([0, 50, 50, -5.5]);
  });

  it('is nothing for what was sold before', () => {
    expect(values([held({ '2026-02-01': '10', '2026-02-20': '0' }, { '2026-02-01': 5 })])).toEqual([0, 0, 0, 0]);
  });

  it('the last point is what the same units and price make exactly', () => {
    const exact = decimal('333').times('12.345');
    expect(values([held({ '2026-03-01': '333' }, { '2026-03-02': 12, '2026-03-05': 12.345 })]).at(-1)).toBeCloseTo(
      toFloat(exact),
      9,
    );
  });

  it('the last day is valued at what it is worth now, and no other', () => {
    const now = held({ '2026-03-01': '10' }, { '2026-03-02': 1, '2026-03-05': 2 }, { latest: 3 });
    const other = held({ '2026-03-01': '1' }, { '2026-03-02': 100 }, { code: 'XYZ' });
    expect(values([other, now])).toEqual([110, 110, 110, 130]);
    // Unknown beside what has no price that day.
    const late = held({ '2026-03-01': '10' }, { '2026-03-06': 6 }, { code: 'LATE' });
    expect(values([late, now])).toEqual([undefined, undefined, undefined, undefined]);
    expect(values([now, late])).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('names what was held within the dates alone', () => {
    const lost = (code: string, closes: Record<string, string>) => held(closes, {}, { code });
    const { excluded } = valueSeries({
      dates: days,
      holdings: [
        lost('LAST', { '2026-03-05': '10' }),
        lost('LATER', { '2026-03-06': '10' }),
        lost('SOLD', { '2026-03-01': '10', '2026-03-03': '0' }),
        lost('NONE', {}),
        lost('EMPTY', { '2026-03-01': '0' }),
      ],
      cash: [],
    });
    expect(excluded).toEqual(['LAST', 'SOLD']);
    expect(valueSeries({ dates: [], holdings: [lost('LAST', { '2026-03-05': '10' })], cash: [] })).toEqual({
      points: [],
      excluded: [],
    });
  });

  it('cash does not make an unknown day known', () => {
    const late = held({ '2026-03-01': '10' }, { '2026-03-04': 6 });
    expect(values([late], [[{ on: on('2026-03-02'), balance: money('50') }]])).toEqual([
      undefined,
      undefined,
      110,
      110,
    ]);
  });

  it('what was sold on a day is worth nothing from then on, and what is bought again counts again', () => {
    const again = held(
      { '2026-03-01': '10', '2026-03-03': '0', '2026-03-05': '4' },
      { '2026-03-02': 1, '2026-03-03': 2, '2026-03-04': 3 },
    );
    expect(values([again])).toEqual([10, 0, 0, 12]);
  });
});
