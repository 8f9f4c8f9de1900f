/**
 * How a security stands against a rule: whether what the rule waits for is so, and whether it is so far from it that a
 * rule that has fired may be armed again.
 *
 * Nothing is judged by a stale price, by one that is held back or by one that is not there. The edges: `above`, `below`,
 * `>` and a 52-week high are strict, `moves P%` is P or more; percentages are compared after rounding to 1e-9. The bands
 * within which a rule that has fired stays silent:
 *
 *   above, below     1% of the price: above 50 fires at 50.01 and is armed again at 49.50
 *   52w high, low    1% of the highest (lowest) close
 *   moves in Nd      a tenth of P: 5% is armed again at 4.5%; a move of one day is told once a session instead
 *   gain, loss       a tenth of P: loss > 10% is armed again at 9%
 *   weight drifts    a tenth of P
 *   signal is        another class
 *   stale            a price that is no longer stale
 *   volume           told once a session
 *   dates, changes   told once each
 *
 * A split after a rule was made would make `above` and `below` fire for nothing, so they say that they must be made anew.
 */
import { addDays, type Instant, type LocalDate, sydneyDate } from '../date.ts';
import { type Decimal, type Price, plain, toFloat } from '../decimal.ts';
import type { KnownPrice } from '../market/known-price.ts';
import type { SplitEvent } from '../market/price.ts';
import { atEdge, meetsClass, type SignalClass } from '../signals/classes.ts';
import type { CheckTime, SecurityFacts, Weight } from './facts.ts';
import type { Rule } from './rule.ts';

/** A condition that comes and goes: `back` is far enough on its other side. */
type Level = { readonly met: boolean; readonly back: boolean };

export type Standing =
  | { readonly is: 'unknown'; readonly why: string }
  | ({ readonly is: 'price'; readonly price: Price } & Level)
  | ({
      readonly is: 'move';
      readonly pct: number;
      readonly base: number;
      readonly from: LocalDate;
      readonly price: Price;
    } & Level)
  | ({ readonly is: 'year'; readonly price: Price; readonly level: number } & Level)
  | ({ readonly is: 'signal'; readonly signal: SignalClass; readonly asOf: LocalDate } & Level)
  | ({ readonly is: 'return'; readonly gainPct: number } & Level)
  | ({ readonly is: 'weight'; readonly furthest: Weight } & Level)
  | ({ readonly is: 'stale'; readonly on: LocalDate; readonly sessions: number } & Level)
  /** Told once in each session. */
  | {
      readonly is: 'day-move';
      readonly met: boolean;
      readonly session: LocalDate;
      readonly pct: number;
      readonly base: number;
      readonly price: Price;
    }
  | {
      readonly is: 'volume';
      readonly met: boolean;
      readonly session: LocalDate;
      readonly volume: number;
      readonly median: number;
      readonly times: number;
    }
  /** Told once for each date: those within the days of the rule, and the next one at all. */
  | { readonly is: 'dates'; readonly within: readonly LocalDate[]; readonly next: LocalDate | undefined }
  /** Told once for each change. */
  | { readonly is: 'class'; readonly signal: SignalClass; readonly asOf: LocalDate };

const unknown = (why: string): Standing => ({ is: 'unknown', why });

export function standingOf(rule: Rule, facts: SecurityFacts, time: CheckTime, madeAt: Instant): Standing {
  switch (rule.kind) {
    case 'price':
      return withPrice(facts, price => ofPrice(rule, price, facts.splits, madeAt));
    case 'move':
      return withPrice(facts, price => ofMove(rule.pct, rule.sessions, price, facts, time));
    case 'year':
      return withPrice(facts, price => ofYear(rule.side, price, facts));
    case 'volume':
      return ofVolume(rule.times, facts, time);
    case 'signal-change':
    case 'signal':
      return ofSignal(rule, facts);
    case 'return':
      return ofReturn(rule.side, rule.pct, facts);
    case 'weight':
      return ofWeight(rule.pct, facts);
    case 'date': {
      const dates = facts.dates?.[rule.event] ?? [];
      const last = addDays(time.today, rule.days);
      return { is: 'dates', within: dates.filter(date => date <= last), next: dates[0] };
    }
    case 'stale':
      return ofAge(rule.sessions, facts);
  }
}

/** The standing by a price that may be believed and is not stale. */
function withPrice({ price }: SecurityFacts, judge: (price: KnownPrice) => Standing): Standing {
  const why = whyUnpriced(price);
  return why === undefined ? judge(price as KnownPrice) : unknown(why);
}

export const whyUnpriced = (price: KnownPrice | undefined): string | undefined =>
  price === undefined ? 'it has no price' : price.stale ? (price.reason ?? `its price is of ${price.on}`) : undefined;

const hundred = 100;
const decimalOf99 = '0.99';
const decimalOf101 = '1.01';

function ofPrice(
  { side, price: level }: { side: 'above' | 'below'; price: Price },
  { price }: KnownPrice,
  splits: readonly SplitEvent[],
  madeAt: Instant,
): Standing {
  const made = sydneyDate(madeAt);
  const split = splits.find(each => each.date > made);
  if (split !== undefined) {
    const ratio = `${plain(split.newUnits)}:${plain(split.oldUnits)}`;
    return unknown(`it had a split of ${ratio} on ${split.date}, after the rule was made; make the rule anew`);
  }
  return side === 'above'
    ? { is: 'price', price, met: price.gt(level), back: price.lte(level.times(decimalOf99)) }
    : { is: 'price', price, met: price.lt(level), back: price.gte(level.times(decimalOf101)) };
}

