/**
 * Which of the daily backups are kept: the newest of each of the last 7 days, 4 weeks and 12 months that have one. A week
 * begins on Monday. A backup that is the newest of its week or month when a later one comes stays as that week's or
 * month's; the others go. So there are never more than 23, and the newest is always among them.
 */
import { addDays, dayOfWeek, type LocalDate } from '../date.ts';

const mondayOf = (date: LocalDate): LocalDate => addDays(date, -((dayOfWeek(date) + 6) % 7));

const rules: readonly { readonly count: number; readonly periodOf: (date: LocalDate) => string }[] = [
  { count: 7, periodOf: date => date },
  { count: 4, periodOf: mondayOf },
  { count: 12, periodOf: date => date.slice(0, 7) },
];

/** The days whose backups are kept. */
export function keptDays(days: Iterable<LocalDate>): ReadonlySet<LocalDate> {
  const newestFirst = [...new Set(days)].sort().reverse();
  const kept = new Set<LocalDate>();
  for (const { count, periodOf } of rules) {
    const periods = new Set<string>();
    for (const date of newestFirst) {
      const period = periodOf(date);
      if (periods.has(period)) continue;
      if (periods.size === count) break;
      periods.add(period);
      kept.add(date);
    }
  }
  return kept;
}
