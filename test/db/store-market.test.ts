import { describe, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { dividendsOf } from '../../src/db/dividends.ts';
import { barsOf, priceHistories } from '../../src/db/prices.ts';
import { quotesOf } from '../../src/db/quotes.ts';
import { countSecurities } from '../../src/db/securities.ts';
import { splitsOf } from '../../src/db/splits.ts';
import { type FetchedMarket, rewrittenFrom, storeMarket } from '../../src/db/store-market.ts';
import { listSuspects, releasedDays } from '../../src/db/suspects.ts';
import type { Instant } from '../../src/domain/date.ts';
import { decimal, plain, price } from '../../src/domain/decimal.ts';
import type { DeclaredDividend, SplitEvent } from '../../src/domain/market/price.ts';
import { at, bar } from '../usecases/stored-market.ts';
import { code, date, open } from './open-database.ts';

const bhp = code('BHP');
const evening = at('2026-03-03T10:00Z');
const nothing: FetchedMarket = {
  quotes: [],
  histories: [],
  dividends: [],
  splits: [],
  symbols: undefined,
  calendar: undefined,
};
const store = (db: Database, market: Partial<FetchedMarket>, now: Instant = evening): void =>
  db.transaction(() => storeMarket(db, { ...nothing, ...market }, now));
const history = (...days: [string, string][]) => [
  { code: bhp, bars: days.map(([on, close]) => bar(on, close)), whole: true },
];
const dividend = (exDate: string, perUnit = '1'): DeclaredDividend => ({
  code: bhp,
  exDate: date(exDate),
  perUnit: price(perUnit),
  currency: 'AUD',
});
const split = (on: string): SplitEvent => ({
  code: bhp,
  date: date(on),
  newUnits: decimal('2'),
  oldUnits: decimal('1'),
});

describe('storeMarket', () => {
  test('stores all kinds in one transaction, and needs one', () => {
    const db = open();
    expect(() => storeMarket(db, nothing, evening)).toThrow('A write outside a transaction');
    store(db, {
      quotes: [{ code: bhp, price: price('50'), at: evening }],
      histories: history(['2026-03-02', '49'], ['2026-03-03', '50']),
      dividends: [{ code: bhp, list: [dividend('2026-03-05')] }],
      splits: [{ code: bhp, list: [split('2020-03-05')] }],
      symbols: [{ code: bhp, name: 'BHP', kind: 'share' }],
    });
    expect([quotesOf(db).size, barsOf(db, bhp).length, dividendsOf(db, bhp).length, splitsOf(db, bhp).length]).toEqual([
      1, 2, 1, 1,
    ]);
    expect(countSecurities(db)).toBe(1);
    expect(priceHistories(db, [bhp]).get(bhp)?.fullFetchedAt).toBe(evening);
  });

  test('a part of a history is added, a whole one takes the place of what was', () => {
    const db = open();
    store(db, { histories: history(['2026-02-26', '48'], ['2026-02-27', '49']) });
    store(db, { histories: [{ code: bhp, bars: [bar('2026-03-02', '50')], whole: false }] });
    expect(barsOf(db, bhp).map(each => each.date)).toEqual(['2026-02-26', '2026-02-27', '2026-03-02']);
    store(db, { histories: history(['2026-02-27', '24.5'], ['2026-03-02', '25']) });
    expect(barsOf(db, bhp).map(each => plain(each.close))).toEqual(['24.5', '25']);
  });

  test('a jump is listed as held back, and let go by the bar that confirms it', () => {
    const db = open();
    store(db, { histories: history(['2026-02-27', '75.82'], ['2026-03-02', '41.71']) });
    expect(listSuspects(db).map(each => [each.date, each.reason])).toEqual([
      ['2026-03-02', 'closed at 41.71 after 75.82'],
    ]);
    store(db, { histories: [{ code: bhp, bars: [bar('2026-03-03', '42.00')], whole: false }] });
    expect([listSuspects(db), [...(releasedDays(db).get(bhp) ?? [])]]).toEqual([[], ['2026-03-02']]);
  });
});

describe('rewrittenFrom', () => {
  const due = date('2026-03-03');
  const stored = (fetchedAt: Instant): Database => {
    const db = open();
    store(db, { histories: history(['2026-02-26', '48'], ['2026-02-27', '49']) }, fetchedAt);
    return db;
  };

  test('is the first stored day where a dividend or split went ex after the whole history was fetched', () => {
    const db = stored(at('2026-02-27T10:00Z'));
    expect(rewrittenFrom(db, bhp, [dividend('2026-03-02')], [], due)).toBe('2026-02-26');
    expect(rewrittenFrom(db, bhp, [], [split('2026-03-03')], due)).toBe('2026-02-26');
  });

  test('also where it went ex on the day of the fetch, before that day’s end was out', () => {
    const morning = stored(at('2026-03-03T00:00Z'));
    expect(rewrittenFrom(morning, bhp, [dividend('2026-03-03')], [], due)).toBe('2026-02-26');
    const later = stored(evening);
    later.transaction(() =>
      storeMarket(later, { ...nothing, dividends: [{ code: bhp, list: [dividend('2026-03-03')] }] }, evening),
    );
    expect(rewrittenFrom(later, bhp, [dividend('2026-03-03')], [], due)).toBeUndefined();
  });

  test('is nothing for one that is announced, whose end of day is not out, or that is known', () => {
    const db = stored(at('2026-02-27T10:00Z'));
    expect(rewrittenFrom(db, bhp, [dividend('2026-03-04')], [], due)).toBeUndefined();
    const known = stored(evening);
    store(known, { dividends: [{ code: bhp, list: [dividend('2025-09-01')] }] });
    expect(rewrittenFrom(known, bhp, [dividend('2025-09-01')], [], due)).toBeUndefined();
    // One of the past that EODHD has added since, or put right.
    expect(rewrittenFrom(known, bhp, [dividend('2025-09-01', '1.1')], [], due)).toBe('2026-02-26');
  });

  test('is nothing while there is no whole history', () => {
    expect(rewrittenFrom(open(), bhp, [dividend('2026-03-02')], [], due)).toBeUndefined();
  });
});
