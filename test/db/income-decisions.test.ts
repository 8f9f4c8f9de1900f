import { expect, test } from 'vitest';
import { decisionsOf, type IncomeDecision, storeDecision } from '../../src/db/income-decisions.ts';
import { code, date, now, openWithPortfolios } from './open-database.ts';

const decision: IncomeDecision = {
  portfolioId: 'p1',
  code: code('NAB'),
  exDate: date('2026-05-08'),
  ordinal: 0,
  decision: 'dismissed',
  entryId: undefined,
  decidedAt: now,
};

test('a later decision takes the place of the earlier one, each dividend and portfolio by itself', () => {
  const db = openWithPortfolios();
  const confirmed: IncomeDecision = { ...decision, decision: 'confirmed', entryId: 'e1' };
  const second: IncomeDecision = { ...decision, ordinal: 1 };
  db.transaction(() => {
    for (const each of [decision, second, confirmed, { ...decision, portfolioId: 'p2' }]) storeDecision(db, each);
  });
  expect(decisionsOf(db, 'p1')).toEqual([confirmed, second]);
  expect(decisionsOf(db, 'p2')).toEqual([{ ...decision, portfolioId: 'p2' }]);
});
