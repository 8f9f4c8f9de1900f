/** Alerts in words: why one fired, where it stands, and when it is armed again. */
import type { Firing } from '../domain/alerts/check.ts';
import type { Weight } from '../domain/alerts/facts.ts';
import type { Condition, DatedEvent, Rule } from '../domain/alerts/rule.ts';
import type { Standing } from '../domain/alerts/standing.ts';
import { type AlertState, coolDown } from '../domain/alerts/step.ts';
import { daysBetween, type Instant, type LocalDate, sydneyDate } from '../domain/date.ts';
import { decimal, type Price, price, round, toFloat } from '../domain/decimal.ts';
import type { Code } from '../domain/market/security.ts';
import type { SignalClass } from '../domain/signals/classes.ts';
import {
  datesInWords,
  formatCount,
  formatDate,
  formatNumber,
  formatPct,
  formatPrice,
  formatSydneyTime,
} from '../format.ts';

const classWords = (signal: SignalClass): string => signal.replace('_', ' ');

/** A price that was computed with floats, as a price is written. */
const floatPrice = (value: number): string => formatPrice(price(value.toFixed(4)));
const wholeNumber = (value: number): string => formatNumber(value, { places: 0 });

const inDays = (date: LocalDate, today: LocalDate): string => {
  const days = daysBetween(today, date);
  return days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
};

const points = (value: number): string => `${formatNumber(Math.abs(value), { places: 1 })} points`;

const weightWords = ({ portfolio, weightPct, targetPct }: Weight): string => {
  const drift = weightPct - targetPct;
  return `${formatPct(weightPct)} of ${portfolio}, ${points(drift)} ${drift < 0 ? 'under' : 'over'} its target of ${formatPct(targetPct)}`;
};

/** One sentence with the figures that it fired by: `BHP is at 45.96, above 45.00.` */
export function firedSentence({ alert, code, standing, step }: Firing, today: LocalDate): string {
  const { rule } = alert;
  switch (standing.is) {
    case 'price':
      return `${code} is at ${formatPrice(standing.price)}, ${priceLevel(rule)}.`;
    case 'move':
    case 'day-move':
      return `${code} has moved ${formatPct(standing.pct, { sign: true })} ${moveFrom(standing)} to ${formatPrice(standing.price)}.`;
    case 'year': {
      const isHigh = rule.kind === 'year' && rule.side === 'high';
      const words = isHigh ? 'above its highest' : 'below its lowest';
      return `${code} is at ${formatPrice(standing.price)}, ${words} close of 52 weeks, ${floatPrice(standing.level)}.`;
    }
    case 'volume':
      return `${code} has traded ${wholeNumber(standing.volume)} units in the session of ${formatDate(standing.session)}, ${formatNumber(standing.times, { places: 1 })} times its median of 20 sessions, ${wholeNumber(standing.median)}.`;
    case 'signal':
      return `${code} is a ${classWords(standing.signal)} as of ${formatDate(standing.asOf)}.`;
    case 'class': {
      const before = step.before === undefined ? '' : `, and was a ${classWords(step.before)}`;
      return `${code} is a ${classWords(standing.signal)} as of ${formatDate(standing.asOf)}${before}.`;
    }
    case 'return':
      return `${code} is ${formatPct(Math.abs(standing.gainPct))} ${standing.gainPct < 0 ? 'below' : 'above'} its cost base.`;
    case 'weight':
      return `${code} is ${weightWords(standing.furthest)}.`;
    case 'stale':
      return `${code} has had no price since ${formatDate(standing.on)}, ${formatCount(standing.sessions, 'session')} ago.`;
    case 'dates':
      return rule.kind === 'date' ? dateSentence(rule.event, code, step.dates ?? [], today) : '';
    case 'unknown':
      return '';
  }
}

const priceLevel = (rule: Rule): string => (rule.kind === 'price' ? `${rule.side} ${formatPrice(rule.price)}` : '');

