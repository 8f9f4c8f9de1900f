/** Two portfolios side by side over the one window that both have. */

import { harmless } from '../../domain/text.ts';
import { formatCount, formatDate, formatNumber, formatPct } from '../../format.ts';
import type { Comparison } from '../../usecases/compare-portfolios.ts';
import { type ComparisonRow, comparisonReason, comparisonRows } from '../../words/comparison-rows.ts';
import { fitBlock, heading, indent } from '../blocks.ts';
import { ruleLine } from '../components/rule.tsx';
import type { CompareModel } from '../performance-model.ts';
import { performanceRangeLine } from '../performance-tabs.ts';
import type { State } from '../state.ts';
import { fitText, type Line } from '../text.ts';
import { wrap } from '../wrap.ts';
import { scrolledFrom } from './performance.ts';

type Room = { readonly width: number; readonly height: number };

const margin = 2;
/** The ranges, and the rule with the dates. */
const above = 2;
const mostName = 24;

/** All that is said of the two, however many lines it is, and how many of them there is room for. */
export function compareText(
  { view }: CompareModel,
  { width, height }: Room,
): { lines: readonly Line[]; height: number } {
  const inner = width - 2 * margin;
  const lines: Line[] =
    view === undefined
      ? [[{ text: 'This is the portfolio itself: press c to choose another one.' }]]
      : [
          ...warningLines(view, inner),
          ...tableOf(view, 'figures', inner),
          [],
          ...commonLines(view, inner),
          ...titled('Held by both', tableOf(view, 'codes', inner)),
          ...titled('Sectors, and how much more the second has', tableOf(view, 'sectors', inner)),
        ];
  return { lines: lines.map(line => indent(line, margin)), height: height - above };
}

export function compareScreen(model: CompareModel, state: State, room: Room): Line[] {
  const { view } = model;
  const { width, height } = room;
  const title =
    view === undefined ? 'Comparison' : `The window of both, ${formatDate(view.from)} to ${formatDate(view.to)}`;
  const text = compareText(model, room);
  const body = scrolledFrom(text.lines, state.lists.figures.top, text.height);
  const ranges = indent(performanceRangeLine(state.performanceRange), margin);
  return fitBlock([ranges, ruleLine(width, title), ...body], width, height);
}

const titled = (title: string, lines: readonly Line[]): Line[] =>
  lines.length === 0 ? [] : [[], heading(title), ...lines];

const said = (text: string, width: number): Line[] => wrap(text, width).map(line => [{ text: line }]);

const warningLines = ({ warnings }: Comparison, width: number): Line[] => {
  const lines = warnings.flatMap(each =>
    wrap(harmless(each), width - 2).map(
      (text, row): Line => [{ text: row === 0 ? '! ' : '  ', token: 'warning', bold: true }, { text }],
    ),
  );
  return lines.length === 0 ? [] : [...lines, []];
};

function tableOf(view: Comparison, section: ComparisonRow['section'], width: number): Line[] {
  const rows = comparisonRows(view).filter(row => row.section === section);
  if (rows.length === 0) return [];
  const [first, second] = view.portfolios.map(each => harmless(each.scope.name)) as [string, string];
  const labels = Math.max(...rows.map(row => row.label.length));
  const figures = Math.max(8, ...rows.flatMap(row => row.texts.map(text => text.length)));
  const differences = section === 'sectors' ? 9 : 0;
  const column = Math.max(figures, Math.min(mostName, Math.floor((width - labels - differences) / 2) - 2));
  const label = Math.min(labels, Math.max(8, width - 2 * (column + 2) - differences));
  const cells = ([a, b]: readonly [string, string]): string =>
    `  ${fitText(a, column, 'right')}  ${fitText(b, column, 'right')}`;
  return [
    [{ text: ' '.repeat(label) + cells([first, second]), token: 'dim' }],
    ...rows.flatMap((row, at): Line[] => {
      const difference = section === 'sectors' ? view.overlap?.sectors[at]?.differencePct : undefined;
      const reason = comparisonReason(row, [first, second]);
      return [
        [
          { text: fitText(row.label, label) },
          { text: cells(row.texts) },
          ...(difference === undefined ? [] : [{ text: formatPct(difference, { sign: true }).padStart(9) }]),
        ],
        ...(reason === '' ? [] : wrap(reason, width - 4).map((text): Line => [{ text: `    ${text}`, token: 'dim' }])),
      ];
    }),
  ];
}

function commonLines({ correlation, overlap, overlapReason }: Comparison, width: number): Line[] {
  const moving =
    correlation.value === undefined
      ? `Correlation of the two: unknown, ${correlation.reason}`
      : `Correlation of the two: ${formatNumber(correlation.value)} over ${formatCount(correlation.observations, 'day')}`;
  const shared =
    overlap === undefined
      ? `Overlap: unknown, ${overlapReason}`
      : `Overlap: ${formatPct(overlap.sharedPct)}, ${overlap.codes.length} held by both`;
  return [...said(moving, width), ...said(shared, width)];
}
