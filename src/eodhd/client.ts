/**
 * EODHD's endpoints as the console uses them. Each answers domain records; rows that could not be read are counted in
 * `dropped`, rows that are no ASX securities in `ignored`. Each throws one Failure for an expected trouble, and the
 * reason of its signal when aborted.
 */
import { type LocalDate, sydneyDate } from '../domain/date.ts';
import type { Bar, DeclaredDividend, SplitEvent } from '../domain/market/price.ts';
import { type Code, readCode } from '../domain/market/security.ts';
import { Failure } from '../failure.ts';
import { bulkDividendsOf, bulkSplitsOf, dividendsOf, splitsOf } from './actions.ts';
import { symbolOf } from './address.ts';
import { type BulkBars, barsOf, bulkBarsOf } from './bars.ts';
import { badAnswer } from './errors.ts';
import {
  type ExchangeDetails,
  exchangeDetailsOf,
  type SecurityList,
  securitiesOf,
  type User,
  userOf,
} from './exchange.ts';
import { type FundamentalsAnswer, fundamentalsOf, isOfAnother, membersOf } from './fundamentals.ts';
import { type QuoteAnswers, type QuoteOptions, quotesInBatches } from './quotes.ts';
import { plainLine } from './redact.ts';
import { readList } from './responses.ts';
import { type EodhdOptions, openTransport, type Question } from './transport.ts';

export type Eodhd = ReturnType<typeof openEodhd>;

type Cancel = { readonly signal?: AbortSignal | undefined };
type Range = Cancel & { readonly from?: LocalDate | undefined; readonly to?: LocalDate | undefined };
type OneDay = Cancel & { readonly date?: LocalDate | undefined };

const exchangeOf = (symbol: string): string => symbol.slice(symbol.lastIndexOf('.') + 1);

function checkSymbol(symbol: string): void {
  if (/^[A-Z0-9][A-Z0-9_-]{0,19}\.[A-Z]{2,10}$/.test(symbol)) return;
  throw new Failure('invalid-input', `"${symbol}" is not an EODHD symbol`, {
    hint: 'A symbol is like BHP.AU or AXJO.INDX.',
  });
}

