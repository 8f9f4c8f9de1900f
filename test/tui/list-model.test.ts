import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ListDefinition,
  listModel,
  listRows,
  moveSelection,
  nextSort,
  selectedId,
  selectedIndex,
} from '../../src/tui/list-model.ts';
import type { ListState } from '../../src/tui/state.ts';
import { emptyField, fieldOf } from '../../src/tui/text-field.ts';

type Share = { code: string; name: string; value: number | undefined };
const shares: Share[] = [
  { code: 'BHP', name: 'BHP Group', value: 30 },
  { code: 'CBA', name: 'Commonwealth Bank', value: 50 },
  { code: 'XYZ', name: 'Unpriced Mines', value: undefined },
  { code: 'WBC', name: 'Westpac Bank', value: 40 },
];
const definition: ListDefinition<Share> = {
  columns: [
    { id: 'code', title: 'Code', kind: 'text', priority: 1 },
    { id: 'name', title: 'Name', kind: 'name', priority: 2 },
  ],
  rowOf: ({ code, name }) => ({ id: code, cells: { code, name } }),
  sorts: [
    { column: 'value', direction: 'descending', of: share => share.value },
    { column: 'code', direction: 'ascending', of: share => share.code },
  ],
};
const state = (over: Partial<ListState> = {}): ListState => ({
  top: 0,
  sort: { column: 'value', direction: 'descending' },
  filter: emptyField,
  ...over,
});
const all = listRows(definition, shares);
const codes = (over: Partial<ListState> = {}): string[] => listModel(all, state(over)).rows.map(row => row.id);

describe('order', () => {
  test('largest first, unknown last', () => {
    expect(codes()).toEqual(['CBA', 'WBC', 'BHP', 'XYZ']);
  });
  test('unknown stays last when it is turned round', () => {
    expect(codes({ sort: { column: 'value', direction: 'ascending' } })).toEqual(['BHP', 'WBC', 'CBA', 'XYZ']);
  });
  test('s goes through the columns and begins anew', () => {
    const model = listModel(all, state());
    const second = nextSort(model, state().sort);
    expect(second).toEqual({ column: 'code', direction: 'ascending' });
    expect(nextSort(model, second)).toEqual({ column: 'value', direction: 'descending' });
  });
});

describe('filter', () => {
  test('finds by code or name, every word, whatever the case', () => {
    expect(codes({ filter: fieldOf('bank') })).toEqual(['CBA', 'WBC']);
    expect(codes({ filter: fieldOf('BANK west') })).toEqual(['WBC']);
    expect(codes({ filter: fieldOf('xy') })).toEqual(['XYZ']);
    expect(codes({ filter: fieldOf('nothing') })).toEqual([]);
  });
  test('tells how many there are without it, and leaves the widths alone', () => {
    const some = listModel(all, state({ filter: fieldOf('bhp') }));
    expect(some.total).toBe(4);
    expect(some.columns).toEqual(listModel(all, state()).columns);
  });
});

describe('selection', () => {
  test('is by id: a new order does not move it', () => {
    const byCode = listModel(all, state({ sort: { column: 'code', direction: 'ascending' } }));
    expect(selectedIndex(listModel(all, state()), { selected: 'BHP' })).toBe(2);
    expect(selectedIndex(byCode, { selected: 'BHP' })).toBe(0);
    expect(selectedId(byCode, { selected: 'BHP' })).toBe('BHP');
  });
  test('a row that is not shown gives its place to the first; no rows, no selection', () => {
    expect(selectedId(listModel(all, state({ filter: fieldOf('bank') })), { selected: 'BHP' })).toBe('CBA');
    expect(selectedId(listModel(all, state({ filter: fieldOf('zzz') })), { selected: 'BHP' })).toBeUndefined();
  });
  test('moves, and stops at both ends', () => {
    const model = listModel(all, state());
    expect(moveSelection(model, state(), 1, 10)).toEqual({ selected: 'WBC', top: 0 });
    expect(moveSelection(model, state({ selected: 'XYZ' }), 1, 10)).toEqual({ selected: 'XYZ', top: 0 });
    expect(moveSelection(model, state({ selected: 'BHP' }), Number.NEGATIVE_INFINITY, 10).selected).toBe('CBA');
    expect(moveSelection(model, state(), Number.POSITIVE_INFINITY, 10).selected).toBe('XYZ');
  });
  test('however it moves, the window follows it', () => {
    const many = listRows(
      definition,
      Array.from({ length: 200 }, (_, index) => ({ code: `C${index + 100}`, name: '', value: index })),
    );
    const steps = fc.array(fc.integer({ min: -60, max: 60 }), { maxLength: 40 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 50 }), (moves, height) => {
        const model = listModel(many, state());
        let list = state();
        for (const move of moves) {
          list = { ...list, ...moveSelection(model, list, move, height) };
          const index = selectedIndex(model, list) ?? -1;
          expect(index).toBeGreaterThanOrEqual(list.top);
          expect(index).toBeLessThan(list.top + height);
        }
      }),
      { seed: 20_267, numRuns: 200 },
    );
  });
});

test('the totals beneath a filtered list are of what it shows', () => {
  const total = (of: readonly Share[]) => ({ id: 'total', cells: { code: String(of.length) } });
  const listed = listRows(definition, shares, total(shares), total);
  const totalOf = (filter: string) => listModel(listed, state({ filter: fieldOf(filter) })).totals?.cells['code'];
  expect([totalOf(''), totalOf('bank'), totalOf('zzz')]).toEqual(['4', '2', '0']);
});
