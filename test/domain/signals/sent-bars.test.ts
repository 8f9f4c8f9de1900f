import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSentBars, wantsJudging } from '../../../src/domain/signals/sent-bars.ts';

const line = (day: number, ...numbers: (string | number)[]) =>
  [`2026-03-${String(day).padStart(2, '0')}`, ...numbers].join(' ');
const read = (...newestFirst: string[]) => readSentBars(newestFirst.join(' '), newestFirst.length);

describe('sent bars', () => {
  it('are read oldest first', () => {
    const bars = read(
      line(3, '43.1', '43.5', '43', '43.21', '42.9', '1000'),
      line(2, 42, 44, 41, 43, '42.5', '47423.69'),
    );
    expect([...bars.days]).toEqual([20260302, 20260303]);
    expect([...bars.open]).toEqual([42, 43.1]);
    expect([...bars.high]).toEqual([44, 43.5]);
    expect([...bars.low]).toEqual([41, 43]);
    expect([...bars.close]).toEqual([43, 43.21]);
    expect([...bars.adjusted]).toEqual([42.5, 42.9]);
    expect([...bars.volume]).toEqual([47423.69, 1000]);
    expect(readSentBars('', 0).days).toHaveLength(0);
  });

  it('have the numbers that their texts are, to the last bit', () => {
    const price = fc.oneof(
      fc
        .integer({ min: 0, max: 10 ** 9 })
        .chain(digits => fc.integer({ min: 0, max: 8 }).map(at => (digits / 10 ** at).toFixed(at))),
      fc.constantFrom('0', '-1.5', '12345678901234567890.25', '0.00000000000000000001', '.5', '7.', '1e3'),
    );
    fc.assert(
      fc.property(fc.array(price, { minLength: 6, maxLength: 6 }), texts => {
        const { open, high, low, close, adjusted, volume } = read(line(2, ...texts));
        const found = [open, high, low, close, adjusted, volume].map(column => column[0]);
        expect(found).toEqual(texts.map(Number));
      }),
    );
    expect(read(line(2, 'x', '1.2.3', 1, 1, 1, '')).open[0]).toBeNaN();
    expect(read(line(2, 'x', '1.2.3', 1, 1, 1, '')).high[0]).toBeNaN();
    expect(read(line(2, 'x', '1.2.3', 1, 1, 1, '')).volume[0]).toBeNaN();
  });
});

describe('a series wants judging', () => {
  const flat = (close: number | string, adjusted: number | string = close) => [
    close,
    close,
    close,
    close,
    adjusted,
    100,
  ];
  const wants = (...days: (string | number)[][]) =>
    wantsJudging(read(...days.map((numbers, index) => line(index + 1, ...numbers)).reverse()));

  it('for a close that moved far in shares and in ticks, up or down', () => {
    expect(wants(flat(10), flat(13.8))).toBe(false);
    expect(wants(flat(10), flat(14.01))).toBe(true);
    expect(wants(flat(10), flat(5.99))).toBe(true);
    // 67%, but two ticks.
    expect(wants(flat(0.003), flat(0.005))).toBe(false);
    expect(wants(flat(0.01), flat(0.021))).toBe(true);
  });

  it('for an adjusted close that left the close behind', () => {
    expect(wants(flat(10, 9.5), flat(10, 10))).toBe(false);
    expect(wants(flat(10, 5), flat(10, 10))).toBe(true);
    expect(wants(flat(10, 10), flat(10, 5))).toBe(true);
  });

  it('for a bar that is not possible, or has no volume or adjusted close to speak of', () => {
    expect(wants([11, 12, 10, 11, 11, 0])).toBe(false);
    for (const bar of [
      [9, 12, 10, 11, 11, 1],
      [13, 12, 10, 11, 11, 1],
      [11, 12, 10, 9, 11, 1],
      [11, 12, 10, 13, 11, 1],
      [0, 0, 0, 0, 0, 1],
      [11, 12, 10, 11, 0, 1],
      [11, 12, 10, 11, 11, -1],
      [11, 'x', 10, 11, 11, 1],
      [11, 12, 10, 11, 'x', 1],
      [11, 12, 10, 11, 11, 'x'],
    ]) {
      expect(wants(bar), bar.join(' ')).toBe(true);
    }
  });
});
