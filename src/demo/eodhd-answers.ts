/**
 * What EODHD would answer about the simulated market, one function an endpoint. A new endpoint is a new entry in
 * `endpoints`; the server knows none of them.
 */
import { type Instant, isLocalDate, isoInstant, type LocalDate, sydneyDate } from '../domain/date.ts';
import { lastCompletedSession } from '../domain/market/calendar.ts';
import {
  bulkDividendRow,
  bulkRow,
  bulkSplitRow,
  dividendRow,
  eodRow,
  quoteRow,
  searchRow,
  splitRow,
  symbolOf,
  symbolRow,
  typeOf,
  unquotedRow,
  userRow,
} from './eodhd-rows.ts';
import { exchangeDetails } from './exchange-details.ts';
import { exchangeRate } from './exchange-rate.ts';
import { fundamentals } from './fundamentals.ts';
import type { Market } from './market.ts';
import type { SimulatedSecurity } from './securities.ts';

/** A JSON body, or text under a status. `cost` is what EODHD would charge, in calls. */
export type Answer =
  | { readonly status: 200; readonly json: unknown; readonly cost: number }
  | { readonly status: 400 | 404; readonly text: string };

type Question = {
  readonly market: Market;
  /** The last part of the path: a symbol, an exchange or a search text; empty for none. */
  readonly subject: string;
  readonly query: URLSearchParams;
  readonly now: Instant;
  /** Calls charged so far. */
  readonly calls: number;
};

const answer = (json: unknown, cost = 1): Answer => ({ status: 200, json, cost });
const tickerNotFound: Answer = { status: 404, text: 'Ticker Not Found.' };
const badRequest = (text: string): Answer => ({ status: 400, text });

const securityOf = (market: Market, symbol: string): SimulatedSecurity | undefined => {
  const security = market.find(symbol.split('.')[0] ?? '');
  return security !== undefined && symbolOf(security) === symbol ? security : undefined;
};

/** The `from` and `to` of a question; null when one of them is no date. */
function rangeOf(query: URLSearchParams): { from: LocalDate | undefined; to: LocalDate | undefined } | null {
  const from = query.get('from') ?? undefined;
  const to = query.get('to') ?? undefined;
  if (from !== undefined && !isLocalDate(from)) return null;
  if (to !== undefined && !isLocalDate(to)) return null;
  return { from, to };
}

const isWithin = (date: LocalDate, range: { from: LocalDate | undefined; to: LocalDate | undefined }): boolean =>
  (range.from === undefined || date >= range.from) && (range.to === undefined || date <= range.to);

/** By how much a split after `date` has multiplied the units since. */
const unitsSince = (market: Market, security: SimulatedSecurity, date: LocalDate, now: Instant): number => {
  const split = market.split(security, now);
  return split !== undefined && date < split.date ? split.ratio : 1;
};

function realTime({ market, subject, query, now }: Question): Answer {
  const others = query.get('s');
  const symbols = [subject, ...(others ?? '').split(',')].filter(symbol => symbol !== '');
  const rows = symbols.map(symbol => {
    const security = securityOf(market, symbol);
    return security === undefined ? unquotedRow(symbol) : quoteRow(symbol, market.quote(security, now));
  });
  return answer(others === null ? rows[0] : rows, rows.length);
}

const rates = exchangeRate();

function eod({ market, subject, query, now }: Question): Answer {
  const range = rangeOf(query);
  if (range === null) return badRequest('The from and to fields must be dates.');
  if (subject === 'AUDUSD.FOREX') return answer(rates(now, range.from, range.to));
  const security = securityOf(market, subject);
  if (security === undefined) return tickerNotFound;
  if ((query.get('period') ?? 'd') !== 'd') return badRequest('The simulated market has daily bars only.');
  const bars = market.bars(security, now, range.from, range.to);
  const last = bars.at(-1);
  if (query.get('filter') === 'last_close') return answer(last?.close ?? 'NA');
  if (query.get('filter') === 'last_volume') return answer(last?.volume ?? 'NA');
  const rows = bars.map(eodRow);
  return answer(query.get('order') === 'd' ? rows.reverse() : rows);
}

function dividends({ market, subject, query, now }: Question): Answer {
  const security = securityOf(market, subject);
  if (security === undefined) return tickerNotFound;
  const range = rangeOf(query);
  if (range === null) return badRequest('The from and to fields must be dates.');
  const today = sydneyDate(now);
  const found = market.dividends(security, now).filter(dividend => isWithin(dividend.exDate, range));
  return answer(
    found.map(dividend => {
      const scale = unitsSince(market, security, dividend.exDate, now);
      return dividendRow(dividend, scale, dividend.exDate > today);
    }),
  );
}

