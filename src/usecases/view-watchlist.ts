/** The watched securities, or any others, with their prices: the watchlist screen, `watch list` and `quote`. */
import type { App } from '../app.ts';
import { readPrices } from '../db/known-prices.ts';
import { closeRanges } from '../db/price-series.ts';
import { quotesOf } from '../db/quotes.ts';
import { securitiesOf } from '../db/securities.ts';
import { readShortSignals } from '../db/short-signals.ts';
import { readOverrides } from '../db/trading-days.ts';
import { listWatched } from '../db/watchlist.ts';
import { addMonths, type Instant } from '../domain/date.ts';
import { type Price, ratio, subtract } from '../domain/decimal.ts';
import { type Freshness, freshness, latestCloseDue } from '../domain/market/age.ts';
import type { KnownPrice } from '../domain/market/known-price.ts';
import type { Quote } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import type { ShortSignal } from '../domain/signals/short-signal.ts';

export type PriceRow = {
  readonly code: Code;
  readonly name: string | undefined;
  readonly sector: string | undefined;
  readonly price: KnownPrice | undefined;
  readonly freshness: Freshness;
  readonly change: Price | undefined;
  readonly changePct: number | undefined;
  /** The last quote as it came, where there is one. */
  readonly quote: Quote | undefined;
  /** Low and high close of the last 12 months, in today's units. */
  readonly low52w: number | undefined;
  readonly high52w: number | undefined;
  /** The last closes, oldest first, in today's units. */
  readonly recent: readonly number[];
  /** What was last said of it. */
  readonly said: ShortSignal | undefined;
  readonly note: string | undefined;
};

const sparkline = 20;

export function viewPrices(app: App, codes: readonly Code[], notes: ReadonlyMap<Code, string> = new Map()): PriceRow[] {
  const { db } = app;
  const now = app.now();
  const prices = readPrices(db, codes, { now });
  const securities = securitiesOf(db, codes);
  const quotes = quotesOf(db, codes);
  const overrides = readOverrides(db);
  const ranges = closeRanges(db, codes, addMonths(app.today(), -12), sparkline);
  const said = readShortSignals(db, codes, { closed: latestCloseDue(now, overrides), overrides });
  return codes.map(code => {
    const price = prices.get(code);
    const change = price?.previousClose === undefined ? undefined : subtract(price.price, price.previousClose);
    const changeRatio = ratio(change, price?.previousClose);
    const range = ranges.get(code);
    return {
      code,
      name: securities.get(code)?.name,
      sector: securities.get(code)?.sector,
      price,
      freshness: freshness(price?.stamp, now, overrides),
      change,
      changePct: changeRatio === undefined ? undefined : changeRatio * 100,
      quote: quotes.get(code),
      low52w: range?.low,
      high52w: range?.high,
      recent: range?.recent ?? [],
      said: said.get(code),
      note: notes.get(code),
    };
  });
}

export type WatchlistView = {
  readonly rows: readonly PriceRow[];
  /** Since when each is watched, in the order of the rows. */
  readonly addedAt: readonly Instant[];
  readonly simulated: boolean;
};

export function viewWatchlist(app: App): WatchlistView {
  const watched = listWatched(app.db);
  const notes = new Map(watched.flatMap(({ code, note }) => (note === undefined ? [] : [[code, note] as const])));
  return {
    rows: viewPrices(
      app,
      watched.map(each => each.code),
      notes,
    ),
    addedAt: watched.map(each => each.addedAt),
    simulated: app.simulated,
  };
}
