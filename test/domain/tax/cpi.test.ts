import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/decimal.ts';
import { indexationFactor, parseQuarter, publishedCpi, quarterOf } from '../../../src/domain/tax/cpi.ts';
import { cpiOf } from '../../support/capital-gains.ts';
import { on } from '../../support/ledger.ts';

describe('quarters', () => {
  it.each([
    ['2027-07-01', '2027Q3'],
    ['2027-09-30', '2027Q3'],
    ['2027-10-01', '2027Q4'],
    ['2028-01-01', '2028Q1'],
    ['2028-06-30', '2028Q2'],
  ])('%s is in %s', (day, quarter) => {
    expect(quarterOf(on(day))).toBe(quarter);
  });

  it('are read in any case, and nothing else is', () => {
    expect([parseQuarter('2027Q3'), parseQuarter(' 2027-q4 '), parseQuarter('2028 Q1')]).toEqual([
      '2027Q3',
      '2027Q4',
      '2028Q1',
    ]);
    for (const text of ['2027', 'Q3', '2027Q5', '2027Q0', '1999Q1', '27Q3', '12027Q3', '2027Q34', '2027--Q3'])
      expect(() => parseQuarter(text)).toThrow(`"${text}" is not a quarter`);
  });
});

it('a word that is no quarter is answered by one that is', () => {
  const hint = 'Write the calendar year and its quarter, like 2027Q3 for July to September 2027.';
  expect(() => parseQuarter('July')).toThrow(
    expect.objectContaining({ code: 'invalid-input', message: '"July" is not a quarter', hint }),
  );
});

describe('the indexation factor', () => {
  const factorOf = (indexes: Record<string, string>, from: string, to: string): string => {
    const { factor, estimated } = indexationFactor(cpiOf(indexes), on(from), on(to));
    return `${plain(factor)}${estimated ? ' estimated' : ''}`;
  };

  it.each([
    // A ratio of 1.131408 is 1.131.
    ['100000', '113140.8', '1.131'],
    ['100', '113.05', '1.131'],
    ['100', '113.0499', '1.13'],
    // ITAA 1997 s 114-1, example of Peter: 119.0 / 110.4.
    ['110.4', '119.0', '1.078'],
    ['100', '99', '1'],
  ])('index %s to %s is %s: three decimals, half up, at least 1', (start, end, factor) => {
    expect(factorOf({ '2027Q3': start, '2031Q1': end }, '2027-08-01', '2031-02-02')).toBe(factor);
  });

  it('within one quarter is 1, known or not', () => {
    expect(factorOf({}, '2028-01-01', '2028-03-31')).toBe('1');
  });

  it('is an estimate by the last known index where a quarter is not published', () => {
    const table = { '2027Q3': '100', '2028Q1': '102' };
    expect(factorOf(table, '2027-07-01', '2028-11-01')).toBe('1.02 estimated');
    expect(factorOf(table, '2028-05-01', '2028-11-01')).toBe('1 estimated');
    expect(factorOf({}, '2027-07-01', '2028-11-01')).toBe('1 estimated');
    expect(factorOf({ '2028Q4': '103' }, '2027-07-01', '2028-11-01')).toBe('1 estimated');
  });

  it('stands in for a quarter by the last one before it that is known, in whatever order they were entered', () => {
    const table = { '2028Q2': '104', '2027Q3': '100', '2029Q1': '110', '2028Q1': '102' };
    expect(factorOf(table, '2027-07-01', '2028-11-01')).toBe('1.04 estimated');
    expect(factorOf(table, '2027-11-01', '2029-02-01')).toBe('1.1 estimated');
    expect(factorOf({ ...table, '2027Q4': '100' }, '2027-11-01', '2029-02-01')).toBe('1.1');
  });

  it('of a cost of before 1 July 2027 begins with the quarter of that day', () => {
    const table = { '2020Q1': '50', '2027Q2': '80', '2027Q3': '100', '2029Q1': '110' };
    for (const day of ['2020-01-06', '2027-06-30', '2027-07-01', '2027-09-30'])
      expect(factorOf(table, day, '2029-02-01'), day).toBe('1.1');
  });

  it('says of which quarters it is, and by which index', () => {
    const { from, to, start, end } = indexationFactor(cpiOf({ '2027Q3': '100' }), on('2027-11-01'), on('2029-02-01'));
    expect([from, to, start?.toFixed(), end?.toFixed()]).toEqual(['2027Q4', '2029Q1', '100', '100']);
    expect(indexationFactor(new Map(), on('2028-01-01'), on('2028-01-02'))).toMatchObject({
      from: '2028Q1',
      to: '2028Q1',
      start: undefined,
      end: undefined,
    });
  });

  it('has no index of its own: what it needs is not published yet', () => {
    expect(publishedCpi.size).toBe(0);
  });
});
