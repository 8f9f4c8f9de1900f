/** What needs attention, in a sentence each. */

import { daysBetween, type LocalDate } from '../domain/date.ts';
import { plain } from '../domain/decimal.ts';
import { harmless } from '../domain/text.ts';
import { formatCount, formatDate, formatDateShort, formatDollars, formatUnits, formatWeekday } from '../format.ts';
import type { Need } from '../usecases/view-dashboard.ts';

type NeedWords = { readonly text: string; readonly urgent: boolean };

const inDays = (days: number): string => (days === 1 ? 'tomorrow' : `in ${days} days`);

function codes(all: readonly string[]): string {
  const [first, second] = all;
  if (all.length === 1) return first ?? '';
  return all.length === 2 ? `${first} and ${second}` : `${first} and ${all.length - 1} more`;
}

/** A day in a sentence; the year only where it is long ago. */
const day = (date: LocalDate, today: LocalDate): string =>
  daysBetween(date, today) < 300 ? formatDateShort(date) : formatDate(date);

export function needWords(need: Need, today: LocalDate): NeedWords {
  switch (need.kind) {
    case 'unpriced':
      return { text: `${codes(need.codes)} ${need.codes.length === 1 ? 'has' : 'have'} no price yet`, urgent: true };
    case 'quiet':
    case 'stale': {
      const since = need.since === undefined ? '' : ` than ${day(need.since, today)}`;
      return {
        text: `${codes(need.codes)} ${need.codes.length === 1 ? 'has' : 'have'} no newer price${since}`,
        urgent: true,
      };
    }
    case 'ahead':
      return {
        text: `${formatCount(need.count, 'entry')} dated after today ${need.count === 1 ? 'is' : 'are'} counted already`,
        urgent: true,
      };
    case 'discount':
      return {
        text: `${need.code} discount on ${formatUnits(need.units)} ${plain(need.units) === '1' ? 'unit' : 'units'} ${inDays(need.days)}`,
        urgent: false,
      };
    case 'ex-dividend':
      return {
        text: `${need.code} ex-dividend ${need.days === 1 ? 'tomorrow' : `${formatWeekday(need.on)} ${formatDateShort(need.on)}`}${need.amount === undefined ? '' : `, ${formatDollars(need.amount)}`}`,
        urgent: false,
      };
    case 'franking':
      return {
        text: `keep ${formatUnits(need.units)} ${need.code} until ${formatDateShort(need.on)} to keep ${formatDollars(need.credits)} of franking`,
        urgent: false,
      };
    case 'notification':
      return { text: harmless(need.notification.title), urgent: true };
  }
}