/** Opens a client; it connects at the first request. A base address that is not https (or loopback) is refused. */
export function openEodhd(around: EodhdOptions) {
  const transport = openTransport(around);

  async function list(question: Question): Promise<unknown[]> {
    const rows = readList(await transport.ask(question));
    if (rows === undefined) throw badAnswer(question.what, 'JSON of another shape than a list');
    return rows;
  }

  /** One symbol is answered with an object, several with an array. */
  async function quoteBatch(codes: readonly Code[], signal: AbortSignal | undefined): Promise<unknown[]> {
    const [first = '', ...others] = codes.map(symbolOf);
    const what = others.length === 0 ? `the quote of ${first}` : `the quotes of ${first} and ${others.length} more`;
    const answer = await transport.ask({
      endpoint: 'real-time',
      path: `real-time/${first}`,
      query: { s: others.length === 0 ? undefined : others.join(',') },
      what,
      symbols: codes.length,
      signal,
    });
    if (typeof answer === 'object' && answer !== null && 'code' in answer) return [answer];
    const rows = readList(answer);
    if (rows === undefined) throw badAnswer(what, 'JSON of another shape than quotes');
    return rows;
  }

  async function askFundamentals(symbol: string, signal: AbortSignal | undefined) {
    const what = `the fundamentals of ${symbol}`;
    const path = `fundamentals/${symbol}`;
    return { what, json: await transport.ask({ endpoint: 'fundamentals', path, what, signal }) };
  }

  const bulk = (type: 'splits' | 'dividends' | undefined, { date, signal }: OneDay): Promise<unknown[]> =>
    list({
      endpoint: 'eod-bulk-last-day',
      path: 'eod-bulk-last-day/AU',
      query: { type, date },
      variant: type ?? 'prices',
      what: `the ${type ?? 'prices'} of all ASX securities${date === undefined ? '' : ` on ${date}`}`,
      signal,
    });

  return {
    /** Delayed quotes, 15 codes a request, a call each; see quotes.ts for what fails what. */
    quotes(codes: readonly Code[], options: QuoteOptions = {}): Promise<QuoteAnswers> {
      const today = sydneyDate(around.now());
      return quotesInBatches(codes, batch => quoteBatch(batch, options.signal), { ...options, today });
    },

    /** Daily bars of a symbol, oldest first, one for a date; from and to inclusive. 1 call. */
    async bars(symbol: string, { from, to, signal }: Range = {}): Promise<{ bars: Bar[]; dropped: number }> {
      checkSymbol(symbol);
      const rows = await list({
        endpoint: 'eod',
        path: `eod/${symbol}`,
        query: { from, to, period: 'd', order: 'a' },
        variant: exchangeOf(symbol),
        what: `the prices of ${symbol}`,
        signal,
      });
      const { bars, dropped } = barsOf(rows);
      // A bar of a day to come would be the newest there is until that day.
      const asked = bars.filter(({ date }) => date <= (to ?? date));
      return { bars: asked, dropped: dropped + bars.length - asked.length };
    },

    /** One day of the whole exchange; without a date the latest. 100 calls. */
    async bulkBars(day: OneDay = {}): Promise<BulkBars> {
      const { rows, dropped, ignored } = bulkBarsOf(await bulk(undefined, day));
      const asked = rows.filter(({ bar }) => bar.date === (day.date ?? bar.date));
      return { rows: asked, dropped: dropped + rows.length - asked.length, ignored };
    },

    /** The dividends that went ex on one day, without franking. 100 calls. */
    async bulkDividends(day: OneDay = {}) {
      return bulkDividendsOf(await bulk('dividends', day));
    },

    /** The splits and consolidations of one day. 100 calls. */
    async bulkSplits(day: OneDay = {}) {
      return bulkSplitsOf(await bulk('splits', day));
    },

    /** A security's dividends by ex-date, oldest first, announced ones included. 1 call. */
    async dividends(
      code: Code,
      { from, to, signal }: Range = {},
    ): Promise<{ dividends: DeclaredDividend[]; dropped: number }> {
      const symbol = symbolOf(code);
      const what = `the dividends of ${symbol}`;
      return dividendsOf(
        code,
        await list({ endpoint: 'div', path: `div/${symbol}`, query: { from, to }, what, signal }),
      );
    },

    /** A security's splits and consolidations, oldest first. 1 call. */
    async splits(code: Code, { from, to, signal }: Range = {}): Promise<{ splits: SplitEvent[]; dropped: number }> {
      const symbol = symbolOf(code);
      const what = `the splits of ${symbol}`;
      return splitsOf(
        code,
        await list({ endpoint: 'splits', path: `splits/${symbol}`, query: { from, to }, what, signal }),
      );
    },

    /** Every ASX security that is listed, or with `delisted` those that no longer are. 1 call. */
    async symbols({ delisted = false, signal }: Cancel & { delisted?: boolean } = {}): Promise<SecurityList> {
      const rows = await list({
        endpoint: 'exchange-symbol-list',
        path: 'exchange-symbol-list/AU',
        query: { delisted: delisted ? '1' : undefined },
        what: delisted ? 'the list of delisted ASX securities' : 'the list of ASX securities',
        signal,
      });
      return securitiesOf(rows);
    },

    /** ASX securities by code, name or ISIN, at most 50. 1 call. */
    async search(text: string, { signal }: Cancel = {}): Promise<SecurityList> {
      const words = readCode(text) ?? plainLine(text.replace(/[./\\]+/g, ' '));
      if (words === '' || words.length > 100) {
        throw new Failure('invalid-input', `"${text.slice(0, 100)}" cannot be searched for`, {
          hint: 'Search for a code, a name or an ISIN.',
        });
      }
      const rows = await list({
        endpoint: 'search',
        path: `search/${encodeURIComponent(words)}`,
        query: { exchange: 'AU', limit: '50' },
        what: `the search for "${words}"`,
        signal,
      });
      return securitiesOf(rows);
    },

    /** The holidays and early closes of the ASX. Budgeted at 5 calls. */
    async exchangeDetails({ from, to, signal }: Range = {}): Promise<ExchangeDetails> {
      const what = 'the trading days of the ASX';
      const answer = await transport.ask({
        endpoint: 'exchange-details',
        path: 'exchange-details/AU',
        query: { from, to },
        what,
        signal,
      });
      const details = exchangeDetailsOf(answer);
      if (details === undefined) throw badAnswer(what, 'JSON of another shape');
      return details;
    },

    /** What a company or fund is, and its statements; of some there is nothing. 10 calls. */
    async fundamentals(code: Code, { signal }: Cancel = {}): Promise<FundamentalsAnswer> {
      const { what, json } = await askFundamentals(symbolOf(code), signal);
      const found = fundamentalsOf(code, json);
      if (found === undefined) throw badAnswer(what, 'JSON of another shape');
      if (isOfAnother(code, json)) throw badAnswer(what, 'those of another security');
      return found;
    },

    /** The members of an index, by code. 10 calls. */
    async indexMembers(index: Code, { signal }: Cancel = {}): Promise<Code[]> {
      const { what, json } = await askFundamentals(symbolOf(index), signal);
      const members = membersOf(json);
      if (members === undefined) throw badAnswer(what, 'no members');
      return members;
    },

    /** The account's plan and today's use; the way to check a key. Costs nothing. */
    async user({ signal }: Cancel = {}): Promise<User> {
      const what = 'the account';
      const user = userOf(await transport.ask({ endpoint: 'user', path: 'user', what, signal }));
      if (user === undefined) throw badAnswer(what, 'JSON of another shape');
      return user;
    },

    /** Milliseconds that EODHD's clock was ahead at its last answer, to the second; undefined where none told. */
    serverAhead: transport.serverAhead,

    /** Breaks off what is under way and frees the connections. */
    close: (): Promise<void> => transport.close(),
  };
}
