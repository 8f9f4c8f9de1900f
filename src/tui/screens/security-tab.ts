/** A tab of a security that is a list: its parcels, entries or dividends. */
import { describeEntry } from '../../format-entry.ts';
import { fitBlock } from '../blocks.ts';
import { selectedId } from '../list-model.ts';
import type { State } from '../state.ts';
import type { Line } from '../text.ts';
import type { SecurityListTab, SecurityModel } from '../views.ts';
import { emptyTab } from './empty.ts';
import { listLines } from './list.ts';

type Room = { readonly width: number; readonly height: number };

/** The title of the security, the rule, the tabs. */
export const aboveTab = 3;
/** The selected entry in words, beneath the list. */
const belowEntries = 1;

/** Lines that the list of a tab has of the screen's room. */
export const tabListHeight = (height: number, tab: SecurityListTab['name']): number =>
  height - aboveTab - (tab === 'entries' ? belowEntries : 0);

export function securityTab(
  { view }: SecurityModel,
  { name, list, entries }: SecurityListTab,
  state: State,
  { width, height }: Room,
): Line[] {
  if (list.rows.length === 0) return fitBlock(emptyTab(name, view.code, width), width, height);
  const own = state.lists[name];
  const lines = listLines(list, own, new Set(), { width, height: tabListHeight(height + aboveTab, name) });
  if (name !== 'entries') return fitBlock(lines, width, height);
  const chosen = entries.find(({ entry }) => entry.id === selectedId(list, own));
  const words: Line = chosen === undefined ? [] : [{ text: `   ${describeEntry(chosen.entry)}`, token: 'dim' }];
  return [...fitBlock(lines, width, height - belowEntries), ...fitBlock([words], width, belowEntries)];
}
