import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { storeDividends } from '../../src/db/dividends.ts';
import { barsOf, replaceHistory } from '../../src/db/prices.ts';
import { readSignalBars } from '../../src/db/signal-bars.ts';
import { storeSplits } from '../../src/db/splits.ts';
import { releaseSuspect, storeSuspect } from '../../src/db/suspects.ts';
import type { LocalDate } from '../../src/domain/date.ts';
import { decimal, price } from '../../src/domain/decimal.ts';
import { tradingDays } from '../../src/domain/market/calendar.ts';
import type { Bar } from '../../src/domain/market/price.ts';
import type { Code } from '../../src/domain/market/security.ts';
import { judgedBars } from '../../src/domain/signals/adjusted-bars.ts';
import { securityFeatures } from '../../src/domain/signals/features.ts';
import { sampleBars } from '../bench/sample-market.ts';
import { type FlatBars, flatBars } from '../support/flat-bars.ts';
import { on } from '../support/ledger.ts';
import { now, open } from './open-database.ts';

const code = 'AAA' as Code;
const other = 'BBB' as Code;
const days = tradingDays(on('2024-01-02'), on('2026-03-31'));
const day = (index: number) => days[index] ?? on('1999-01-01');

const flat = (closes: readonly string[], more: FlatBars = {}): Bar[] => flatBars(closes, { day, ...more });

function store(db: Database, bars: readonly Bar[], of = code): void {
  db.transaction(() => replaceHistory(db, of, bars, { at: now, source: 'eodhd' }));
}

const read = (db: Database, asOf: number, most = 400) => {
  const [bars] = readSignalBars(db, [code], { asOf: day(asOf), most });
  if (bars === undefined) throw new Error('no answer');
  return bars;
};

describe('bars for signals', () => {
  test('are the newest up to the day, never one after it, oldest first', () => {
    const db = open();
    store(db, flat(['10', '11', '12', '13', '14']));
    expect([...read(db, 3).close]).toEqual([10, 11, 12, 13]);
    expect([...read(db, 3, 2).close]).toEqual([12, 13]);
    expect([...read(db, 400).close]).toEqual([10, 11, 12, 13, 14]);
    expect(read(db, 3).days.at(-1)).toBe(Number(day(3).replaceAll('-', '')));
  });

  test('of codes without any are none, and stop nobody', () => {
    const db = open();
    store(db, flat(['10']), other);
    const all = readSignalBars(db, [code, other], { asOf: day(5), most: 400 });
    expect(all.map(bars => [bars.code, bars.days.length])).toEqual([
      [code, 0],
      [other, 1],
    ]);
  });

  test('of an ordinary series are the same whether it is read as a text or judged bar by bar', () => {
    const db = open();
    const sent = sampleBars(days.slice(0, 450), 7);
    store(db, sent);
    const asText = read(db, 430);
    const judged = judgedBars(code, barsOf(db, code, undefined, day(430)), {
      splits: [],
      lastDay: day(449),
      dividends: [],
      released: undefined,
      overrides: undefined,
      most: 400,
    });
    expect(asText).toEqual(judged);
    expect(asText.days).toHaveLength(400);
    expect(securityFeatures(asText, day(430)).unknown).toEqual([]);
  });

  test('have turnover as traded across a split, though the volume has the split in it', () => {
    const db = open();
    store(db, flat(['100', '100', '50', '50'], { adjusted: ['50', '50', '50', '50'], volume: '2000' }));
    const splits = [{ code, date: day(2), newUnits: decimal('2'), oldUnits: decimal('1') }];
    db.transaction(() => storeSplits(db, splits, now));
    expect([...read(db, 3).turnover]).toEqual([100_000, 100_000, 100_000, 100_000]);
    expect([...read(db, 1).turnover]).toEqual([100_000, 100_000]);
    // The same where nothing wants judging: a bonus issue of one for ten.
    store(db, flat(['10', '10', '9.1'], { adjusted: ['9.0909', '9.0909', '9.1'], volume: '1100' }), other);
    const bonus = [{ code: other, date: day(2), newUnits: decimal('11'), oldUnits: decimal('10') }];
    db.transaction(() => storeSplits(db, bonus, now));
    const [bars] = readSignalBars(db, [other], { asOf: day(2), most: 400 });
    expect([...(bars?.turnover ?? [])]).toEqual([10_000, 10_000, 10_010]);
    expect([...(bars?.traded ?? [])]).toEqual([10, 10, 9.1]);
  });

  test('a split that is announced for after the last bar is in no volume yet', () => {
    const db = open();
    store(db, flat(['10', '10']));
    const splits = [{ code, date: day(9), newUnits: decimal('2'), oldUnits: decimal('1') }];
    db.transaction(() => storeSplits(db, splits, now));
    expect([...read(db, 1).turnover]).toEqual([10_000, 10_000]);
  });

  test('leave out what cannot be believed until the user releases it, with the reason', () => {
    const db = open();
    store(db, flat(['75', '75.82', '41.71', '75.9']));
    expect([...read(db, 3).close]).toEqual([75, 75.82, 75.9]);
    expect(read(db, 3).troubles).toEqual([`${day(2)} closed at 41.71 after 75.82`]);
    expect([...read(db, 2).close]).toEqual([75, 75.82]);
    db.transaction(() => {
      storeSuspect(db, { code, date: day(2), close: price('41.71'), reason: 'closed at 41.71 after 75.82' });
      releaseSuspect(db, code, day(2), now);
    });
    expect([...read(db, 2).close]).toEqual([75, 75.82, 41.71]);
  });

  test('on a day hold back what was confirmed only later, whether the rest is there or not', () => {
    const db = open();
    store(db, flat(['10', '10', '5', '5.1', '5.2']));
    const whole = securityFeatures(read(db, 4), day(2));
    expect(whole.date).toBe(day(1));
    expect(whole).toEqual(securityFeatures(read(db, 2), day(2)));
    expect(securityFeatures(read(db, 4), day(3))).toEqual(securityFeatures(read(db, 3), day(3)));
  });

  test('a zero-volume bar is a bar with no turnover, and a missing day is none', () => {
    const db = open();
    const bars = flat(['10', '10', '10', '10']).filter((_, index) => index !== 1);
    store(
      db,
      bars.map((bar, index) => (index === 1 ? { ...bar, volume: decimal('0') } : bar)),
    );
    expect([...read(db, 3).turnover]).toEqual([10_000, 0, 10_000]);
    expect(read(db, 3).troubles).toEqual([]);
  });

  test('a demerger that re-based the prices is taken out of what was traded', () => {
    const db = open();
    const sent = Array.from({ length: 25 }, (_, index) => ((50.01 + index * 0.01) * 0.9).toFixed(4));
    store(db, flat([...sent, '45.2']));
    const dividend = { code, exDate: day(3), currency: 'AUD', perUnit: price('1'), adjustedPerUnit: price('0.9') };
    db.transaction(() => storeDividends(db, [dividend], now));
    expect(read(db, 25).traded[0]).toBe(50.01);
    expect(read(db, 25).close[0]).toBe(45.009);
  });

  test('a bar of a day takes the place of the one that was stored', () => {
    const db = open();
    store(db, [...flat(['10', '11']), ...flat(['10.5'])]);
    expect([...read(db, 1).close]).toEqual([10.5, 11]);
  });
});

