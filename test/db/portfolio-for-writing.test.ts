import { describe, expect, test } from 'vitest';
import { portfolioForWriting, storeFirstPortfolio } from '../../src/db/portfolio-for-writing.ts';
import { insertOwner, listPortfolios, updatePortfolio } from '../../src/db/portfolios.ts';
import { currentPortfolio } from '../../src/db/scope.ts';
import { now, open, openWithPortfolios } from './open-database.ts';

const system = () => {
  let next = 0;
  return { now: () => now, newId: () => `id-${++next}` };
};

describe('portfolioForWriting', () => {
  test('describes Main where there is none, and writes it when it is told to', () => {
    const db = open();
    expect(portfolioForWriting(db, undefined, system(), false)).toMatchObject({
      created: true,
      portfolio: { name: 'Main' },
    });
    expect(listPortfolios(db)).toEqual([]);
    const { portfolio } = db.transaction(() => portfolioForWriting(db, undefined, system(), true));
    expect(currentPortfolio(db)).toEqual(portfolio);
    expect(portfolio).toMatchObject({
      cashAccount: false,
      method: 'fifo',
      owners: [{ name: 'Main', taxpayer: 'individual' }],
    });
    expect(portfolioForWriting(db, undefined, system(), true).created).toBe(false);
  });

  test('one that was described can be written later as it is', () => {
    const db = open();
    const { portfolio } = portfolioForWriting(db, undefined, system(), false);
    db.transaction(() => storeFirstPortfolio(db, portfolio));
    expect(listPortfolios(db)).toEqual([portfolio]);
  });

  test('takes the owner of that name where there is one', () => {
    const db = open();
    db.transaction(() => insertOwner(db, { id: 'o1', name: 'Main', taxpayer: 'smsf' }));
    const { portfolio } = db.transaction(() => portfolioForWriting(db, undefined, system(), true));
    expect(portfolio.owners).toMatchObject([{ id: 'o1', taxpayer: 'smsf' }]);
  });

  test('refuses all, and an archived one', () => {
    const db = openWithPortfolios();
    expect(() => portfolioForWriting(db, 'All', system(), true)).toThrow(
      'An entry belongs to one portfolio, not to all',
    );
    db.transaction(() => updatePortfolio(db, 'p2', { archivedAt: now }));
    expect(() => portfolioForWriting(db, 'Super', system(), true)).toThrow('The portfolio "Super" is archived');
  });
});
