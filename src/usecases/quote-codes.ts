/** Quotes of any codes, fetched where the stored one is not fresh; what cannot be fetched is shown as it is stored. */
import type { App } from '../app.ts';
import { noteAsked, readAsked } from '../db/asked.ts';
import { priceHistories } from '../db/prices.ts';
import { quotesOf, storeQuotes } from '../db/quotes.ts';
import { dueQuotes } from '../db/refresh-need.ts';
import { minute, sydneyDate } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';

export type QuoteAnswer = {
  readonly fetched: readonly Code[];
  readonly failed: readonly { readonly code: Code; readonly reason: string }[];
};

/** Fetches the quotes that are due; one call a code. Throws where nothing could be fetched and nothing is stored. */
export async function fetchQuotes(app: App, codes: readonly Code[], signal?: AbortSignal): Promise<QuoteAnswer> {
  const { db } = app;
  const now = app.now();
  const stored = quotesOf(db, codes);
  const histories = priceHistories(db, codes);
  const due = dueQuotes(db, codes, histories, now, minute);
  const misses = rememberedMisses(app, codes, due);
  if (due.length === 0) return { fetched: [], failed: misses };
  const client = await app.eodhd();
  try {
    const { quotes, missing, failed } = await client.quotes(due, { signal });
    db.transaction(() => {
      storeQuotes(db, quotes, { at: now, source: 'eodhd' });
      const unanswered = missing.map(each => each.code);
      noteAsked(db, 'quotes', unanswered, now);
    });
    const [first] = failed;
    if (first && quotes.length === 0 && stored.size === 0 && histories.size === 0) throw first.failure;
    return {
      fetched: quotes.map(quote => quote.code),
      failed: [...failed.map(({ code, failure }) => ({ code, reason: failure.message })), ...missing, ...misses],
    };
  } finally {
    app.flushCalls();
  }
}

/** Codes that are not asked for again so soon, and had no quote when they were. */
function rememberedMisses({ db }: App, codes: readonly Code[], due: readonly Code[]): QuoteAnswer['failed'] {
  const asked = readAsked(db, 'quotes');
  const quotes = quotesOf(db, codes);
  const histories = priceHistories(db, codes);
  const isMiss = (code: Code): boolean => {
    const at = asked[code];
    if (at === undefined || due.includes(code)) return false;
    const closedSince = (histories.get(code)?.lastDate ?? '') >= sydneyDate(at);
    return !closedSince && (quotes.get(code)?.fetchedAt ?? 0) < at;
  };
  return codes.filter(isMiss).map(code => ({ code, reason: 'EODHD has no quote for it' }));
}
