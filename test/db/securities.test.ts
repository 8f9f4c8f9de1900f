import { expect, test } from 'vitest';
import {
  codeChanges,
  countSecurities,
  findByIsin,
  findSecurity,
  replaceSymbolList,
  searchSecurities,
  securitiesOf,
  storeCodeChange,
  storeSecurities,
  symbolListStoredAt,
} from '../../src/db/securities.ts';
import type { Security } from '../../src/domain/market/security.ts';
import { code, date, now, open } from './open-database.ts';

const bhp: Security = {
  code: code('BHP'),
  name: 'BHP Group Limited',
  kind: 'share',
  isin: 'AU000000BHP4',
  currency: 'AUD',
};
const vas: Security = { code: code('VAS'), name: 'Vanguard Australian Shares Index ETF', kind: 'etf' };
const list: readonly Security[] = [
  bhp,
  vas,
  { code: code('BHPX'), name: 'Something 100% other_wise', kind: 'note' },
  { code: code('AUI'), name: 'Australian United Investment', kind: 'share' },
];

function openWithList() {
  const db = open();
  db.transaction(() => replaceSymbolList(db, list, now));
  return db;
}
const codes = (found: readonly Security[]): string[] => found.map(each => each.code);

test('a security comes back as it was stored', () => {
  const db = openWithList();
  expect(findSecurity(db, bhp.code)).toEqual({ ...bhp, sector: undefined, listed: true });
  expect(findSecurity(db, code('XYZ'))).toBeUndefined();
  expect([...securitiesOf(db, [vas.code, code('XYZ')]).keys()]).toEqual(['VAS']);
  expect([countSecurities(db), symbolListStoredAt(db), symbolListStoredAt(open())]).toEqual([4, now, undefined]);
});

test('what a new record does not know is kept', () => {
  const db = openWithList();
  db.transaction(() => storeSecurities(db, [{ ...bhp, sector: 'Materials' }], now + 1));
  db.transaction(() => storeSecurities(db, [{ code: bhp.code, name: 'BHP', kind: 'share' }], now + 2));
  expect(findSecurity(db, bhp.code)).toEqual({ ...bhp, name: 'BHP', sector: 'Materials', listed: true });
});

test('what is no longer on the list stays known, and is not found by search', () => {
  const db = openWithList();
  db.transaction(() => replaceSymbolList(db, [vas], now + 1));
  expect(findSecurity(db, bhp.code)?.listed).toBe(false);
  expect(countSecurities(db)).toBe(1);
  expect(
    [
      ...securitiesOf(
        db,
        list.map(each => each.code),
      ).values(),
    ].map(each => [each.code, each.listed]),
  ).toEqual([
    ['BHP', false],
    ['VAS', true],
    ['BHPX', false],
    ['AUI', false],
  ]);
  expect(searchSecurities(db, 'BHP', 9)).toEqual([]);
  expect(findByIsin(db, 'AU000000BHP4')?.code).toBe('BHP');
});

test('an ISIN is found in any case', () => {
  const db = openWithList();
  expect(findByIsin(db, ' au000000bhp4 ')?.code).toBe('BHP');
  expect(findByIsin(db, 'AU000000XXX0')).toBeUndefined();
});

test.each([
  ['bhp', ['BHP', 'BHPX']],
  ['australian', ['AUI', 'VAS']],
  ['index', ['VAS']],
  ['ustral', ['AUI', 'VAS']],
  ['100%', ['BHPX']],
  ['%', ['BHPX']],
  ['r_w', ['BHPX']],
  ['\\', []],
  ['  ', []],
])('searching for "%s" finds %j', (text, found) => {
  expect(codes(searchSecurities(openWithList(), text, 9))).toEqual(found);
});

test('a search gives no more than was asked for', () => {
  expect(codes(searchSecurities(openWithList(), 'a', 2))).toEqual(['AUI', 'VAS']);
});

test('changes of code are remembered once', () => {
  const db = open();
  const change = { oldCode: code('BHP'), newCode: code('BHG'), changedOn: date('2026-03-02') };
  const before = { oldCode: code('ABC'), newCode: code('ABD'), changedOn: date('2020-01-01') };
  db.transaction(() => {
    for (const each of [change, before, change]) storeCodeChange(db, each);
  });
  expect(codeChanges(db)).toEqual([before, change]);
});
