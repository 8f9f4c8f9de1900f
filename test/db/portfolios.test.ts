import { describe, expect, test } from 'vitest';
import {
  findOwner,
  findPortfolio,
  insertOwner,
  insertPortfolio,
  listPortfolios,
  setPortfolioOwners,
  updateOwner,
  updatePortfolio,
} from '../../src/db/portfolios.ts';
import { decimal } from '../../src/domain/decimal.ts';
import { now, open } from './open-database.ts';

const ann = { id: 'o1', name: 'Ann', taxpayer: 'individual' } as const;
const bob = { id: 'o2', name: 'Bob', taxpayer: 'individual' } as const;
const half = decimal('50');
const joint = {
  id: 'p1',
  name: 'Joint',
  cashAccount: true,
  method: 'fifo',
  owners: [
    { ...bob, pct: half },
    { ...ann, pct: half },
  ],
  createdAt: now,
  archivedAt: undefined,
} as const;

function openWithJoint() {
  const db = open();
  db.transaction(() => {
    insertOwner(db, ann);
    insertOwner(db, bob);
    insertPortfolio(db, joint);
  });
  return db;
}

test('a portfolio comes back with its owners in their order', () => {
  const db = openWithJoint();
  expect(listPortfolios(db)).toEqual([joint]);
  expect([findOwner(db, 'Ann'), findOwner(db, 'Bob')]).toEqual([ann, bob]);
});

describe('names', () => {
  test('are found in any case, and are taken once', () => {
    const db = openWithJoint();
    expect(findPortfolio(db, 'JOINT')?.id).toBe('p1');
    expect(findPortfolio(db, 'Joint ')).toBeUndefined();
    expect(findOwner(db, 'ann')).toEqual(ann);
    const again = () => db.transaction(() => insertPortfolio(db, { ...joint, id: 'p2', name: 'joint' }));
    expect(again).toThrow(
      expect.objectContaining({ code: 'refused', message: 'There is already a portfolio named "Joint"' }),
    );
    expect(() => db.transaction(() => insertOwner(db, { ...ann, id: 'o3', name: 'ANN' }))).toThrow(
      'There is already an owner named "Ann"',
    );
    expect(() => db.transaction(() => updateOwner(db, 'o2', { name: 'ann' }))).toThrow('named "Ann"');
  });

  test('change, also in their case only', () => {
    const db = openWithJoint();
    db.transaction(() => updatePortfolio(db, 'p1', { name: 'JOINT', method: 'lifo', cashAccount: false }));
    db.transaction(() => updateOwner(db, 'o1', { name: 'ANN', taxpayer: 'trust' }));
    expect(listPortfolios(db)[0]).toMatchObject({ name: 'JOINT', method: 'lifo', cashAccount: false });
    expect(findOwner(db, 'Ann')).toEqual({ ...ann, name: 'ANN', taxpayer: 'trust' });
  });
});

test('an archived portfolio is left out until it is asked for, and keeps its name', () => {
  const db = openWithJoint();
  db.transaction(() => updatePortfolio(db, 'p1', { archivedAt: now + 1 }));
  expect(listPortfolios(db)).toEqual([]);
  expect(listPortfolios(db, { archived: true })[0]?.archivedAt).toBe(now + 1);
  expect(() => db.transaction(() => insertPortfolio(db, { ...joint, id: 'p2' }))).toThrow('"Joint" in the archive');
  db.transaction(() => updatePortfolio(db, 'p1', { archivedAt: null }));
  expect(listPortfolios(db)).toHaveLength(1);
});

test('portfolios keep the order in which they were made', () => {
  const db = openWithJoint();
  db.transaction(() => insertPortfolio(db, { ...joint, id: 'p0', name: 'Alpha' }));
  expect(listPortfolios(db).map(portfolio => portfolio.name)).toEqual(['Joint', 'Alpha']);
});

test.each([[['60', '50']], [['100', '0']], [['150', '-50']], [[]]])(
  'shares of %j are refused, and the owners stay',
  pcts => {
    const db = openWithJoint();
    const shares = pcts.map((pct, index) => ({ ...(index === 0 ? ann : bob), pct: decimal(pct) }));
    expect(() => db.transaction(() => setPortfolioOwners(db, 'p1', shares))).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    );
    expect(listPortfolios(db)).toEqual([joint]);
  },
);

test('thirds to the hundredth are 100', () => {
  const db = openWithJoint();
  const shares = [
    { ...ann, pct: decimal('33.33') },
    { ...bob, pct: decimal('66.67') },
  ];
  db.transaction(() => setPortfolioOwners(db, 'p1', shares));
  expect(findPortfolio(db, 'Joint')?.owners).toEqual(shares);
});
