import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distinctNames } from '../../src/account/distinct-names.ts';

const named = (...names: string[]) => names.map((name, index) => ({ id: String(index), name }));

test('the oldest keeps a name, the next are numbered past names that are taken', () => {
  expect([...distinctNames(named('Main', 'main', 'Main', 'Main (2)', 'Super')).values()]).toEqual([
    ...['Main', 'main (3)', 'Main (4)', 'Main (2)', 'Super'],
  ]);
});

test('no two are shown by one name, and who is alone with a name keeps it', () => {
  const name = fc.constantFrom('a', 'A', 'a (2)', 'A (2)', 'a (2) (2)', 'b');
  fc.assert(
    fc.property(fc.array(name, { maxLength: 8 }), names => {
      const shown = distinctNames(named(...names));
      expect(new Set([...shown.values()].map(each => each.toLowerCase())).size).toBe(names.length);
      for (const [index, own] of names.entries()) {
        const isFirst = names.findIndex(each => each.toLowerCase() === own.toLowerCase()) === index;
        if (isFirst) expect(shown.get(String(index))).toBe(own);
      }
    }),
  );
});
