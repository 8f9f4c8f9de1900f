import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { merge as mergeRow, type RowVersion } from '../../src/account/merge.ts';

const version = (clock: string, more: Partial<RowVersion> = {}): RowVersion => ({
  ...{ id: 'row', kind: 'watch', clock, deleted: false, content: `at ${clock}` },
  ...more,
});
type Replica = ReadonlyMap<string, ReadonlyMap<string, RowVersion>>;
/** Row by row. */
const merge = (a: Replica, b: Replica): Replica =>
  new Map(
    [...new Set([...a.keys(), ...b.keys()])].map(id => [
      id,
      mergeRow(a.get(id)?.values() ?? [], b.get(id)?.values() ?? []),
    ]),
  );
const clocksOf = (versions: ReadonlyMap<string, RowVersion>): string[] => [...versions.keys()].sort();

test('of most kinds the latest version counts, and a tombstone is one', () => {
  const gone = version('2', { deleted: true, content: null });
  expect([...mergeRow([version('1')], [gone]).values()]).toEqual([gone]);
  expect([...mergeRow([version('3')], [gone]).values()]).toEqual([version('3')]);
});

test('every version of an entry is kept, and of a kind that is not known', () => {
  for (const kind of ['entry', 'of-a-newer-asxos']) {
    expect(clocksOf(mergeRow([version('2', { kind })], [version('1', { kind })]))).toEqual(['1', '2']);
  }
});

describe('laws', () => {
  // Few rows and clocks, so that they meet; content that differs at one clock too.
  const anyVersion = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    clock: fc.constantFrom('1', '2', '3', '4'),
    deleted: fc.boolean(),
    content: fc.option(fc.constantFrom('x', 'y')),
  });
  const kindOf: Record<string, string> = { a: 'entry', b: 'watch', c: 'portfolio', d: 'entry' };
  const replica = fc.array(anyVersion, { maxLength: 12 }).map((list): Replica => {
    const versions = list.map(each => ({ ...each, kind: kindOf[each.id] ?? '' }));
    return new Map([...Map.groupBy(versions, each => each.id)].map(([id, own]) => [id, mergeRow(own)]));
  });
  const sorted = (found: Replica) =>
    [...found].sort().map(([id, versions]) => [id, [...versions].sort(([a], [b]) => (a < b ? -1 : 1))]);

  test('commutative', () =>
    fc.assert(
      fc.property(replica, replica, (a, b) => {
        expect(sorted(merge(a, b))).toEqual(sorted(merge(b, a)));
      }),
    ));

  test('associative', () =>
    fc.assert(
      fc.property(replica, replica, replica, (a, b, c) => {
        expect(sorted(merge(merge(a, b), c))).toEqual(sorted(merge(a, merge(b, c))));
      }),
    ));

  test('idempotent', () =>
    fc.assert(
      fc.property(replica, replica, (a, b) => {
        expect(sorted(merge(a, a))).toEqual(sorted(a));
        expect(sorted(merge(merge(a, b), b))).toEqual(sorted(merge(a, b)));
      }),
    ));

  test('no version of an entry is lost', () =>
    fc.assert(
      fc.property(replica, replica, (a, b) => {
        const both = merge(a, b);
        for (const id of ['a', 'd']) {
          const known = [...(a.get(id)?.keys() ?? []), ...(b.get(id)?.keys() ?? [])];
          expect(clocksOf(both.get(id) ?? new Map())).toEqual([...new Set(known)].sort());
        }
      }),
    ));
});
