/** The ranges of a chart in a line, the one in use in brackets: ` 1M  3M  6M [1Y] 5Y `. */
import { type ChartRange, chartRanges } from '../domain/returns/chart-range.ts';
import type { Line } from './text.ts';

export const rangeLine = (range: ChartRange): Line =>
  chartRanges.map(each =>
    each === range ? { text: `[${each}]`, token: 'accent', bold: true } : { text: ` ${each} `, token: 'dim' },
  );
