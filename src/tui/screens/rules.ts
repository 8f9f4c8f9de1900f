/** Alert rules: each with whether it is armed and where it stands; the selected one in words beside the list or beneath it. */
import { sydneyDate } from '../../domain/date.ts';
import { harmless } from '../../domain/text.ts';
import { formatCount, formatDate, formatSydneyTime } from '../../format.ts';
import type { AlertView } from '../../usecases/manage-alerts.ts';
import { standingWords, stateWords } from '../../words/alert-words.ts';
import { beside, fitBlock, indent } from '../blocks.ts';
import {
  aboveList,
  listWidth,
  paneGap,
  paneWidth,
  type Room,
  rowsBelow,
  twoColumnsFrom,
} from '../notifications-room.ts';
import type { RulesModel } from '../rules-model.ts';
import type { State } from '../state.ts';
import type { Line, Span } from '../text.ts';
import type { ScreenModel } from '../views.ts';
import { wrap } from '../wrap.ts';
import { paragraph, steps } from './empty.ts';
import { listLines } from './list.ts';

const margin = 2;

/** Lines of the list with its title, of a screen's `room`. */
export const rulesListHeight = (room: Room): number => Math.max(2, room.height - aboveList - rowsBelow(room));

/** `room` is what the tabs leave. */
export function rulesLines(model: RulesModel, state: State, { width, height }: Room): Line[] {
  const { list, selected } = model;
  if (selected === undefined) return emptyRules(width);
  const whole = { width, height: height + aboveList };
  const listed = listLines(list, state.lists.rules, new Set(), {
    width: listWidth(width),
    height: rulesListHeight(whole),
  });
  if (width >= twoColumnsFrom) {
    return beside(listed, paneLines(selected, model, paneWidth(width) - margin, height), listWidth(width), paneGap);
  }
  const below = rowsBelow(whole);
  if (below === 0) return listed;
  const words = paneLines(selected, model, width - 2 * margin - 1, below - 1);
  return [...fitBlock(listed, width, height - below), [], ...words.map(line => indent(line, margin + 1))];
}

/** Beyond so many securities of one rule only those that fired are named. */
const mostNamed = 6;

/** Where a rule stands, what arms it again, and what it told last: no more than `height` lines. */
function paneLines({ alert, watched, isPaused }: AlertView, model: RulesModel, width: number, height: number): Line[] {
  const { now, today } = model.all;
  const told = watched.length <= mostNamed ? watched : watched.filter(({ state }) => state?.armed === false);
  const words = (text: string, look: Omit<Span, 'text'> = {}): Line[] =>
    wrap(harmless(text), width).map(line => [{ text: line, ...look }]);
  const [last] = model.history;
  const lines = [
    ...words(alert.text, { bold: true }),
    ...words(
      `${alert.priority}, ${alert.origin === 'default' ? 'a rule that everyone has' : `made ${formatDate(sydneyDate(alert.createdAt))}`}`,
      { token: 'dim' },
    ),
    ...(isPaused ? words('Paused: it is not checked. space resumes it.', { token: 'warning' }) : []),
    ...(watched.length === 0 ? words('Nothing is held or watched that it is of.') : []),
    ...told.flatMap(({ code, standing, state }) =>
      words(`${code}: ${standingWords(standing, today)}; ${stateWords(state, alert.rule, now)}`),
    ),
    ...(told.length < watched.length
      ? words(`${told.length === 0 ? 'All' : 'The other'} ${watched.length - told.length} are armed.`)
      : []),
    ...(last === undefined
      ? words('It has told nothing yet.', { token: 'dim' })
      : words(`Told ${formatCount(model.history.length, 'time')}, last ${at(last.at)}: ${last.message}`, {
          token: 'dim',
        })),
  ];
  return lines.length <= height
    ? lines
    : [...lines.slice(0, Math.max(0, height - 1)), [{ text: '… enter shows more', token: 'dim' }]];
}

const at = (instant: number): string => `${formatDate(sydneyDate(instant))} ${formatSydneyTime(instant)}`;

/** A rule whole, and all that it told, for the overlay that shows it. */
export function ruleHistoryLines(screen: ScreenModel, columns: number): Line[] {
  const rules = screen.kind === 'notifications' ? screen.rules : undefined;
  if (rules?.selected === undefined) return [];
  const { selected, history, all } = rules;
  const width = columns - 2 * margin;
  const words = (text: string, look: Omit<Span, 'text'> = {}): Line[] =>
    wrap(harmless(text), width).map((line): Line => [{ text: line, ...look }]);
  return [
    ...words(history.length === 0 ? 'It has told nothing yet.' : 'What it told, the latest first', { bold: true }),
    ...history.flatMap(each => words(`${at(each.at)}  ${each.message}`)),
    [],
    ...words('Where it stands', { bold: true }),
    ...selected.watched.flatMap(({ code, standing, state }) =>
      words(`${code}: ${standingWords(standing, all.today)}; ${stateWords(state, selected.alert.rule, all.now)}`),
    ),
  ].map(line => indent(line, margin));
}

const emptyRules = (width: number): Line[] => [
  [],
  ...paragraph(
    'An alert rule waits for a price, a move, a date or a signal and tells you once when it is so. There is none.',
    width,
  ),
  [],
  ...steps([['a', 'add one, like BHP above 50 or any loss > 10%']], width),
];
