import { expect, test } from 'vitest';
import { quotesOf, storeQuotes } from '../../src/db/quotes.ts';
import { decimal, price } from '../../src/domain/decimal.ts';
import { code, now, open } from './open-database.ts';

const bhp = {
  code: code('BHP'),
  at: now,
  open: price('43'),
  high: price('43.5'),
  low: price('42.9'),
  price: price('43.21'),
  volume: decimal('1200000'),
  previousClose: price('42.95'),
};
const first = { at: now + 1, source: 'eodhd' };

test('a quote comes back as it was sent; what it lacks is unknown', () => {
  const db = open();
  const xyz = { code: code('XYZ') };
  db.transaction(() => storeQuotes(db, [bhp, xyz], first));
  const found = quotesOf(db, [bhp.code, xyz.code, code('VAS')]);
  expect(found.get(bhp.code)).toEqual({ ...bhp, fetchedAt: now + 1, source: 'eodhd' });
  expect(found.get(xyz.code)).toEqual({ ...xyz, fetchedAt: now + 1, source: 'eodhd' });
  expect(found.size).toBe(2);
  expect([...quotesOf(db, []).keys()]).toEqual([]);
  expect([...quotesOf(db).keys()]).toEqual(['BHP', 'XYZ']);
});

test('a newer quote takes the place of the older one, unknown fields too', () => {
  const db = open();
  db.transaction(() => storeQuotes(db, [bhp], first));
  db.transaction(() => storeQuotes(db, [{ code: bhp.code, price: price('44') }], { at: now + 2, source: 'demo' }));
  expect(quotesOf(db).get(bhp.code)).toEqual({
    code: 'BHP',
    price: price('44'),
    fetchedAt: now + 2,
    source: 'demo',
  });
});

test('more codes than one statement takes', () => {
  const db = open();
  const many = Array.from({ length: 1201 }, (_, index) => ({ code: code(`A${String(index).padStart(4, '0')}`) }));
  db.transaction(() => storeQuotes(db, many, first));
  expect(
    quotesOf(
      db,
      many.map(each => each.code),
    ).size,
  ).toBe(1201);
});
