import { expect, test } from 'vitest';
import { findBatches, insertBatch, listBatches, markBatchUndone } from '../../src/db/batches.ts';
import { now, openWithPortfolios } from './open-database.ts';

const batch = (id: string, importedAt: number) => ({
  id,
  portfolio: 'p1',
  format: 'commsec',
  fileName: `${id}.csv`,
  importedAt,
  added: 12,
  duplicates: 3,
  rejected: 1,
});

test('imports are listed last first, found by the beginning or end of their id, and undone', () => {
  const db = openWithPortfolios();
  db.transaction(() => {
    insertBatch(db, batch('ab1', now));
    insertBatch(db, batch('ab2', now + 1));
    insertBatch(db, batch('c_%', now + 2));
  });
  expect(listBatches(db).map(each => each.id)).toEqual(['c_%', 'ab2', 'ab1']);
  expect(findBatches(db, 'ab').map(each => each.id)).toEqual(['ab2', 'ab1']);
  expect(findBatches(db, 'ab1')).toEqual([{ ...batch('ab1', now), undoneAt: undefined }]);
  expect(findBatches(db, '%b')).toEqual([]);
  expect(findBatches(db, 'b1').map(each => each.id)).toEqual(['ab1']);
  db.transaction(() => markBatchUndone(db, 'ab1', now + 9));
  expect(findBatches(db, 'ab1')[0]?.undoneAt).toBe(now + 9);
  expect(findBatches(db, 'ab2')[0]?.undoneAt).toBeUndefined();
});
