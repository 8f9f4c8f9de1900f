/** Figures as spans: sign, arrow and colour always together. */
import type { Instant } from '../domain/date.ts';
import type { Decimal, Money } from '../domain/decimal.ts';
import type { HoldingTotals } from '../domain/ledger/holding.ts';
import type { Freshness } from '../domain/market/age.ts';
import {
  direction,
  formatCoverage,
  formatFreshness,
  formatMoney,
  formatNumber,
  formatPct,
  unknown,
} from '../format.ts';
import type { Span } from './text.ts';
import type { Token } from './theme.ts';

const arrowTokens = { '▲': 'gain', '▼': 'loss', '': undefined } as const;

/** The colour of a change, by its sign once rounded as it is shown. */
export const changeToken = (value: Decimal | number | undefined, places = 2): Token | undefined =>
  arrowTokens[direction(value, places)];

const inToken = (text: string, token: Token | undefined): Span => (token === undefined ? { text } : { text, token });

/** `+1,148.60` in the colour of its sign. */
export const moneyChange = (value: Money | undefined): Span =>
  inToken(formatMoney(value, { sign: true }), changeToken(value));

/** `▲ 6.31%`; the arrow is the sign. */
export function pctChange(value: number | undefined, places = 2): Span {
  if (value === undefined) return { text: unknown };
  const arrow = direction(value, places);
  return inToken(
    `${arrow === '' ? '' : `${arrow} `}${formatPct(Math.abs(value), { places })}`,
    changeToken(value, places),
  );
}

/** `▲6.31`: a percentage for a column whose title says `%`. */
export function pctCell(value: number | undefined, places = 2): Span {
  if (value === undefined) return { text: unknown };
  return inToken(`${direction(value, places)}${formatNumber(Math.abs(value), { places })}`, changeToken(value, places));
}

/** `-1,204.50 ▼ 0.29%`. */
export function changeSpans(value: Money | undefined, pct: number | undefined, places = 2): Span[] {
  if (value === undefined) return [{ text: unknown }];
  const amount = moneyChange(value);
  return pct === undefined ? [amount] : [amount, { text: ' ' }, pctChange(pct, places)];
}

/** The day change of a total, and of how many holdings it is where it is not of all. */
export function dayChangeOf({ dayChange, dayChangePct, moved, priced }: HoldingTotals): Span[] {
  const part = formatCoverage(moved, priced);
  const change = changeSpans(dayChange, dayChangePct);
  return part === '' || dayChange === undefined ? change : [...change, { text: ` ${part}`, token: 'dim' }];
}

const scales = [
  [1_000_000_000, 'b'],
  [1_000_000, 'm'],
  [10_000, 'k'],
] as const;

/** Dollars on a chart's edge: `412.8k`, `1.25m`, `9,402`. */
export function shortDollars(value: number): string {
  for (const [least, unit] of scales) {
    const divisor = unit === 'k' ? 1000 : least;
    if (Math.abs(value) >= least) return `${formatNumber(value / divisor, { places: unit === 'k' ? 1 : 2 })}${unit}`;
  }
  return formatNumber(value, { places: 0 });
}

/** How fresh prices are, in words. A close is as fresh as can be and has no delay. */
export function freshnessWords(
  freshness: Freshness,
  { now, offline }: { readonly now: Instant; readonly offline: boolean },
): string {
  return formatFreshness({ at: freshness.kind === 'none' ? undefined : freshness.at, now, offline });
}
