import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CompanyInputs, companyOn } from '../../src/domain/fundamentals/company.ts';
import { metricOf } from '../../src/domain/fundamentals/metrics.ts';
import { piotroskiOf } from '../../src/domain/fundamentals/piotroski.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { missingMetrics, qualityOf } from '../../src/domain/signals/model-b.ts';
import { fundamentalsOf, membersOf } from '../../src/eodhd/fundamentals.ts';
import { day } from '../domain/fundamentals/company-tables.ts';
import { connectEodhd, failureOf } from '../support/eodhd-client.ts';
import { hasRecordings, recordedDir } from '../support/eodhd-server.ts';

const cba = parseCode('CBA');
const bhp = parseCode('BHP');

const sheet = (rows: Record<string, unknown>, currency_symbol: unknown = 'AUD') => ({
  Financials: { Balance_Sheet: { currency_symbol, yearly: rows, quarterly: {} } },
});

describe('statements', () => {
  test('amounts are read from every way of writing them, and what is none is left out', () => {
    const row = {
      date: '2025-06-30',
      filing_date: '2025-08-14',
      totalAssets: '1408728000000.00',
      totalLiab: 12.5,
      cash: null,
      inventory: 'NA',
      netDebt: '0.00',
      currency_symbol: 'USD',
    };
    const read = fundamentalsOf(bhp, sheet({ '2025-06-30': row }));
    expect(read?.statements).toEqual([
      {
        kind: 'balance',
        period: 'year',
        endsOn: '2025-06-30',
        filedOn: '2025-08-14',
        currency: 'USD',
        figures: { totalAssets: '1408728000000', totalLiab: '12.5', netDebt: '0' },
      },
    ]);
  });
  test('the currency of the list stands in for that of the row; pence and their like are none', () => {
    const currencyOf = (of: unknown) =>
      fundamentalsOf(bhp, sheet({ '2025-06-30': { totalAssets: '1' } }, of))?.statements[0]?.currency;
    expect(['AUD', 'USD', 'GBp', '', null].map(currencyOf)).toEqual(['AUD', 'USD', undefined, undefined, undefined]);
  });
  test('a statement without a day or an amount is dropped and counted', () => {
    const read = fundamentalsOf(
      bhp,
      sheet({
        '0000-00-00': { date: '0000-00-00', totalAssets: '1' },
        '<newest period end>': { totalAssets: '1' },
        '2024-06-30': { date: '2024-06-30', totalAssets: null },
        '2025-06-30': { filing_date: '0000-00-00', totalAssets: '1' },
      }),
    );
    expect(read?.dropped).toBe(3);
    expect(read?.statements).toMatchObject([{ endsOn: '2025-06-30', filedOn: undefined }]);
  });
});

describe('what it is', () => {
  test('GICS before the provider’s own words', () => {
    const General = {
      Type: 'Common Stock',
      Sector: 'Financial Services',
      Industry: 'Banks - Diversified',
      GicSector: null,
      GicGroup: null,
    };
    expect(fundamentalsOf(cba, { General })?.facts).toMatchObject({
      shape: 'company',
      sector: 'Financials',
      industry: 'Banks - Diversified',
    });
    const gics = { ...General, Sector: '', GicSector: 'Financials', GicGroup: 'Banks', GicIndustry: 'Banks' };
    expect(fundamentalsOf(cba, { General: gics })?.facts).toMatchObject({ sector: 'Financials', industry: 'Banks' });
  });
  test.each([[{}], [[]], [{ General: {}, Financials: [] }]])('%j is an answer with nothing in it', sent => {
    expect(fundamentalsOf(cba, sent)).toEqual({ facts: { code: 'CBA', shape: 'empty' }, statements: [], dropped: 0 });
  });
  test.each([['text'], [5], [null], [[1]]])('%j is no answer', sent => {
    expect(fundamentalsOf(cba, sent)).toBeUndefined();
  });
  test('a nought among earnings per share is a year that has not been', () => {
    const Annual = { '2026-06-30': { date: '2026-06-30', epsActual: 0 }, '2025-06-30': { epsActual: '6.05' } };
    expect(fundamentalsOf(cba, { General: {}, Earnings: { Annual } })?.facts.yearlyEps).toEqual({
      '2025-06-30': '6.05',
    });
  });
  test('a sparse company has lists that are no lists', () => {
    const sent = {
      General: { Type: 'Common Stock', GicSector: 'Materials', Sector: '', Listings: {} },
      Earnings: { History: {}, Trend: {}, Annual: [] },
      Holders: null,
      Financials: { Balance_Sheet: { currency_symbol: null, quarterly: {}, yearly: [] }, Cash_Flow: null },
    };
    expect(fundamentalsOf(bhp, sent)).toEqual({
      facts: { code: 'BHP', shape: 'company', type: 'Common Stock', sector: 'Materials' },
      statements: [],
      dropped: 0,
    });
  });
});

