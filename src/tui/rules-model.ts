/** What the tab of alert rules shows: each rule, where it stands, and what the selected one told before. */
import type { App } from '../app.ts';
import { minute } from '../domain/date.ts';
import { formatAge } from '../format.ts';
import {
  type AlertHistory,
  type AlertList,
  type AlertView,
  viewAlerts,
  viewRuleHistory,
} from '../usecases/manage-alerts.ts';
import { ruleWords } from '../words/rule-words.ts';
import { keepLast } from './keep-last.ts';
import { type ListModel, listRows, plainList, selectedId } from './list-model.ts';
import type { State } from './state.ts';
import type { Cell, TableColumn, TableRow } from './table.ts';

export type RulesModel = {
  readonly all: AlertList;
  readonly list: ListModel;
  readonly selected: AlertView | undefined;
  /** Of the selected one, the newest first. */
  readonly history: AlertHistory['firings'];
};

const mostHistory = 200;

const columns: readonly TableColumn[] = [
  { id: 'mark', title: '', kind: 'text', priority: 1 },
  { id: 'rule', title: 'Rule', kind: 'name', priority: 2, min: 16 },
  { id: 'state', title: 'State', kind: 'text', priority: 3 },
  { id: 'fired', title: 'Fired', kind: 'number', priority: 4 },
  { id: 'priority', title: 'Priority', kind: 'text', priority: 6 },
  { id: 'now', title: 'Now', kind: 'text', priority: 5 },
];

const lastFired = ({ watched }: AlertView): number | undefined => {
  const times = watched.flatMap(({ state }) => state?.firedAt ?? []);
  return times.length === 0 ? undefined : Math.max(...times);
};

/** `armed`, `fired`, `2 of 14 fired`, `paused`: short, for a row. */
function stateOf({ watched, isPaused }: AlertView): { readonly mark: Cell; readonly state: Cell } {
  const fired = watched.filter(({ state }) => state?.armed === false).length;
  if (isPaused) return { mark: '○', state: 'paused' };
  if (fired === 0) return { mark: { text: '●', token: 'accent' }, state: 'armed' };
  const words = watched.length === 1 ? 'fired' : `${fired} of ${watched.length} fired`;
  return { mark: { text: '!', token: 'warning' }, state: words };
}

const rowOf =
  ({ now, today }: AlertList) =>
  (view: AlertView): TableRow => {
    const at = lastFired(view);
    return {
      id: String(view.alert.id),
      dim: view.isPaused,
      cells: {
        ...stateOf(view),
        rule: view.alert.text,
        fired: at === undefined ? '' : formatAge(now - at),
        priority: view.alert.priority,
        now: ruleWords(view, { now, today }).now,
      },
    };
  };

export function openRulesModel(app: App) {
  // The numbers only say when an answer is out of date.
  const rules = keepLast((_revision: number, _minute: number) => {
    const all = viewAlerts(app);
    return { all, list: plainList(listRows({ columns, rowOf: rowOf(all), sorts: [] }, all.alerts)) };
  });
  const history = keepLast((_revision: number, rule: string) => viewRuleHistory(app, rule, mostHistory));
  return (state: State, revision: number): RulesModel => {
    const { all, list } = rules(revision, Math.floor(state.now / minute));
    const id = selectedId(list, state.lists.rules);
    const selected = all.alerts.find(({ alert }) => String(alert.id) === id);
    return { all, list, selected, history: selected === undefined ? [] : history(revision, selected.alert.text) };
  };
}
