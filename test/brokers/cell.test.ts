import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, cut, isAbsent, readAmount, readDay } from '../../src/brokers/cell.ts';
import { plain } from '../../src/domain/decimal.ts';

describe('readAmount', () => {
  test.each([
    ['1,234.50', '1234.5'],
    ['$45,219.95', '45219.95'],
    ['$ 1 234.50', '1234.5'],
    ['(12.30)', '-12.3'],
    ['$(12.30)', '-12.3'],
    ['($1,000)', '-1000'],
    ['\u2212100', '-100'],
    ['$-5', '-5'],
    ['-$5', '-5'],
    ['A$9.95', '9.95'],
    ['AUD 9.95', '9.95'],
    ['9.95 AUD', '9.95'],
    ['1\u00a0000', '1000'],
    ['.5', '0.5'],
  ])('%s', (text, value) => {
    const read = readAmount(text);
    expect(read === undefined ? undefined : plain(read)).toBe(value);
  });
  test.each(['', 'abc', '1,23', '1.2.3', '1e5', '--1', '9'.repeat(50), 'USD 9.95', '()'])('not %s', text => {
    expect(readAmount(text)).toBeUndefined();
  });
});

describe('readDay', () => {
  test.each([
    ['2/07/2025', '2025-07-02'],
    ['30/06/2025', '2025-06-30'],
    ['2026-09-03', '2026-09-03'],
    ['2022-01-20 00:00:00', '2022-01-20'],
    ['2022-01-20T10:03:00', '2022-01-20'],
    ['16/08/2024 0:00', '2024-08-16'],
    ['02 Jan 2024 10:03', '2024-01-02'],
    ['2-Sept-2024', '2024-09-02'],
    ['20230522', '2023-05-22'],
    ['20230522;101500', '2023-05-22'],
    ['2024-01-02, 10:03:00', '2024-01-02'],
    ['29/02/2024', '2024-02-29'],
    ['2024-01-02T20:00:00Z', '2024-01-03'],
  ])('%s', (text, day) => expect(readDay(text)).toBe(day));
  test.each([
    '6/30/2025',
    '31/02/2024',
    '29/02/2023',
    '1/1/24',
    '2024-13-01',
    '02 Foo 2024',
    'today',
    '',
    '2024-01-02 x',
  ])('not %s', text => expect(readDay(text)).toBeUndefined());
  test('month first only where asked for', () => {
    expect(readDay('3/4/2026')).toBe('2026-04-03');
    expect(readDay('3/4/2026', 'month-first')).toBe('2026-03-04');
  });
});

test('absent cells', () => {
  expect(['', '-', '–', 'N/A', 'null'].every(isAbsent)).toBe(true);
  expect(['0', '0.00', 'x', '-1'].some(isAbsent)).toBe(false);
});

test('text loses escape codes, control and invisible characters', () => {
  expect(cleanText('\u001b[31mBHP\u001b[0m\u0007')).toBe('BHP');
  expect(cleanText('\u001b]0;title\u0007BHP')).toBe('BHP');
  expect(cleanText('\ufeff\u00a0Trade\u00a0Date \u202e')).toBe('Trade Date');
  fc.assert(
    fc.property(
      fc.array(fc.nat(0x2fff).map(unit => String.fromCharCode(unit))).map(units => units.join('')),
      text => {
        expect(cleanText(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
      },
    ),
    { seed: 1 },
  );
});

test('an oversized cell is cut to 40 characters', () => {
  expect(cut('x'.repeat(5000))).toHaveLength(40);
  expect(cut('x'.repeat(40))).toBe('x'.repeat(40));
});
