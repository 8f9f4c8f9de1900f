/** The securities that are watched. */
import { z } from 'zod';
import { isoInstant } from '../../domain/date.ts';
import type { Code } from '../../domain/market/security.ts';
import { Failure } from '../../failure.ts';
import { refusal } from '../../http/refusal.ts';
import { unwatchCodes, watchCodes } from '../../usecases/manage-watchlist.ts';
import { refuseUnknownCode } from '../../usecases/view-security.ts';
import { viewWatchlist } from '../../usecases/view-watchlist.ts';
import type { Endpoints, Parts } from '../parts.ts';
import { priceDay } from '../price-record.ts';
import { codeIn, ticker, tickerOf } from '../ticker.ts';
import { count, date, figure, grade, instant, numberOf, orNull, signalClass, text, words } from '../values.ts';

const item = z.object({
  id: z.int().describe('its place in the list'),
  ticker: text,
  name: words,
  sector: words,
  current_price: figure,
  price_as_of: z.union([date, instant]).nullable(),
  stale: z.boolean().nullable(),
  price_change: figure,
  price_change_pct: figure,
  low_52w: figure,
  high_52w: figure,
  current_signal: signalClass.nullable(),
  signal_confidence: figure,
  quality_score: grade.nullable(),
  added_at: instant,
  note: words,
});
const watchlistAnswer = z.object({ count, items: z.array(item) });
const changeAnswer = z.object({ status: text, message: text, watchlist_item_id: z.int().optional(), ticker: text });

const watchRequest = z.strictObject({
  ticker,
  note: z.string().max(200, 'must have at most 200 characters').optional(),
});

const path = '/watchlist';

export function addWatchlist(endpoints: Endpoints, { app }: Parts): void {
  endpoints.signedIn(
    { method: 'get', path, summary: 'What is watched, with prices and signals', answer: watchlistAnswer },
    () => {
      const { rows, addedAt } = viewWatchlist(app);
      const items = rows.map((row, index) => ({
        id: index + 1,
        ticker: tickerOf(row.code),
        name: orNull(row.name),
        sector: orNull(row.sector),
        current_price: numberOf(row.price?.price),
        price_as_of: row.price === undefined ? null : priceDay(row.price),
        stale: orNull(row.price?.stale),
        price_change: numberOf(row.change),
        price_change_pct: orNull(row.changePct),
        low_52w: orNull(row.low52w),
        high_52w: orNull(row.high52w),
        current_signal: orNull(row.said?.signal),
        signal_confidence: row.said?.signal === undefined ? null : orNull(row.said.score),
        quality_score: orNull(row.said?.grade),
        added_at: isoInstant(addedAt[index] ?? 0),
        note: orNull(row.note),
      }));
      return { count: items.length, items };
    },
  );

  endpoints.signedIn(
    { method: 'post', path, summary: 'Watch a security', body: watchRequest, answer: changeAnswer, makes: true },
    ({ c, body: { ticker: code, note } }) => {
      const name = tickerOf(code);
      refuseUnlisted(() => refuseUnknownCode(app, code), code);
      const isNew = watchCodes(app, [code], note).changed.length > 0;
      const place = viewWatchlist(app).rows.findIndex(row => row.code === code) + 1;
      const answer = { watchlist_item_id: place, ticker: name };
      if (!isNew) return { status: 'ok', message: `${name} is already in your watchlist`, ...answer };
      c.status(201);
      return { status: 'success', message: `${name} added to watchlist`, ...answer };
    },
  );

  endpoints.signedIn(
    { method: 'delete', path: `${path}/{ticker}`, summary: 'Watch it no longer', answer: changeAnswer },
    ({ c }) => {
      const missing = (named: string) => refusal(404, `${named} not found in your watchlist`);
      const code = codeIn(c.req.param('ticker'), missing);
      const name = tickerOf(code);
      try {
        unwatchCodes(app, [code]);
      } catch (error) {
        throw error instanceof Failure && error.code === 'not-found' ? missing(name) : error;
      }
      return { status: 'success', message: `${name} removed from watchlist`, ticker: name };
    },
  );
}

function refuseUnlisted(check: () => void, code: Code): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'not-found') throw error;
    throw refusal(404, `Stock '${tickerOf(code)}' not found in the stored symbol list`);
  }
}
