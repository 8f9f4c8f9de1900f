/** Fundamentals of the simulated market in EODHD's shapes: companies, sparse and empty ones, funds, the index. */
import { type Instant, type LocalDate, sydneyDate } from '../domain/date.ts';
import { companyPlan, formOf, industryOf } from './company-plan.ts';
import { symbolOf, typeOf } from './eodhd-rows.ts';
import type { Market } from './market.ts';
import { type SimulatedSecurity, sectorOf } from './securities.ts';
import { statementsOf } from './statements.ts';

const membersOfIndex = 200;
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Lists are objects with number keys, as EODHD sends them. */
const keyed = <T>(rows: readonly T[]): Record<string, T> =>
  Object.fromEntries(rows.map((row, index) => [String(index), row]));

const general = (security: SimulatedSecurity, today: LocalDate) => ({
  Code: security.code,
  Type: typeOf(security),
  Name: security.name,
  Exchange: 'AU',
  CurrencyCode: 'AUD',
  CurrencyName: 'Australian Dollar',
  CurrencySymbol: 'A$',
  CountryName: 'Australia',
  CountryISO: 'AU',
  PrimaryTicker: symbolOf(security),
  UpdatedAt: today,
});

/** A fund tells what it holds and costs, and has no statements. */
const fund = (security: SimulatedSecurity, today: LocalDate) => ({
  General: { ...general(security, today), Category: security.group },
  Technicals: { Beta: security.beta.toFixed(4) },
  ETF_Data: {
    ISIN: null,
    Company_Name: security.name.split(' ')[0],
    Index_Name: null,
    Yield: (security.yieldPct / 100).toFixed(4),
    Dividend_Paying_Frequency: 'NA',
    Inception_Date: '0000-00-00',
    NetExpenseRatio: '0.00200',
    TotalAssets: (security.turnover * 60_000_000).toFixed(2),
    Holdings: {},
  },
});

function company(security: SimulatedSecurity, market: Market, now: Instant) {
  const today = sydneyDate(now);
  const plan = companyPlan(security);
  // Shares are planned in the units after the split, whether it has been or not.
  const split = market.split(security, now) ?? market.laterSplit(security, now);
  const unitsSince = (date: LocalDate): number => (split !== undefined && date < split.date ? split.ratio : 1);
  const [group, industry] = industryOf[plan.form] ?? [null, null];
  const lists = statementsOf(security.code, plan, today, unitsSince);
  const sections = Object.entries(lists).map(([name, { yearly, quarterly }]) => [
    name,
    { currency_symbol: plan.currency, quarterly: newestFirst(quarterly), yearly: newestFirst(yearly) },
  ]);
  return {
    General: {
      ...general(security, today),
      FiscalYearEnd: months[plan.yearEnd - 1],
      Sector: '',
      Industry: '',
      GicSector: sectorOf(security) ?? null,
      GicGroup: group,
      GicIndustry: industry,
    },
    Highlights: { MarketCapitalization: null, PERatio: null, DividendYield: null },
    SharesStats: { SharesOutstanding: unitsOnIssue(plan.shares, market, security, now), SharesFloat: null },
    outstandingShares: { annual: {}, quarterly: {} },
    Earnings: { History: {}, Trend: {}, Annual: {} },
    Financials: Object.fromEntries(sections),
  };
}

/** Shares are planned in the units after a split; until it has been they are fewer. */
function unitsOnIssue(shares: number, market: Market, security: SimulatedSecurity, now: Instant): number {
  const later = market.laterSplit(security, now);
  return later === undefined ? shares : Math.round(shares / later.ratio);
}

const newestFirst = <T>(rows: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(rows).sort(([a], [b]) => (a < b ? 1 : -1)));

const index = (market: Market, today: LocalDate) => ({
  General: { Code: market.index.code, Type: 'INDEX', Name: market.index.name, CurrencyCode: 'NA', UpdatedAt: today },
  Components: keyed(
    market.securities
      .filter(each => each.kind === 'share')
      .sort((a, b) => b.turnover - a.turnover)
      .slice(0, membersOfIndex)
      .map(({ code, name, group }) => ({ Code: code, Exchange: 'AU', Name: name, Sector: group, Industry: null })),
  ),
});

/** Of some very small companies there is nothing at all. */
export function fundamentals(security: SimulatedSecurity, market: Market, now: Instant): unknown {
  const today = sydneyDate(now);
  if (security.kind === 'index') return index(market, today);
  if (security.kind === 'etf') return fund(security, today);
  const isEmpty = formOf(security) === 'general' && companyPlan(security).told === 'none' && security.turnover < 0.4;
  return isEmpty ? {} : company(security, market, now);
}
