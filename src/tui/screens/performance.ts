/** Performance: what has been made of the money, over any range, and what is risked for it. */
import type { ChartStyle } from '../../config.ts';
import { formatDate } from '../../format.ts';
import { fitBlock, indent } from '../blocks.ts';
import { ruleLine } from '../components/rule.tsx';
import type { PerformanceModel } from '../performance-model.ts';
import { performanceRangeLine, performanceTabsLine } from '../performance-tabs.ts';
import type { State } from '../state.ts';
import { type Line, lineWidth } from '../text.ts';
import { wrap } from '../wrap.ts';
import { emptyPortfolio } from './empty.ts';
import { listLines } from './list.ts';
import { correlationLines } from './performance-correlation.ts';
import { riskLines } from './performance-risk.ts';
import { valueLines } from './performance-value.ts';

type Room = { readonly width: number; readonly height: number };

const margin = 2;
const gap = 3;

/** The tabs, the ranges (beside them where there is room), and the rule with the dates. */
function topLines({ tab, view }: PerformanceModel, { performanceRange }: State, width: number): Line[] {
  const tabs = performanceTabsLine(tab);
  const ranges = performanceRangeLine(performanceRange);
  const between = width - 2 * margin - lineWidth(tabs) - lineWidth(ranges);
  const rule = ruleLine(width, `${formatDate(view.from)} to ${formatDate(view.to)}`);
  return between >= gap
    ? [indent([...tabs, { text: ' '.repeat(between) }, ...ranges], margin), rule]
    : [indent(tabs, margin), indent(ranges, margin), rule];
}

const sumWords =
  'Price, income and costs sum to the profit. As percentages they would not sum to the time-weighted return.';

const belowList = ({ tab }: PerformanceModel, width: number): Line[] =>
  tab === 'holdings' ? wrap(sumWords, width - 4).map(text => indent([{ text, token: 'dim' }], 3)) : [];

/** Lines that the list of a tab has of the screen's room. */
export const performanceListHeight = (model: PerformanceModel, state: State, { width, height }: Room): number =>
  height - topLines(model, state, width).length - belowList(model, width).length;

/** The lines of a tab that is no list, however many they are, and how many of them there is room for. */
export function performanceText(
  model: PerformanceModel,
  state: State,
  style: ChartStyle,
  { width, height }: Room,
): { readonly lines: readonly Line[]; readonly height: number } {
  const room = { width: width - 2 * margin, height: height - topLines(model, state, width).length };
  return { lines: textOf(model, style, room).map(line => indent(line, margin)), height: room.height };
}

function textOf(model: PerformanceModel, style: ChartStyle, room: Room): readonly Line[] {
  const { tab, view, analysis } = model;
  if (tab === 'risk' && analysis !== undefined) return riskLines(analysis, room.width);
  if (tab === 'correlation' && analysis !== undefined) return correlationLines(analysis, room.width);
  return tab === 'value' ? valueLines(view, style, room) : [];
}

export function performanceScreen(model: PerformanceModel, state: State, style: ChartStyle, room: Room): Line[] {
  const { width, height } = room;
  if (model.view.stored.firstEntry === undefined) {
    const words = 'Performance shows what you made of your money: profit, returns, the benchmark, risk.';
    return fitBlock([ruleLine(width), ...emptyPortfolio(words, width)], width, height);
  }
  const top = topLines(model, state, width);
  if (model.list !== undefined) {
    const own = state.lists[model.list.name];
    const listHeight = performanceListHeight(model, state, room);
    const lines = listLines(model.list.model, own, new Set(), { width, height: listHeight });
    return fitBlock([...top, ...lines, ...belowList(model, width)], width, height);
  }
  const text = performanceText(model, state, style, room);
  const { top: first } = state.lists.figures;
  return fitBlock([...top, ...scrolledFrom(text.lines, first, text.height)], width, height);
}

/** The lines from one on; what lies beneath is told of in the last row. */
export function scrolledFrom(lines: readonly Line[], first: number, height: number): Line[] {
  const start = Math.max(0, Math.min(first, lines.length - height));
  const shown = lines.slice(start, start + height);
  const rest = lines.length - start - height;
  if (rest <= 0) return shown;
  return [...shown.slice(0, -1), indent([{ text: `${rest + 1} more lines: ↓`, token: 'dim' }], margin)];
}