test('members of an index, each once; those of elsewhere are none', () => {
  const Components = {
    '0': { Code: 'BHP', Exchange: 'AU' },
    '1': { Code: 'CBA' },
    '2': { Code: 'AAPL', Exchange: 'US' },
    '3': { Code: 'BHP', Exchange: 'AU' },
    '4': null,
  };
  expect(membersOf({ General: {}, Components })).toEqual(['BHP', 'CBA']);
  expect(membersOf({ General: {} })).toBeUndefined();
  expect(membersOf([])).toBeUndefined();
});

test('no answer, however strange, throws', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (general, financials, rest) => {
      fundamentalsOf(bhp, { General: general, Financials: financials, Earnings: rest, SharesStats: rest });
      fundamentalsOf(bhp, sheet({ '2025-06-30': financials }, general));
      membersOf({ Components: rest });
      fundamentalsOf(bhp, rest);
    }),
    { numRuns: 300 },
  );
});

describe('the client', () => {
  test('asks once, 10 calls, and answers what came', async () => {
    const { eodhd, server, calls } = await connectEodhd({ faults: [{ body: '{"General":{"Type":"ETF"}}' }] });
    expect((await eodhd.fundamentals(bhp)).facts.shape).toBe('fund');
    expect(server.requests.map(each => each.path)).toEqual(['fundamentals/BHP.AU']);
    expect(calls.map(each => each.cost)).toEqual([10]);
  });
  test('a plan without them is said so and not asked for again', async () => {
    const { eodhd, server } = await connectEodhd({ faults: [{ status: 403, body: 'Forbidden' }] });
    expect((await failureOf(eodhd.fundamentals(bhp))).code).toBe('not-in-plan');
    expect((await failureOf(eodhd.fundamentals(cba))).message).toBe(
      'Your EODHD plan does not include the fundamentals of CBA.AU',
    );
    expect(server.requests).toHaveLength(1);
  });
  test('an unknown code is not found, another shape is a bad answer', async () => {
    const { eodhd } = await connectEodhd({
      faults: [{ path: 'fundamentals/BHP', status: 404, body: 'Ticker Not Found.' }, { body: '"NA"' }],
    });
    expect((await failureOf(eodhd.fundamentals(bhp))).code).toBe('not-found');
    expect((await failureOf(eodhd.fundamentals(cba))).code).toBe('bad-response');
    expect((await failureOf(eodhd.indexMembers(parseCode('AXJO')))).code).toBe('bad-response');
  });
});

