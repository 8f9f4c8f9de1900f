import { describe, expect, test } from 'vitest';
import { companyPlan } from '../../src/demo/company-plan.ts';
import { exchangeRate } from '../../src/demo/exchange-rate.ts';
import { fundamentals } from '../../src/demo/fundamentals.ts';
import { type Market, simulateMarket } from '../../src/demo/market.ts';
import { type Instant, parseLocalDate, readInstant, sydneyDate } from '../../src/domain/date.ts';
import { companyOn } from '../../src/domain/fundamentals/company.ts';
import { metricOf } from '../../src/domain/fundamentals/metrics.ts';
import { availableFrom } from '../../src/domain/fundamentals/statement.ts';
import { type Code, parseCode } from '../../src/domain/market/security.ts';
import { qualityOf } from '../../src/domain/signals/model-b.ts';
import { fundamentalsOf, membersOf } from '../../src/eodhd/fundamentals.ts';

const now = readInstant('2026-11-20T10:00Z') ?? 0;
const market = simulateMarket();
const find = (code: string) => {
  const found = market.find(code);
  if (found === undefined) throw new Error(`there is no ${code}`);
  return found;
};

function told(code: Code, at: Instant = now) {
  const read = fundamentalsOf(code, JSON.parse(JSON.stringify(fundamentals(find(code), market, at))));
  if (read === undefined) throw new Error(`${code} is not read`);
  return read;
}

function companyOf(of: Market, code: Code) {
  const security = find(code);
  const { facts, statements } = told(code);
  const asOf = sydneyDate(now);
  const last = of.bars(security, now, parseLocalDate('2026-11-01')).at(-1);
  return companyOn({
    facts,
    statements: statements.filter(each => availableFrom(each).on <= asOf),
    toldOn: asOf,
    asOf,
    price: last && { price: last.close, on: last.date },
    splits: [],
    dividends: [],
    rates: new Map([['USD', { rate: 0.66, on: asOf }]]),
  });
}

const companies = market.securities.filter(each => each.kind === 'share').map(each => each.code);

describe('the simulated companies', () => {
  const all = companies.map(code => ({ code, ...told(code) }));

  test('at least 150 have half-yearly statements; some have few, some none', () => {
    const halves = all.filter(({ statements }) => statements.filter(each => each.period === 'quarter').length >= 12);
    expect(halves.length).toBeGreaterThanOrEqual(150);
    expect(
      all.some(({ statements }) => statements.length > 0 && !statements.some(each => each.period === 'quarter')),
    ).toBe(true);
    expect(all.some(({ statements }) => statements.length === 0)).toBe(true);
    expect(all.some(({ facts }) => facts.shape === 'empty')).toBe(true);
  });

  test('banks, property trusts, US dollars, losses and an equity below zero are among them', () => {
    const industries = new Set(all.map(({ facts }) => facts.industry));
    expect(industries).toContain('Banks');
    expect([...industries].some(each => each?.includes('REIT'))).toBe(true);
    const currencies = all.flatMap(({ code, statements }) => (statements[0]?.currency === 'USD' ? code : []));
    expect(currencies).toEqual(['BHP', 'RIO']);
    const latest = all.flatMap(({ statements }) => statements.find(each => each.kind === 'income') ?? []);
    expect(latest.filter(each => Number(each.figures['netIncome']) < 0).length).toBeGreaterThan(10);
    expect(
      all.some(({ statements }) => statements.some(each => Number(each.figures['totalStockholderEquity']) < 0)),
    ).toBe(true);
  });

  test('some filing dates are told and some repeat the period’s end; none is of the future', () => {
    const today = sydneyDate(now);
    const filed = all.flatMap(({ statements }) => statements);
    expect(filed.some(each => availableFrom(each).isAssumed)).toBe(true);
    expect(filed.some(each => !availableFrom(each).isAssumed)).toBe(true);
    expect(filed.filter(each => (each.filedOn ?? '') > today)).toEqual([]);
  });

  test('the halves of a year add up to it', () => {
    const { statements } = told(parseCode('WES'));
    const revenue = (period: string, end: string) =>
      Number(
        statements.find(each => each.kind === 'income' && each.period === period && each.endsOn === end)?.figures[
          'totalRevenue'
        ],
      );
    expect(revenue('quarter', '2025-12-31') + revenue('quarter', '2026-06-30')).toBeCloseTo(
      revenue('year', '2026-06-30'),
      -4,
    );
  });

  test('a statement never changes, and shows when it is filed', () => {
    const earlier = readInstant('2025-03-03T00:00Z') ?? 0;
    const [before, after] = [told(parseCode('WES'), earlier), told(parseCode('WES'))];
    const key = (each: (typeof after.statements)[number]) => `${each.kind} ${each.period} ${each.endsOn}`;
    const known = new Map(after.statements.map(each => [key(each), each]));
    const shared = before.statements.filter(each => known.has(key(each)));
    expect(shared.length).toBeGreaterThan(20);
    for (const each of shared) expect(each).toEqual(known.get(key(each)));
    expect(before.statements.some(each => each.endsOn > '2025-02-01')).toBe(false);
    expect(after.statements.some(each => each.endsOn === '2026-06-30')).toBe(true);
  });

  test('prices and statements agree: plausible price-earnings ratios, and grades from A to F', () => {
    const known = companies.map(code => companyOf(market, code));
    const ratios = known.flatMap(company => metricOf(company, 'pe').value ?? []).sort((a, b) => a - b);
    expect(ratios.length).toBeGreaterThan(150);
    const middle = ratios[Math.floor(ratios.length / 2)] ?? 0;
    expect(middle).toBeGreaterThan(8);
    expect(middle).toBeLessThan(30);
    const grades = known.map(company => qualityOf(company).grade);
    expect(grades.filter(each => each !== undefined).length).toBeGreaterThan(170);
    for (const grade of ['A', 'B', 'C', 'D', 'F']) expect(grades, grade).toContain(grade);
  });

  test('at least 100 companies are liquid enough for Model A', () => {
    const from = parseLocalDate('2026-10-01');
    const liquid = companies.filter(code => {
      const bars = market.bars(find(code), now, from).slice(-20);
      const turnover = bars.map(bar => bar.close * bar.volume).sort((a, b) => a - b);
      const median = ((turnover[9] ?? 0) + (turnover[10] ?? 0)) / 2;
      return bars.length === 20 && median >= 5_000_000 && (bars.at(-1)?.close ?? 0) >= 1;
    });
    expect(liquid.length).toBeGreaterThanOrEqual(100);
  });
});

test('a split to come has not multiplied the shares yet', () => {
  const before = readInstant('2025-05-01T00:00Z') ?? 0;
  const [old, today] = [told(parseCode('PME'), before), told(parseCode('PME'))];
  expect(Number(today.facts.shares) / Number(old.facts.shares)).toBeCloseTo(3, 3);
  expect(companyPlan(find('PME')).shares).toBe(Number(today.facts.shares));
});

test('a fund and the index', () => {
  expect(told(parseCode('VAS'))).toMatchObject({ facts: { shape: 'fund', type: 'ETF' }, statements: [] });
  const members = membersOf(fundamentals(market.index, market, now));
  expect(members).toHaveLength(200);
  expect(members).toContain('CBA');
});

test('the exchange rate has a close for every session, the same whenever it is asked for', () => {
  const rates = exchangeRate()(now);
  expect(rates.at(-1)?.date).toBe('2026-11-20');
  expect(rates.every(each => each.close > 0.4 && each.close < 1)).toBe(true);
  expect(exchangeRate()(now, parseLocalDate('2026-11-20'))).toEqual(rates.slice(-1));
});
