/** The days of some portfolios, from what is stored: what performance, analysis, comparison and the Dashboard share. */
import { addDays, earlier, type Instant, type LocalDate } from '../domain/date.ts';
import { isPositive } from '../domain/decimal.ts';
import { reconstructionFactor } from '../domain/ledger/actions.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import type { UnitClose } from '../domain/ledger/fold.ts';
import { latestCodes } from '../domain/ledger/latest-code.ts';
import type { Ledger } from '../domain/ledger/ledger.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import { isTradingDay, latestSession, tradingDays } from '../domain/market/calendar.ts';
import type { Code } from '../domain/market/security.ts';
import { acrossRename, type Closes, withLatest } from '../domain/returns/closes.ts';
import { combinedUnits, type DayHolding } from '../domain/returns/holding-days.ts';
import { movementsOf } from '../domain/returns/movements.ts';
import { type PortfolioDays, portfolioDays } from '../domain/returns/portfolio-days.ts';
import type { Database } from './database.ts';
import { readPrices } from './known-prices.ts';
import { readLedger, recordedSplits } from './ledger.ts';
import { releasedDays } from './suspects.ts';
import { tradedCloses } from './traded-closes.ts';
import { readOverrides } from './trading-days.ts';

export type DaysQuestion = {
  /** The first day that is reported; without it, that of the first entry. */
  readonly from?: LocalDate | undefined;
  /** The last day, no later than today. */
  readonly to: LocalDate;
  readonly now: Instant;
  readonly today: LocalDate;
  readonly knownAt?: Instant | undefined;
  /** The trail keeps the positions of every day from this one on. */
  readonly everyDayFrom?: LocalDate | undefined;
};

export type StoredDays = PortfolioDays & {
  /** Undefined where there is no entry up to `to`. */
  readonly firstEntry: LocalDate | undefined;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly entries: readonly Entry[];
  readonly ledger: Ledger;
};

export function readPortfolioDays(
  db: Database,
  portfolios: readonly Portfolio[],
  { from: wanted, to, now, today, knownAt, everyDayFrom }: DaysQuestion,
): StoredDays {
  const { entries, ledger } = readLedger(db, portfolios, { knownAt });
  const overrides = readOverrides(db);
  const first = entries[0]?.on;
  const firstEntry = first !== undefined && first <= to ? first : undefined;
  const from = wanted ?? firstEntry ?? to;
  // Before the first entry there is nothing to report a day of.
  const start = firstEntry !== undefined && firstEntry > from ? firstEntry : from;
  const until = earlier(to, latestSession(now, overrides));
  const dates = new Set(firstEntry === undefined || start > until ? [] : tradingDays(start, until, overrides));
  for (const entry of entries) if (entry.on >= start && entry.on <= to) dates.add(entry.on);
  const { ofHoldings, ofCash } = movementsOf(entries, ledger, to);
  const keepsCash = new Set(portfolios.filter(each => each.cashAccount).map(each => each.id));
  const days = portfolioDays({
    baseline: addDays(start, -1),
    dates: [...dates].sort(),
    isTradingDay: date => isTradingDay(date, overrides),
    keepsCash,
    holdings: holdingsOf(
      db,
      { entries, ledger, start, to, now, today },
      Map.groupBy(ofHoldings, each => each.code),
    ),
    cash: ledger.cashCloses.filter(each => keepsCash.has(each.portfolio)).map(each => each.closes),
    cashMovements: ofCash,
    everyDayFrom,
  });
  return { ...days, firstEntry, from, to, entries, ledger };
}

type Window = Pick<StoredDays, 'entries' | 'ledger' | 'to'> & {
  readonly start: LocalDate;
  readonly now: Instant;
  readonly today: LocalDate;
};

/** What was held on one of the days or moved on one, with its closes: one security after the other. */
function* holdingsOf(
  db: Database,
  { entries, ledger, start, to, now, today }: Window,
  movements: ReadonlyMap<Code, DayHolding['movements']>,
): Generator<DayHolding> {
  const units = new Map<Code, UnitClose[][]>();
  for (const { code, closes } of ledger.unitCloses) units.set(code, [...(units.get(code) ?? []), [...closes]]);
  const codes = [...new Set([...units.keys(), ...movements.keys()])].filter(code =>
    isOfDays(units.get(code) ?? [], movements.get(code) ?? [], start, to),
  );
  const splitsOf = recordedSplits(entries);
  const released = releasedDays(db);
  const overrides = readOverrides(db);
  const latest = to < today ? new Map() : readPrices(db, codes, { now, recordedSplits: splitsOf });
  const latestCode = latestCodes(entries);
  const renames = entries.flatMap(entry => (entry.kind === 'rename' ? [entry] : []));
  const baseline = addDays(start, -1);
  const closesOf = (code: Code): Closes => {
    const options = { recordedSplits: splitsOf(code), released: released.get(code), overrides };
    return withLatest(tradedCloses(db, code, baseline, options), latest.get(code));
  };
  for (const code of codes) {
    const stamp = latest.get(code)?.source === 'quote' ? latest.get(code)?.stamp : undefined;
    const into = renames.find(each => each.code === code);
    const outOf = renames.find(each => each.newCode === code);
    let closes = closesOf(code);
    if (into !== undefined) closes = acrossRename(closes, closesOf(into.newCode), into.on).old;
    if (outOf !== undefined) closes = acrossRename(closesOf(outOf.code), closes, outOf.on).renamed;
    yield {
      code,
      identity: latestCode(code),
      units: combinedUnits(units.get(code) ?? []),
      movements: movements.get(code) ?? [],
      closes,
      quotedAt: stamp?.kind === 'quote' ? stamp.tradedAt : undefined,
      splits: splitsOf(code)
        .map(each => ({ on: each.date, newPerOld: reconstructionFactor(each) }))
        .filter((each, index, all) => all.findIndex(other => other.on === each.on) === index),
    };
  }
}

const isOfDays = (
  lists: readonly (readonly UnitClose[])[],
  movements: DayHolding['movements'],
  start: LocalDate,
  to: LocalDate,
): boolean =>
  movements.some(each => each.on >= start) ||
  lists.some(closes =>
    closes.some((close, index) => isPositive(close.units) && close.on <= to && (closes[index + 1]?.on ?? to) >= start),
  );
