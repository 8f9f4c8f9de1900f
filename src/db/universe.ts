/**
 * Which securities a run over many is of: what is held, watched and measured against; the members of the S&P/ASX 200;
 * those that trade enough, by what they trade; or all shares, ETFs and funds that are listed, with those that are no
 * longer and that prices are stored of. Exchange rates and indexes are none of them.
 */
import { addDays, type LocalDate } from '../domain/date.ts';
import { type Code, isSecurityCode, parseCode } from '../domain/market/security.ts';
import type { Universe } from '../domain/market/universe.ts';
import type { Database } from './database.ts';
import { followedCodes } from './followed.ts';
import { indexMembers } from './fundamentals.ts';
import { laterSplits } from './price-series.ts';
import { splitsOf } from './splits.ts';

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
      return byTurnover(db, options.asOf, options.floor ?? liquidityFloor, sessions);
    case 'all':
      return allCodes(db);
  }
}

/**
 * Whose histories are fetched so that the universe can be told: of the liquid ones also those of which there are too few
 * bars to judge by, and those few say that they might be.
 */
export const candidateCodes = (db: Database, universe: Exclude<Universe, 'held'>, asOf: LocalDate): Code[] =>
  universe === 'liquid' ? byTurnover(db, asOf, liquidityFloor, 1) : universeCodes(db, universe, { asOf });

/** What trades on one day may be far from what trades on most. */
const doubt = 2;
/** Days without a bar after which a security trades no longer. */
const quietDays = 30;

function byTurnover(db: Database, asOf: LocalDate, floor: number, fewest: number): Code[] {
  const trading = db
    .statement<{ code: Code }>('SELECT code FROM price_histories WHERE last_date >= ? ORDER BY code')
    .all(addDays(asOf, -quietDays))
    .map(row => row.code)
    .filter(isSecurityCode);
  return trading
    .map(code => ({ code, ...turnoverOf(db, code, asOf) }))
    .filter(({ bars, median }) => bars >= fewest && median >= (bars < sessions ? floor / doubt : floor))
    .toSorted((a, b) => b.median - a.median)
    .map(each => each.code);
}

/** Of what is listed as something else, a day of the whole exchange is no reason to be among them; a history is. */
const allCodes = (db: Database): Code[] =>
  db
    .statement<{ code: Code }>(
      `SELECT code FROM securities WHERE listed = 1 AND kind IN ('share', 'etf', 'fund')
       UNION SELECT code FROM price_histories WHERE full_fetched_at IS NOT NULL OR NOT EXISTS (
         SELECT 1 FROM securities s WHERE s.code = price_histories.code AND s.listed = 1
           AND s.kind NOT IN ('share', 'etf', 'fund'))
       ORDER BY code`,
    )
    .all()
    .map(row => row.code)
    .filter(isSecurityCode);

/**
 * The median of close x volume over the last bars up to a day, at most 20, in dollars as traded, and over how many. EODHD
 * divides the volume by later splits, and not the close: both are put in the units of their day.
 */
function turnoverOf(db: Database, code: Code, asOf: LocalDate): { bars: number; median: number } {
  const rows = db
    .statement<{ date: LocalDate; close: string; volume: string }>(
      'SELECT date, close, volume FROM prices WHERE code = ? AND date <= ? ORDER BY date DESC LIMIT ?',
    )
    .all(code, asOf, sessions);
  const splits = splitsOf(db, code);
  const sorted = rows
    .map(({ date, close, volume }) => (Number(close) * Number(volume)) / laterSplits(splits, date))
    .sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
  return { bars: rows.length, median };
}
