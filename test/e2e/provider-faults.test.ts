/**
 * A provider that is torn, slow or lies, and clocks that jump: nothing of it is stored or shown as a price, what was
 * stored stays, the report says what went wrong, and the next refresh of a provider that is well again does the work.
 */
import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { listJobRuns } from '../../src/db/jobs.ts';
import { barsOf, priceHistories } from '../../src/db/prices.ts';
import { entriesText } from '../../src/db/rewind.ts';
import { addDays, day, type Instant, sydneyDate } from '../../src/domain/date.ts';
import { plain } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { Failure } from '../../src/failure.ts';
import { refreshFundamentals } from '../../src/usecases/refresh-fundamentals.ts';
import { type RefreshReport, refresh } from '../../src/usecases/refresh-prices.ts';
import { runDue } from '../../src/usecases/run-due.ts';
import { viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import { openTestApp, type TestApp } from '../support/app.ts';
import type { Fault } from '../support/eodhd-server.ts';
import {
  barRow,
  evening,
  json,
  listed,
  openWith,
  quoteRow,
  reasons,
  record,
  user,
} from '../usecases/scripted-market.ts';
import { at, storeCloses } from '../usecases/stored-market.ts';

const bhp = parseCode('BHP');
const bought = 'buy 10 BHP @ 40 on 2026-02-02';
const seconds = evening / 1000;
const good: Fault[] = [user(0, 1000), json('real-time', quoteRow('BHP', 51, seconds)), ...listed('BHP', 51)];
const cut = JSON.stringify([barRow('2026-03-02', 51)]).slice(0, -20);

const worthOf = (app: App): string | undefined => {
  const [row] = viewPortfolio(app).holdings;
  return row?.value && plain(row.value);
};
const expectWhole = ({ db }: App): void => {
  expect(db.raw.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(db.raw.pragma('foreign_key_check')).toEqual([]);
};

/** What a refresh reports, or says in failing as a whole. */
async function reported(work: Promise<RefreshReport>): Promise<string[]> {
  try {
    return reasons(await work);
  } catch (error) {
    if (error instanceof Failure) return [error.message];
    throw error;
  }
}

/** BHP at 50 on Friday; the Monday is asked for. */
async function openKnowing(faults: readonly Fault[]): Promise<TestApp> {
  const opened = await openWith([...faults, ...good], bought);
  storeCloses(opened.app, { BHP: { '2026-02-26': '49', '2026-02-27': '50' } });
  return opened;
}

const bars = (...rows: readonly object[]): Fault => json('eod/BHP.AU', rows);
const quote = (row: object): Fault => json('real-time', row);

/** What is answered, what is said of it, and what ten BHP are worth then: still 500 where nothing could be believed. */
type Lie = readonly [string, readonly Fault[], RegExp | undefined, string];
const isNoDay: Fault = quote({ code: 'BHP.AU', timestamp: 'NA', close: 'NA', previousClose: 'NA' });
const lies: readonly Lie[] = [
  ['a connection reset before any answer', [{ path: 'eod/', drop: true }, isNoDay], /could not be reached/, '500'],
  ['a connection reset in the middle', [{ path: 'eod/', body: cut, truncate: true }, isNoDay], /broke off/, '500'],
  ['half a JSON', [{ path: 'eod/', body: cut }, isNoDay], /not the JSON expected/, '500'],
  ['a page of HTML under 200', [{ path: 'eod/', body: '<html><b>Welcome</b></html>' }, isNoDay], /not the JSON/, '500'],
  ['an empty answer', [{ path: 'eod/', body: '' }, isNoDay], /an empty answer/, '500'],
  ['an empty list', [bars(), isNoDay], undefined, '500'],
  ['a negative price', [bars(barRow('2026-03-02', -51)), isNoDay], /none of which can be/, '500'],
  ['a price of nothing', [bars(barRow('2026-03-02', 0)), isNoDay], /none of which can be/, '500'],
  ['a price a thousand times as high', [bars(barRow('2026-03-02', 51_000)), isNoDay], undefined, '500'],
  ['a bar of a day to come', [bars(barRow('2026-03-20', 77)), isNoDay], undefined, '500'],
  ['one day twice', [bars(barRow('2026-03-02', 52), barRow('2026-03-02', 51)), isNoDay], undefined, '510'],
  ['a quote of another code', [bars(), quote(quoteRow('CBA', 170, seconds))], undefined, '500'],
  ['a quote of a day to come', [bars(), quote(quoteRow('BHP', 77, seconds + 86_400 * 20))], undefined, '500'],
  ['a negative quote', [bars(), quote(quoteRow('BHP', -51, seconds))], undefined, '500'],
  ['a quote a thousand times as high', [bars(), quote(quoteRow('BHP', 51_000, seconds))], undefined, '500'],
];

describe('a provider that is torn or lies', () => {
  it.each(lies)('%s', async (_name, faults, said, value) => {
    const { app, server, clock } = await openKnowing(faults);
    const entries = entriesText(app.db);
    const words = (await reported(refresh(app, { target: 'all' }))).join('\n');
    if (said !== undefined) expect(words).toMatch(said);
    expect(worthOf(app)).toBe(value);
    expect(entriesText(app.db)).toBe(entries);
    const stored = barsOf(app.db, bhp);
    expect(stored.filter(bar => bar.date > '2026-03-02')).toEqual([]);
    expect(stored.slice(0, 2).map(bar => plain(bar.close))).toEqual(['49', '50']);
    expectWhole(app);
    // Well again the next day, with what was missed.
    server.clearFaults();
    const next = [
      barRow('2026-02-26', 49),
      barRow('2026-02-27', 50),
      barRow('2026-03-02', 51),
      barRow('2026-03-03', 52),
    ];
    for (const fault of [user(0, 1000, '2026-03-03'), json('eod/BHP.AU', next), ...listed('BHP').slice(1)]) {
      server.setFault(fault);
    }
    server.setFault(json('real-time', quoteRow('BHP', 52, seconds + 86_400)));
    clock.now = evening + day;
    expect((await refresh(app, { target: 'all' })).updated).toEqual(['BHP']);
    expect(worthOf(app)).toBe('520');
    expect(priceHistories(app.db, [bhp]).get(bhp)?.lastDate).toBe('2026-03-03');
  });

  it('dividends and splits of nonsense are left out, and one in another currency is not taken for dollars', async () => {
    const { app } = await openKnowing([
      json('div/BHP.AU', [
        { date: '2026-02-30', value: 1 },
        { date: '2026-02-12', value: -3, currency: 'AUD' },
        { date: '2026-02-13', value: 'lots', currency: 'AUD' },
        { date: '2026-02-16', value: 0.6, currency: 'USD' },
      ]),
      json('splits/BHP.AU', [
        { date: '2026-02-12', split: '0/1' },
        { date: '2026-02-13', split: '3' },
      ]),
    ]);
    await refresh(app, { target: 'history' });
    const rows = app.db.raw.prepare('SELECT ex_date, per_unit, currency FROM dividends').all();
    expect(rows).toEqual([{ ex_date: '2026-02-16', per_unit: '0.6', currency: 'USD' }]);
    expect(app.db.raw.prepare('SELECT count(*) AS n FROM splits').get()).toEqual({ n: 0 });
    expect(worthOf(app)).toBe('510');
  });

  it('fundamentals of another company are refused, and nothing is stored of them', async () => {
    const general = { Code: 'CBA', Name: 'Commonwealth Bank', Type: 'Common Stock', Sector: 'Financial Services' };
    const { app } = await openKnowing([json('fundamentals/BHP.AU', { General: general })]);
    const words = await reported(refreshFundamentals(app, { codes: [bhp] }));
    expect(words.join()).toContain('EODHD answered the fundamentals of BHP.AU with those of another security');
    expect(app.db.raw.prepare('SELECT count(*) AS n FROM company_facts').get()).toEqual({ n: 0 });
  });

  it('a day of the exchange that holds other days stores none of those', async () => {
    const codes = Array.from({ length: 150 }, (_, index) => `C${String(index).padStart(2, '0')}`);
    const bulk = codes.map((code, index) => ({
      code,
      exchange_short_name: 'AU',
      ...barRow(index % 2 === 0 ? '2026-03-02' : '2026-03-20', 5),
    }));
    const faults = [user(0, 100_000), json('eod-bulk-last-day/AU', bulk), json('eod/', []), json('div/', [])];
    const { app } = await openTestApp({ now: evening, faults });
    await refresh(app, { target: 'universe', universe: 'liquid' }).catch(error => {
      if (!(error instanceof Failure)) throw error;
    });
    const days = app.db.raw.prepare('SELECT date, count(*) AS n FROM prices GROUP BY date').all();
    expect(days).toEqual([{ date: '2026-03-02', n: 75 }]);
  });
});

describe('a clock that jumps', () => {
  const market = (): Fault[] => [
    user(0, 1000),
    json('exchange-symbol-list', [{ Code: 'BHP', Name: 'BHP Group', Type: 'Common Stock', Currency: 'AUD' }]),
    json('exchange-details', { Name: 'ASX', ExchangeHolidays: {}, TradingHours: {} }),
    json('real-time', quoteRow('BHP', 51, seconds)),
    ...listed('BHP', 51),
    json('fundamentals/BHP', { General: { Type: 'Common Stock' } }),
  ];
  const next = addDays(sydneyDate(evening), 1);

  /** Runs what is due at each of these instants, then a day after the first; what it asked for and did in that last run. */
  async function lastOf(times: readonly Instant[]) {
    const { app, server, clock } = await openTestApp({ now: evening, faults: market() });
    record(app, bought);
    for (const now of times) {
      clock.now = now;
      await runDue(app).catch(error => {
        if (!(error instanceof Failure)) throw error;
      });
    }
    const before = server.requests.length;
    clock.now = evening + day;
    server.clearFaults();
    const days = ['2026-02-26', '2026-02-27', '2026-03-02', next];
    for (const fault of [
      json(
        'eod/BHP.AU',
        days.map(date => barRow(date, 52)),
      ),
      json('real-time', quoteRow('BHP', 52, seconds + 86_400)),
      ...market(),
    ]) {
      server.setFault(fault);
    }
    const { jobs, updated } = await runDue(app);
    const asked = new Set(server.requests.slice(before).map(({ path }) => path.split('/')[0]));
    expectWhole(app);
    expect(listJobRuns(app.db, 50).every(run => run.finishedAt !== undefined)).toBe(true);
    // And nothing is due any more.
    expect((await runDue(app)).jobs).toEqual([]);
    return { jobs: new Set(jobs), updated, asked, value: worthOf(app) };
  }

  it.each([
    ['a day back', evening - day],
    ['a month back', evening - 30 * day],
    ['a year forth', evening + 365 * day],
    ['to the beginning of time', at('1970-01-02T00:00Z')],
  ])('%s and then right again: the next day is fetched as by one that never jumped', async (_name, jump) => {
    const steady = await lastOf([evening]);
    expect(steady).toMatchObject({ updated: ['BHP'], value: '520' });
    const jumped = await lastOf([evening, jump]);
    expect(jumped).toMatchObject({ updated: ['BHP'], value: '520' });
    for (const path of steady.asked) expect(jumped.asked).toContain(path);
    for (const job of steady.jobs) expect(jumped.jobs).toContain(job);
  });

  it('wrong from the first start on, and then right: all of it is fetched', async () => {
    for (const jump of [evening + 365 * day, evening - 30 * day]) {
      expect(await lastOf([jump])).toMatchObject({ updated: ['BHP'], value: '520' });
    }
  });
});
