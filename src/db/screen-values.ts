/** What securities are screened by: only what an expression asks about is read, for the whole exchange at once. */
import type { Instant, LocalDate } from '../domain/date.ts';
import { ratio, subtract, toFloat } from '../domain/decimal.ts';
import { type Company, priceOf, sharesOf } from '../domain/fundamentals/company.ts';
import { metricOf } from '../domain/fundamentals/metrics.ts';
import { piotroskiOf } from '../domain/fundamentals/piotroski.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import type { KnownPrice } from '../domain/market/known-price.ts';
import type { Code } from '../domain/market/security.ts';
import type { ScreenField } from '../domain/screen/fields.ts';
import type { ScreenValue } from '../domain/screen/screen.ts';
import { companyKindOf } from '../domain/signals/quality-anchors.ts';
import type { ShortSignal } from '../domain/signals/short-signal.ts';
import { readCompanies } from './companies.ts';
import type { Database } from './database.ts';
import { readPrices } from './known-prices.ts';
import type { ListedSecurity } from './securities.ts';
import { readShortSignals } from './short-signals.ts';
import { latestFeatures } from './signal-runs.ts';
import { readOverrides } from './trading-days.ts';

export type ReadScreenValue = (security: ListedSecurity, field: ScreenField) => ScreenValue;

export type ScreenSources = {
  readonly readValue: ReadScreenValue;
  /** Where the expression asks about signals. */
  readonly signals: ReadonlyMap<Code, ShortSignal>;
};

/** How the fields of an expression are answered, each value worked out once. */
export function readScreenValues(
  db: Database,
  securities: readonly ListedSecurity[],
  fields: readonly ScreenField[],
  { now, today }: { readonly now: Instant; readonly today: LocalDate },
): ScreenSources {
  const codes = securities.map(each => each.code);
  const asks = (of: ScreenField['from']['of']): boolean => fields.some(field => field.from.of === of);
  const overrides = readOverrides(db);
  const closed = latestCloseDue(now, overrides);
  const prices = asks('price') ? readPrices(db, codes, { now }) : new Map<Code, KnownPrice>();
  const companies = asks('metric') ? readCompanies(db, codes, { asOf: today, now }) : new Map<Code, Company>();
  const signals = asks('signal') ? readShortSignals(db, codes, { closed, overrides }) : new Map<Code, ShortSignal>();
  const features = asks('feature') ? latestFeatures(db, closed) : new Map<Code, Readonly<Record<string, number>>>();
  const answer = (security: ListedSecurity, field: ScreenField): ScreenValue => {
    const { code } = security;
    const { from } = field;
    switch (from.of) {
      case 'security':
        return security[field.name as 'code' | 'name' | 'sector' | 'kind'];
      case 'price':
        return priceValue(prices.get(code), field);
      case 'signal':
        return signalValue(signals.get(code), field);
      case 'metric':
        return inPercent(metricValue(companies.get(code), from.metric), field);
      case 'feature':
        return inPercent(features.get(code)?.[from.feature], field);
    }
  };
  const known = new Map(fields.map(field => [field, new Map<Code, ScreenValue>()]));
  const readValue: ReadScreenValue = (security, field) => {
    const own = known.get(field);
    if (own?.has(security.code)) return own.get(security.code);
    const value = answer(security, field);
    own?.set(security.code, value);
    return value;
  };
  return { readValue, signals };
}

const inPercent = (value: number | undefined, { kind }: ScreenField): number | undefined =>
  value !== undefined && kind === 'percent' ? value * 100 : value;

function priceValue(price: KnownPrice | undefined, field: ScreenField): ScreenValue {
  if (price === undefined) return undefined;
  if (field.name === 'price') return toFloat(price.price);
  if (price.previousClose === undefined) return undefined;
  return inPercent(ratio(subtract(price.price, price.previousClose), price.previousClose), field);
}

function signalValue(said: ShortSignal | undefined, field: ScreenField): ScreenValue {
  switch (field.name) {
    case 'p':
      return said?.probability;
    case 'r':
      return inPercent(said?.expectedReturn, field);
    default:
      return said?.[field.name as 'signal' | 'signalA' | 'signalB' | 'score' | 'quality' | 'grade'];
  }
}

function metricValue(
  company: Company | undefined,
  metric: Extract<ScreenField['from'], { of: 'metric' }>['metric'],
): number | undefined {
  if (company === undefined) return undefined;
  if (metric === 'marketCap') {
    const [price, shares] = [priceOf(company).value, sharesOf(company).value];
    return price === undefined || shares === undefined ? undefined : price * shares;
  }
  if (metric !== 'piotroski') return metricOf(company, metric).value;
  return company.facts.shape !== 'company' || companyKindOf(company.facts) === 'bank'
    ? undefined
    : piotroskiOf(company).score;
}
