import { describe, expect, test } from 'vitest';
import { parseCode } from '../../src/domain/market/security.ts';
import { type Event, initialState, type State, topScreen, update } from '../../src/tui/state.ts';
import { emptyField, fieldOf } from '../../src/tui/text-field.ts';

const start = initialState({ size: { columns: 80, rows: 24 }, now: 0, revision: 1, portfolio: undefined });
const stateAfter = (...events: Event[]): State => events.reduce(update, start);
const bhp = { kind: 'security', code: parseCode('BHP') } as const;
const csl = { kind: 'security', code: parseCode('CSL') } as const;
const kinds = (state: State): string[] => state.stack.map(screen => screen.kind);

describe('the stack of screens', () => {
  test('begins with the Dashboard, from which there is no way back', () => {
    expect(kinds(start)).toEqual(['dashboard']);
    expect(kinds(stateAfter({ type: 'back' }))).toEqual(['dashboard']);
  });
  test('a screen is entered and left again, one step at a time', () => {
    const deep = stateAfter(
      { type: 'go', screen: { kind: 'holdings' } },
      { type: 'enter', screen: bhp },
      { type: 'enter', screen: csl },
    );
    expect(topScreen(deep)).toEqual(csl);
    expect(topScreen(update(deep, { type: 'back' }))).toEqual(bhp);
    expect(kinds(update(update(deep, { type: 'back' }), { type: 'back' }))).toEqual(['holdings']);
  });
  test('entering the screen in view does not stack it twice', () => {
    expect(kinds(stateAfter({ type: 'enter', screen: bhp }, { type: 'enter', screen: { ...bhp } }))).toEqual([
      'dashboard',
      'security',
    ]);
  });
  test('going to a top screen starts anew', () => {
    expect(kinds(stateAfter({ type: 'enter', screen: bhp }, { type: 'go', screen: { kind: 'watchlist' } }))).toEqual([
      'watchlist',
    ]);
  });
});

describe('overlays', () => {
  const palette = { kind: 'palette', query: emptyField, chosen: 0 } as const;
  test('back closes the overlay and leaves the screen', () => {
    const open = stateAfter({ type: 'enter', screen: bhp }, { type: 'overlay', overlay: palette });
    const closed = update(open, { type: 'back' });
    expect(closed.overlay).toBeUndefined();
    expect(topScreen(closed)).toEqual(bhp);
  });
  test.each<Event>([
    { type: 'go', screen: { kind: 'holdings' } },
    { type: 'enter', screen: bhp },
    { type: 'portfolio', name: 'all' },
  ])('$type closes it', event => {
    expect(update(stateAfter({ type: 'overlay', overlay: palette }), event).overlay).toBeUndefined();
  });
});

test('lists keep their own selection, sort and filter', () => {
  const state = stateAfter(
    { type: 'list', list: 'holdings', change: { selected: 'BHP', filter: fieldOf('b') } },
    { type: 'list', list: 'watchlist', change: { sort: { column: 'price', direction: 'descending' } } },
  );
  expect(state.lists.holdings).toMatchObject({ selected: 'BHP', filter: { text: 'b' }, sort: { column: 'value' } });
  expect(state.lists.watchlist).toMatchObject({ sort: { column: 'price' }, filter: { text: '' } });
});

describe('what is said', () => {
  const said = (id: number): Event => ({
    type: 'said',
    notice: { id, kind: 'info', text: `notice ${id}`, at: 0 },
  });
  test('is in sight until it goes, and remembered, newest first', () => {
    const state = stateAfter(said(1), said(2));
    expect(state.notice?.text).toBe('notice 2');
    expect(state.said.map(each => each.id)).toEqual([2, 1]);
    expect(update(state, { type: 'notice-gone', id: 1 }).notice?.id).toBe(2);
    expect(update(state, { type: 'notice-gone', id: 2 }).notice).toBeUndefined();
    expect(update(state, { type: 'notice-gone', id: undefined }).notice).toBeUndefined();
    expect(update(state, { type: 'notice-gone', id: 2 }).said).toHaveLength(2);
  });
  test('a hundred are remembered', () => {
    const state = stateAfter(...Array.from({ length: 130 }, (_, id) => said(id)));
    expect(state.said).toHaveLength(100);
    expect(state.said[0]?.id).toBe(129);
  });
});
