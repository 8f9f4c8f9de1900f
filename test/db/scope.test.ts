import { describe, expect, test } from 'vitest';
import { updatePortfolio } from '../../src/db/portfolios.ts';
import { currentPortfolio, currentPortfolioKey, portfolioNamed, readScope } from '../../src/db/scope.ts';
import { writeSetting } from '../../src/db/settings.ts';
import { now, open, openWithPortfolios } from './open-database.ts';

describe('readScope', () => {
  test('is the chosen portfolio, else the first, where none is named', () => {
    const db = openWithPortfolios();
    expect(readScope(db, undefined)).toMatchObject({ name: 'Main', combined: false });
    db.transaction(() => writeSetting(db, currentPortfolioKey, 'p2'));
    expect(currentPortfolio(db)?.name).toBe('Super');
  });

  test('finds a name whatever its case, and all of them', () => {
    const db = openWithPortfolios();
    expect(readScope(db, ' super ').portfolios.map(each => each.id)).toEqual(['p2']);
    expect(readScope(db, 'ALL')).toMatchObject({ name: 'All portfolios', combined: true });
  });

  test('an archived one leaves all, is no longer current, and can still be named', () => {
    const db = openWithPortfolios();
    db.transaction(() => {
      writeSetting(db, currentPortfolioKey, 'p1');
      updatePortfolio(db, 'p1', { archivedAt: now });
    });
    expect(currentPortfolio(db)?.name).toBe('Super');
    expect(readScope(db, 'all')).toMatchObject({ combined: false, portfolios: [{ id: 'p2' }] });
    expect(readScope(db, 'Main').portfolios.map(each => each.id)).toEqual(['p1']);
  });

  test('a name that is none says which there are', () => {
    expect(() => portfolioNamed(openWithPortfolios(), 'Trust')).toThrow(
      expect.objectContaining({ code: 'not-found', hint: 'The portfolios are Main, Super.' }),
    );
    expect(() => portfolioNamed(openWithPortfolios(), 'sper')).toThrow(
      expect.objectContaining({ hint: 'Did you mean "Super"? The portfolios are Main, Super.' }),
    );
    expect(() => portfolioNamed(open(), 'Trust')).toThrow(
      expect.objectContaining({ hint: 'Create one: asxos portfolio create NAME.' }),
    );
  });

  test('with no portfolio at all is empty', () => {
    const db = open();
    expect([currentPortfolio(db), readScope(db, undefined).portfolios, readScope(db, 'all').portfolios]).toEqual([
      undefined,
      [],
      [],
    ]);
  });
});
