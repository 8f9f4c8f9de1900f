import { expect, it } from 'vitest';
import { insertEntries } from '../../src/db/entries.ts';
import {
  freezeMarketValues,
  listMarketValues,
  removeMarketValue,
  storeMarketValue,
} from '../../src/db/market-values.ts';
import { replaceHistory } from '../../src/db/prices.ts';
import { decimal, plain, price } from '../../src/domain/decimal.ts';
import { entriesOf } from '../support/ledger.ts';
import { code, date, openWithPortfolios } from './open-database.ts';

const day = (text: string): number => Date.parse(text);
const bars = (...days: readonly (readonly [string, string])[]) =>
  days.map(([on, close]) => {
    const p = price(close);
    return { date: date(on), open: p, high: p, low: p, close: p, adjustedClose: p, volume: decimal('1000') };
  });

function held() {
  const db = openWithPortfolios();
  const lines = [
    'buy 10 BHP @ 40 on 2026-02-02',
    'buy 10 CBA @ 90 on 2026-02-02',
    'sell 10 CBA @ 91 on 2027-06-29',
    'buy 10 WES @ 60 on 2027-07-01',
    'buy 10 XYZ @ 1 on 2027-01-04',
  ];
  db.transaction(() => {
    insertEntries(db, entriesOf(lines, 'p1'), 1);
    const fetch = { at: 1, source: 'eodhd' };
    replaceHistory(db, code('BHP'), bars(['2027-06-29', '44'], ['2027-06-30', '45'], ['2027-07-01', '46']), fetch);
    replaceHistory(db, code('CBA'), bars(['2027-06-30', '95']), fetch);
    replaceHistory(db, code('WES'), bars(['2027-06-30', '61']), fetch);
    replaceHistory(db, code('XYZ'), bars(['2027-06-28', '1.20']), fetch);
  });
  const freeze = (at: string) => db.transaction(() => freezeMarketValues(db, day(at)));
  const stored = () =>
    listMarketValues(db).map(each => `${each.code} ${plain(each.price)} ${each.pricedOn} ${each.source}`);
  return { db, freeze, stored };
}

it('the close of 30 June 2027 is stored on its evening for what is held, and not before', () => {
  const { freeze, stored } = held();
  freeze('2027-06-30T08:00:00Z');
  expect(stored()).toEqual([]);
  freeze('2027-06-30T09:31:00Z');
  expect(stored()).toEqual(['BHP 45 2027-06-30 close']);
});

it('an earlier close stands in a week later where there was no trade on the day', () => {
  const { freeze, stored } = held();
  freeze('2027-07-06T12:00:00Z');
  expect(stored()).toEqual(['BHP 45 2027-06-30 close']);
  freeze('2027-07-07T12:00:00Z');
  expect(stored()).toEqual(['BHP 45 2027-06-30 close', 'XYZ 1.2 2027-06-28 close']);
});

it('what is stored is never replaced by a later fetch, and the user may value it otherwise', () => {
  const { db, freeze, stored } = held();
  freeze('2027-07-01T12:00:00Z');
  db.transaction(() => replaceHistory(db, code('BHP'), bars(['2027-06-30', '22.50']), { at: 2, source: 'eodhd' }));
  freeze('2028-02-01T12:00:00Z');
  expect(stored()[0]).toBe('BHP 45 2027-06-30 close');
  db.transaction(() => storeMarketValue(db, code('BHP'), price('45.55'), 3));
  freeze('2028-02-02T12:00:00Z');
  expect(stored()[0]).toBe('BHP 45.55 2027-06-30 user');
  db.transaction(() => expect(removeMarketValue(db, code('BHP'))).toBe(true));
  db.transaction(() => expect(removeMarketValue(db, code('XYZ'))).toBe(false));
  expect(stored()).toEqual(['XYZ 1.2 2027-06-28 close']);
});
