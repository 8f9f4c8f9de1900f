import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/decimal.ts';
import * as words from '../../../src/domain/ledger/entry-words.ts';
import { Failure } from '../../../src/failure.ts';
import { on } from '../../support/ledger.ts';

const today = on('2026-03-02');

/** What a reader says of a word it refuses, and how such a word looks. */
function refusalOf(read: (text: string) => unknown, text: string): string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof Failure) return error.hint === undefined ? [error.message] : [error.message, error.hint];
    throw error;
  }
  throw new Error(`"${text}" was read`);
}
const readDay = (text: string) => words.readDay(text, today);

const looks = {
  units: 'Units look like 100 or 1,050.5.',
  price: 'A price looks like 43.21.',
  money: 'An amount looks like 9.95 or $1,234.50.',
  percent: 'A percentage looks like 100% or 62.5.',
  rate: 'A rate is units of the currency for one Australian dollar, like 0.6512.',
  currency: 'A currency is three letters, like USD.',
  code: 'A code is 3 to 6 letters or digits, like BHP, VAS or CBAPG.',
  ratio: 'A ratio is new units to old ones: 2:1 is two for one, 1:10 is one for ten.',
  date: 'Write dates as YYYY-MM-DD, like 2026-03-02, or day first, like 2/3/2026; or today, or yesterday.',
  year: 'A financial year is the year it ends in: 2026 ends June 2026.',
};

describe('a word that is none of its kind is quoted, with what such a word looks like', () => {
  it.each([
    [words.readUnits, 'ten', '"ten" is not a number of units', looks.units],
    [words.readUnits, '0', '"0" is not more than zero', looks.units],
    [words.readUnits, '-1', '"-1" is not more than zero', looks.units],
    [words.readUnits, '1234567890123', '"1234567890123" is too large to be a number of units', looks.units],
    [words.readPrice, 'x', '"x" is not a price per unit', looks.price],
    [words.readDollars, '-0.01', '"-0.01" is less than zero', looks.money],
    [words.readPayment, '0', '"0" is not more than zero', looks.money],
    [words.readSignedDollars, 'x', '"x" is not an amount in dollars', looks.money],
    [words.readCost, 'none', '"none" is not an amount in dollars', looks.money],
    [words.readForeignAmount, 'x', '"x" is not an amount of money', looks.money],
    [words.readForeignAmount, '0', '"0" is not more than zero', looks.money],
    [words.readRate, 'x', '"x" is not an exchange rate', looks.rate],
    [words.readRate, '0', '"0" is not more than zero', looks.rate],
    [words.readCurrency, 'US', '"US" is not a currency', looks.currency],
    [words.readCurrency, 'USDX', '"USDX" is not a currency', looks.currency],
    [words.readPercent, 'x', '"x" is not a percentage', looks.percent],
    [words.readPercent, '-1%', '"-1" is less than zero', looks.percent],
    [words.readPercent, '100.1%', '"100.1%" is more than 100%', looks.percent],
    [words.readPercent, '5%0', '"5%0" is not a percentage', looks.percent],
    [words.readTradedCode, 'B', '"B" is not an ASX code', looks.code],
    [words.readRatio, '2', '"2" is not a ratio', looks.ratio],
    [words.readRatio, '2:1:1', '"2:1:1" is not a ratio', looks.ratio],
    [words.readRatio, '2:x', '"x" is not part of a ratio', looks.ratio],
    [words.readRatio, '0:1', '"0" is not more than zero', looks.ratio],
    [readDay, '31/2/2026', '"31/2/2026" is not a date', looks.date],
    [readDay, 'x2/3/2026', '"x2/3/2026" is not a date', looks.date],
    [readDay, '2/3/20261', '"2/3/20261" is not a date', looks.date],
    [readDay, '2031-03-03', '"2031-03-03" is more than five years ahead', 'Today is 2026-03-02.'],
    [words.readFinancialYear, '1989', '"1989" is not a financial year', looks.year],
    [words.readFinancialYear, '2101', '"2101" is not a financial year', looks.year],
    [words.readFinancialYear, '20261', '"20261" is not a financial year', looks.year],
    [words.readFinancialYear, 'x2026', '"x2026" is not a financial year', looks.year],
  ] as const)('%o: %s', (read, text, message, hint) => {
    expect(refusalOf(read, text)).toEqual([message, hint]);
  });

  it('with too many decimals needs no example', () => {
    expect(refusalOf(words.readUnits, '0.123456789')).toEqual([
      '"0.123456789" has more than 8 decimals, too many for a number of units',
    ]);
    expect(refusalOf(words.readDollars, '0.125')).toEqual([
      '"0.125" has more than 2 decimals, too many for an amount in dollars',
    ]);
    expect(refusalOf(words.readForeignAmount, '0.1234567')).toEqual([
      '"0.1234567" has more than 6 decimals, too many for an amount of money',
    ]);
  });

  it('is cut where it is long', () => {
    expect(words.quoted('x'.repeat(40))).toBe(`"${'x'.repeat(40)}"`);
    expect(words.quoted('x'.repeat(41))).toBe(`"${'x'.repeat(39)}…"`);
  });
});

describe('a word that is read', () => {
  it('goes to the border of what is taken', () => {
    const texts = [
      words.readUnits('123456789012.12345678'),
      words.readPrice('0.0000000001'),
      words.readDollars('0'),
      words.readPayment('0.01'),
      words.readSignedDollars('-5.05'),
      words.readForeignAmount('0.123456'),
      words.readRate('0.0000000001'),
      words.readPercent('100%'),
      words.readPercent('0'),
    ].map(value => plain(value));
    expect(texts).toEqual([
      '123456789012.12345678',
      '0.0000000001',
      '0',
      '0.01',
      '-5.05',
      '0.123456',
      '0.0000000001',
      '100',
      '0',
    ]);
    expect([words.readFinancialYear('1990'), words.readFinancialYear('2100')]).toEqual([1990, 2100]);
    expect([words.readCost('Unknown'), words.readCurrency('usd')]).toEqual([undefined, 'USD']);
  });

  it('as a day may be named, slashed or ahead by five years', () => {
    const days = ['today', 'Yesterday', '2/3/2026', '12/11/2025', '2031-03-02'].map(readDay);
    expect(days).toEqual(['2026-03-02', '2026-03-01', '2026-03-02', '2025-11-12', '2031-03-02']);
  });
});

describe('the nearest word', () => {
  const kinds = ['buy', 'sell', 'split', 'dividend', 'distribution', 'consolidation'] as const;

  it('is one that begins so, or that fewest letters would mend', () => {
    expect(['di', 'DIVI', 'con'].map(text => words.nearestWord(text, kinds))).toEqual([
      'dividend',
      'dividend',
      'consolidation',
    ]);
    expect(['bux', 'splat', 'dividnds', 'consolxdatixx'].map(text => words.nearestWord(text, kinds))).toEqual([
      'buy',
      'split',
      'dividend',
      'consolidation',
    ]);
    // One letter from `sell`, two from `split`.
    expect(words.nearestWord('selt', ['split', 'sell'])).toBe('sell');
  });

  it('is none where too many letters would have to change', () => {
    // One in a word of 4, two in one of 7, three in a longer one.
    expect(['b', 'bxx', 'sexx', 'spxxx', 'divxxxxx'].map(text => words.nearestWord(text, kinds))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(words.nearestWord('x'.repeat(25), ['x'.repeat(26)])).toBeUndefined();
    expect(words.nearestWord('x'.repeat(24), ['x'.repeat(26)])).toBe('x'.repeat(26));
  });
});
