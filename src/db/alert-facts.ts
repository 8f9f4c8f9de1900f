/** Reads what some rules ask about: each thing once, for all the securities that any rule asks it of. */
import type { Alert, Known } from '../domain/alerts/check.ts';
import type { CheckTime, SecurityFacts, YearOfCloses } from '../domain/alerts/facts.ts';
import { type Condition, type DatedEvent, datedEvents, isOfHoldings } from '../domain/alerts/rule.ts';
import { medianSessions } from '../domain/alerts/standing.ts';
import { addDays, type Instant, type LocalDate } from '../domain/date.ts';
import { latestCloseDue, priceAge } from '../domain/market/age.ts';
import { latestSession, previousTradingDay } from '../domain/market/calendar.ts';
import type { KnownPrice } from '../domain/market/known-price.ts';
import type { Code } from '../domain/market/security.ts';
import { remembered } from '../domain/remembered.ts';
import { gainsOf, readDates, readWeights } from './alert-holdings.ts';
import { closesOn, type Judging, readMonths, readYears, volumesBefore, volumesOfSession } from './alert-prices.ts';
import type { StateOf } from './alerts.ts';
import type { Database } from './database.ts';
import { readPrices } from './known-prices.ts';
import { readLedger, recordedSplits, type StoredLedger, unitFactors } from './ledger.ts';
import { listPortfolios } from './portfolios.ts';
import { readShortSignals } from './short-signals.ts';
import { splitsSince } from './splits.ts';
import { releasedDays } from './suspects.ts';
import { readOverrides } from './trading-days.ts';
import { listWatched } from './watchlist.ts';

type Now = {
  readonly now: Instant;
  readonly today: LocalDate;
  /** Where the rules stand, for a check that reads no more than it needs; without it all is read. */
  readonly stateOf?: StateOf;
};
type Prices = ReadonlyMap<Code, KnownPrice>;

export function readAlertFacts(
  db: Database,
  alerts: readonly Alert[],
  { now, today, stateOf }: Now,
): Omit<Known, 'stateOf'> {
  const overrides = readOverrides(db);
  const portfolios = listPortfolios(db);
  const books = readLedger(db, portfolios);
  const { ledger } = books;
  const held = [...new Set(ledger.parcels.map(parcel => parcel.code))].sort();
  const { codesOf, asks } = subjectsOf(db, alerts, held);
  const time: CheckTime = { now, today, ...sessionsOf(db, now) };

  const weighed = asks(rule => rule.kind === 'weight');
  const prices = readPricesAsked(db, asks, { held, weighed, books, now });
  const judgingOf = judgingAt(db, today);
  const past = readPast(db, alerts, asks, { prices, time, judgingOf, stateOf });
  const said = readShortSignals(
    db,
    asks(({ kind }) => kind === 'signal' || kind === 'signal-change'),
    { closed: latestCloseDue(now, overrides), overrides },
  );
  const gains = asks(rule => rule.kind === 'return').length === 0 ? undefined : gainsOf(ledger, prices);
  const weights = weighed.length === 0 ? undefined : readWeights(db, portfolios, ledger, prices);
  const dates = new Map(
    datedEvents.map(event => {
      const codes = asks(rule => rule.kind === 'date' && rule.event === event);
      return [event, codes.length === 0 ? undefined : readDates(db, event, codes, { portfolios, ledger, today })];
    }),
  );

  const factsOf = remembered((code: Code): SecurityFacts => {
    const price = prices.get(code);
    const on = (event: DatedEvent): readonly LocalDate[] => dates.get(event)?.get(code) ?? [];
    return {
      code,
      price,
      age: price && priceAge(price.stamp, now, overrides),
      splits: judgingOf(code).splits,
      closeBefore: sessions => past.bases.get(sessions)?.get(code),
      volume: past.volume.get(code),
      volumes: past.volumes.get(code),
      year: past.years.get(code),
      said: said.get(code),
      gain: gains?.get(code),
      weights: weights?.get(code),
      dates: { 'ex-dividend': on('ex-dividend'), discount: on('discount'), '45-day': on('45-day') },
    };
  });
  return { codesOf, factsOf, time };
}

type Asks = (isAsked: (condition: Condition) => boolean) => Code[];

/** The securities that a rule is of, and those that any rule of some kind is of, each once. */
function subjectsOf(db: Database, alerts: readonly Alert[], held: readonly Code[]) {
  const followed = [...new Set([...held, ...listWatched(db).map(each => each.code)])].sort();
  const codesOf = ({ rule }: Alert): readonly Code[] =>
    rule.of !== 'any' ? [rule.of] : isOfHoldings(rule) ? held : followed;
  const asks: Asks = isAsked => {
    const codes = new Set<Code>();
    for (const alert of alerts) if (isAsked(alert.rule)) for (const code of codesOf(alert)) codes.add(code);
    return [...codes];
  };
  return { codesOf, asks };
}

