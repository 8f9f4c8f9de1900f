/**
 * Signals: what model A, model B and their ensemble said of each security on the last closed day, whether the inputs
 * drift, and what the model is worth.
 *
 * The tabs and the day stand above, then what the tab is as a whole, then its list; beneath it the selected row in words.
 */
import { signalClasses } from '../../domain/signals/classes.ts';
import { formatCount, formatDate, formatPct, formatWeekday } from '../../format.ts';
import { formatSignal } from '../../words/short-signal-words.ts';
import { formatRecord, formatShare } from '../../words/signal-words.ts';
import { fitBlock, indent, inline } from '../blocks.ts';
import { ruleLine } from '../components/rule.tsx';
import { selectedId } from '../list-model.ts';
import { wordsOfRow } from '../signals-lists.ts';
import type { SignalRun, SignalsModel } from '../signals-model.ts';
import { keepLine, signalsTabsLine } from '../signals-tabs.ts';
import type { State } from '../state.ts';
import { type Line, lineWidth } from '../text.ts';
import { wrap } from '../wrap.ts';
import { emptySignals, noRowsOfEnsemble } from './empty-signals.ts';
import { filterTitle } from './filter-title.ts';
import { listLines } from './list.ts';
import { cardLines } from './model-card.ts';
import { scrolledFrom } from './performance.ts';
import { driftBelow, driftPaneWidth, driftScreen } from './signals-drift.ts';
import { workLine } from './signals-work.ts';

type Room = { readonly width: number; readonly height: number };

const margin = 2;
const gap = 3;
/** The selected row in words, a blank line above it. */
const below = 3;
/** Where there is no room for more the list has it all. */
const leastWithWords = 13;

export function signalsScreen(model: SignalsModel, state: State, room: Room): Line[] {
  const { width, height } = room;
  const work = state.signalsWork === undefined ? [] : [workLine(state.signalsWork, width)];
  const inner = { width, height: height - work.length };
  return [...fitBlock(bodyLines(model, state, inner), width, inner.height), ...work];
}

function bodyLines(model: SignalsModel, state: State, room: Room): Line[] {
  const { tab, list, run } = model;
  const { width, height } = room;
  if (run === undefined) return [ruleLine(width), ...emptySignals(state.signalsWork !== undefined, width)];
  const top = topLines(model, state, width);
  const left = height - top.length;
  if (tab === 'card') {
    const text = cardText(model, state, room);
    return [...top, ...scrolledFrom(text.lines, state.lists.card.top, text.height)];
  }
  const own = state.lists[tab];
  if (tab === 'drift') return [...top, ...driftScreen(model, own, { width, height: left })];
  if (list.total === 0) return [...top, ...noRowsOfEnsemble(width)];
  const listHeight = signalsListHeight(model, state, room);
  const lines = fitBlock(listLines(list, own, state.tinted, { width, height: listHeight }), width, listHeight);
  const chosen = model.rows.find(row => row.code === selectedId(list, own));
  const words = listHeight === left || chosen === undefined ? [] : wrap(wordsOfRow(chosen, tab), width - 6);
  return [
    ...top,
    ...lines,
    [],
    ...closed(words, below - 1).map((text): Line => [{ text: `   ${text}`, token: 'dim' }]),
  ];
}

/** So many lines, an ellipsis where there are more. */
const closed = (lines: readonly string[], count: number): string[] =>
  lines.length <= count ? [...lines] : [...lines.slice(0, count - 1), `${lines[count - 1]} …`];

/** Lines that the list of a tab has of the screen's room. */
export function signalsListHeight(model: SignalsModel, state: State, { width, height }: Room): number {
  const inner = height - (state.signalsWork === undefined ? 0 : 1);
  const left = inner - topLines(model, state, width).length;
  if (model.tab === 'drift') return Math.max(2, width >= driftPaneWidth ? left : left - driftBelow(model, left));
  return left >= leastWithWords ? left - below : left;
}

/** The lines of the model card, however many they are, and how many of them there is room for. */
export function cardText(
  model: SignalsModel,
  state: State,
  { width, height }: Room,
): { readonly lines: readonly Line[]; readonly height: number } {
  const lines = cardLines(model, width - 2 * margin).map(line => indent(line, margin));
  return { lines, height: height - topLines(model, state, width).length };
}