const shared = new URL('../../../shared/data/eodhd/eod-BHP.AU-full-1993-2025.json', import.meta.url);
describe.skipIf(!existsSync(shared))(
  'the recorded history of BHP (skipped where the shared test data is absent)',
  () => {
    type Sent = Record<'open' | 'high' | 'low' | 'close' | 'adjusted_close' | 'volume', number> & { date: string };
    const filled = () => {
      const rows: Sent[] = JSON.parse(readFileSync(shared, 'utf8'));
      const bars = rows.map(row => ({
        date: on(row.date),
        open: price(String(row.open)),
        high: price(String(row.high)),
        low: price(String(row.low)),
        close: price(String(row.close)),
        adjustedClose: price(String(row.adjusted_close)),
        volume: decimal(String(row.volume)),
      }));
      const db = open();
      store(db, bars);
      return { db, bars };
    };
    const featuresOn = (db: Database, date: LocalDate, most: number, asOf = date) => {
      const [bars] = readSignalBars(db, [code], { asOf, most });
      return bars && securityFeatures(bars, date);
    };

    test('has the features that an independent implementation finds, and the same from any later day', () => {
      const { db, bars } = filled();
      // Made from the same file with numpy: polyfit, convolve, std and median of the last 400 rows.
      const expected = {
        ...{ ret_1d: 0.003_338_102_05, mom_1: 0.002_382_086_71, mom_3: 0.124_869_015, mom_6: 0.168_252_84 },
        ...{ mom_9: 0.126_039_941, mom_12_1: -0.017_749_762_5, vol_30: 0.013_213_032_6, vol_60: 0.012_582_605 },
        ...{ vol_90: 0.014_631_178_1, vol_ratio_30_90: 0.903_073_735, adv_20_median: 297_104_502 },
        ...{ adv_zscore: -0.915_548_151, trend_200: 1, sma200_slope: 0.000_230_114_09, sma200_slope_pos: 1 },
        ...{ atr_pct: 0.019_002_919_6, volume_skew_60: 2.082_022_19, rsi_14: 58.031_755_1 },
        ...{ macd_hist_pct: 0.003_267_913_36, bollinger_pct: 0.829_559_814 },
      };
      const found = featuresOn(db, on('2025-10-03'), 400)?.values ?? {};
      expect(Object.keys(found)).toEqual(Object.keys(expected));
      for (const [name, value] of Object.entries(expected)) {
        const own = found[name as keyof typeof found] as number;
        expect(Math.abs(own / value - 1), name).toBeLessThan(1e-8);
      }
      const last = on('2025-10-03');
      for (let index = 700; index < bars.length; index += 611) {
        const date = bars[index]?.date ?? last;
        expect(featuresOn(db, date, 400)).toEqual(featuresOn(db, date, 9000, last));
      }
    });
  },
);