const moveFrom = (standing: Extract<Standing, { is: 'move' | 'day-move' }>): string =>
  standing.is === 'move'
    ? `from its close of ${formatDate(standing.from)}, ${floatPrice(standing.base)},`
    : `from its last close, ${floatPrice(standing.base)},`;

const dateWords: Readonly<Record<DatedEvent, (code: Code, when: string) => string>> = {
  'ex-dividend': (code, when) => `${code} goes ex-dividend on ${when}`,
  discount: (code, when) => `A parcel of ${code} has the CGT discount from ${when}`,
  '45-day': (code, when) => `A sale of ${code} keeps its franking credits from ${when}`,
};

function dateSentence(event: DatedEvent, code: Code, dates: readonly LocalDate[], today: LocalDate): string {
  const [first, ...others] = dates;
  if (first === undefined) return '';
  const more = others.length === 0 ? '' : `, and on ${others.map(formatDate).join(', ')}`;
  return `${dateWords[event](code, `${formatDate(first)}, ${inDays(first, today)}`)}${more}.`;
}

/** Where a security stands against a rule now, in one clause. */
export function standingWords(standing: Standing, today: LocalDate): string {
  switch (standing.is) {
    case 'unknown':
      return `not judged: ${datesInWords(standing.why)}`;
    case 'price':
      return `at ${formatPrice(standing.price)}`;
    case 'move':
    case 'day-move':
      return `${formatPct(standing.pct, { sign: true })} ${moveFrom(standing).replace(/,$/, '')}`;
    case 'year':
      return `at ${formatPrice(standing.price)}, against ${floatPrice(standing.level)}`;
    case 'volume':
      return `${formatNumber(standing.times, { places: 1 })} times its median of ${wholeNumber(standing.median)}`;
    case 'signal':
    case 'class':
      return `${classWords(standing.signal)} as of ${formatDate(standing.asOf)}`;
    case 'return':
      return `${formatPct(standing.gainPct, { sign: true })} on its cost base`;
    case 'weight':
      return weightWords(standing.furthest);
    case 'stale':
      return `priced on ${formatDate(standing.on)}, ${formatCount(standing.sessions, 'session')} ago`;
    case 'dates':
      return standing.next === undefined
        ? 'no date ahead'
        : `${formatDate(standing.next)}, ${inDays(standing.next, today)}`;
  }
}

const when = (instant: Instant): string => `${formatDate(sydneyDate(instant))} ${formatSydneyTime(instant)}`;

/** Whether a rule is armed for a security, and if not, what arms it again. */
export function stateWords(state: AlertState | undefined, rule: Condition, now: Instant): string {
  const { firedAt } = state ?? {};
  if (state === undefined || firedAt === undefined) return 'armed';
  if (state.armed) return `armed, fired ${when(firedAt)}`;
  const cooling = firedAt + coolDown > now ? `, after ${when(firedAt + coolDown)}` : '';
  return `fired ${when(firedAt)}, armed again ${rearmWords(rule)}${cooling}`;
}

const percentBack = (pct: Parameters<typeof toFloat>[0]): string => formatPct(toFloat(pct) * 0.9, { places: 2 });

function rearmWords(rule: Condition): string {
  switch (rule.kind) {
    case 'price': {
      const level = round(rule.price.times(decimal(rule.side === 'above' ? '0.99' : '1.01')) as Price, 4);
      return `at ${formatPrice(level)} or ${rule.side === 'above' ? 'below' : 'above'}`;
    }
    case 'move':
    case 'return':
      return `at ${percentBack(rule.pct)} or less`;
    case 'year':
      return rule.side === 'high' ? '1% below the highest close' : '1% above the lowest close';
    case 'weight':
      return `within ${formatNumber(toFloat(rule.pct) * 0.9)} points of its target`;
    case 'signal':
      return 'by another class';
    default:
      return 'by a newer price';
  }
}