function topLines(model: SignalsModel, state: State, width: number): Line[] {
  const { run, tab, list } = model;
  const tabs = signalsTabsLine(tab);
  const day: Line =
    run === undefined ? [] : [{ text: `as of ${formatWeekday(run.asOf)} ${formatDate(run.asOf)}`, token: 'dim' }];
  const between = width - 2 * margin - lineWidth(tabs) - lineWidth(day);
  const first = between >= gap ? [...tabs, { text: ' '.repeat(between) }, ...day] : tabs;
  const title = tab === 'card' ? undefined : filterTitle(list, state.lists[tab]);
  const dated: Line[] = between >= gap ? [] : [day];
  return [
    indent(first, margin),
    ruleLine(width, title),
    ...aboutLines(model, width - 2 * margin, dated).map(line => indent(line, margin)),
  ];
}

const labelled = (label: string, text: string): Line => [{ text: `${label} `, token: 'dim' }, { text }];

/** What the tab is as a whole. */
function aboutLines(model: SignalsModel, width: number, dated: readonly Line[]): Line[] {
  const { run, tab } = model;
  if (run === undefined) return [];
  switch (tab) {
    case 'modelA':
      return [inline([...dated, ...marketParts(run)], width), ...missingLines(run, width)];
    case 'modelB': {
      const graded = model.rows.filter(row => row.said.b?.signal !== undefined).length;
      return [
        inline(
          [
            ...dated,
            [{ text: `${graded} of ${formatCount(model.rows.length, 'security', 'securities')} graded` }],
            [{ text: 'a score, not a probability', token: 'dim' }],
          ],
          width,
        ),
      ];
    }
    case 'ensemble':
      return ensembleLines(model, run, width, dated);
    case 'drift':
    case 'card':
      return dated.length === 0 ? [] : [inline(dated, width)];
  }
}

/** Regime, cash, how far the weights are scaled down, turnover. */
function marketParts({ details }: SignalRun): Line[] {
  const { regime, cash, scale, turnover } = details;
  const market: Line =
    regime === undefined
      ? [{ text: 'no benchmark, so no regime', token: 'dim' }]
      : regime.regime === undefined
        ? [{ text: `regime unknown: ${regime.benchmark} ${regime.reason}`, token: 'dim' }]
        : [
            { text: regime.regime, bold: true },
            { text: ` by ${regime.benchmark}, volatility ${formatShare(regime.volatility)}`, token: 'dim' },
          ];
  return [
    market,
    labelled('cash', formatShare(cash)),
    labelled('volatility scale', scale.toFixed(2)),
    ...(turnover === undefined ? [] : [labelled('turnover', formatShare(turnover))]),
  ];
}

const missingLines = ({ details: { missing } }: SignalRun, width: number): Line[] =>
  missing === undefined
    ? []
    : wrap(`Rank only, no probabilities: ${missing}.`, width).map((text): Line => [{ text, token: 'warning' }]);

/** Which rows, then of how many securities and how often the models agree. */
function ensembleLines(model: SignalsModel, run: SignalRun, width: number, dated: readonly Line[]): Line[] {
  const { statistics, said, keep, signal } = model;
  const { total, agreementRate, conflictRate } = statistics;
  const rate = (share: number | undefined): string =>
    share === undefined ? '–' : formatPct(share * 100, { places: 0 });
  const chosen: Line =
    signal === undefined
      ? [{ text: 'every class', token: 'dim' }]
      : [{ text: `only ${formatSignal(signal)}`, token: 'accent', bold: true }];
  const filters = [...keepLine(keep), { text: '  ' }, ...chosen];
  const numbers: Line[] = [
    ...dated,
    [{ text: `${total} scored, ${said - total} abstained` }],
    labelled('agree', rate(agreementRate)),
    labelled('conflict', rate(conflictRate)),
    [{ text: formatRecord(run.details.record), token: 'dim' }],
  ];
  const whole = lineWidth(filters) + gap + numbers.reduce((sum, part) => sum + lineWidth(part) + gap, -gap);
  if (whole <= width) return [inline([filters, ...numbers], width)];
  return [inline([filters], width), inline(numbers, width)];
}

/** The class after this one; after the last come all. */
export const nextClass = (signal: SignalsModel['signal']): SignalsModel['signal'] =>
  signal === undefined ? signalClasses[0] : signalClasses[signalClasses.indexOf(signal) + 1];
