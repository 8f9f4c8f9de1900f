/** The settings of the config file as rows: what holds, and where it comes from. */
import { unknown } from '../format.ts';
import type { Setting } from '../usecases/manage-config.ts';
import { type ListModel, listRows, plainList } from './list-model.ts';
import type { TableColumn, TableRow } from './table.ts';

const columns: readonly TableColumn[] = [
  { id: 'key', title: 'Setting', kind: 'text', priority: 1 },
  { id: 'value', title: 'Value', kind: 'name', priority: 2, min: 8 },
  { id: 'source', title: 'From', kind: 'text', priority: 3 },
  { id: 'allowed', title: 'It can be', kind: 'name', priority: 4, min: 30 },
];

const rowOf = ({ key, shown, source, env, allowed }: Setting): TableRow => ({
  id: key,
  cells: {
    key,
    value: source === 'default' ? { text: shown ?? unknown, token: 'dim' } : (shown ?? unknown),
    source:
      source === 'environment' ? { text: env ?? 'environment', token: 'warning' } : { text: source, token: 'dim' },
    allowed: { text: allowed, token: 'dim' },
  },
});

export const settingsList = (settings: readonly Setting[]): ListModel =>
  plainList(listRows({ columns, rowOf, sorts: [] }, settings));
