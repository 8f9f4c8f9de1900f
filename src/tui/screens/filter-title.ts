import type { ListModel } from '../list-model.ts';
import type { ListState } from '../state.ts';

/** What stands in the rule above a filtered list. */
export const filterTitle = (list: ListModel, { filter }: ListState): string | undefined =>
  filter.text === '' ? undefined : `"${filter.text}" ${list.rows.length} of ${list.total}`;