describe.runIf(hasRecordings)('as recorded', () => {
  const recording = (file: string): unknown => JSON.parse(readFileSync(join(recordedDir, file), 'utf8'));
  const readOf = (file: string, code = cba) => {
    const read = fundamentalsOf(code, recording(file));
    if (read === undefined) throw new Error(`${file} is not read`);
    return read;
  };
  const on = (asOf: string, more: Partial<CompanyInputs> & Pick<CompanyInputs, 'facts' | 'statements'>) =>
    companyOn({
      toldOn: day(asOf),
      asOf: day(asOf),
      price: undefined,
      splits: [],
      dividends: undefined,
      rates: new Map(),
      ...more,
    });

  test('an ETF is a fund: no statements, no grade', () => {
    const { facts, statements } = readOf('fundamentals-VTI.US-etf-2019.json', bhp);
    expect([facts.shape, statements]).toEqual(['fund', []]);
    expect(qualityOf(on('2019-10-02', { facts, statements })).abstained).toContain('it is a fund');
  });

  test('CBA, trimmed, abstains and names what is missing', () => {
    const { facts, statements, dropped } = readOf('fundamentals-CBA.AU-trimmed.json');
    expect(facts).toMatchObject({ shape: 'company', sector: 'Financials', industry: 'Banks', shares: '1672123722' });
    // The balance sheet's day was trimmed away, and the one income statement is of 2005.
    expect([dropped, statements.map(each => each.endsOn)]).toEqual([1, ['2005-06-30']]);
    const quality = qualityOf(on('2026-07-19', { facts, statements, price: { price: 171.78, on: day('2026-07-17') } }));
    expect(quality).toMatchObject({ kind: 'bank', grade: undefined, score: undefined, signal: undefined, coverage: 0 });
    expect(quality.abstained).toBe(
      'only 0% of the score is covered (80% is the least): missing earnings yield, pb, roe, roa, profit margin, eps growth, equity to assets',
    );
    expect(missingMetrics(quality).map(each => each.figure.unknown)).toEqual([
      'the latest income statement is to 2005-06-30, over 18 months before',
      'there is no balance sheet',
      'the latest income statement is to 2005-06-30, over 18 months before',
      'the latest income statement is to 2005-06-30, over 18 months before',
      'the latest income statement is to 2005-06-30, over 18 months before',
      'the latest income statement is to 2005-06-30, over 18 months before',
      'there is no balance sheet',
    ]);
  });

  test('ABB is read end to end, and its numbers are those worked by hand', () => {
    const { facts, statements, dropped } = readOf('fundamentals-ABBN.SW-2019.json', bhp);
    expect(dropped).toBe(0);
    expect(statements).toHaveLength(3 * (4 + 5));
    expect(new Set(statements.map(each => each.currency))).toEqual(new Set(['USD']));
    // 2,131,960,064 shares at 18.53, of which one is worth 1.0030 US dollars: 39,623,... million.
    const company = on('2019-10-02', {
      facts,
      statements,
      price: { price: 18.53, on: day('2019-10-01') },
      rates: new Map([['USD', { rate: 1.003, on: day('2019-10-01') }]]),
    });
    // Its quarters of 2018 do not add up to the year, which was restated: the year to December 2018 is taken.
    expect(company.basis).toMatchObject({ kind: 'year', endsOn: '2018-12-31' });
    const of = (name: Parameters<typeof metricOf>[1]) => metricOf(company, name).value;
    const value = 18.53 * 2131960064 * 1.003;
    expect(of('earnings_yield')).toBeCloseTo(2173e6 / value, 12);
    expect(of('pe')).toBeCloseTo(18.2343, 3);
    // Of the balance sheet to June 2019: 12,900 of equity, 8,114 of debt, 3,228 of cash.
    expect(of('pb')).toBeCloseTo(value / 12900e6, 12);
    expect(of('debt_to_equity')).toBeCloseTo(8114 / 12900, 12);
    expect(of('current_ratio')).toBeCloseTo(25321 / 19177, 12);
    expect(of('quick_ratio')).toBeCloseTo(20865 / 19177, 12);
    expect(of('roe')).toBeCloseTo(2173 / 12900, 12);
    expect(of('roa')).toBeCloseTo(2173 / 45464, 12);
    expect(of('profit_margin')).toBeCloseTo(2173 / 27662, 12);
    expect(of('operating_margin')).toBeCloseTo(2324 / 27662, 12);
    expect(of('interest_cover')).toBeCloseTo(2324 / 305, 12);
    expect(of('revenue_growth_yoy')).toBeCloseTo(27662 / 25196 - 1, 12);
    expect(of('revenue_cagr_3y')).toBeCloseTo((27662 / 35481) ** (1 / 3) - 1, 12);
    expect(of('fcf_yield')).toBeCloseTo((2924e6 - 772e6) / value, 12);
    expect(of('payout')).toBeCloseTo(1717 / 2173, 12);
    // EBITDA is EBIT and the depreciation of the cash flow: 2,324 + 857.
    expect(of('ev_ebitda')).toBeCloseTo((value + 8114e6 - 3228e6) / 3181e6, 12);
    expect(metricOf(company, 'eps_growth').unknown).toBe('the shares on issue at 2018-12-31 are not told');
    const quality = qualityOf(company);
    expect([quality.grade, quality.coverage]).toEqual(['C', 1]);
    const tests = piotroskiOf(company).tests.map(({ name, passed }) => [name, passed]);
    expect(Object.fromEntries(tests)).toEqual({
      roa: true,
      cash_flow: true,
      // 2,173 of 43,458 against 2,213 of 39,202.
      roa_up: false,
      accruals: true,
      debt_down: true,
      // 21,865 / 18,447 against 22,135 / 16,469.
      liquidity_up: false,
      no_issue: undefined,
      // 8,603 of 27,662 against 7,918 of 25,196.
      margin_up: false,
      turnover_up: false,
    });
  });
});
