import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSetting, writeSetting } from '../../src/db/settings.ts';
import { open } from './open-database.ts';

test('any JSON value comes back, and the last one counts', () => {
  const db = open();
  fc.assert(
    fc.property(
      fc.jsonValue().filter(value => value !== null),
      value => {
        db.transaction(() => writeSetting(db, 'key', value));
        expect(readSetting(db, 'key')).toEqual(JSON.parse(JSON.stringify(value)));
      },
    ),
    { seed: 5, numRuns: 100 },
  );
});

test('a setting is removed by undefined or null', () => {
  const db = open();
  db.transaction(() => {
    writeSetting(db, 'b', false);
    writeSetting(db, 'a', { x: 1 });
    writeSetting(db, 'c', 0);
  });
  const values = () => ['a', 'b', 'c'].map(key => readSetting(db, key));
  expect(values()).toEqual([{ x: 1 }, false, 0]);
  db.transaction(() => {
    writeSetting(db, 'a', undefined);
    writeSetting(db, 'b', null);
  });
  expect(values()).toEqual([undefined, undefined, 0]);
});
