/**
 * What is behind the statements of a simulated company: its size, what it earns, owes and pays out, all from its code.
 *
 * The market value follows from how much is traded; earnings from the trend of the price and a price-earnings ratio that
 * leaves room for the dividends. A company that pays none may make a loss. The plan knows no day.
 */
import { localDate } from '../domain/date.ts';
import { hash, type Random, randomFrom } from '../domain/random.ts';
import type { SimulatedSecurity } from './securities.ts';
import { trendGrowth } from './volatility.ts';

export type CompanyForm = 'general' | 'bank' | 'insurer' | 'property trust';

export type CompanyPlan = {
  readonly form: CompanyForm;
  /** `none` has no statements at all, `few` only the totals of full years. */
  readonly told: 'all' | 'few' | 'none';
  /** Month in which its year ends. */
  readonly yearEnd: number;
  readonly currency: 'AUD' | 'USD';
  /** Whether its filing dates are told; else they repeat the period's end. */
  readonly isFilingTold: boolean;
  /** Units on issue, in those of today. */
  readonly shares: number;
  /** Dollars of the middle of 2026: of a year, or of its end. */
  readonly base: {
    readonly revenue: number;
    readonly netIncome: number;
    readonly equity: number;
    readonly assets: number;
    readonly debt: number;
    readonly dividends: number;
  };
  /** Yearly, as fractions. */
  readonly growth: { readonly revenue: number; readonly earnings: number };
  readonly grossMargin: number;
  readonly cashConversion: number;
  readonly capitalShare: number;
  readonly interestRate: number;
  /** Current assets for each dollar of current liabilities. */
  readonly liquidity: number;
  readonly issuesAYear: number;
};

const banks: ReadonlySet<string> = new Set(['CBA', 'NAB', 'WBC', 'ANZ', 'MQG', 'BEN', 'BOQ', 'JDO', 'MYS']);
const insurers: ReadonlySet<string> = new Set(['QBE', 'IAG', 'SUN', 'MPL', 'NHF', 'HLI']);
const developers: ReadonlySet<string> = new Set(['LLC', 'LIC', 'CNI']);
const septemberYears: ReadonlySet<string> = new Set(['NAB', 'WBC', 'ANZ', 'ELD', 'NUF', 'GNC', 'TUA']);
const decemberYears: ReadonlySet<string> = new Set([
  'RIO',
  'QBE',
  'WDS',
  'STO',
  'SCG',
  'GPT',
  'ZIP',
  'OML',
  'WPR',
  'KAR',
]);
const usDollars: ReadonlySet<string> = new Set(['BHP', 'RIO']);
/** Losses have eaten their equity. */
const overdrawn: ReadonlySet<string> = new Set(['SGR', 'STX']);

export function formOf(security: SimulatedSecurity): CompanyForm {
  const { code, group } = security;
  if (banks.has(code)) return 'bank';
  if (insurers.has(code)) return 'insurer';
  return group === 'Real Estate' && !developers.has(code) ? 'property trust' : 'general';
}

/** GICS group and industry of what the plan tells apart; the others are left out, as a sparse answer has them. */
export const industryOf: Readonly<Record<CompanyForm, readonly [group: string, industry: string] | undefined>> = {
  bank: ['Banks', 'Banks'],
  insurer: ['Insurance', 'Insurance'],
  'property trust': ['Equity Real Estate Investment Trusts (REITs)', 'Diversified REITs'],
  general: undefined,
};

const between = (random: Random, low: number, high: number): number => low + (high - low) * random();

/** Where the trend is what the list says. */
export const planDate = localDate(2026, 7, 1);

const sessionsAYear = 252;

function toldOf(security: SimulatedSecurity, chance: number): CompanyPlan['told'] {
  if (security.turnover > 0.7) return 'all';
  return chance < 0.3 ? 'none' : chance < 0.65 ? 'few' : 'all';
}

function returnOnEquity(form: CompanyForm, quality: number): number {
  if (form === 'bank') return 0.07 + 0.08 * quality;
  if (form === 'property trust') return 0.03 + 0.07 * quality;
  return 0.03 + 0.27 * quality * quality;
}

function assetsFor(form: CompanyForm, equity: number, random: Random): number {
  const share = {
    bank: between(random, 0.045, 0.09),
    insurer: between(random, 0.18, 0.3),
    'property trust': between(random, 0.52, 0.74),
    general: between(random, 0.34, 0.72),
  }[form];
  return equity / share;
}

function yearEndOf(code: string): number {
  if (code === 'MQG') return 3;
  return septemberYears.has(code) ? 9 : decemberYears.has(code) ? 12 : 6;
}

export function companyPlan(security: SimulatedSecurity): CompanyPlan {
  const { code, price, yieldPct, turnover, group } = security;
  const random = randomFrom(hash(`${code} plan`));
  const form = formOf(security);
  const quality = random();
  const value = (turnover * 1_000_000 * sessionsAYear) / between(random, 0.45, 0.9);
  const shares = Math.round(value / price / 1000) * 1000;
  const isDear = group === 'Information Technology' || group === 'Health Care';
  const multiple = Math.min(between(random, 9, 20) + (isDear ? 12 : 0), yieldPct > 0 ? 95 / yieldPct : 60);
  const makesLoss = overdrawn.has(code) || (yieldPct === 0 && random() < 0.65);
  const profit = value / multiple;
  const netIncome = makesLoss ? -value * between(random, 0.02, 0.1) : profit;
  const margin = form === 'bank' ? 0.36 : form === 'property trust' ? 0.55 : 0.03 + 0.24 * quality;
  const revenue = makesLoss ? value * between(random, 0.08, 0.4) : profit / margin;
  const usual = makesLoss ? value * between(random, 0.15, 0.5) : profit / returnOnEquity(form, quality);
  const assets = assetsFor(form, usual, random);
  const isFree = form === 'general' && random() < 0.15;
  const debtShare = form === 'bank' ? 0.14 : form === 'property trust' ? between(random, 0.2, 0.38) : random() * 0.3;
  const growth = trendGrowth(security) + between(random, -0.03, 0.05);
  return {
    form,
    told: toldOf(security, random()),
    yearEnd: yearEndOf(code),
    currency: usDollars.has(code) ? 'USD' : 'AUD',
    isFilingTold: random() < 0.6,
    shares,
    base: {
      revenue,
      netIncome,
      equity: overdrawn.has(code) ? -0.2 * usual : usual,
      assets,
      debt: isFree ? 0 : assets * debtShare,
      dividends: (yieldPct / 100) * value,
    },
    growth: { revenue: growth, earnings: growth + between(random, -0.02, 0.02) },
    grossMargin: between(random, 0.25, 0.7),
    cashConversion: between(random, 0.8, 1.5),
    capitalShare: between(random, 0.2, 0.8),
    interestRate: between(random, 0.035, 0.065),
    liquidity: between(random, 0.7, 2.6),
    issuesAYear: random() < 0.5 ? 0 : between(random, 0, makesLoss ? 0.12 : 0.03),
  };
}
