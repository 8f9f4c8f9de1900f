/** Columns of figures: one precision down a column, and the arrow with its percentage. */
import { type Instant, sydneyDate } from '../domain/date.ts';
import { absolute, decimal, type Price, plain, round } from '../domain/decimal.ts';
import { direction, formatDate, formatPct, formatPrice, formatSydneyTime, unknown } from '../format.ts';

/** Where nothing has been recorded. */
export const noEntriesYet =
  'No entries yet. Record one: asxos add "buy 100 BHP @ 43.21 fee 9.95", or import a broker\'s file: asxos import FILE.';

const twoDollars = decimal('2');

/** The decimals that a column of prices needs, two to four. */
function pricePlaces(prices: readonly (Price | undefined)[], { sign }: { sign?: boolean }): number {
  return prices.reduce((most, price) => {
    if (price === undefined) return most;
    const written = plain(round(price, 4)).split('.')[1]?.length ?? 0;
    return Math.max(most, written, !sign && absolute(price).lt(twoDollars) ? 3 : 2);
  }, 2);
}

/** Writes the prices of a column alike; with `sign` they are changes, which may be small without being cheap. */
export function priceColumn<Row>(
  rows: readonly Row[],
  priceOf: (row: Row) => Price | undefined,
  options: { sign?: boolean } = {},
): (row: Row) => string {
  const places = pricePlaces(rows.map(priceOf), options);
  return row => formatPrice(priceOf(row), { places, ...options });
}

/** `22 Nov 2026 21:31 AEDT`. */
export const formatInstant = (instant: Instant | undefined): string =>
  instant === undefined ? '' : `${formatDate(sydneyDate(instant))} ${formatSydneyTime(instant)}`;

/** `▲ 27.1%`, `▼ 0.3%`, `0.0%`. */
export function formatChangePct(value: number | undefined, places = 1): string {
  if (value === undefined) return unknown;
  const arrow = direction(value, places);
  return `${arrow}${arrow === '' ? '' : ' '}${formatPct(Math.abs(value), { places })}`;
}

/** The end of an id: what tells it from its neighbours, and what commands accept for it. */
export const shortId = (id: string): string => id.slice(-8);