function sessionsOf(db: Database, now: Instant): Pick<CheckTime, 'session' | 'sessionBefore'> {
  const overrides = readOverrides(db);
  const session = latestSession(now, overrides);
  const sessionBefore = remembered((sessions: number): LocalDate => {
    let date = session;
    for (let count = 0; count < sessions; count += 1) date = previousTradingDay(date, overrides);
    return date;
  });
  return { session, sessionBefore };
}

const byPrice: ReadonlySet<Condition['kind']> = new Set(['price', 'move', 'year', 'volume', 'stale']);

function readPricesAsked(
  db: Database,
  asks: Asks,
  { held, weighed, books, now }: { held: readonly Code[]; weighed: readonly Code[]; books: StoredLedger; now: Instant },
): Map<Code, KnownPrice> {
  const isHeld = new Set(held);
  const codes = new Set([
    ...asks(rule => byPrice.has(rule.kind)),
    ...asks(rule => rule.kind === 'return').filter(code => isHeld.has(code)),
    // A weight is of the whole portfolio.
    ...(weighed.length > 0 ? [...held, ...weighed] : []),
  ]);
  return readPrices(db, codes, {
    now,
    unitFactors: unitFactors(books.entries, undefined),
    recordedSplits: recordedSplits(books.entries),
  });
}

/** Days back to which a split is of interest: a year of closes and more. */
const daysOfSplits = 400;

function judgingAt(db: Database, today: LocalDate): (code: Code) => Judging {
  const splits = Map.groupBy(splitsSince(db, addDays(today, -daysOfSplits)), split => split.code);
  const released = releasedDays(db);
  const overrides = readOverrides(db);
  return remembered(code => ({
    splits: (splits.get(code) ?? []).filter(split => split.date <= today),
    released: released.get(code),
    overrides,
  }));
}

type Past = {
  readonly prices: Prices;
  readonly time: CheckTime;
  readonly judgingOf: (code: Code) => Judging;
  readonly stateOf: StateOf | undefined;
};

/** What came before the prices: of what has one that may be used, for what is stale is not judged by its past either. */
function readPast(db: Database, alerts: readonly Alert[], asks: Asks, { prices, time, judgingOf, stateOf }: Past) {
  const usable = (codes: readonly Code[]): Map<Code, KnownPrice> =>
    new Map(
      codes.flatMap(code => {
        const price = prices.get(code);
        return price?.stale === false ? [[code, price] as const] : [];
      }),
    );
  const { session, sessionBefore } = time;
  // A move of one session has its close with the price.
  const lengths = new Set(
    alerts.flatMap(({ rule }) => (rule.kind === 'move' && rule.sessions > 1 ? [rule.sessions] : [])),
  );
  const bases = new Map(
    [...lengths].map(sessions => {
      const codes = usable(asks(rule => rule.kind === 'move' && rule.sessions === sessions)).keys();
      return [sessions, closesOn(db, codes, sessionBefore(sessions), judgingOf)] as const;
    }),
  );
  const traded = [...usable(asks(rule => rule.kind === 'volume')).keys()];
  return {
    bases,
    volume: volumesOfSession(db, traded, session),
    volumes: volumesBefore(db, traded, { before: session, count: medianSessions }, judgingOf),
    years: yearsAsked(db, alerts, usable(asks(rule => rule.kind === 'year')), { judgingOf, stateOf }),
  };
}

/** A rule that is armed waits for a high or a low alone; only one that has fired asks how far the price is from it. */
function yearsAsked(
  db: Database,
  alerts: readonly Alert[],
  prices: Prices,
  { judgingOf, stateOf }: Pick<Past, 'judgingOf' | 'stateOf'>,
): ReadonlyMap<Code, YearOfCloses> {
  if (stateOf === undefined) return readYears(db, prices, judgingOf);
  const fired = new Set<Code>();
  for (const alert of alerts) {
    const { kind, of } = alert.rule;
    if (kind !== 'year') continue;
    for (const code of of === 'any' ? prices.keys() : [of]) if (stateOf(alert, code)?.armed === false) fired.add(code);
  }
  const near = readMonths(db, new Map([...prices].filter(([code]) => !fired.has(code))), judgingOf);
  const far = new Map([...prices].filter(([code]) => !near.has(code)));
  return new Map([...near, ...readYears(db, far, judgingOf)]);
}
