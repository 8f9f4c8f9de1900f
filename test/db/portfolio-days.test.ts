import { describe, expect, it } from 'vitest';
import { insertEntries } from '../../src/db/entries.ts';
import { readPortfolioDays } from '../../src/db/portfolio-days.ts';
import { listPortfolios } from '../../src/db/portfolios.ts';
import { replaceHistory } from '../../src/db/prices.ts';
import { storeQuotes } from '../../src/db/quotes.ts';
import { tradedCloses } from '../../src/db/traded-closes.ts';
import { price, units } from '../../src/domain/decimal.ts';
import { entriesOf } from '../support/ledger.ts';
import { bar } from '../usecases/stored-market.ts';
import { code, date, open, openWithPortfolios } from './open-database.ts';

// Wednesday 2026-03-04, 12:00 in Sydney.
const now = Date.UTC(2026, 2, 4, 1);
const today = date('2026-03-04');
const fetch = { at: now, source: 'eodhd' };

function stored(lines: readonly string[], closes: Record<string, Record<string, string>>) {
  const db = openWithPortfolios();
  db.transaction(() => {
    insertEntries(db, entriesOf(lines, 'p1'), now);
    for (const [name, days] of Object.entries(closes)) {
      replaceHistory(
        db,
        code(name),
        Object.entries(days).map(([on, close]) => bar(on, close)),
        fetch,
      );
    }
  });
  return db;
}

const daysOf = (db: ReturnType<typeof stored>, question: { from?: string; to?: string } = {}) =>
  readPortfolioDays(db, listPortfolios(db), {
    from: question.from === undefined ? undefined : date(question.from),
    to: question.to === undefined ? today : date(question.to),
    now,
    today,
  });

const closes = { ABC: { '2026-02-27': '10', '2026-03-02': '11', '2026-03-03': '12' } };

describe('readPortfolioDays', () => {
  it('begins with the first entry and ends with the quote of the session that runs', () => {
    const db = stored(['buy 100 ABC @ 10 on 2026-02-27'], closes);
    db.transaction(() => storeQuotes(db, [{ code: code('ABC'), at: now - 1_200_000, price: price('12.5') }], fetch));
    expect(daysOf(db).days.map(day => [day.date, day.value / 100])).toEqual([
      ['2026-02-27', 1000],
      ['2026-03-02', 1100],
      ['2026-03-03', 1200],
      ['2026-03-04', 1250],
    ]);
    expect(daysOf(db, { to: '2026-03-03' }).days.at(-1)?.value).toBe(120_000);
  });

  it('a window reads the close before it; one before the first entry begins there', () => {
    const db = stored(['buy 100 ABC @ 10 on 2026-02-27'], closes);
    const late = daysOf(db, { from: '2026-03-03' });
    expect([late.startValue, late.days[0]?.profit]).toEqual([110_000, 10_000]);
    expect(daysOf(db, { from: '2026-01-05' }).days[0]?.date).toBe('2026-02-27');
  });

  it('without an entry, or before the first one, there are no days', () => {
    expect(daysOf(stored([], {})).days).toEqual([]);
    const early = daysOf(stored(['buy 100 ABC @ 10 on 2026-03-02'], closes), { to: '2026-02-27' });
    expect([early.days, early.firstEntry]).toEqual([[], undefined]);
  });
});

describe('tradedCloses', () => {
  const options = { recordedSplits: [], released: undefined, overrides: undefined };
  const read = (bars: ReturnType<typeof bar>[], from = '2026-02-27') => {
    const db = open();
    db.transaction(() => replaceHistory(db, code('ABC'), bars, fetch));
    const { days, closes, places } = tradedCloses(db, code('ABC'), date(from), options);
    return [...days].map((day, index) => `${day % 10_000} ${(closes[index] ?? 0) / 10 ** places}`);
  };

  it('are carried in from the last one before the first day', () => {
    const bars = [bar('2026-02-20', '9'), bar('2026-02-24', '9.5'), bar('2026-03-02', '10')];
    expect(read(bars)).toEqual(['224 9.5', '302 10']);
    expect(read([])).toEqual([]);
  });

  it('leave out a bar that is impossible, and one that jumps and is not confirmed', () => {
    const impossible = { ...bar('2026-03-02', '10.5'), high: price('9.9') };
    expect(read([bar('2026-02-27', '9.8'), impossible, bar('2026-03-03', '10')])).toEqual(['227 9.8', '303 10']);
    expect(read([bar('2026-02-27', '75.82'), bar('2026-03-02', '41.71'), bar('2026-03-03', '75')])).toEqual([
      '227 75.82',
      '303 75',
    ]);
  });

  it('numbers of different length are compared as numbers', () => {
    const wide = { ...bar('2026-03-02', '9.97'), low: price('9.81'), high: price('10.05') };
    expect(read([bar('2026-02-27', '9.8'), wide])).toEqual(['227 9.8', '302 9.97']);
  });

  it('are read again when the data has changed, and inside a transaction as it has written them', () => {
    const db = open();
    const store = (close: string) => replaceHistory(db, code('ABC'), [bar('2026-03-02', close)], fetch);
    const last = (recordedSplits: (typeof options)['recordedSplits'] = []) => {
      const { closes, places } = tradedCloses(db, code('ABC'), date('2026-02-27'), { ...options, recordedSplits });
      return (closes.at(-1) ?? 0) / 10 ** places;
    };
    db.transaction(() => store('10'));
    expect([last(), last()]).toEqual([10, 10]);
    db.transaction(() => {
      store('11');
      expect(last()).toBe(11);
    });
    expect(last()).toBe(11);
    expect(() =>
      db.transaction(() => {
        store('12');
        throw new Error('undone');
      }),
    ).toThrow('undone');
    expect(last()).toBe(11);
  });

  it('are judged by the splits of the ledger that is asked about', () => {
    const db = open();
    const bars = [bar('2026-02-27', '20'), bar('2026-03-02', '9.9'), bar('2026-03-03', '20.2')];
    db.transaction(() => replaceHistory(db, code('ABC'), bars, fetch));
    const count = (recordedSplits: Parameters<typeof tradedCloses>[3]['recordedSplits']) =>
      tradedCloses(db, code('ABC'), date('2026-02-27'), { ...options, recordedSplits }).days.length;
    const split = { code: code('ABC'), date: date('2026-03-02'), newUnits: units('2'), oldUnits: units('1') };
    expect([count([]), count([split]), count([])]).toEqual([2, 3, 2]);
  });
});
