/** Prices put straight into an App's database, for tests that are not about fetching them. */
import type { App } from '../../src/app.ts';
import { replaceHistory } from '../../src/db/prices.ts';
import { storeQuotes } from '../../src/db/quotes.ts';
import { storeSecurities } from '../../src/db/securities.ts';
import { type Instant, parseLocalDate, readInstant } from '../../src/domain/date.ts';
import { decimal, price } from '../../src/domain/decimal.ts';
import type { Bar } from '../../src/domain/market/price.ts';
import { parseCode } from '../../src/domain/market/security.ts';

/** An instant written as ISO text. */
export function at(text: string): Instant {
  const instant = readInstant(text);
  if (instant === undefined) throw new Error(`${text} is no instant`);
  return instant;
}

export const bar = (on: string, close: string): Bar => ({
  date: parseLocalDate(on),
  open: price(close),
  high: price(close),
  low: price(close),
  close: price(close),
  adjustedClose: price(close),
  volume: decimal('1000'),
});

/** Stores closes by code and day. */
export function storeCloses(app: App, closes: Record<string, Record<string, string>>): void {
  app.db.transaction(() => {
    for (const [code, days] of Object.entries(closes)) {
      const bars = Object.entries(days).map(([on, close]) => bar(on, close));
      replaceHistory(app.db, parseCode(code), bars, { at: app.now(), source: 'eodhd' });
    }
  });
}

export function storeQuote(app: App, code: string, quote: { at: string; price: string; previousClose?: string }): void {
  const { previousClose } = quote;
  const stored = {
    code: parseCode(code),
    at: at(quote.at),
    price: price(quote.price),
    previousClose: previousClose === undefined ? undefined : price(previousClose),
  };
  app.db.transaction(() => storeQuotes(app.db, [stored], { at: app.now(), source: 'eodhd' }));
}

/** A symbol list of these codes alone. */
export const storeListed = (app: App, codes: readonly string[]): void =>
  app.db.transaction(() =>
    storeSecurities(
      app.db,
      codes.map(code => ({ code: parseCode(code), name: `${code} Limited`, kind: 'share' as const })),
      app.now(),
    ),
  );
