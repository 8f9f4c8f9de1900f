/**
 * The metrics of a company, each with the formula that makes it and the statements it rests on.
 *
 * Flows are those of the last twelve months, stocks those of the newest balance sheet. Where equity is not above zero,
 * return on equity, debt to equity and price to book mean nothing and are unknown; so is a multiple of what is not above
 * zero (earnings, EBITDA, revenue) and a growth from it. The earnings yield is the price-earnings ratio upside down: it
 * stays in order where there is a loss. Per-share figures come from `company`.
 */
import { addMonths } from '../date.ts';
import { decimal, toFloat } from '../decimal.ts';
import { items } from './books.ts';
import {
  type Company,
  dividendsOfYear,
  dividendsPerShare,
  epsOfYear,
  flow,
  flowBefore,
  marketValue,
  ofYear,
  priceOf,
  stock,
} from './company.ts';
import { because, type Figure, named, nothing, type Outcome, told, worked } from './figure.ts';
import { bothIn, currencyOf } from './trailing.ts';

const ratioOf =
  (why: string) =>
  (part = 0, whole = 0): Outcome =>
    whole > 0 ? part / whole : because(why);

const ratio = (name: string, part: Figure, whole: Figure, why: string): Figure =>
  worked(
    name,
    'ratio',
    `${part.name} / ${whole.name}`,
    [part, whole],
    bothIn(currencyOf(part), currencyOf(whole)) === 'several'
      ? () => because('the statements that it needs are in two currencies')
      : ratioOf(why),
  );

const negativeEquity = 'equity is not above zero';
const noRevenue = 'there is no revenue';
const noAssets = 'there are no assets';

const growth = (name: string, now: Figure, before: Figure, why: string): Figure =>
  worked(name, 'ratio', `${now.name} / ${before.name} - 1`, [now, before], (a = 0, b = 0) =>
    b > 0 ? a / b - 1 : because(why),
  );

/** Value of the whole business: of its shares and its debt, less its cash. */
function enterpriseValue(company: Company): Figure {
  const debt = stock(company, items.debt);
  const cash = stock(company, items.cash);
  const value = marketValue(company, debt);
  return worked(
    'enterpriseValue',
    'money',
    'marketValue + debt - cash',
    [value, debt, cash],
    (a = 0, b = 0, c = 0) => a + b - c,
  );
}

/** Of the income statement; where that does not tell depreciation, with that of the cash flow. */
function ebitdaOf(company: Company): Figure {
  const told = flow(company, items.ebitda);
  if (told.value !== undefined) return told;
  const parts = [flow(company, items.ebit), flow(company, items.depreciation)];
  return worked('ebitda', 'money', 'ebit + depreciation', parts, (ebit = 0, depreciation = 0) => ebit + depreciation);
}

/** The years on end, up to the last, in which dividends were paid and were not less than in the year before. */
function yearsWithoutCut(company: Company): Figure {
  const name = 'years_without_cut';
  if (company.dividends === undefined) return nothing(name, 'count', 'its dividends were never asked for');
  const [first] = company.dividends;
  const year = (back: number): number => {
    const [start, end] = [addMonths(company.asOf, -12 * (back + 1)), addMonths(company.asOf, -12 * back)];
    return (company.dividends ?? [])
      .filter(each => each.exDate > start && each.exDate <= end)
      .reduce((total, each) => total + toFloat(each.adjustedPerUnit ?? each.perUnit), 0);
  };
  let years = 0;
  while (years < 30 && year(years) > 0 && year(years) >= year(years + 1) * 0.999) years += 1;
  return told(name, 'count', years, first === undefined ? 'no dividends are known' : `dividends since ${first.exDate}`);
}

function franking(company: Company): Figure {
  const paid = dividendsOfYear(company);
  if (company.dividends === undefined) return nothing('franking', 'ratio', 'its dividends were never asked for');
  if (paid.length === 0) return nothing('franking', 'ratio', 'it paid no dividends in the last twelve months');
  const unknown = paid.find(each => each.frankedPct === undefined);
  if (unknown !== undefined)
    return nothing('franking', 'ratio', `the franking of the dividend of ${unknown.exDate} is not known`);
  const franked = paid.reduce((total, each) => total + (each.inDay * toFloat(each.frankedPct ?? noFranking)) / 100, 0);
  const total = paid.reduce((sum, each) => sum + each.inDay, 0);
  const of = `of the dividends of the twelve months to ${company.asOf}`;
  return ratio('franking', told('franked', 'price', franked, of), told('paid', 'price', total, of), 'nothing was paid');
}
const noFranking = decimal('0');

