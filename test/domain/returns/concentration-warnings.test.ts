import { describe, expect, test } from 'vitest';
import { money } from '../../../src/domain/decimal.ts';
import type { Code } from '../../../src/domain/market/security.ts';
import { allocation } from '../../../src/domain/returns/allocation.ts';
import { australianExposure } from '../../../src/domain/returns/banks-and-miners.ts';
import { dayKey } from '../../../src/domain/returns/closes.ts';
import { concentrationLimits, concentrationWarnings } from '../../../src/domain/returns/concentration-warnings.ts';
import { type Correlation, correlationMatrix } from '../../../src/domain/returns/correlation.ts';
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

  test('each names its rule, its limit and what it is of', () => {
    const facts = (rows: readonly string[], cash?: string) =>
      warningsOf(rows, cash).map(({ rule, limit, codes }) => `${rule} ${limit} ${codes.join(' ')}`.trim());
    expect(facts(['CBA 38 Financials', 'AAA 31 ?', 'BBB 31 ?'])).toEqual([
      'holding 20 CBA',
      'holding 20 AAA',
      'holding 20 BBB',
      'unknownSector 25 AAA BBB',
      'sector 35 CBA',
    ]);
    expect(
      facts([
        'CBA 17 Financials',
        'NAB 16 Financials',
        'BHP 17 Materials',
        'RIO 16 Materials',
        'XXX 9 SX',
        'YYY 9 SY',
        'ZZZ 16 SZ',
      ]),
    ).toEqual(['fiveHoldings 70 BHP CBA NAB RIO ZZZ', 'banks 30 CBA NAB', 'miners 30 BHP RIO']);
    expect(facts(spread, '100')).toEqual(['cash 40']);
    expect(facts(spread, '-20')).toEqual(['borrowed 0']);
  });

  test('one bank or one miner is told of as one holding', () => {
    expect(
      warningsOf(['CBA 34 Financials', 'BHP 34 Materials', 'XXX 16 SX', 'YYY 16 SY']).map(each => each.rule),
    ).toEqual(['holding', 'holding']);
  });

  test('without weights, as more is owed than held, there is nothing to warn of', () => {
    expect(messagesOf(['CBA 50 Financials', 'NAB 50 ?', 'BHP 50 Materials', 'RIO 50 Materials'], '-200')).toEqual([]);
  });

  test('a sector that is called Cash is not the cash account', () => {
    const cashSector = ['AAA 15 Cash', 'BBB 15 Cash', 'CCC 15 Cash'];
    const rest = ['DDD 15 S1', 'EEE 10 S2', 'FFF 10 S3', 'GGG 10 S4'];
    expect(warningsOf([...cashSector, ...rest, 'HHH 10 S5']).map(each => each.rule)).toEqual(['sector']);
  });

  test('a fund is not one company', () => {
    const five = ['AAA 14 S1', 'BBB 14 S2', 'CCC 14 S3', 'DDD 14 S4', 'EEE 15 S5'];
    // Beside a fund and cash, the five make 71%.
    for (const kind of ['etf', 'fund']) {
      expect(messagesOf([`VAS 21 Mixed ${kind}`, ...five, 'FFF 3 S6'], '5')).toEqual([
        'The 5 largest companies are 71% of the portfolio: EEE, AAA, BBB, CCC, DDD',
      ]);
    }
    // Cash is no company either.
    expect(messagesOf([...five, 'FFF 3 S6'], '26')).toEqual([
      'The 5 largest companies are 71% of the portfolio: EEE, AAA, BBB, CCC, DDD',
    ]);

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
    expect(messagesOf(spread, '0')).toEqual([]);
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

  test('two are as one from 0.9 on, when each is 5% or more', () => {
    const figure = (value: number | undefined) =>
      ({ value, reason: value === undefined ? 'too few days' : undefined }) as Correlation;
    const of = (value: number | undefined, ...rows: string[]) => {
      const codes = ['AAA', 'BBB'] as Code[];
      const matrix = {
        codes,
        from: undefined,
        to: undefined,
        rows: [
          [figure(1), figure(value)],
          [figure(value), figure(1)],
        ],
      };
      return warningsOf([...rows, ...spread.slice(2)], '10', matrix);
    };
    // 5 and 5 of 100.
    expect(of(0.9, 'AAA 5 S1', 'BBB 5 S2')).toEqual([
      {
        rule: 'correlation',
        message: 'AAA and BBB move almost as one (correlation 0.9) and are 10% of the portfolio together',
        codes: ['AAA', 'BBB'],
        value: 0.9,
        limit: concentrationLimits.correlation,
      },
    ]);
    expect(of(0.95678, 'AAA 4 S1', 'BBB 6 S2')).toEqual([]);
    expect(of(0.95678, 'AAA 6 S1', 'BBB 4 S2')).toEqual([]);
    expect(of(0.95678, 'AAA 4 S1', 'BBB 6 S2')).toEqual([]);
    expect(of(0.95678, 'AAA 5 S1', 'BBB 5 S2')[0]?.message).toContain('(correlation 0.96)');
    for (const below of [0.899, -1, undefined]) expect(of(below, 'AAA 5 S1', 'BBB 5 S2')).toEqual([]);
    // Known, and no longer priced.
    expect(of(1, 'AAA 5 S1', 'BBB ? S2')).toEqual([]);
  });
});
