import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type EntryContent,
  entryHistory,
  firstOf,
  settlement,
  type Version,
  withdrawal,
} from '../../src/account/entry-history.ts';

type Content = EntryContent & { readonly price: string };
const version = (clock: string, parents: string[], price: string, more: { deleted?: boolean } = {}) => ({
  clock,
  deleted: more.deleted ?? false,
  content: { parents, price, recordedAt: Number(clock), portfolio: 'p', sourceKey: 's' },
});
const order = ({ versions }: { versions: readonly { clock: string }[] }): string =>
  versions.map(v => v.clock).join(' ');
const root = version('1', [], '40');

test('a chain of edits has one head and no conflict', () => {
  const history = entryHistory([version('3', ['2'], '42'), root, version('2', ['1'], '41')]);
  expect([order(history), history.heads.length, history.isConflict]).toEqual(['1 2 3', 1, false]);
});

describe('two edits of one version', () => {
  const conflict = entryHistory([root, version('2', ['1'], '41'), version('3', ['1'], '42')]);

  test('are a conflict in which the later counts', () => {
    expect([order(conflict), conflict.current.content.price, conflict.isConflict]).toEqual(['1 2 3', '42', true]);
  });

  test('that say the same are none', () => {
    expect(entryHistory([root, version('2', ['1'], '41'), version('3', ['1'], '41')]).isConflict).toBe(false);
  });

  test('an edit survives a later deletion, and is told last', () => {
    const history = entryHistory([root, version('2', ['1'], '41'), version('3', ['1'], '40', { deleted: true })]);
    expect([order(history), history.current.clock, history.isConflict]).toEqual(['1 3 2', '2', true]);
  });

  test('two deletions are no conflict', () => {
    const gone = ['2', '3'].map(clock => version(clock, ['1'], '40', { deleted: true }));
    expect(entryHistory([root, ...gone]).isConflict).toBe(false);
  });

  test('are settled by a version that is made from both', () => {
    const kept = settlement(conflict, version('2', ['1'], '41'), 9);
    const settled = entryHistory([...conflict.versions, { ...kept, clock: '4' }]);
    expect([settled.current.content.price, settled.isConflict]).toEqual(['41', false]);
  });
});

test('of two entries of one row of a file the edited one stays, else the one that was made first', () => {
  const plain = (id: string) => ({ id, history: entryHistory<Content>([root]) });
  const edited = { id: 'z', history: entryHistory<Content>([root, version('2', ['1'], '41')]) };
  expect(firstOf([plain('b'), plain('a')])?.id).toBe('a');
  expect(firstOf([plain('b'), edited, plain('a')])?.id).toBe('z');
  const gone = withdrawal(plain('b').history, edited);
  expect(gone).toMatchObject({ deleted: true, content: { parents: ['1'], duplicateOf: 'z', recordedAt: 2 } });
});

test('every version is told once, whatever the order in which they came', () => {
  const tree = fc.array(fc.tuple(fc.nat(9), fc.boolean(), fc.constantFrom('40', '41')), {
    minLength: 1,
    maxLength: 10,
  });
  fc.assert(
    fc.property(tree, fc.infiniteStream(fc.nat(100)), (made, chance) => {
      const versions: Version<Content>[] = made.map(([parent, deleted, price], index) =>
        version(String(index + 10), index === 0 ? [] : [String(10 + (parent % index))], price, { deleted }),
      );
      const shuffled = versions
        .map(each => ({ each, at: chance.next().value ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ each }) => each);
      const history = entryHistory(versions);
      expect(entryHistory(shuffled)).toEqual(history);
      expect(history.versions.map(each => each.clock).sort()).toEqual(versions.map(each => each.clock));
      expect(history.versions.at(-1)).toBe(history.current);
      if (history.heads.some(head => !head.deleted)) expect(history.current.deleted).toBe(false);
    }),
  );
});
