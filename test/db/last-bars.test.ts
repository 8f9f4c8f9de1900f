import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lastBars } from '../../src/db/last-bars.ts';
import { recentBars, replaceHistory } from '../../src/db/prices.ts';
import { addDays } from '../../src/domain/date.ts';
import { price } from '../../src/domain/decimal.ts';
import { currentPrice } from '../../src/domain/market/known-price.ts';
import type { Bar } from '../../src/domain/market/price.ts';
import { at, bar } from '../usecases/stored-market.ts';
import { code, date, open } from './open-database.ts';

const now = at('2026-03-03T10:00Z');
const fetch = { at: now, source: 'eodhd' };
const bhp = code('BHP');

it('are the last two where there is nothing to judge, oldest first, up to a day where one is given', () => {
  const db = open();
  const bars = ['2026-02-26', '2026-02-27', '2026-03-02'].map((on, index) => bar(on, String(40 + index)));
  db.transaction(() => {
    replaceHistory(db, bhp, bars, fetch);
    replaceHistory(db, code('NEW'), bars.slice(0, 1), fetch);
  });
  const days = (name: string, upTo?: string) =>
    lastBars(db, [bhp, code('NEW'), code('CBA')], upTo === undefined ? undefined : date(upTo))
      .get(code(name))
      ?.map(each => each.date);
  expect(days('BHP')).toEqual(['2026-02-27', '2026-03-02']);
  expect(days('BHP', '2026-03-01')).toEqual(['2026-02-26', '2026-02-27']);
  expect(days('NEW')).toEqual(['2026-02-26']);
  expect(days('CBA')).toBeUndefined();
  expect(lastBars(db, [bhp]).get(bhp)?.[1]).toEqual(bars[2]);
});

it('say the same price as a dozen bars do, however wild they are', () => {
  const db = open();
  const closes = fc.array(fc.constantFrom(10, 11, 11.98, 12, 12.02, 14, 16, 20, 30, 5, 0.5), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(closes, fc.integer({ min: 0, max: 8 }), (list, impossible) => {
      const bars = list.map((close, index): Bar => {
        const made = bar(addDays(date('2026-02-20'), index), String(close));
        return index === impossible ? { ...made, low: price('99'), high: price('99') } : made;
      });
      db.transaction(() => replaceHistory(db, bhp, bars, fetch));
      const dozen = (recentBars(db, [bhp], 12).get(bhp) ?? []).reverse();
      const found = currentPrice({ bars: lastBars(db, [bhp]).get(bhp) ?? [], splits: [] }, now);
      expect(found).toEqual(currentPrice({ bars: dozen, splits: [] }, now));
    }),
    { numRuns: 300 },
  );
});
