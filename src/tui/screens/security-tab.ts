/** A tab of a security that is a list: its fundamentals, signals, parcels, entries or dividends. */
import type { ChartStyle } from '../../config.ts';
import type { ListedEntry } from '../../usecases/list-entries.ts';
import { describeEntry } from '../../words/format-entry.ts';
import { fitBlock } from '../blocks.ts';
import { selectedId } from '../list-model.ts';
import type { State } from '../state.ts';
import type { Line } from '../text.ts';
import type { SecurityListTab, SecurityModel } from '../views.ts';
import { wrap } from '../wrap.ts';
import { emptyTab } from './empty.ts';
import { aboveMetrics, fundamentalsTab, noCompany } from './fundamentals.ts';
import { listLines } from './list.ts';
import { votesListHeight, votesTab } from './votes.ts';

type Room = { readonly width: number; readonly height: number };

/** The title of the security, the rule, the tabs. */
export const aboveTab = 3;
/** The selected entry in words, beneath the list. */
const belowEntries = (width: number): number => (width < 80 ? 3 : 2);

/** Lines that the list of a tab has of the screen's room. */
export function tabListHeight({ width, height }: Room, { tab, chart }: Pick<SecurityModel, 'tab' | 'chart'>): number {
  const room = { width, height: height - aboveTab };
  if (tab?.votes !== undefined) return votesListHeight(tab.votes, chart, room);
  if (tab?.fundamentals !== undefined) return room.height - aboveMetrics(tab.fundamentals, room);
  return room.height - (tab?.name === 'entries' ? belowEntries(width) : 0);
}

export function securityTab(
  model: SecurityModel,
  { name, list, entries, fundamentals, votes }: SecurityListTab,
  state: State,
  style: ChartStyle,
  { width, height }: Room,
): Line[] {
  const { view, chart } = model;
  if (fundamentals !== undefined && fundamentals.shape !== 'company') {
    return fitBlock(noCompany(fundamentals, width), width, height);
  }
  if (list.rows.length === 0) return fitBlock(emptyTab(name, view.code, width), width, height);
  const own = state.lists[name];
  if (fundamentals !== undefined) {
    return fitBlock(fundamentalsTab(fundamentals, list, own, style, { width, height }), width, height);
  }
  if (votes !== undefined) {
    return fitBlock(votesTab(votes, chart, list, own, style, { width, height }), width, height);
  }
  const lines = listLines(list, own, new Set(), {
    width,
    height: tabListHeight({ width, height: height + aboveTab }, model),
  });
  if (name !== 'entries') return fitBlock(lines, width, height);
  const chosen = entries.find(({ entry }) => entry.id === selectedId(list, own));
  const below = belowEntries(width);
  return [...fitBlock(lines, width, height - below), ...fitBlock(wordsOf(chosen, width, below), width, below)];
}

/** Whole, or cut at the end of its last line. */
function wordsOf(chosen: ListedEntry | undefined, width: number, height: number): Line[] {
  if (chosen === undefined) return [];
  const lines = wrap(describeEntry(chosen.entry), width - 4);
  const last = lines.slice(height - 1).join(' ');
  return [...lines.slice(0, height - 1), last].map(text => [{ text: `   ${text}`, token: 'dim' }]);
}
