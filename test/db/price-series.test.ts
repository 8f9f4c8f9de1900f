import { describe, expect, test } from 'vitest';
import { chartBars, closeRanges, tradedCloses } from '../../src/db/price-series.ts';
import { replaceHistory } from '../../src/db/prices.ts';
import { storeSplits } from '../../src/db/splits.ts';
import { decimal } from '../../src/domain/decimal.ts';
import { bar } from '../usecases/stored-market.ts';
import { code, date, now, open } from './open-database.ts';

const bhp = code('BHP');
const stored = () => {
  const db = open();
  const days: [string, string][] = [
    ['2026-02-26', '100'],
    ['2026-02-27', '102'],
    ['2026-03-03', '51'],
  ];
  db.transaction(() => {
    replaceHistory(
      db,
      bhp,
      days.map(([on, close]) => bar(on, close)),
      { at: now, source: 'eodhd' },
    );
    storeSplits(db, [{ code: bhp, date: date('2026-03-02'), newUnits: decimal('2'), oldUnits: decimal('1') }], now);
  });
  return db;
};

describe('chartBars', () => {
  test('are in today’s units: a split leaves no cliff', () => {
    expect(chartBars(stored(), bhp, date('2026-02-01')).map(each => [each.date, each.close])).toEqual([
      ['2026-02-26', 50],
      ['2026-02-27', 51],
      ['2026-03-03', 51],
    ]);
  });

  test('begin on the day that is asked for', () => {
    expect(chartBars(stored(), bhp, date('2026-02-27'))).toHaveLength(2);
    expect(chartBars(stored(), code('XYZ'), date('2026-02-27'))).toEqual([]);
  });
});

describe('tradedCloses', () => {
  test('are as traded, from the last one up to the day on, so that a gap is carried', () => {
    const closes = (from: string) => tradedCloses(stored(), bhp, date(from)).map(each => `${each.date} ${each.close}`);
    expect(closes('2026-02-28')).toEqual(['2026-02-27 102', '2026-03-03 51']);
    expect(closes('2026-02-01')).toEqual(['2026-02-26 100', '2026-02-27 102', '2026-03-03 51']);
    expect(closes('2026-03-09')).toEqual(['2026-03-03 51']);
  });
});

describe('closeRanges', () => {
  test('are the low, the high and the last closes from a day on, in today’s units', () => {
    const db = stored();
    const plain = code('CBA');
    db.transaction(() =>
      replaceHistory(
        db,
        plain,
        [
          ['2026-02-25', '120'],
          ['2026-02-26', '9.5'],
          ['2026-02-27', '110'],
          ['2026-03-03', '100'],
        ].map(([on = '', close = '']) => bar(on, close)),
        { at: now, source: 'eodhd' },
      ),
    );
    const ranges = closeRanges(db, [bhp, plain, code('XYZ')], date('2026-02-26'), 2);
    expect(ranges.get(bhp)).toEqual({ low: 50, high: 51, recent: [51, 51] });
    // As numbers: 9.5 is below 100, though its text is not.
    expect(ranges.get(plain)).toEqual({ low: 9.5, high: 110, recent: [110, 100] });
    expect(ranges.get(code('XYZ'))).toEqual({ low: undefined, high: undefined, recent: [] });
  });
});
