/**
 * Rows of the simulated market in EODHD's shapes: the field names, the kinds of value and the number of decimals are
 * those of its recorded answers, the odd ones included.
 */
import type { SimulatedDividend, SimulatedSplit } from './corporate-actions.ts';
import type { SimulatedBar, SimulatedQuote } from './market.ts';
import type { SimulatedSecurity } from './securities.ts';

function rounded(value: number, places: number): number {
  const scale = 10 ** places;
  return Math.round(value * scale) / scale;
}

/** Four decimals, more for prices under ten cents, whose adjusted close would otherwise lose its digits. */
const adjusted = (value: number): number => rounded(value, value < 0.1 ? 6 : 4);

export const typeOf = (security: SimulatedSecurity): string =>
  security.kind === 'etf' ? 'ETF' : security.kind === 'index' ? 'INDEX' : 'Common Stock';

const exchangeOf = (security: SimulatedSecurity): string => (security.kind === 'index' ? 'INDX' : 'AU');

export const symbolOf = (security: SimulatedSecurity): string => `${security.code}.${exchangeOf(security)}`;

export const eodRow = (bar: SimulatedBar) => ({
  date: bar.date,
  open: bar.open,
  high: bar.high,
  low: bar.low,
  close: bar.close,
  adjusted_close: adjusted(bar.adjustedClose),
  volume: rounded(bar.volume, 2),
});

export const bulkRow = (security: SimulatedSecurity, bar: SimulatedBar) => ({
  code: security.code,
  exchange_short_name: 'AU',
  ...eodRow(bar),
});

/** `scale` is the product of the later splits' ratios, by which EODHD divides the value. */
export const dividendRow = (dividend: SimulatedDividend, scale: number, isAnnounced: boolean) => ({
  date: dividend.exDate,
  declarationDate: dividend.declaredOn,
  recordDate: dividend.recordDate,
  paymentDate: dividend.paidOn,
  period: dividend.period,
  franking: isAnnounced ? null : `${dividend.frankedPct}%`,
  value: rounded(dividend.perUnit / scale, 5),
  unadjustedValue: dividend.perUnit,
  currency: 'AUD',
});

export const bulkDividendRow = (security: SimulatedSecurity, dividend: SimulatedDividend, scale: number) => ({
  code: security.code,
  exchange: 'AU',
  date: dividend.exDate,
  dividend: (dividend.perUnit / scale).toFixed(5),
  currency: 'AUD',
  declarationDate: dividend.declaredOn,
  recordDate: dividend.recordDate,
  paymentDate: dividend.paidOn,
  period: dividend.period,
  unadjustedValue: dividend.perUnit.toFixed(10),
});

const ratioText = (split: SimulatedSplit): string => `${split.newUnits.toFixed(6)}/${split.oldUnits.toFixed(6)}`;

export const splitRow = (split: SimulatedSplit) => ({ date: split.date, split: ratioText(split) });

export const bulkSplitRow = (security: SimulatedSecurity, split: SimulatedSplit) => ({
  code: security.code,
  exchange: 'AU',
  date: split.date,
  split: ratioText(split),
});

const notAvailable = 'NA';

/** The answer for a symbol that is unknown or does not trade. */
export const unquotedRow = (symbol: string, previousClose?: number) => ({
  code: symbol,
  timestamp: notAvailable,
  gmtoffset: 0,
  open: notAvailable,
  high: notAvailable,
  low: notAvailable,
  close: notAvailable,
  volume: notAvailable,
  previousClose: previousClose ?? notAvailable,
  change: notAvailable,
  change_p: notAvailable,
});

export function quoteRow(symbol: string, quote: SimulatedQuote) {
  const { traded, previousClose } = quote;
  if (traded === undefined) return unquotedRow(symbol, previousClose);
  const change = traded.price - previousClose;
  return {
    code: symbol,
    timestamp: Math.floor(traded.at / 1000),
    gmtoffset: 0,
    open: traded.open,
    high: traded.high,
    low: traded.low,
    close: traded.price,
    volume: traded.volume,
    previousClose: rounded(previousClose, 4),
    change: rounded(change, 4),
    change_p: rounded((change / previousClose) * 100, 4),
  };
}

export const symbolRow = (security: SimulatedSecurity) => ({
  Code: security.code,
  Name: security.name,
  Country: 'Australia',
  Exchange: exchangeOf(security),
  Currency: 'AUD',
  Type: typeOf(security),
  Isin: null,
});

export const searchRow = (security: SimulatedSecurity, close: SimulatedBar | undefined) => ({
  Code: security.code,
  Exchange: exchangeOf(security),
  Name: security.name,
  Type: typeOf(security),
  Country: 'Australia',
  Currency: 'AUD',
  ISIN: null,
  previousClose: close?.close ?? null,
  previousCloseDate: close?.date ?? null,
});

export const userRow = (today: string, calls: number) => ({
  name: 'Simulated market',
  email: 'demo@example.com',
  subscriptionType: 'monthly',
  paymentMethod: 'None',
  apiRequests: calls,
  apiRequestsDate: today,
  dailyRateLimit: 100_000,
  extraLimit: 0,
  inviteToken: null,
  inviteTokenClicked: 0,
  subscriptionMode: 'demo',
  canManageOrganizations: false,
});
