/**
 * Which securities a run over many is of: what is held, watched and measured against; the members of the S&P/ASX 200;
 * those that trade enough; or all that prices are stored of. Exchange rates and indexes are none of them.
 */
import type { LocalDate } from '../domain/date.ts';
import { type Code, isSecurityCode, parseCode } from '../domain/market/security.ts';
import type { Database } from './database.ts';
import { indexMembers } from './fundamentals.ts';
import { laterSplits } from './price-series.ts';
import { followedCodes } from './refresh-need.ts';
import { splitsOf } from './splits.ts';

export const universes = ['held', 'asx200', 'liquid', 'all'] as const;
export type Universe = (typeof universes)[number];

export const asx200: Code = parseCode('AXJO');

/** Dollars a day, as the median of 20 sessions, from which a security counts as liquid. */
export const liquidityFloor = 5_000_000;
const sessions = 20;

type Options = {
  readonly asOf: LocalDate;
  readonly benchmark?: Code | undefined;
  readonly floor?: number | undefined;
};

export function universeCodes(db: Database, universe: Universe, options: Options): Code[] {
  switch (universe) {
    case 'held':
      return followedCodes(db, options.benchmark).current.filter(isSecurityCode);
    case 'asx200':
      return indexMembers(db, asx200);
    case 'liquid':
      return pricedCodes(db).filter(
        code => (medianTurnover(db, code, options.asOf) ?? 0) >= (options.floor ?? liquidityFloor),
      );
    case 'all':
      return pricedCodes(db);
  }
}

const pricedCodes = (db: Database): Code[] =>
  db
    .statement<{ code: Code }>('SELECT code FROM price_histories ORDER BY code')
    .all()
    .map(row => row.code)
    .filter(isSecurityCode);

/**
 * The median of close x volume over the last 20 bars up to a day, in dollars as traded; undefined with fewer bars. EODHD
 * divides the volume by later splits, and not the close: both are put in the units of their day.
 */
export function medianTurnover(db: Database, code: Code, asOf: LocalDate): number | undefined {
  const rows = db
    .statement<{ date: LocalDate; close: string; volume: string }>(
      'SELECT date, close, volume FROM prices WHERE code = ? AND date <= ? ORDER BY date DESC LIMIT ?',
    )
    .all(code, asOf, sessions);
  if (rows.length < sessions) return undefined;
  const splits = splitsOf(db, code);
  const sorted = rows
    .map(({ date, close, volume }) => (Number(close) * Number(volume)) / laterSplits(splits, date))
    .sort((a, b) => a - b);
  return ((sorted[sessions / 2 - 1] ?? 0) + (sorted[sessions / 2] ?? 0)) / 2;
}
