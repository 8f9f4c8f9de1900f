import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plain } from '../../src/domain/decimal.ts';
import { isOtherCode, readDay, readList, readNumber, readText } from '../../src/eodhd/responses.ts';

const read = (value: unknown) => {
  const number = readNumber(value);
  return number === undefined ? undefined : plain(number);
};

describe('numbers', () => {
  test.each([
    [43, '43'],
    [43.82, '43.82'],
    [0, '0'],
    [-16.505, '-16.505'],
    [1e-7, '0.0000001'],
    [1.5e-7, '0.00000015'],
    ['1.5E-7', '0.00000015'],
    [155552400, '155552400'],
    ['0.0250000000', '0.025'],
    [' 1,234,567.50 ', '1234567.5'],
    ['25.03%', '25.03'],
    ['+2.5', '2.5'],
    ['.5', '0.5'],
    ['-.5', '-0.5'],
    [0.1 + 0.2, '0.30000000000000004'],
    ['0e0', '0'],
  ])('%j is %s', (value, expected) => expect(read(value)).toBe(expected));

  test.each(['NA', 'None', 'No data', '', ' ', null, undefined, Number.NaN, Infinity, true, {}, [5], '1.2.3', '12abc'])(
    '%j is unknown',
    value => expect(readNumber(value)).toBeUndefined(),
  );
  test.each(['1,23', '--5', '1e999', '1e-999', '9'.repeat(50), 1e300, 1e-300, '0x10', '-', '%', '1e'])(
    '%j is no number a price can be',
    value => expect(readNumber(value)).toBeUndefined(),
  );

  test('law: every float of a price is read as its shortest text', () => {
    const prices = fc.double({ min: 1e-9, max: 1e15, noNaN: true });
    fc.assert(
      fc.property(prices, value => {
        expect(Number(read(value))).toBe(value);
        expect(read(String(value))).toBe(read(value));
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});

test('days', () => {
  expect(readDay('2026-02-18')).toBe('2026-02-18');
  expect(readDay('2026-02-18T10:00:00+00:00')).toBe('2026-02-18');
  for (const value of ['0000-00-00', 'NA', '', null, 20260218, '2026-02-30']) expect(readDay(value)).toBeUndefined();
});

test('texts', () => {
  expect(readText('BHP Group\u00a0Limited \u00a0')).toBe('BHP Group Limited');
  expect(readText('\u001b[31mEvil\u0007 Ltd')).toBe('Evil Ltd');
  for (const value of ['NA', 'None', '', '\u00a0', null, 5]) expect(readText(value)).toBeUndefined();
});

test('lists come as arrays, numbered or dated objects, or nothing', () => {
  expect(readList([1, 2])).toEqual([1, 2]);
  expect(readList({ 0: 'a', 1: 'b' })).toEqual(['a', 'b']);
  expect(readList({ '2026-01-26': { Holiday: 'Australia Day' } })).toEqual([
    { date: '2026-01-26', Holiday: 'Australia Day' },
  ]);
  expect(readList({})).toEqual([]);
  expect(readList(null)).toEqual([]);
  for (const value of [undefined, 'text', 5, true, { name: 'x' }, { 0: 1, name: 'x' }]) {
    expect(readList(value)).toBeUndefined();
  }
});

test('funds and codes no longer used are told from ASX codes and from rubbish', () => {
  expect(isOtherCode({ code: '0P00007962' })).toBe(true);
  expect(isOtherCode({ Code: 'PRL_old' })).toBe(true);
  expect(isOtherCode({ code: 'BHP' })).toBe(false);
  expect(isOtherCode({ code: '<script>' })).toBe(false);
  expect(isOtherCode({})).toBe(false);
  expect(isOtherCode(null)).toBe(false);
});
