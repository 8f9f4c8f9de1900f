/** Why the figures of each day of a portfolio are what they are. */
import { dayFigures, explainDay } from '../domain/explain/day.ts';
import type { PerformanceView } from '../usecases/view-performance.ts';
import { type Explained, explainedAt } from './explained.ts';

/** Of the last `count` days; the view keeps their positions. */
export function explainDays({ stored, index }: PerformanceView, count: number): Explained[] {
  const first = stored.days.length - count;
  return Array.from({ length: count }, (_, row) =>
    explainedAt(`/days/${row}`, dayFigures, figure => explainDay(stored, first + row, index[first + row] ?? 1, figure)),
  ).flat();
}
