import { describe, expect, test } from 'vitest';
import { money, plain } from '../../../src/domain/decimal.ts';
import { allocation, type Part } from '../../../src/domain/returns/allocation.ts';
import { held } from './holdings-worth.ts';

const text = (parts: readonly Part[]) =>
  parts.map(part => `${part.name ?? '?'} ${plain(part.value)} ${part.weightPct ?? '?'}: ${part.codes.join(' ')}`);

const rows = held('BHP 3000 Materials', 'RIO 1000 Materials', 'CBA 2000 Financials', 'VAS 2500 ? etf', 'OLD ? Energy');

describe('allocation', () => {
  test('by security, sector and kind, largest first; what has no sector stands apart', () => {
    const { securities, sectors, kinds, unpriced } = allocation(rows, money('1500'));
    expect(text(securities)).toEqual([
      'BHP 3000 30: BHP',
      'VAS 2500 25: VAS',
      'CBA 2000 20: CBA',
      'Cash 1500 15: ',
      'RIO 1000 10: RIO',
    ]);
    expect(text(sectors)).toEqual([
      'Materials 4000 40: BHP RIO',
      '? 2500 25: VAS',
      'Financials 2000 20: CBA',
      'Cash 1500 15: ',
    ]);
    expect(text(kinds)).toEqual(['share 6000 60: BHP RIO CBA', 'etf 2500 25: VAS', 'cash 1500 15: ']);
    expect(unpriced).toEqual(['OLD']);
  });

  test('of the same value by name, what has none last', () => {
    const equal = held('CCC 10 Zinc', 'AAA 10 ?', 'BBB 10 Coal', 'DDD 10 ~ore');
    expect(text(allocation(equal, money('10')).sectors)).toEqual([
      'Cash 10 20: ',
      'Coal 10 20: BBB',
      'Zinc 10 20: CCC',
      '? 10 20: AAA',
      '~ore 10 20: DDD',
    ]);
    expect(allocation(equal, undefined).securities.map(part => part.name)).toEqual(['AAA', 'BBB', 'CCC', 'DDD']);
  });

  test('without a cash account cash is no part', () => {
    expect(text(allocation(rows, undefined).kinds)).toEqual([
      'share 6000 70.58823529411765: BHP RIO CBA',
      'etf 2500 29.411764705882355: VAS',
    ]);
  });

  test('of cash alone is all cash; of nothing is nothing', () => {
    expect(text(allocation([], money('10')).sectors)).toEqual(['Cash 10 100: ']);
    expect(allocation([], undefined)).toEqual({ securities: [], sectors: [], kinds: [], unpriced: [] });
  });

  test('cash that is owed weighs below zero; where more is owed than held nothing has a weight', () => {
    const half = held('BHP 3000 Materials');
    expect(text(allocation(half, money('-1000')).sectors)).toEqual(['Materials 3000 150: BHP', 'Cash -1000 -50: ']);
    expect(text(allocation(half, money('-3000')).sectors)).toEqual(['Materials 3000 ?: BHP', 'Cash -3000 ?: ']);
    expect(text(allocation(half, money('-4000')).sectors)).toEqual(['Materials 3000 ?: BHP', 'Cash -4000 ?: ']);
    expect(text(allocation([], money('0')).sectors)).toEqual(['Cash 0 ?: ']);
  });
});
