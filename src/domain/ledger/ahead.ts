/** Entries of later days count at once; who wants the state of a day asks for it. */
import type { LocalDate } from '../date.ts';
import type { Entry } from './entry.ts';

/** How many entries are dated after today. */
export const countAhead = (entries: readonly Entry[], today: LocalDate): number =>
  entries.filter(entry => entry.on > today).length;

/** One warning where entries are dated after today; none else. */
export function aheadWarnings(entries: readonly Entry[], today: LocalDate): string[] {
  const ahead = countAhead(entries, today);
  if (ahead === 0) return [];
  const [what, whom] = ahead === 1 ? ['1 entry is', 'it'] : [`${ahead} entries are`, 'them'];
  return [`${what} dated after today (${today}) and counted already; --as-of ${today} leaves ${whom} out`];
}
