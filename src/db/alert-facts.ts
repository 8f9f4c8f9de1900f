/** Reads what some rules ask about, each thing once for all the securities that any rule asks it of. */
import type { Alert, Known } from '../domain/alerts/check.ts';
import type { SecurityFacts } from '../domain/alerts/facts.ts';
import { type Condition, type DatedEvent, datedEvents, isOfHoldings } from '../domain/alerts/rule.ts';
import { medianSessions } from '../domain/alerts/standing.ts';
import { addDays, type Instant, type LocalDate } from '../domain/date.ts';
import { latestCloseDue, priceAge } from '../domain/market/age.ts';
import { latestSession, previousTradingDay } from '../domain/market/calendar.ts';
import type { Code } from '../domain/market/security.ts';
import { remembered } from '../domain/remembered.ts';
import type { ShortSignal } from '../domain/signals/short-signal.ts';
import { gainsOf, readDates, readWeights } from './alert-holdings.ts';
import { type Judging, readRecent, readVolume, readYear } from './alert-prices.ts';
import type { Database } from './database.ts';
import { readPrices } from './known-prices.ts';
import { readLedger, recordedSplits, unitFactors } from './ledger.ts';
import { listPortfolios } from './portfolios.ts';
import { readShortSignals } from './short-signals.ts';
import { splitsSince } from './splits.ts';
import { releasedDays } from './suspects.ts';
import { readOverrides } from './trading-days.ts';
import { listWatched } from './watchlist.ts';

const daysOfSplits = 400;

export function readAlertFacts(
  db: Database,
  alerts: readonly Alert[],
  { now, today }: { readonly now: Instant; readonly today: LocalDate },
): Omit<Known, 'stateOf'> {
  const overrides = readOverrides(db);
  const session = latestSession(now, overrides);
  const portfolios = listPortfolios(db);
  const { entries, ledger } = readLedger(db, portfolios);
  const held = [...new Set(ledger.parcels.map(parcel => parcel.code))].sort();
  const followed = [...new Set([...held, ...listWatched(db).map(each => each.code)])].sort();
  const codesOf = ({ rule }: Alert): readonly Code[] =>
    rule.of !== 'any' ? [rule.of] : isOfHoldings(rule) ? held : followed;
  const asks = (...kinds: readonly Condition['kind'][]): Code[] =>
    codesAsked(alerts, codesOf, ({ kind }) => kinds.includes(kind));

  const weighed = asks('weight');
  const priced = new Set([
    ...asks('price', 'move', 'year', 'volume', 'stale'),
    ...asks('return').filter(code => held.includes(code)),
    ...(weighed.length > 0 ? [...held, ...weighed] : []),
  ]);
  const prices = readPrices(db, priced, {
    now,
    unitFactors: unitFactors(entries, undefined),
    recordedSplits: recordedSplits(entries),
  });
  const splits = Map.groupBy(splitsSince(db, addDays(today, -daysOfSplits)), split => split.code);
  const released = releasedDays(db);
  const judgingOf = (code: Code): Judging => ({
    splits: (splits.get(code) ?? []).filter(split => split.date <= today),
    released: released.get(code),
    overrides,
  });
  const signalled = asks('signal', 'signal-change');
  const said =
    signalled.length === 0
      ? new Map<Code, ShortSignal>()
      : readShortSignals(db, signalled, { closed: latestCloseDue(now, overrides), overrides });
  const gains = asks('return').length === 0 ? undefined : gainsOf(ledger, prices);
  const weights = weighed.length === 0 ? undefined : readWeights(db, portfolios, ledger, prices);
  const dates = new Map(
    datedEvents.map(event => {
      const codes = codesAsked(alerts, codesOf, rule => rule.kind === 'date' && rule.event === event);
      return [event, codes.length === 0 ? undefined : readDates(db, event, codes, { portfolios, ledger, today })];
    }),
  );
  const yearly = new Set(asks('year'));
  const byVolume = new Set(asks('volume'));
  const sessionsOf = sessionsAsked(alerts, codesOf);
  const sessionBefore = remembered((sessions: number): LocalDate => {
    let date = session;
    for (let count = 0; count < sessions; count += 1) date = previousTradingDay(date, overrides);
    return date;
  });

  const factsOf = remembered((code: Code): SecurityFacts => {
    const price = prices.get(code);
    const judging = judgingOf(code);
    // What is stale is not judged by its past either.
    const usable = price?.stale === false ? price : undefined;
    const count = sessionsOf.get(code);
    const on = (event: DatedEvent): readonly LocalDate[] => dates.get(event)?.get(code) ?? [];
    return {
      code,
      price,
      age: price && priceAge(price.stamp, now, overrides),
      splits: judging.splits,
      recent: usable && count !== undefined ? readRecent(db, code, { before: usable.on, count }, judging) : undefined,
      volume: usable && byVolume.has(code) ? readVolume(db, code, usable) : undefined,
      year: usable && yearly.has(code) ? readYear(db, code, usable.on, judging) : undefined,
      said: said.get(code),
      gain: gains?.get(code),
      weights: weights?.get(code),
      dates: { 'ex-dividend': on('ex-dividend'), discount: on('discount'), '45-day': on('45-day') },
    };
  });
  return { codesOf, factsOf, time: { now, today, session, sessionBefore } };
}

function codesAsked(
  alerts: readonly Alert[],
  codesOf: (alert: Alert) => readonly Code[],
  isAsked: (condition: Condition) => boolean,
): Code[] {
  const codes = new Set<Code>();
  for (const alert of alerts) if (isAsked(alert.rule)) for (const code of codesOf(alert)) codes.add(code);
  return [...codes];
}

/** How many sessions before its price's own a security is asked about; a move of one day has its close with the price. */
function sessionsAsked(alerts: readonly Alert[], codesOf: (alert: Alert) => readonly Code[]): Map<Code, number> {
  const asked = new Map<Code, number>();
  for (const alert of alerts) {
    const { rule } = alert;
    const count =
      rule.kind === 'volume' ? medianSessions : rule.kind === 'move' && rule.sessions > 1 ? rule.sessions + 1 : 0;
    if (count === 0) continue;
    for (const code of codesOf(alert)) asked.set(code, Math.max(count, asked.get(code) ?? 0));
  }
  return asked;
}
