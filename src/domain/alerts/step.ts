/**
 * When a rule fires, and when it is armed again.
 *
 * A rule fires on the edge: once when what it waits for becomes so, and not again while it stays so. One that is so when
 * the rule is first looked at fires then, so that its maker hears of it once. It is armed again by a check that finds the
 * figure back beyond its band (see `standing`) at least 24 hours after it fired. What belongs to a session (a move of a
 * day, volume) fires once in a session, a date once for each date, and a change of signal once for each change.
 *
 * What cannot be judged changes nothing. A week without a check is one check: it fires once, by what is so now. A clock
 * that was set back leaves a firing in the future: it then counts as one of now, so that nothing is told twice and no
 * rule stays silent for longer than after any firing.
 */
import { day, type Instant, type LocalDate } from '../date.ts';
import type { SignalClass } from '../signals/classes.ts';
import type { CheckTime } from './facts.ts';
import type { Standing } from './standing.ts';

/** Where a rule stands for one security; without one it is armed and was never looked at, or never fired. */
export type AlertState = {
  readonly armed: boolean;
  /** What it was last compared with: a price, a percentage, a class. */
  readonly value: string | undefined;
  readonly firedAt: Instant | undefined;
  /** The event that it last fired for: a session, the dates that were told and are to come, the day of a signal. */
  readonly eventKey: string | undefined;
};

/** Milliseconds that a rule stays silent after it fired. */
export const coolDown = day;

export type Step = {
  readonly fires: boolean;
  /** Undefined where nothing changes. */
  readonly next?: AlertState | undefined;
  /** The dates that it fires for. */
  readonly dates?: readonly LocalDate[];
  /** The class before the change that it fires for. */
  readonly before?: SignalClass;
};

const nothing: Step = { fires: false };

export function stepOf(standing: Standing, state: AlertState | undefined, time: CheckTime): Step {
  switch (standing.is) {
    case 'unknown':
      return nothing;
    case 'day-move':
    case 'volume':
      return stepOfSession(standing, state, time);
    case 'dates':
      return stepOfDates(standing.within, state, time);
    case 'class':
      return stepOfClass(standing, state, time);
    default:
      return stepOfLevel(standing, state, time);
  }
}

const isOfTheFuture = (state: AlertState | undefined, { now }: CheckTime): boolean =>
  state?.firedAt !== undefined && state.firedAt > now;

function stepOfLevel(
  standing: Extract<Standing, { back: boolean }>,
  state: AlertState | undefined,
  time: CheckTime,
): Step {
  const { now } = time;
  const value = figureOf(standing);
  if (state === undefined || state.armed) {
    return standing.met ? { fires: true, next: { armed: false, value, firedAt: now, eventKey: undefined } } : nothing;
  }
  if (isOfTheFuture(state, time)) return { fires: false, next: { ...state, firedAt: now } };
  const isCool = state.firedAt === undefined || now - state.firedAt >= coolDown;
  return standing.back && isCool ? { fires: false, next: { ...state, armed: true, value } } : nothing;
}

function stepOfSession(
  standing: Extract<Standing, { is: 'day-move' | 'volume' }>,
  state: AlertState | undefined,
  time: CheckTime,
): Step {
  const { session } = standing;
  if (state !== undefined && isOfTheFuture(state, time)) {
    return { fires: false, next: { ...state, firedAt: time.now, eventKey: session } };
  }
  const isTold = state?.eventKey !== undefined && session <= state.eventKey;
  return standing.met && !isTold
    ? { fires: true, next: { armed: true, value: figureOf(standing), firedAt: time.now, eventKey: session } }
    : nothing;
}

function stepOfDates(within: readonly LocalDate[], state: AlertState | undefined, { now, today }: CheckTime): Step {
  const told = state?.eventKey?.split(' ') ?? [];
  const dates = within.filter(date => !told.includes(date));
  if (dates.length === 0) return nothing;
  const eventKey = [...told.filter(date => date >= today), ...dates].sort().join(' ');
  return { fires: true, dates, next: { armed: true, value: dates[0], firedAt: now, eventKey } };
}

/** The first class that is seen is what later ones are compared with. */
function stepOfClass(
  { signal, asOf }: Extract<Standing, { is: 'class' }>,
  state: AlertState | undefined,
  { now }: CheckTime,
): Step {
  const next = { armed: true, value: signal, firedAt: now, eventKey: asOf };
  if (state === undefined) return { fires: false, next: { ...next, firedAt: undefined } };
  const isNewer = state.eventKey === undefined || asOf > state.eventKey;
  return state.value !== signal && isNewer ? { fires: true, before: state.value as SignalClass, next } : nothing;
}

/** The figure that was compared, as it is stored and sent: a price, a percentage, a class, a day. */
export function figureOf(standing: Standing): string | undefined {
  switch (standing.is) {
    case 'unknown':
      return undefined;
    case 'price':
    case 'year':
      return standing.price.toFixed();
    case 'move':
    case 'day-move':
      return String(standing.pct);
    case 'volume':
      return String(standing.times);
    case 'signal':
    case 'class':
      return standing.signal;
    case 'return':
      return String(standing.gainPct);
    case 'weight':
      return String(standing.furthest.weightPct);
    case 'stale':
      return String(standing.sessions);
    case 'dates':
      return standing.next;
  }
}