function splits({ market, subject, query, now }: Question): Answer {
  const security = securityOf(market, subject);
  if (security === undefined) return tickerNotFound;
  const range = rangeOf(query);
  if (range === null) return badRequest('The from and to fields must be dates.');
  const split = market.split(security, now);
  return answer(split !== undefined && isWithin(split.date, range) ? [splitRow(split)] : []);
}

/** Bulk rows carry codes without a suffix; the `symbols` of the question may have one. */
function wanted(market: Market, query: URLSearchParams): readonly SimulatedSecurity[] {
  const symbols = query.get('symbols');
  if (symbols === null) return market.securities;
  const codes = new Set(symbols.split(',').map(symbol => symbol.replace(/\.AU$/, '')));
  return market.securities.filter(security => codes.has(security.code));
}

function bulkDay({ market, subject, query, now }: Question): Answer {
  if (subject !== 'AU') return { status: 404, text: 'Exchange Not Found.' };
  const date = query.get('date') ?? lastCompletedSession(now);
  if (!isLocalDate(date)) return badRequest('The date field must be a date.');
  const securities = wanted(market, query);
  const cost = 100 + (query.has('symbols') ? securities.length : 0);
  const type = query.get('type');
  if (type === 'splits') {
    return answer(
      securities.flatMap(security => {
        const split = market.split(security, now);
        return split?.date === date ? bulkSplitRow(security, split) : [];
      }),
      cost,
    );
  }
  if (type === 'dividends') {
    return answer(
      securities.flatMap(security =>
        market
          .dividends(security, now)
          .filter(dividend => dividend.exDate === date)
          .map(dividend => bulkDividendRow(security, dividend, unitsSince(market, security, date, now))),
      ),
      cost,
    );
  }
  if (type !== null && type !== 'prices') return badRequest('The type field must be prices, splits or dividends.');
  const rows = securities.flatMap(security =>
    market.bars(security, now, date, date).map(bar => bulkRow(security, bar)),
  );
  return rows.length === 0 ? { status: 404, text: 'No data found for this date.' } : answer(rows, cost);
}

function symbolList({ market, subject, query }: Question): Answer {
  if (subject !== 'AU') return { status: 404, text: 'Exchange Not Found.' };
  if (query.get('delisted') === '1') return answer([]);
  const type = query.get('type')?.toLowerCase().replace('_', ' ');
  const listed = market.securities.filter(
    security => type === undefined || typeOf(security).toLowerCase().endsWith(type),
  );
  return answer(listed.map(symbolRow));
}

function search({ market, subject, query, now }: Question): Answer {
  const text = subject.toLowerCase();
  const type = query.get('type') ?? 'all';
  const limit = Math.min(500, Number(query.get('limit') ?? 15) || 15);
  const rank = (security: SimulatedSecurity): number => {
    const code = security.code.toLowerCase();
    if (code === text) return 0;
    if (code.startsWith(text)) return 1;
    return security.name.toLowerCase().includes(text) ? 2 : 3;
  };
  const found = [...market.securities, market.index]
    .filter(security => type === 'all' || type === (security.kind === 'share' ? 'stock' : security.kind))
    .filter(security => !query.has('exchange') || symbolOf(security).endsWith(`.${query.get('exchange')}`))
    .map(security => ({ security, rank: rank(security) }))
    .filter(candidate => candidate.rank < 3)
    .sort((a, b) => a.rank - b.rank || b.security.turnover - a.security.turnover)
    .slice(0, limit);
  const recent = lastCompletedSession(now);
  return answer(found.map(({ security }) => searchRow(security, market.bars(security, now, recent, recent).at(0))));
}

function details({ subject, query, now }: Question): Answer {
  if (subject !== 'AU') return { status: 404, text: 'Exchange Not Found.' };
  const range = rangeOf(query);
  if (range === null) return badRequest('The from and to fields must be dates.');
  return answer(exchangeDetails(now, range.from, range.to), 5);
}

function fundamentalsOf({ market, subject, now }: Question): Answer {
  const security = securityOf(market, subject);
  return security === undefined ? tickerNotFound : answer(fundamentals(security, market, now), 10);
}

const user = ({ now, calls }: Question): Answer => answer(userRow(isoInstant(now).slice(0, 10), calls), 0);

/** The endpoints by the first part of their path. */
export const endpoints: ReadonlyMap<string, (question: Question) => Answer> = new Map([
  ['real-time', realTime],
  ['eod', eod],
  ['div', dividends],
  ['splits', splits],
  ['eod-bulk-last-day', bulkDay],
  ['exchange-symbol-list', symbolList],
  ['search', search],
  ['exchange-details', details],
  ['fundamentals', fundamentalsOf],
  ['user', user],
]);