const definitions = {
  pe: company => {
    const earned = flow(company, items.netIncome);
    return ratio('pe', marketValue(company, earned), earned, 'it made a loss');
  },
  earnings_yield: company => {
    const earned = flow(company, items.netIncome);
    return ratio('earnings_yield', earned, marketValue(company, earned), 'it has no market value');
  },
  pb: company => {
    const equity = stock(company, items.equity);
    return ratio('pb', marketValue(company, equity), equity, negativeEquity);
  },
  ps: company => {
    const revenue = flow(company, items.revenue);
    return ratio('ps', marketValue(company, revenue), revenue, noRevenue);
  },
  ev_ebitda: company => ratio('ev_ebitda', enterpriseValue(company), ebitdaOf(company), 'EBITDA is not above zero'),
  fcf_yield: company => {
    const free = flow(company, items.freeCashFlow);
    return ratio('fcf_yield', free, marketValue(company, free), 'it has no market value');
  },
  roe: company => ratio('roe', flow(company, items.netIncome), stock(company, items.equity), negativeEquity),
  roa: company => ratio('roa', flow(company, items.netIncome), stock(company, items.totalAssets), noAssets),
  profit_margin: company =>
    ratio('profit_margin', flow(company, items.netIncome), flow(company, items.revenue), noRevenue),
  operating_margin: company =>
    ratio('operating_margin', flow(company, items.operatingIncome), flow(company, items.revenue), noRevenue),
  revenue_growth_yoy: company => {
    const now = flow(company, items.revenue, 'revenue');
    const before = flowBefore(company, items.revenue, 'revenueBefore');
    if (now.value !== undefined && before.value !== undefined)
      return growth('revenue_growth_yoy', now, before, 'there was no revenue the year before');
    const [year, last] = [
      ofYear(company, items.revenue, 0, 'revenue'),
      ofYear(company, items.revenue, 1, 'revenueBefore'),
    ];
    return growth('revenue_growth_yoy', year, last, 'there was no revenue the year before');
  },
  eps_growth: company =>
    growth(
      'eps_growth',
      epsOfYear(company, 0, 'eps'),
      epsOfYear(company, 1, 'epsBefore'),
      'earnings per share of the year before are not above zero',
    ),
  revenue_cagr_3y: company => {
    const parts = [ofYear(company, items.revenue, 0, 'revenue'), ofYear(company, items.revenue, 3, 'revenue3YearsAgo')];
    const formula = '(revenue / revenue3YearsAgo) ^ (1 / 3) - 1';
    return worked('revenue_cagr_3y', 'ratio', formula, parts, (now = 0, then = 0) =>
      then > 0 && now >= 0 ? (now / then) ** (1 / 3) - 1 : because('there was no revenue three years before'),
    );
  },
  debt_to_equity: company =>
    ratio('debt_to_equity', stock(company, items.debt), stock(company, items.equity), negativeEquity),
  current_ratio: company =>
    ratio(
      'current_ratio',
      stock(company, items.currentAssets),
      stock(company, items.currentLiabilities),
      'there are no current liabilities',
    ),
  quick_ratio: company => {
    const parts = [
      stock(company, items.currentAssets),
      stock(company, items.inventory),
      stock(company, items.currentLiabilities),
    ];
    const formula = '(currentAssets - inventory) / currentLiabilities';
    return worked('quick_ratio', 'ratio', formula, parts, (assets = 0, inventory = 0, due = 0) =>
      due > 0 ? (assets - inventory) / due : because('there are no current liabilities'),
    );
  },
  interest_cover: company => {
    const parts = [flow(company, items.ebit), flow(company, items.interest)];
    return worked('interest_cover', 'ratio', 'ebit / abs(interest)', parts, (ebit = 0, interest = 0) =>
      interest === 0 ? because('it pays no interest') : ebit / Math.abs(interest),
    );
  },
  equity_to_assets: company =>
    ratio('equity_to_assets', stock(company, items.equity), stock(company, items.totalAssets), noAssets),
  debt_to_assets: company =>
    ratio('debt_to_assets', stock(company, items.debt), stock(company, items.totalAssets), noAssets),
  div_yield: company => ratio('div_yield', dividendsPerShare(company), priceOf(company), 'it has no price'),
  payout: company => {
    const parts = [
      ofYear(company, items.dividendsPaid, 0, 'dividendsPaid'),
      ofYear(company, items.netIncome, 0, 'netIncome'),
    ];
    return worked('payout', 'ratio', 'abs(dividendsPaid) / netIncome', parts, (paid = 0, earned = 0) =>
      paid === 0 ? because('it paid no dividends') : earned > 0 ? Math.abs(paid) / earned : because('it made a loss'),
    );
  },
  franking,
  years_without_cut: yearsWithoutCut,
  free_cash_flow: company => named(flow(company, items.freeCashFlow), 'free_cash_flow'),
} satisfies Record<string, (company: Company) => Figure>;

export type MetricName = keyof typeof definitions;
export const metricNames = Object.keys(definitions) as MetricName[];

export const metricOf = (company: Company, name: MetricName): Figure => definitions[name](company);
