import { describe, expect, test } from 'vitest';
import { noteAsked, noteBulkDay, noteHistories } from '../../src/db/asked.ts';
import type { Database } from '../../src/db/database.ts';
import { insertEntries } from '../../src/db/entries.ts';
import { updatePortfolio } from '../../src/db/portfolios.ts';
import { replaceHistory } from '../../src/db/prices.ts';
import { type RefreshTarget, readRefreshNeed } from '../../src/db/refresh-need.ts';
import { watch } from '../../src/db/watchlist.ts';
import type { Instant } from '../../src/domain/date.ts';
import { entriesOf } from '../support/ledger.ts';
import { at, bar } from '../usecases/stored-market.ts';
import { code, date, openWithPortfolios, now as recorded } from './open-database.ts';

const evening = at('2026-03-03T10:00Z');
const due = date('2026-03-03');
const record = (db: Database, lines: readonly string[], portfolio = 'p1'): void =>
  db.transaction(() =>
    insertEntries(
      db,
      entriesOf(lines, portfolio).map(each => ({ ...each, id: `${portfolio}-${each.id}` })),
      recorded,
    ),
  );
const need = (db: Database, target: RefreshTarget, now: Instant = evening) =>
  readRefreshNeed(db, target, now, { ifDue: false });
const storeDays = (db: Database, name: string, days: readonly string[], fetchedAt: Instant = evening): void =>
  db.transaction(() =>
    replaceHistory(
      db,
      code(name),
      days.map(day => bar(day, '5')),
      { at: fetchedAt, source: 'eodhd' },
    ),
  );

test('where the provider is late with the whole day, all are asked for again; where it has it of one, that is not late', () => {
  const db = openWithPortfolios();
  record(db, ['buy 1 AAA @ 1 on 2025-01-02', 'buy 1 BBB @ 1 on 2025-01-02']);
  const asked = at('2026-03-03T08:35Z');
  for (const name of ['AAA', 'BBB']) storeDays(db, name, ['2024-01-03', '2026-03-02'], at('2026-03-02T09:00Z'));
  db.transaction(() => noteAsked(db, 'history', [code('AAA'), code('BBB')], asked));
  const bars = (now: string) => need(db, 'history', at(now)).bars.map(each => each.code);
  expect([bars('2026-03-03T09:34Z'), bars('2026-03-03T09:35Z')]).toEqual([[], ['AAA', 'BBB']]);
  storeDays(db, 'AAA', ['2024-01-03', '2026-03-02', '2026-03-03']);
  expect(bars('2026-03-03T12:00Z')).toEqual([]);
});

describe('what is followed', () => {
  test('is what is held, then watched, then what was traded once; quotes are of the first two', () => {
    const db = openWithPortfolios();
    record(db, ['buy 1 OLD @ 1 on 2024-01-02', 'sell 1 OLD @ 1 on 2024-02-02', 'buy 1 ZZZ @ 1 on 2024-03-01']);
    record(db, ['buy 1 AAA @ 1 on 2024-01-02'], 'p2');
    db.transaction(() => watch(db, { code: code('WWW'), addedAt: recorded }));
    const found = need(db, 'all');
    expect([found.followed, found.quotes]).toEqual([
      ['ZZZ', 'AAA', 'WWW', 'OLD'],
      ['ZZZ', 'AAA', 'WWW'],
    ]);
    expect(found.bars.map(each => each.code)).toEqual(found.followed);
  });

  test('what returns are measured against is followed once there is an entry; an index has bars alone', () => {
    const db = openWithPortfolios();
    const measured = (benchmark: string) =>
      readRefreshNeed(db, 'all', evening, { ifDue: false, benchmark: code(benchmark) });
    expect(measured('VAS').followed).toEqual([]);
    record(db, ['buy 1 ZZZ @ 1 on 2024-03-01']);
    const fund = measured('VAS');
    expect([fund.followed, fund.quotes, fund.actions]).toEqual(Array(3).fill(['ZZZ', 'VAS']));
    const index = measured('AXJO');
    expect(index.bars.map(each => each.code)).toEqual(['ZZZ', 'AXJO']);
    expect([index.quotes, index.actions]).toEqual([['ZZZ'], ['ZZZ']]);
    expect(measured('ZZZ').followed).toEqual(['ZZZ']);
  });

  test('has nothing of an archived portfolio but its history', () => {
    const db = openWithPortfolios();
    record(db, ['buy 1 AAA @ 1 on 2024-01-02'], 'p2');
    db.transaction(() => updatePortfolio(db, 'p2', { archivedAt: recorded }));
    expect(need(db, 'prices').quotes).toEqual([]);
  });

  test('of nothing is nothing', () => {
    expect(need(openWithPortfolios(), 'history')).toMatchObject({
      followed: [],
      quotes: [],
      bars: [],
      actions: [],
      symbols: false,
    });
  });
});

