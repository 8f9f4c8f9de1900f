/**
 * Asks EODHD for all that a refresh needs, and answers what came and what did not. A trouble of one security is its row;
 * a trouble of the key, the quota or the network stops what has not been sent, and what came before is kept.
 */
import type { LocalDate } from '../domain/date.ts';
import type { Bar, DeclaredDividend, Quote, SplitEvent } from '../domain/market/price.ts';
import type { Code, Security } from '../domain/market/security.ts';
import { Failure, type FailureCode } from '../failure.ts';
import { type Eodhd, symbolOf } from './client.ts';

export type MarketQuestion = {
  readonly quotes: readonly Code[];
  readonly bars: readonly { readonly code: Code; readonly from: LocalDate; readonly whole: boolean }[];
  readonly actions: readonly Code[];
  readonly bulkDay: LocalDate | undefined;
  readonly symbols: boolean;
  readonly calendar: boolean;
  /** Whether a later dividend or split has changed the adjusted prices of what is stored: then all is asked again. */
  readonly isRewritten: (
    code: Code,
    dividends: readonly DeclaredDividend[],
    splits: readonly SplitEvent[],
  ) => LocalDate | undefined;
};

export type MarketAnswer = {
  readonly quotes: Quote[];
  readonly histories: { readonly code: Code; readonly bars: readonly Bar[]; readonly whole: boolean }[];
  readonly dividends: { readonly code: Code; readonly list: readonly DeclaredDividend[] }[];
  readonly splits: { readonly code: Code; readonly list: readonly SplitEvent[] }[];
  readonly bulk: {
    readonly bars: readonly (readonly [Code, Bar])[];
    readonly dividends: readonly DeclaredDividend[];
    readonly splits: readonly SplitEvent[];
  };
  readonly symbols: readonly Security[] | undefined;
  readonly calendar: { readonly closed: readonly LocalDate[]; readonly earlyClose: readonly LocalDate[] } | undefined;
  readonly unchanged: { readonly code: Code; readonly reason: string }[];
  readonly failed: { readonly code: Code | undefined; readonly what: string; readonly failure: Failure }[];
};

export type Progress = (done: number, total: number) => void;

const stopping: ReadonlySet<FailureCode> = new Set(['unauthorised', 'quota', 'offline', 'rate-limited']);

export async function fetchMarket(
  client: Eodhd,
  question: MarketQuestion,
  signal: AbortSignal,
  progress: Progress,
): Promise<MarketAnswer> {
  const answer: MarketAnswer = {
    quotes: [],
    histories: [],
    dividends: [],
    splits: [],
    bulk: { bars: [], dividends: [], splits: [] },
    symbols: undefined,
    calendar: undefined,
    unchanged: [],
    failed: [],
  };
  let { bulk, symbols, calendar } = answer;
  let stopped: Failure | undefined;
  const total = question.quotes.length + question.bars.length + question.actions.length;
  let done = 0;

  /** Runs one request; a Failure becomes a row, or stops everything that is still to be sent. */
  const attempt = async (code: Code | undefined, what: string, work: () => Promise<void>): Promise<void> => {
    try {
      if (stopped) throw stopped;
      await work();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (stopping.has(error.code)) stopped = error;
      answer.failed.push({ code, what, failure: error });
    }
    if (code !== undefined) progress(++done, total);
  };

  if (question.symbols) {
    await attempt(undefined, 'the symbol list', async () => {
      symbols = (await client.symbols({ signal })).securities;
    });
  }
  if (question.calendar) {
    await attempt(undefined, 'the trading days', async () => {
      calendar = await tradingDays(client, signal);
    });
  }
  if (question.quotes.length > 0) {
    await attempt(undefined, 'quotes', async () => {
      const { quotes, missing, failed } = await client.quotes(question.quotes, {
        signal,
        onProgress: count => progress(count, total),
      });
      answer.quotes.push(...quotes);
      answer.unchanged.push(...missing);
      for (const { code, failure } of failed) {
        if (stopping.has(failure.code)) stopped = failure;
        answer.failed.push({ code, what: 'its quote', failure });
      }
    });
    done = question.quotes.length;
  }
  if (question.bulkDay) {
    const date = question.bulkDay;
    await attempt(undefined, `the prices of ${date}`, async () => {
      const { rows } = await client.bulkBars({ date, signal });
      bulk = { ...bulk, bars: rows.map(({ code, bar }) => [code, bar] as const) };
    });
    await attempt(undefined, `the dividends of ${date}`, async () => {
      bulk = { ...bulk, dividends: (await client.bulkDividends({ date, signal })).dividends };
    });
    await attempt(undefined, `the splits of ${date}`, async () => {
      bulk = { ...bulk, splits: (await client.bulkSplits({ date, signal })).splits };
    });
  }
  const rewritten = new Map<Code, LocalDate>();
  await eachOf(question.actions, code =>
    attempt(code, 'its dividends and splits', async () => {
      const [{ dividends }, { splits }] = await Promise.all([
        client.dividends(code, { signal }),
        client.splits(code, { signal }),
      ]);
      answer.dividends.push({ code, list: dividends });
      answer.splits.push({ code, list: splits });
      const from = question.isRewritten(code, dividends, splits);
      if (from !== undefined) rewritten.set(code, from);
    }),
  );
  const due = new Map(question.bars.map(each => [each.code, each]));
  for (const [code, from] of rewritten) due.set(code, { code, from, whole: true });
  await eachOf([...due.values()], ({ code, from, whole }) =>
    attempt(code, 'its prices', async () => {
      const { bars } = await client.bars(symbolOf(code), { from, signal });
      if (bars.length === 0) answer.unchanged.push({ code, reason: `no prices since ${from}` });
      else answer.histories.push({ code, bars, whole });
    }),
  );
  return { ...answer, bulk, symbols, calendar };
}

/** None where the plan does not have them: the built-in calendar serves, and they are not asked for again at once. */
async function tradingDays(client: Eodhd, signal: AbortSignal): Promise<MarketAnswer['calendar']> {
  try {
    const { holidays, earlyCloses } = await client.exchangeDetails({ signal });
    return {
      closed: holidays.filter(each => each.official).map(each => each.date),
      earlyClose: earlyCloses.map(each => each.date),
    };
  } catch (error) {
    if (error instanceof Failure && (error.code === 'not-in-plan' || error.code === 'not-found')) {
      return { closed: [], earlyClose: [] };
    }
    throw error;
  }
}

/** Four at a time: the client paces itself, and no more than that is waiting in memory. */
async function eachOf<T>(list: readonly T[], work: (each: T) => Promise<void>): Promise<void> {
  const queue = [...list];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
}
