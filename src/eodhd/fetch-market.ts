/**
 * Asks EODHD for what a refresh needs of lists and of single securities, and answers what came and what did not. A trouble of one security is its row;
 * a trouble of the key, the quota or the network stops what has not been sent, and what came before is kept.
 */
import type { LocalDate } from '../domain/date.ts';
import type { Bar, DeclaredDividend, Quote, SplitEvent } from '../domain/market/price.ts';
import type { Code, Security } from '../domain/market/security.ts';
import { Failure, type FailureCode } from '../failure.ts';
import { symbolOf } from './address.ts';
import type { Eodhd } from './client.ts';
import { badAnswer } from './errors.ts';

export type MarketQuestion = {
  readonly quotes: readonly Code[];
  readonly bars: readonly { readonly code: Code; readonly from: LocalDate; readonly whole: boolean }[];
  readonly actions: readonly Code[];
  readonly symbols: boolean;
  /** The index whose members are wanted. */
  readonly members: Code | undefined;
  readonly calendar: boolean;
  /** The order in which securities are asked for; the quotes, bars and actions are of these. */
  readonly followed: readonly Code[];
  /** In Sydney; nothing later is asked for. */
  readonly today: LocalDate;
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
  readonly symbols: readonly Security[] | undefined;
  readonly members: readonly Code[] | undefined;
  readonly calendar: { readonly closed: readonly LocalDate[]; readonly earlyClose: readonly LocalDate[] } | undefined;
  readonly unchanged: { readonly code: Code; readonly reason: string }[];
  readonly failed: FailedRequest[];
};

export type FailedRequest = { readonly code: Code | undefined; readonly what: string; readonly failure: Failure };

export type Progress = (done: number, total: number) => void;

export const stopping: ReadonlySet<FailureCode> = new Set(['unauthorised', 'quota', 'offline', 'rate-limited']);

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
    symbols: undefined,
    members: undefined,
    calendar: undefined,
    unchanged: [],
    failed: [],
  };
  let { symbols, members, calendar } = answer;
  let stopped: Failure | undefined;
  let total = question.quotes.length + question.bars.length + question.actions.length;
  let done = 0;

  /** Runs one request; a Failure becomes a row, or stops everything that is still to be sent. False where it failed. */
  const attempt = async (code: Code | undefined, what: string, work: () => Promise<void>): Promise<boolean> => {
    let came = true;
    try {
      if (stopped) throw stopped;
      await work();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (stopping.has(error.code)) stopped = error;
      answer.failed.push({ code, what, failure: error });
      came = false;
    }
    if (code !== undefined) progress(++done, total);
    return came;
  };

  if (question.symbols) {
    await attempt(undefined, 'the symbol list', async () => {
      symbols = (await client.symbols({ signal })).securities;
    });
  }
  if (question.members) {
    const index = question.members;
    await attempt(undefined, `the members of ${index}`, async () => {
      members = await client.indexMembers(index, { signal });
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
  const rewritten = new Map<Code, LocalDate>();
  const bars = new Map(question.bars.map(each => [each.code, each]));
  const actions = new Set(question.actions);

  /** One security after the other, so that what is broken off in the middle leaves whole ones behind. */
  const askOne = async (code: Code): Promise<void> => {
    let told: { dividends: readonly DeclaredDividend[]; splits: readonly SplitEvent[] } | undefined;
    if (actions.has(code)) {
      await attempt(code, 'its dividends and splits', async () => {
        const [{ dividends }, { splits }] = await Promise.all([
          client.dividends(code, { signal }),
          client.splits(code, { signal }),
        ]);
        told = { dividends, splits };
        const from = question.isRewritten(code, dividends, splits);
        if (from === undefined) return;
        if (!bars.has(code)) total += 1;
        rewritten.set(code, from);
      });
    }
    const wholeFrom = rewritten.get(code);
    const due = wholeFrom === undefined ? bars.get(code) : { from: wholeFrom, whole: true };
    const came = due === undefined || (await attempt(code, 'its prices', () => askBars(code, due.from, due.whole)));
    // Once stored, news would no longer be news: it waits for the history that it changes.
    if (told === undefined || (!came && wholeFrom !== undefined)) return;
    answer.dividends.push({ code, list: told.dividends });
    answer.splits.push({ code, list: told.splits });
  };
  const askBars = async (code: Code, from: LocalDate, whole: boolean): Promise<void> => {
    const { bars: rows, dropped } = await client.bars(symbolOf(code), { from, to: question.today, signal });
    if (rows.length === 0 && dropped > 0) {
      throw badAnswer(`the prices of ${symbolOf(code)}`, 'rows none of which can be a day’s prices');
    }
    if (rows.length === 0) answer.unchanged.push({ code, reason: `no prices since ${from}` });
    else answer.histories.push({ code, bars: rows, whole });
  };
  const codes = question.followed.filter(code => actions.has(code) || bars.has(code));
  await eachOf(codes, askOne);
  return { ...answer, symbols, members, calendar };
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
export async function eachOf<T>(list: readonly T[], work: (each: T) => Promise<void>): Promise<void> {
  const queue = [...list];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
}
