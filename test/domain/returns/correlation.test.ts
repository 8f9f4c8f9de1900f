import { describe, expect, test } from 'vitest';
import { price } from '../../../src/domain/decimal.ts';
import type { Code } from '../../../src/domain/market/security.ts';
import { closesOf as closesFrom } from '../../../src/domain/returns/closes.ts';
import { type AdjustedCloses, correlationMatrix } from '../../../src/domain/returns/correlation.ts';
import { dayAt, repeated } from './rates-by-day.ts';

/** Closes that have these returns to seven decimals, from day 0 on, without the bars of the days in `missing`. */
function closesOf(code: string, rates: readonly number[], missing: readonly number[] = []): AdjustedCloses {
  let close = 10;
  const all = [close, ...rates.map(rate => (close *= 1 + rate))];
  const bars = all.map((value, index) => ({ date: dayAt(index), close: price(value.toFixed(7)) }));
  return { code: code as Code, closes: closesFrom(bars.filter((_, index) => !missing.includes(index))) };
}

const sessions = (count: number) => Array.from({ length: count }, (_, index) => dayAt(index));
const x = repeated(
  [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5].map(value => value / 1000),
  6,
);
const y = repeated(
  [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68].map(value => value / 1000),
  6,
);

describe('a correlation matrix', () => {
  test("holds Anscombe's 0.816 twice and 1 on its diagonal", () => {
    const { codes, rows, from, to } = correlationMatrix([closesOf('AAA', x), closesOf('BBB', y)], sessions(67));
    expect(codes).toEqual(['AAA', 'BBB']);
    expect([from, to]).toEqual([dayAt(0), dayAt(66)]);
    expect(rows[0]?.[0]?.value).toBeCloseTo(1, 12);
    expect(rows[0]?.[1]?.value).toBeCloseTo(0.816_421, 5);
    expect(rows[1]?.[0]).toBe(rows[0]?.[1]);
    // The first session has no close before it.
    expect(rows[0]?.[1]).toMatchObject({ from: dayAt(1), to: dayAt(66), observations: 66 });
  });

  test('a missing bar costs two days: its own and the next, which would be a return of two', () => {
    const { rows } = correlationMatrix([closesOf('AAA', x), closesOf('BBB', y, [30])], sessions(67));
    expect(rows[0]?.[1]?.observations).toBe(64);
    expect(rows[0]?.[0]?.observations).toBe(66);
    expect(rows[1]?.[1]?.observations).toBe(64);
  });

  test('is of the window alone, and bars outside the sessions are no part of it', () => {
    const { rows } = correlationMatrix([closesOf('AAA', x), closesOf('BBB', y)], sessions(67).slice(5));
    expect(rows[0]?.[1]).toMatchObject({ from: dayAt(6), observations: 61 });
  });

  test('says what is missing: days, movement, a price above zero', () => {
    const still = closesOf('CCC', repeated([0], 66));
    const worthless = { code: 'DDD' as Code, closes: { ...still.closes, closes: still.closes.closes.map(() => 0) } };
    const { rows } = correlationMatrix([closesOf('AAA', x), still, worthless], sessions(67));
    expect(rows[1]?.[0]?.reason).toBe('CCC did not move');
    expect(rows[2]?.[0]?.reason).toBe('0 common days are too few; it takes 60');
    const early = closesOf('AAA', x, [0, 1, 2, 3, 4, 5, 6]);
    const late = closesOf('BBB', y, [66, 65, 64]);
    expect(correlationMatrix([early, late], sessions(67)).rows[0]?.[1]?.reason).toBe(
      '56 common days are too few; it takes 60',
    );
  });

  test('of nothing is empty', () => {
    expect(correlationMatrix([], [])).toEqual({ codes: [], rows: [], from: undefined, to: undefined });
  });
});
