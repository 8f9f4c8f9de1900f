/** The value tab: the return of the portfolio beside its benchmark's, and the figures of the window in sentences. */
import { blockChart, brailleChart } from '../../chart.ts';
import type { ChartStyle } from '../../config.ts';
import { formatPct } from '../../format.ts';
import type { PerformanceView } from '../../usecases/view-performance.ts';
import { performanceFacts } from '../../words/performance-facts.ts';
import { beside } from '../blocks.ts';
import type { Line } from '../text.ts';
import { wrap } from '../wrap.ts';

type Room = { readonly width: number; readonly height: number };

const twoColumnsFrom = 106;
const factsWidth = 50;
const gap = 3;
const leastChart = 6;
const mostChart = 24;

export function valueLines(view: PerformanceView, style: ChartStyle, { width, height }: Room): Line[] {
  if (view.total === undefined) return [[{ text: view.reasons.timeWeightedPct ?? 'there is no day to show' }]];
  if (width >= twoColumnsFrom) {
    const chartWidth = width - factsWidth - gap;
    const chart = chartLines(view, style, { width: chartWidth, height: Math.min(mostChart, height) });
    return beside(chart, factLines(view, factsWidth), chartWidth, gap);
  }
  const facts = factLines(view, width);
  const chartHeight = Math.max(leastChart, Math.min(mostChart, height - facts.length - 1));
  return [...chartLines(view, style, { width, height: chartHeight }), [], ...facts];
}

/** Both lines begin at nothing gained, at the close before the first day; the last row says which is which. */
function chartLines(
  { index, benchmark, scope, total }: PerformanceView,
  style: ChartStyle,
  { width, height }: Room,
): Line[] {
  const [start] = benchmark?.levels ?? [];
  const twin =
    start === undefined || benchmark === undefined
      ? undefined
      : benchmark.levels.map(level => (level === undefined ? undefined : level / start));
  const options = {
    width,
    height: height - 1,
    baseline: 1,
    second: twin,
    label: (value: number) => formatPct((value - 1) * 100, { sign: true }),
  };
  const { rows } = (style === 'block' ? blockChart : brailleChart)([1, ...index], options);
  const gained = (fraction: number | undefined): string =>
    formatPct(fraction === undefined ? undefined : fraction * 100, { sign: true });
  const legend: Line = [
    { text: '━━ ', token: 'chart' },
    { text: `${scope.name} ${gained(total?.timeWeighted)}` },
    ...(benchmark === undefined || twin === undefined
      ? []
      : [
          { text: '   ╌╌ ', token: 'benchmark' as const },
          { text: `${benchmark.code} ${gained(benchmark.timeWeighted)}` },
        ]),
  ];
  return [...rows, legend];
}

/** Each fact with its name at the left; what is long goes on beneath itself. */
function factLines(view: PerformanceView, width: number): Line[] {
  if (view.total === undefined) return [];
  const facts = performanceFacts(view, view.total);
  const named = Math.max(...facts.map(([name]) => name.length)) + 2;
  return facts.flatMap(([name, text]) =>
    wrap(text, width - named).map(
      (line, row): Line => [{ text: (row === 0 ? name : '').padEnd(named), token: 'dim' }, { text: line }],
    ),
  );
}
