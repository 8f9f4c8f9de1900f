import { describe, expect, test } from 'vitest';
import { money } from '../../../src/domain/decimal.ts';
import type { Code } from '../../../src/domain/market/security.ts';
import { allocation } from '../../../src/domain/returns/allocation.ts';
import { australianExposure } from '../../../src/domain/returns/banks-and-miners.ts';
import { dayKey } from '../../../src/domain/returns/closes.ts';
import { concentrationLimits, concentrationWarnings } from '../../../src/domain/returns/concentration-warnings.ts';
import { correlationMatrix } from '../../../src/domain/returns/correlation.ts';
import { held } from './holdings-worth.ts';
import { dayAt, repeated } from './rates-by-day.ts';

const nothingKnown = correlationMatrix([], []);
const window = { from: dayAt(0), to: dayAt(0) };

function warningsOf(rows: readonly string[], cash?: string, correlations = nothingKnown) {
  const holdings = held(...rows);
  const parts = allocation(holdings, cash === undefined ? undefined : money(cash));
  const australian = australianExposure(holdings, parts, window);
  return concentrationWarnings({ holdings, allocation: parts, australian, correlations });
}
const messagesOf = (...args: Parameters<typeof warningsOf>) => warningsOf(...args).map(each => each.message);

/** Ten companies of ten sectors, none of them beyond a limit. */
const spread = 'AAA BBB CCC DDD EEE FFF GGG HHH III JJJ'.split(' ').map(code => `${code} 10 S${code}`);

describe('warnings of concentration', () => {
  test('a portfolio that is spread has none', () => {
    expect(messagesOf(spread)).toEqual([]);
    expect(messagesOf([])).toEqual([]);
  });

  test('one holding, with the figure and the limit that it is beyond', () => {
    expect(warningsOf(['CBA 28 Financials', ...spread.slice(0, 7), 'XXX 2 SX'])[0]).toEqual({
      rule: 'holding',
      message: 'One holding, CBA, is 28% of the portfolio',
      codes: ['CBA'],
      value: expect.closeTo(28, 9),
      limit: concentrationLimits.holding,
    });
  });

  test('a fund is not one company', () => {
    expect(messagesOf(['VAS 60 Mixed etf', ...spread])).toEqual(['Mixed is 38% of the portfolio']);
  });

  test('at the limit is not beyond it', () => {
    expect(messagesOf(['CBA 20 Financials', ...spread.slice(0, 8)])).toEqual([]);
  });

  test('banks together, miners together, and their sectors', () => {
    const banks = ['CBA 12 Financials', 'NAB 10 Financials', 'WBC 10 Financials', 'ANZ 9 Financials'];
    expect(messagesOf([...banks, ...spread.slice(0, 5), 'XXX 9 SX'])).toEqual([
      '4 banks are 41% of the portfolio: CBA, NAB, WBC, ANZ',
      'Financials is 41% of the portfolio',
    ]);
    const miners = ['BHP 15 Materials', 'RIO 16 Materials', 'AMC 8 Materials'];
    expect(messagesOf([...miners, ...spread.slice(0, 6), 'XXX 1 SX'])).toEqual([
      '2 miners are 31% of the portfolio: BHP, RIO',
      'Materials is 39% of the portfolio',
    ]);
  });

  test('five companies, when there are more than five', () => {
    const five = ['AAA 15 S1', 'BBB 15 S2', 'CCC 15 S3', 'DDD 14 S4', 'EEE 14 S5'];
    const rest = ['FFF 9 S6', 'GGG 9 S7', 'HHH 9 S8'];
    expect(messagesOf([...five, ...rest])).toEqual([
      'The 5 largest companies are 73% of the portfolio: AAA, BBB, CCC, DDD, EEE',
    ]);
    expect(messagesOf(['AAA 20 S1', 'BBB 20 S2', 'CCC 20 S3', 'DDD 20 S4', 'EEE 20 S5'])).toEqual([]);
  });

  test('what has no sector', () => {
    expect(messagesOf(['VAS 20 ? etf', 'VGS 20 ? etf', ...spread.slice(0, 6)])).toEqual([
      'The sector of 40% of the portfolio is not known: VAS, VGS',
    ]);
  });

  test('much cash, and cash that is owed', () => {
    expect(messagesOf(spread, '100')).toEqual(['Cash is 50% of the portfolio']);
    expect(messagesOf(spread, '-20')).toEqual(['The cash account is overdrawn by 25% of the portfolio']);
  });

  test('two that move as one, when both weigh', () => {
    const dates = Array.from({ length: 80 }, (_, index) => dayAt(index));
    const closes = {
      days: Int32Array.from(dates, dayKey),
      closes: Float64Array.from(repeated([10, 11], 40)),
      places: 0,
    };
    const matrix = correlationMatrix(
      ['AAA', 'BBB', 'CCC'].map(code => ({ code: code as Code, closes })),
      dates,
    );
    expect(messagesOf([...spread.slice(0, 2), 'CCC 4 S', ...spread.slice(3), 'XXX 6 SX'], undefined, matrix)).toEqual([
      'AAA and BBB move almost as one (correlation 1) and are 20% of the portfolio together',
    ]);
  });
});
