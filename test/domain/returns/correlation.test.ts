import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { price } from '../../../src/domain/decimal.ts';
import type { Code } from '../../../src/domain/market/security.ts';
import { closesOf as closesFrom, dayKey } from '../../../src/domain/returns/closes.ts';
import { type AdjustedCloses, correlationMatrix } from '../../../src/domain/returns/correlation.ts';
import { dayAt, repeated } from './rates-by-day.ts';

/** Closes that have these returns to seven decimals, from day 0 on, without the bars of the days in `missing`. */
function closesOf(code: string, rates: readonly number[], missing: readonly number[] = []): AdjustedCloses {
  let close = 10;
  const all = [close, ...rates.map(rate => (close *= 1 + rate))];
  const bars = all.map((value, index) => ({ date: dayAt(index), close: price(value.toFixed(7)) }));
  return { code: code as Code, closes: closesFrom(bars.filter((_, index) => !missing.includes(index))) };
}

/** Pearson's definition with the returns of those sessions on which both traded, and on the one before. */
function byDefinition(a: AdjustedCloses, b: AdjustedCloses, count: number) {
  const byDay = [a, b].map(({ closes }) => new Map([...closes.days].map((day, at) => [day, closes.closes[at] ?? 0])));
  const common = sessions(count).flatMap((date, index) => {
    if (index === 0) return [];
    const days = [dayKey(dayAt(index - 1)), dayKey(date)];
    const [[fromA, toA] = [], [fromB, toB] = []] = byDay.map(closes => days.map(day => closes.get(day)));
    return fromA && toA && fromB && toB ? [{ date, x: toA / fromA - 1, y: toB / fromB - 1 }] : [];
  });
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(common.map(day => day.x)), mean(common.map(day => day.y))];
  const covariance = mean(common.map(day => (day.x - meanX) * (day.y - meanY)));
  const variances = [mean(common.map(day => (day.x - meanX) ** 2)), mean(common.map(day => (day.y - meanY) ** 2))];
  const value = covariance / Math.sqrt((variances[0] ?? 0) * (variances[1] ?? 0));
  return { value, covariance, variances, from: common[0]?.date, to: common.at(-1)?.date, observations: common.length };
}

const digits = (value: number | undefined) => expect.closeTo(value ?? Number.NaN, 12);

function expectByDefinition(a: AdjustedCloses, b: AdjustedCloses, count: number) {
  const { value, covariance, variances, ...window } = byDefinition(a, b, count);
  const matrix = correlationMatrix([a, b], sessions(count));
  expect(matrix.rows[1]?.[0]).toEqual({
    ...window,
    value: digits(value),
    reason: undefined,
    covariance: digits(covariance),
    // The row is the second one.
    variances: [digits(variances[1]), digits(variances[0])],
  });
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

  test.each([
    ['both without a gap', [], []],
    ['gaps on different days', [20, 21, 40], [30, 41]],
    ['a gap in one alone', [], [30]],
    ['gaps on the same days', [30, 31], [30, 31]],
    ['one that began later', [], [0, 1, 2]],
    ['one that began later, with gaps', [50], [0, 1, 2]],
    ['one that ended earlier', [], [70, 69]],
    ['gaps at both ends', [0, 70], [1, 69]],
  ])('is that of the common days by definition: %s', (_, missingX, missingY) => {
    // 70 returns, which are no whole number of fours.
    const [long, other] = [repeated(x, 2).slice(0, 70), repeated(y, 2).slice(0, 70)];
    expectByDefinition(closesOf('AAA', long, missingX), closesOf('BBB', other, missingY), 71);
  });

  test('is that by definition for any returns and any gaps', () => {
    const rates = fc.array(fc.integer({ min: -90, max: 90 }), { minLength: 75, maxLength: 75 });
    const missing = fc.array(fc.integer({ min: 0, max: 75 }), { maxLength: 3 });
    fc.assert(
      fc.property(rates, rates, missing, missing, (one, two, gapsA, gapsB) => {
        const of = (code: string, list: number[], gaps: number[]) =>
          closesOf(
            code,
            // Never still: the first two differ.
            [0.001, 0.02, ...list.slice(2).map(rate => rate / 1000)],
            gaps.filter(day => day > 3),
          );
        expectByDefinition(of('AAA', one, gapsA), of('BBB', two, gapsB), 76);
      }),
      { numRuns: 8 },
    );
  });

  test('a close of zero is no price: the day has no return, nor has the next', () => {
    const whole = closesOf('BBB', y);
    const zeroed = { ...whole.closes, closes: whole.closes.closes.map((close, day) => (day === 30 ? 0 : close)) };
    expectByDefinition(closesOf('AAA', x), { ...whole, closes: zeroed }, 67);
  });

  test('of returns that are each the other turned round is -1, of the same ones 1, and never a trace beyond', () => {
    const turned = x.map(rate => 1 / (1 + rate) - 1);
    const small = (rates: readonly number[]) => rates.map(rate => rate / 100);
    const { rows } = correlationMatrix(
      [closesOf('AAA', small(x)), closesOf('BBB', small(turned)), closesOf('CCC', small(x), [12])],
      sessions(67),
    );
    expect(rows[0]?.[1]?.value).toBeCloseTo(-1, 3);
    for (const figure of rows.flat()) expect(Math.abs(figure.value ?? 2)).toBeLessThanOrEqual(1);
    expect(rows[0]?.[2]?.value).toBeCloseTo(1, 12);
  });

  test('has nothing to be made of without a common day, and all of it below the least number of days', () => {
    const few = [closesOf('AAA', x.slice(0, 10)), closesOf('BBB', y.slice(0, 10))] as const;
    const { rows } = correlationMatrix([...few, { code: 'CCC' as Code, closes: closesFrom([]) }], sessions(67));
    const unknown = { value: undefined, covariance: undefined, variances: undefined };
    const none = { ...unknown, observations: 0, from: undefined, to: undefined };
    expect(rows[2]?.[0]).toEqual({ ...none, reason: '0 common days are too few; it takes 60' });
    expect(rows[2]?.[2]).toEqual({ ...none, reason: '0 common days are too few; it takes 60' });
    const { covariance, observations, from, to } = byDefinition(...few, 67);
    expect(rows[1]?.[0]).toMatchObject({ value: undefined, observations, from, to, covariance: digits(covariance) });
    expect(observations).toBe(10);
  });

  test('says what is missing: days, movement, a price above zero', () => {
    const still = closesOf('CCC', repeated([0], 66));
    const worthless = { code: 'DDD' as Code, closes: { ...still.closes, closes: still.closes.closes.map(() => 0) } };
    const { rows } = correlationMatrix([closesOf('AAA', x), still, worthless], sessions(67));
    expect(rows[1]?.[0]?.reason).toBe('CCC did not move');
    expect(rows[1]?.[0]?.variances?.[0]).toBe(0);
    const [first] = correlationMatrix([still, closesOf('AAA', x)], sessions(67)).rows;
    expect(first?.[1]?.reason).toBe('CCC did not move');
    // Steady growth is no movement either: its closes differ from it by rounding alone.
    const steady = {
      code: 'EEE' as Code,
      closes: { ...still.closes, closes: still.closes.closes.map((_, day) => 2 ** day) },
    };
    expect(correlationMatrix([steady, closesOf('AAA', x)], sessions(67)).rows[0]?.[1]?.reason).toBe('EEE did not move');
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
