/** Entries of later days count at once; who wants the state of a day asks for it. */
import type { LocalDate } from '../date.ts';
import type { Entry } from './entry.ts';

/** One warning where entries are dated after today; none else. */
export function aheadWarnings(entries: readonly Entry[], today: LocalDate): string[] {
  const ahead = entries.filter(entry => entry.on > today);
  if (ahead.length === 0) return [];
  const count = ahead.length === 1 ? '1 entry is' : `${ahead.length} entries are`;
  return [`${count} dated after today (${today}) and counted already; --as-of ${today} leaves them out`];
}