const notYetTraded = (session: LocalDate): Standing => unknown(`it has no price of the session of ${session} yet`);

function ofMove(pct: Decimal, sessions: number, known: KnownPrice, facts: SecurityFacts, time: CheckTime): Standing {
  const { price } = known;
  if (known.on !== time.session) return notYetTraded(time.session);
  const from = time.sessionBefore(sessions);
  const close = known.previousClose;
  const base = sessions === 1 && close !== undefined ? toFloat(close) : facts.closeBefore?.(sessions);
  if (base === undefined || base <= 0) return unknown(`its close of ${from} is not stored`);
  const moved = atEdge((toFloat(price) / base - 1) * hundred);
  const met = Math.abs(moved) >= toFloat(pct);
  if (sessions === 1) return { is: 'day-move', met, session: time.session, pct: moved, base, price };
  return { is: 'move', pct: moved, base, from, price, met, back: Math.abs(moved) <= atEdge(toFloat(pct) * bandPart) };
}

/** What a percentage must come back to, as a part of the one that was asked for. */
const bandPart = 0.9;

function ofYear(side: 'high' | 'low', { price }: KnownPrice, { year }: SecurityFacts): Standing {
  if (year === undefined) return unknown('no closes of the last 52 weeks are stored');
  if (!year.isWhole) return unknown(`its closes are stored from ${year.first} on, and 52 weeks are needed`);
  const at = toFloat(price);
  return side === 'high'
    ? { is: 'year', price, level: year.high, met: at > year.high, back: at <= year.high * 0.99 }
    : { is: 'year', price, level: year.low, met: at < year.low, back: at >= year.low * 1.01 };
}

/** Sessions of which the median volume is. */
export const medianSessions = 20;

function ofVolume(times: Decimal, facts: SecurityFacts, { session }: CheckTime): Standing {
  return withPrice(facts, ({ on }) => {
    const { volume, volumes = [] } = facts;
    if (volume === undefined || on !== session) return notYetTraded(session);
    if (volumes.length < medianSessions) {
      return unknown(`${volumes.length} of the ${medianSessions} sessions of its median volume are stored`);
    }
    const sorted = Float64Array.from(volumes).sort();
    const median = ((sorted[medianSessions / 2 - 1] as number) + (sorted[medianSessions / 2] as number)) / 2;
    if (!(median > 0)) return unknown(`its median volume of ${medianSessions} sessions is 0`);
    const found = atEdge(volume / median);
    return { is: 'volume', met: found > toFloat(times), session, volume, median, times: found };
  });
}

function ofSignal(rule: Extract<Rule, { kind: 'signal' | 'signal-change' }>, { said }: SecurityFacts): Standing {
  if (said === undefined) return unknown('it has no signal');
  const { signal, asOf, abstained } = said;
  if (said.isOld) return unknown(`its last signal is of ${asOf}`);
  if (signal === undefined) return unknown(`it has no signal: ${abstained ?? 'a model abstained'}`);
  if (rule.kind === 'signal-change') return { is: 'class', signal, asOf };
  const met = meetsClass(signal, rule.signal);
  return { is: 'signal', signal, asOf, met, back: !met };
}

function ofReturn(side: 'gain' | 'loss', pct: Decimal, { gain }: SecurityFacts): Standing {
  if (gain === undefined) return unknown('it is not held');
  if ('why' in gain) return unknown(gain.why);
  const found = atEdge(side === 'gain' ? gain.pct : -gain.pct);
  const level = toFloat(pct);
  return { is: 'return', gainPct: gain.pct, met: found > level, back: found <= atEdge(level * bandPart) };
}

function ofWeight(pct: Decimal, { weights }: SecurityFacts): Standing {
  if (weights === undefined) return unknown('no portfolio has a target for it');
  if ('why' in weights) return unknown(weights.why);
  const [furthest] = weights.toSorted((a, b) => driftOf(b) - driftOf(a));
  if (furthest === undefined) return unknown('no portfolio has a target for it');
  const drift = driftOf(furthest);
  const level = toFloat(pct);
  return { is: 'weight', furthest, met: drift > level, back: drift <= atEdge(level * bandPart) };
}

/** Percentage points, to either side. */
const driftOf = ({ weightPct, targetPct }: Weight): number => atEdge(Math.abs(weightPct - targetPct));

function ofAge(sessions: number, { price, age }: SecurityFacts): Standing {
  if (price === undefined || age === undefined) return unknown('it has no price');
  return { is: 'stale', on: price.on, sessions: age, met: age > sessions, back: age <= sessions };
}

/** Whether it is so now; undefined where it cannot be judged. */
export function standingMet(standing: Standing): boolean | undefined {
  switch (standing.is) {
    case 'unknown':
      return undefined;
    case 'dates':
      return standing.within.length > 0;
    case 'class':
      return false;
    default:
      return standing.met;
  }
}
