/**
 * Delayed quotes (`real-time`), in batches of 15, matched by code and never by place.
 *
 * A security that did not trade, and one that does not exist, both come as "NA" in every field under status 200: they
 * are `missing`, not failed. A batch that fails fails only its own codes; a trouble of the key, the plan or the quota
 * stops the batches that have not been sent, and so does a network that is down for two batches in a row.
 */
import { z } from 'zod';
import { type Instant, type LocalDate, sydneyDate } from '../domain/date.ts';
import type { Quote } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import { Failure, type FailureCode } from '../failure.ts';
import { quoteBatchSize } from './costs.ts';
import { field, readNumber, readRows } from './responses.ts';

export type QuoteAnswers = {
  readonly quotes: Quote[];
  readonly missing: { readonly code: Code; readonly reason: string }[];
  readonly failed: { readonly code: Code; readonly failure: Failure }[];
};

/** Seconds since 1970, of this age of the world; EODHD has sent them as text. */
function readSeconds(value: unknown): Instant | undefined {
  const seconds = readNumber(value);
  if (seconds === undefined) return undefined;
  const instant = Math.round(Number(seconds.toFixed()) * 1000);
  return instant > 0 && instant < 1e13 ? instant : undefined;
}

const quoteRow = z
  .object({
    code: field.code,
    timestamp: z.unknown().optional().transform(readSeconds),
    open: field.priceIfAny,
    high: field.priceIfAny,
    low: field.priceIfAny,
    close: field.priceIfAny,
    volume: field.volumeIfAny,
    previousClose: field.priceIfAny,
  })
  .transform(
    (sent): Quote => ({
      code: sent.code,
      at: sent.timestamp,
      open: sent.open,
      high: sent.high,
      low: sent.low,
      price: sent.close,
      volume: sent.volume,
      previousClose: sent.previousClose,
    }),
  );

/** The quotes of one batch's answer, of the codes that were asked for; none of a day after `today`. */
export function quotesOf(
  list: readonly unknown[],
  asked: readonly Code[],
  today?: LocalDate,
): Pick<QuoteAnswers, 'quotes' | 'missing'> {
  const answered = new Map(readRows(list, quoteRow).rows.map(quote => [quote.code, quote]));
  const quotes: Quote[] = [];
  const missing: { code: Code; reason: string }[] = [];
  for (const code of asked) {
    const quote = answered.get(code);
    if (quote === undefined) missing.push({ code, reason: 'EODHD did not answer for it' });
    else if (quote.price === undefined && quote.previousClose === undefined) {
      missing.push({ code, reason: 'EODHD has no quote for it' });
    } else if (today !== undefined && quote.at !== undefined && sydneyDate(quote.at) > today) {
      // Once stored it would stay the newest until that day has come.
      const day = sydneyDate(quote.at);
      missing.push({ code, reason: `EODHD dates its quote ${day}, and it is ${today}: it is not used` });
    } else quotes.push(quote);
  }
  return { quotes, missing };
}

const stopsAll: ReadonlySet<FailureCode> = new Set(['unauthorised', 'quota', 'not-in-plan']);

export type QuoteOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Called after each batch with the number of codes done, and of all. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
};

type BatchOptions = QuoteOptions & { readonly today?: LocalDate | undefined };

type QuoteBatch = (codes: readonly Code[]) => Promise<unknown[]>;

/**
 * Asks for every code in batches through `ask`, four at a time. A trouble that stops all is thrown when no batch had
 * been answered; later it leaves what was paid for, and fails the rest. Errors other than a Failure are thrown.
 */
export async function quotesInBatches(
  codes: readonly Code[],
  ask: QuoteBatch,
  { signal, onProgress, today }: BatchOptions,
): Promise<QuoteAnswers> {
  const asked = [...new Set(codes)];
  const batches: Code[][] = [];
  for (let start = 0; start < asked.length; start += quoteBatchSize) {
    batches.push(asked.slice(start, start + quoteBatchSize));
  }
  const answers: QuoteAnswers = { quotes: [], missing: [], failed: [] };
  let stop: Failure | undefined;
  let offlineInARow = 0;
  let done = 0;
  let answered = false;
  let next = 0;

  async function askOne(batch: readonly Code[]): Promise<void> {
    try {
      const { quotes, missing } = quotesOf(await ask(batch), batch, today);
      answers.quotes.push(...quotes);
      answers.missing.push(...missing);
      answered = true;
      offlineInARow = 0;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Failure)) throw error;
      for (const code of batch) answers.failed.push({ code, failure: error });
      offlineInARow = error.code === 'offline' ? offlineInARow + 1 : 0;
      if (stopsAll.has(error.code) || offlineInARow >= 2) stop ??= error;
    }
  }

  async function work(): Promise<void> {
    while (next < batches.length) {
      const batch = batches[next] ?? [];
      next += 1;
      if (stop === undefined) await askOne(batch);
      else for (const code of batch) answers.failed.push({ code, failure: stop });
      done += batch.length;
      onProgress?.(done, asked.length);
    }
  }

  await Promise.all(Array.from({ length: Math.min(4, batches.length) }, work));
  if (stop !== undefined && !answered && stopsAll.has(stop.code)) throw stop;
  return answers;
}