describe('histories', () => {
  test('go back five years, or a year before the first entry', () => {
    const young = openWithPortfolios();
    record(young, ['buy 1 AAA @ 1 on 2025-01-02']);
    expect(need(young, 'history').bars).toEqual([{ code: 'AAA', from: '2021-03-03', whole: true }]);
    const old = openWithPortfolios();
    record(old, ['buy 1 AAA @ 1 on 2015-06-02', 'buy 1 BBB @ 1 on 2025-01-02']);
    expect(need(old, 'history').bars.map(each => each.from)).toEqual(['2014-06-02', '2014-06-02']);
  });

  test('that are complete up to yesterday are asked for the day after', () => {
    const db = openWithPortfolios();
    record(db, ['buy 1 AAA @ 1 on 2025-01-02']);
    storeDays(db, 'AAA', ['2021-03-04', '2026-03-02'], at('2026-03-02T10:00Z'));
    expect(need(db, 'history').bars).toEqual([{ code: 'AAA', from: '2026-03-03', whole: false }]);
    expect(need(db, 'history', at('2026-03-03T08:29Z')).bars).toEqual([]);
    storeDays(db, 'AAA', ['2021-03-04', '2026-03-03']);
    expect(need(db, 'history').bars).toEqual([]);
  });

  test('of a security that was listed lately are not asked for whole every day', () => {
    const db = openWithPortfolios();
    record(db, ['buy 1 IPO @ 1 on 2026-02-02']);
    storeDays(db, 'IPO', ['2026-01-05', '2026-03-02'], at('2026-03-02T10:00Z'));
    db.transaction(() => noteHistories(db, [{ code: code('IPO'), from: date('2021-03-02') }]));
    expect(need(db, 'history').bars).toEqual([{ code: 'IPO', from: '2026-03-03', whole: false }]);
  });

  test('are asked for whole again when an older entry wants more of them', () => {
    const db = openWithPortfolios();
    record(db, ['buy 1 AAA @ 1 on 2025-01-02']);
    storeDays(db, 'AAA', ['2021-03-04', '2026-03-03']);
    db.transaction(() => noteHistories(db, [{ code: code('AAA'), from: date('2021-03-03') }]));
    expect(need(db, 'history').bars).toEqual([]);
    record(db, ['buy 1 AAA @ 1 on 2012-05-01'], 'p2');
    expect(need(db, 'history').bars).toEqual([{ code: 'AAA', from: '2011-05-01', whole: true }]);
  });

  test('that were asked for in vain wait for the next end of day', () => {
    const db = openWithPortfolios();
    record(db, ['buy 1 AAA @ 1 on 2025-01-02']);
    db.transaction(() => {
      noteAsked(db, 'history', [code('AAA')], evening);
      noteAsked(db, 'actions', [code('AAA')], evening);
    });
    expect(need(db, 'history')).toMatchObject({ bars: [], actions: [] });
    expect(need(db, 'history', at('2026-03-04T08:30Z'))).toMatchObject({ actions: ['AAA'], bars: [{ code: 'AAA' }] });
  });
});

describe('quotes', () => {
  test('that came to nothing are not asked for again until the next session', () => {
    const db = openWithPortfolios();
    record(db, ['buy 1 AAA @ 1 on 2025-01-02']);
    db.transaction(() => noteAsked(db, 'quotes', [code('AAA')], at('2026-03-03T05:40Z')));
    expect(need(db, 'prices').quotes).toEqual([]);
    expect(need(db, 'prices', at('2026-03-03T23:30Z')).quotes).toEqual(['AAA']);
  });

  test('with ifDue wait for the next turn of a timer, a little early or late; without a minute', () => {
    const db = openWithPortfolios();
    record(db, ['buy 1 AAA @ 1 on 2025-01-02']);
    const noon = at('2026-03-03T01:00Z');
    db.transaction(() => noteAsked(db, 'quotes', [code('AAA')], noon));
    const quotes = (after: number, ifDue: boolean) =>
      readRefreshNeed(db, 'prices', noon + after, { ifDue }).quotes.length;
    expect([quotes(59_000, false), quotes(60_000, false), quotes(779_000, true), quotes(780_000, true)]).toEqual([
      0, 1, 0, 1,
    ]);
  });
});

describe('the whole exchange', () => {
  test('is one day, once', () => {
    const db = openWithPortfolios();
    expect(need(db, 'universe')).toMatchObject({ bulkDays: [due], symbols: true });
    db.transaction(() => noteBulkDay(db, due));
    expect(need(db, 'universe').bulkDays).toEqual([]);
    expect(need(db, 'universe', at('2026-03-04T10:00Z')).bulkDays).toEqual(['2026-03-04']);
  });

  test('serves a hundred codes that lack one day, and not ninety-nine', () => {
    const serve = (count: number, days = ['2021-03-04', '2026-03-02']) => {
      const db = openWithPortfolios();
      const codes = Array.from({ length: count }, (_, index) => `C${String(index).padStart(3, '0')}`);
      record(
        db,
        codes.map(each => `buy 1 ${each} @ 1 on 2025-01-02`),
      );
      const before = at('2026-03-02T10:00Z');
      for (const each of codes) storeDays(db, each, days, before);
      db.transaction(() => noteAsked(db, 'actions', codes.map(code), before));
      return need(db, 'history');
    };
    expect(serve(100)).toMatchObject({ bulkDays: [due], bars: [], actions: [] });
    expect(serve(99)).toMatchObject({ bulkDays: [] });
    // Two days behind, one day of the exchange would leave a gap, and two cost more than their own requests.
    expect(serve(100, ['2021-03-04', '2026-02-27']).bulkDays).toEqual([]);
    expect(serve(200, ['2021-03-04', '2026-02-27']).bulkDays).toEqual(['2026-03-02', '2026-03-03']);
  });
});
