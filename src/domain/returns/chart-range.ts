/** The ranges that a chart can show, back from a day. */
import { addDays, addMonths, type LocalDate } from '../date.ts';

export const chartRanges = ['1M', '3M', '6M', '1Y', '5Y'] as const;
export type ChartRange = (typeof chartRanges)[number];

const months: Record<ChartRange, number> = { '1M': 1, '3M': 3, '6M': 6, '1Y': 12, '5Y': 60 };

/** The first day of a range that ends on `to`. */
export const rangeStart = (range: ChartRange, to: LocalDate): LocalDate => addDays(addMonths(to, -months[range]), 1);
