import { describe, expect, test } from 'vitest';
import { barsOf, priceHistories, recentBars, replaceHistory, storeBars, storeMarketBars } from '../../src/db/prices.ts';
import { addDays, type LocalDate } from '../../src/domain/date.ts';
import { decimal, price } from '../../src/domain/decimal.ts';
import type { Bar } from '../../src/domain/market/price.ts';
import { code, date, now, open, temporaryFolder } from './open-database.ts';

const bar = (on: string, close: string): Bar => ({
  date: date(on),
  open: price('1.005'),
  high: price('54.06'),
  low: price('0.001'),
  close: price(close),
  adjustedClose: price('41.2234'),
  volume: decimal('1234567.8901'),
});
const days = (from: string, closes: readonly string[]): Bar[] =>
  closes.map((close, index) => bar(addDays(date(from), index), close));

const [bhp, vas, xyz] = [code('BHP'), code('VAS'), code('XYZ')];
const eod = { at: now, source: 'eodhd' };
const closes = (bars: readonly Bar[] | undefined): string[] | undefined => bars?.map(each => each.close.toFixed());

describe('bars', () => {
  test('come back exactly, oldest first, within the days asked for', () => {
    const db = open();
    const bars = days('2026-03-02', ['1', '2', '3', '4']);
    db.transaction(() => storeBars(db, bhp, bars.toReversed(), eod));
    expect(barsOf(db, bhp)).toEqual(bars);
    expect(closes(barsOf(db, bhp, date('2026-03-03')))).toEqual(['2', '3', '4']);
    expect(closes(barsOf(db, bhp, date('2026-03-03'), date('2026-03-04')))).toEqual(['2', '3']);
    expect(barsOf(db, xyz)).toEqual([]);
  });

  test('of a stored day take its place, whatever the number of rows', () => {
    const db = open();
    const many = Array.from({ length: 123 }, (_, index) => String(index));
    db.transaction(() => storeBars(db, bhp, days('2025-01-01', many), eod));
    db.transaction(() =>
      storeBars(
        db,
        bhp,
        days(
          '2025-01-01',
          many.slice(0, 120).map(close => `${close}.5`),
        ),
        eod,
      ),
    );
    const stored = closes(barsOf(db, bhp)) ?? [];
    expect(stored.length).toBe(123);
    expect(stored.slice(0, 2)).toEqual(['0.5', '1.5']);
    expect(stored.slice(119)).toEqual(['119.5', '120', '121', '122']);
  });

  test('the latest ones are found for many codes, today and as of a day', () => {
    const db = open();
    db.transaction(() => {
      storeBars(db, bhp, days('2026-03-02', ['1', '2', '3']), eod);
      storeBars(db, vas, days('2026-03-03', ['98.76']), eod);
    });
    const latest = recentBars(db, [bhp, vas, xyz], 1);
    expect([...latest].map(([at, found]) => [at, closes(found)])).toEqual([
      ['BHP', ['3']],
      ['VAS', ['98.76']],
    ]);
    expect([...recentBars(db, [bhp, vas], 1, date('2026-03-02')).keys()]).toEqual(['BHP']);
    expect(closes(recentBars(db, [bhp], 2).get(bhp))).toEqual(['3', '2']);
    expect(closes(recentBars(db, [bhp], 2, date('2026-03-03')).get(bhp))).toEqual(['2', '1']);
  });
});

describe('what is known of a history', () => {
  const summary = (db: ReturnType<typeof open>) => priceHistories(db, [bhp, xyz]).get(bhp);

  test('grows with single days and is made whole by a full fetch', () => {
    const db = open();
    expect(priceHistories(db, [bhp]).size).toBe(0);
    db.transaction(() => storeMarketBars(db, [[bhp, bar('2026-03-03', '2')]], eod));
    db.transaction(() =>
      storeMarketBars(
        db,
        [
          [vas, bar('2026-03-02', '1')],
          [bhp, bar('2026-03-02', '1')],
        ],
        { at: now + 1, source: 'eodhd-bulk' },
      ),
    );
    expect(summary(db)).toEqual({
      code: 'BHP',
      firstDate: '2026-03-02',
      lastDate: '2026-03-03',
      fetchedAt: now + 1,
      fullFetchedAt: undefined,
      source: 'eodhd-bulk',
    });
    db.transaction(() => replaceHistory(db, bhp, days('2026-03-03', ['20']), { at: now + 2, source: 'eodhd' }));
    expect(closes(barsOf(db, bhp))).toEqual(['20']);
    expect(closes(barsOf(db, vas))).toEqual(['1']);
    expect(summary(db)).toMatchObject({ firstDate: '2026-03-03', lastDate: '2026-03-03', fullFetchedAt: now + 2 });
    db.transaction(() => storeBars(db, bhp, days('2026-03-04', ['21']), { at: now + 3, source: 'eodhd' }));
    expect(summary(db)).toMatchObject({ lastDate: '2026-03-04', fetchedAt: now + 3, fullFetchedAt: now + 2 });
  });

  test('no bars leave no trace, and writes need a transaction', () => {
    const db = open();
    db.transaction(() => storeBars(db, bhp, [], eod));
    expect(priceHistories(db, [bhp]).size).toBe(0);
    expect(() => storeBars(db, bhp, days('2026-03-02', ['1']), eod)).toThrow('A write outside a transaction');
  });
});

test('100,000 bars are stored in a second or two', { timeout: 120_000 }, () => {
  const db = open(`${temporaryFolder()}/asxos.db`);
  const dates: LocalDate[] = Array.from({ length: 500 }, (_, index) => addDays(date('2024-01-01'), index));
  const securities = Array.from({ length: 200 }, (_, index) => code(`A${String(index).padStart(3, '0')}`));
  const bars = dates.map(day => bar(day, '43.8213'));
  const [before, cpu] = [performance.now(), process.cpuUsage()];
  db.transaction(() => {
    for (const each of securities) storeBars(db, each, bars, eod);
  });
  const { user, system } = process.cpuUsage(cpu);
  const elapsed = performance.now() - before;
  process.stdout.write(`100,000 bars stored in ${elapsed.toFixed(0)} ms, ${(user + system) / 1000} ms of processor\n`);
  expect(db.raw.prepare('SELECT count(*) AS count FROM prices').get()).toEqual({ count: 100_000 });
  expect((user + system) / 1000).toBeLessThan(3000);
});
