/** The benchmark of returns, read for the days of a portfolio. */
import type { Instant, LocalDate } from '../domain/date.ts';
import { type Code, isIndexCode } from '../domain/market/security.ts';
import { type Benchmark, benchmarkGrowth, benchmarkLevels, type Reinvestment } from '../domain/returns/benchmark.ts';
import { type Closes, readCloses, withLatest } from '../domain/returns/closes.ts';
import type { Database } from './database.ts';
import { dividendsOf } from './dividends.ts';
import { readPrices } from './known-prices.ts';
import { findSecurity } from './securities.ts';
import { splitsOf } from './splits.ts';
import { releasedDays } from './suspects.ts';
import { tradedCloses } from './traded-closes.ts';
import { readOverrides } from './trading-days.ts';

/** From the last bar up to the day on. */
const adjusted = `SELECT group_concat(date || adjusted_close, ' ') AS closes FROM (
  SELECT date, adjusted_close FROM prices WHERE code = @code
  AND date >= coalesce((SELECT max(date) FROM prices WHERE code = @code AND date <= @from), @from) ORDER BY date)`;

/** Its levels at the close of `baseline` and of each of the dates. */
export function readBenchmark(
  db: Database,
  code: Code,
  { baseline, dates, now, today }: { baseline: LocalDate; dates: readonly LocalDate[]; now: Instant; today: LocalDate },
): Benchmark {
  const all = [baseline, ...dates];
  const until = all.at(-1) ?? baseline;
  const own = dividendsOf(db, code);
  const dividends = own.filter(each => each.exDate > baseline && each.exDate <= until);
  const reinvestment: Reinvestment = isIndexCode(code)
    ? 'price only'
    : own.length > 0
      ? 'dividends'
      : 'adjusted closes';
  let closes: Closes;
  if (reinvestment === 'adjusted closes') {
    const text = db.statement<{ closes: string | null }>(adjusted).get({ code, from: baseline })?.closes;
    closes = readCloses(text ?? '');
  } else {
    const options = { recordedSplits: [], released: releasedDays(db).get(code), overrides: readOverrides(db) };
    closes = tradedCloses(db, code, baseline, options);
  }
  // A quote of today is in today's units, in which the newest close and adjusted close are alike.
  if (until >= today) closes = withLatest(closes, readPrices(db, [code], { now }).get(code));
  const splits = reinvestment === 'adjusted closes' ? [] : splitsOf(db, code);
  const market = { dates: all, closes, dividends, splits };
  const levels = benchmarkLevels(market);
  const [start] = levels;
  const firstDay = closes.days[0];
  const fill = `asxos refresh history fetches them`;
  return {
    code,
    name: findSecurity(db, code)?.name,
    reinvestment,
    levels,
    growth: benchmarkGrowth(market),
    reason:
      start !== undefined
        ? undefined
        : firstDay === undefined
          ? `there are no prices of ${code}; ${fill}`
          : `there are no prices of ${code} on or before ${baseline}; ${fill} from the year before the first entry`,
  };
}
