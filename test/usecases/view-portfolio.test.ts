import { describe, expect, it, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { insertEntries } from '../../src/db/entries.ts';
import { storeSecurities } from '../../src/db/securities.ts';
import { storeSplits } from '../../src/db/splits.ts';
import { parseLocalDate } from '../../src/domain/date.ts';
import { decimal, plain } from '../../src/domain/decimal.ts';
import { parseEntryLine } from '../../src/domain/ledger/entry-line.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { archivePortfolio, createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import { editEntry, recordEntry, removeEntry } from '../../src/usecases/record-entry.ts';
import { type PortfolioQuestion, viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import { openTestApp } from '../support/app.ts';
import { cpuTime } from '../support/cpu-time.ts';
import { at, storeCloses, storeListed, storeQuote } from './stored-market.ts';

/** Monday 2 March 2026, 21:00 in Sydney: the end of that day is due. */
const evening = at('2026-03-02T10:00Z');
const date = parseLocalDate;
const record = (app: App, ...lines: string[]): void => {
  for (const line of lines) recordEntry(app, line);
};
const text = (value: Parameters<typeof plain>[0] | undefined): string => (value === undefined ? '–' : plain(value));
const rows = (app: App, question: PortfolioQuestion = {}): string[] =>
  viewPortfolio(app, question).holdings.map(
    row =>
      `${row.code} ${plain(row.units)} cost ${text(row.costBase)} value ${text(row.value)} day ${text(row.dayChange)}`,
  );
const storeSplit = (app: App, code: string, on: string, newUnits: string, oldUnits: string): void =>
  app.db.transaction(() =>
    storeSplits(
      app.db,
      [{ code: parseCode(code), date: date(on), newUnits: decimal(newUnits), oldUnits: decimal(oldUnits) }],
      app.now(),
    ),
  );

describe('what is not known', () => {
  it('with nothing recorded is empty, complete and without a warning', async () => {
    const { app } = await openTestApp({ now: evening });
    const view = viewPortfolio(app);
    expect([view.holdings, view.coverage, view.warnings, view.scope.name]).toEqual([[], 1, [], 'No portfolio yet']);
    expect([view.freshness.kind, view.totals.value]).toEqual(['none', undefined]);
  });

  it('an unknown cost lowers the coverage, names the holding, and changes the meaning of no total', async () => {
    const { app } = await openTestApp({ now: evening });
    record(app, 'buy 10 BHP @ 40 on 2026-02-02', 'buy 10 CBA @ 100 on 2026-02-02', 'opening 10 VAS on 2026-02-02');
    storeCloses(app, {
      BHP: { '2026-03-02': '50' },
      CBA: { '2026-03-02': '90' },
      VAS: { '2026-03-02': '99' },
    });
    const view = viewPortfolio(app);
    expect(view.coverage).toBeCloseTo(2 / 3, 12);
    expect(view.warnings).toContain('1 of 3 with a parcel of unknown cost: VAS');
    expect([view.totals.value, view.totals.costBase, view.totals.gain].map(text)).toEqual(['2390', '1400', '0']);
    expect(view.totals.unknownCost).toBe(1);
  });

  it('an unpriced holding lowers the coverage and is named', async () => {
    const { app } = await openTestApp({ now: evening });
    record(app, 'buy 10 BHP @ 40 on 2026-02-02', 'buy 10 CBA @ 100 on 2026-02-02');
    storeCloses(app, { BHP: { '2026-02-27': '49', '2026-03-02': '50' } });
    const view = viewPortfolio(app);
    expect(rows(app)).toEqual(['BHP 10 cost 400 value 500 day 10', 'CBA 10 cost 1000 value – day –']);
    expect([view.coverage, view.totals.unpriced, text(view.totals.gain)]).toEqual([0.5, 1, '100']);
    expect(view.warnings).toEqual(['1 of 2 unpriced: CBA; run asxos refresh']);
  });

  it('a stale price is used, without a day change, and says since when', async () => {
    const { app } = await openTestApp({ now: evening });
    record(app, 'buy 10 BHP @ 40 on 2026-02-02');
    storeCloses(app, { BHP: { '2026-02-25': '49', '2026-02-26': '50' } });
    const view = viewPortfolio(app);
    expect(rows(app)).toEqual(['BHP 10 cost 400 value 500 day –']);
    expect([view.totals.stale, view.freshness.kind, view.warnings]).toEqual([
      1,
      'stale',
      ['BHP: no newer price than 2026-02-26'],
    ]);
  });

  it('yesterday’s change is not today’s once a session has opened', async () => {
    const { app, clock } = await openTestApp({ now: evening });
    record(app, 'buy 10 BHP @ 40 on 2026-02-02');
    storeCloses(app, { BHP: { '2026-02-27': '49', '2026-03-02': '50' } });
    clock.now = at('2026-03-02T22:59Z');
    expect(text(viewPortfolio(app).totals.dayChange)).toBe('10');
    clock.now = at('2026-03-02T23:00Z');
    expect(viewPortfolio(app).totals.dayChange).toBeUndefined();
    storeQuote(app, 'BHP', { at: '2026-03-02T23:10Z', price: '50.5' });
    clock.now = at('2026-03-02T23:30Z');
    expect(text(viewPortfolio(app).totals.dayChange)).toBe('5');
  });
});

describe('weights', () => {
  it('are of the priced securities and the cash', async () => {
    const { app } = await openTestApp({ now: evening });
    createPortfolio(app, 'Trading', { cash: true });
    record(app, 'deposit 1000 on 2026-02-02', 'buy 10 BHP @ 40 on 2026-02-02', 'buy 1 CBA @ 100 on 2026-02-02');
    storeCloses(app, { BHP: { '2026-03-02': '50' } });
    const view = viewPortfolio(app);
    // 500 of 500 + 500 in cash; CBA has no price and no weight.
    expect(view.holdings.map(row => row.weightPct)).toEqual([50, undefined]);
    expect(text(view.totals.cash)).toBe('500');
  });
});

describe('consolidations', () => {
  const held = 'buy 23346 AUZ @ 0.08 total 2020.70 on 2017-10-19';

  it('recorded after the price was made leave the value where it was', async () => {
    const { app } = await openTestApp({ now: evening });
    record(app, held);
    storeCloses(app, { AUZ: { '2026-02-27': '0.010', '2026-03-02': '0.010' } });
    expect(rows(app)).toEqual(['AUZ 23346 cost 2020.7 value 233.46 day 0']);
    record(app, 'consolidation AUZ 1:10 on 2026-03-03');
    // 2,335 units at 0.10: the four units that rounding up gave are worth 0.04 together.
    expect(rows(app)).toEqual(['AUZ 2335 cost 2020.7 value 233.5 day 0']);
    expect(viewPortfolio(app).warnings).toContain('AUZ: price of 2026-03-02, restated for later splits');
  });

  it('that the market had and the ledger has not are named, with the entry to add', async () => {
    const { app } = await openTestApp({ now: evening });
    record(app, held);
    storeCloses(app, { AUZ: { '2026-02-27': '0.10', '2026-03-02': '0.10' } });
    storeSplit(app, 'AUZ', '2024-11-01', '1', '10');
    const line = 'consolidation AUZ 1:10 on 2024-11-01';
    const warning = `AUZ: a consolidation of 1:10 on 2024-11-01 is not recorded; add it: asxos add "${line}"`;
    expect(viewPortfolio(app).warnings).toEqual([warning]);
    record(app, line);
    expect([viewPortfolio(app).warnings, rows(app)]).toEqual([[], ['AUZ 2335 cost 2020.7 value 233.5 day 0']]);
  });

  it('are not missed where they came before the units, a split is the ledger’s own within days, or the ratio is no change of units', async () => {
    const { app } = await openTestApp({ now: evening });
    record(
      app,
      'buy 10 BHP @ 40 on 2025-02-03',
      'transfer-in 10 CBA cost 100 acquired 2010-01-04 on 2025-02-03',
      'buy 10 VAS @ 90 on 2025-02-03',
      'split VAS 2:1 on 2025-06-05',
    );
    storeSplit(app, 'BHP', '2025-02-03', '2', '1');
    storeSplit(app, 'CBA', '2020-02-03', '2', '1');
    storeSplit(app, 'VAS', '2025-06-02', '2', '1');
    storeSplit(app, 'BHP', '2025-05-01', '0.9936', '1');
    storeSplit(app, 'BHP', '2025-05-02', '114.42', '100');
    const missing = () => viewPortfolio(app).warnings.filter(warning => warning.includes('not recorded'));
    expect(missing()).toEqual([]);
    storeSplit(app, 'BHP', '2025-05-05', '3', '2');
    expect(missing()).toEqual([
      'BHP: a split of 3:2 on 2025-05-05 is not recorded; add it: asxos add "split BHP 3:2 on 2025-05-05"',
    ]);
    // As of a day before it, nothing is missing.
    expect(viewPortfolio(app, { asOf: date('2025-05-04') }).warnings.some(each => each.includes('not recorded'))).toBe(
      false,
    );
  });
});

describe('as of a day', () => {
  it('are the units and the close of that day', async () => {
    const { app } = await openTestApp({ now: evening });
    record(
      app,
      'buy 100 BHP @ 40 on 2026-02-02',
      'sell 60 BHP @ 45 on 2026-02-20',
      'consolidation BHP 1:4 on 2026-03-02',
    );
    storeCloses(app, {
      BHP: { '2026-02-02': '41', '2026-02-19': '44', '2026-02-20': '45', '2026-02-27': '46', '2026-03-02': '180' },
    });
    expect(rows(app, { asOf: date('2026-02-01') })).toEqual([]);
    expect(rows(app, { asOf: date('2026-02-02') })).toEqual(['BHP 100 cost 4000 value 4100 day –']);
    expect(rows(app, { asOf: date('2026-02-20') })).toEqual(['BHP 40 cost 1600 value 1800 day 40']);
    // Saturday: Friday's close, in the units of that day.
    expect(rows(app, { asOf: date('2026-02-28') })).toEqual(['BHP 40 cost 1600 value 1840 day –']);
    expect(rows(app)).toEqual(['BHP 10 cost 1600 value 1800 day -40']);
  });

  it('a later entry counts today, with a warning, and not as of today', async () => {
    const { app } = await openTestApp({ now: evening });
    record(app, 'buy 100 BHP @ 40 on 2026-02-02', 'buy 50 BHP @ 40 on 2026-03-09');
    expect(viewPortfolio(app).warnings).toContain(
      '1 entry is dated after today (2026-03-02) and counted already; --as-of 2026-03-02 leaves it out',
    );
    expect(rows(app)).toEqual(['BHP 150 cost 6000 value – day –']);
    expect(rows(app, { asOf: date('2026-03-02') })).toEqual(['BHP 100 cost 4000 value – day –']);
  });
});

describe('as known at an instant', () => {
  it('is what was recorded then, before later edits and deletions', async () => {
    const { app, clock } = await openTestApp({ now: evening });
    const buy = recordEntry(app, 'buy 100 BHP @ 40 on 2026-02-02').entry;
    const other = recordEntry(app, 'buy 5 CBA @ 100 on 2026-02-02').entry;
    const first = clock.now;
    clock.now += 60_000;
    editEntry(app, buy.id, 'buy 90 BHP @ 41 on 2026-02-02');
    const second = clock.now;
    clock.now += 60_000;
    removeEntry(app, other.id);
    const known = (instant: number) => rows(app, { knownAt: instant });
    expect(known(first - 1)).toEqual([]);
    expect(known(first)).toEqual(['BHP 100 cost 4000 value – day –', 'CBA 5 cost 500 value – day –']);
    expect(known(second)).toEqual(['BHP 90 cost 3690 value – day –', 'CBA 5 cost 500 value – day –']);
    expect(known(clock.now)).toEqual(['BHP 90 cost 3690 value – day –']);
    expect(rows(app, { knownAt: first, asOf: date('2026-02-01') })).toEqual([]);
  });
});

describe('several portfolios', () => {
  it('are viewed one by one, or all that are open', async () => {
    const { app } = await openTestApp({ now: evening });
    createPortfolio(app, 'Ours');
    createPortfolio(app, 'Super', { taxpayer: 'smsf' });
    recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02');
    recordEntry(app, 'buy 5 BHP @ 50 on 2026-02-02', { portfolio: 'Super' });
    expect(rows(app)).toEqual(['BHP 10 cost 400 value – day –']);
    expect(rows(app, { portfolio: 'all' })).toEqual(['BHP 15 cost 650 value – day –']);
    archivePortfolio(app, 'Super');
    expect(rows(app, { portfolio: 'all' })).toEqual(['BHP 10 cost 400 value – day –']);
    expect(rows(app, { portfolio: 'Super' })).toEqual(['BHP 5 cost 250 value – day –']);
  });

  it('a split that stands in both restates the price once', async () => {
    const { app } = await openTestApp({ now: evening });
    createPortfolio(app, 'Ours');
    createPortfolio(app, 'Super');
    for (const portfolio of ['Ours', 'Super']) {
      recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02', { portfolio });
      recordEntry(app, 'split BHP 2:1 on 2026-03-03', { portfolio });
    }
    storeCloses(app, { BHP: { '2026-02-27': '50', '2026-03-02': '50' } });
    expect(rows(app, { portfolio: 'all' })).toEqual(['BHP 40 cost 800 value 1000 day 0']);
  });
});

describe('names and the calendar', () => {
  it('has the name of the symbol list, and warns past the end of the calendar', async () => {
    const { app, clock } = await openTestApp({ now: evening });
    storeListed(app, ['BHP']);
    record(app, 'buy 10 BHP @ 40 on 2026-02-02');
    expect(viewPortfolio(app).holdings.map(row => row.name)).toEqual(['BHP Limited']);
    clock.now = at('2028-03-02T10:00Z');
    expect(viewPortfolio(app).warnings.at(-1)).toMatch(/^The trading calendar ends on 2027-12-31/);
  });
});

it('names what has left the exchange’s list, and the price it keeps', async () => {
  const { app } = await openTestApp({ now: evening });
  record(app, 'buy 10 BHP @ 40 on 2026-02-02', 'buy 10 SGR @ 1 on 2026-02-02');
  storeCloses(app, { BHP: { '2026-03-02': '43' }, SGR: { '2026-02-20': '0.5' } });
  app.db.transaction(() => {
    const security = (code: string) => ({ code: parseCode(code), name: `${code} Limited`, kind: 'share' as const });
    storeSecurities(app.db, [security('BHP'), { ...security('SGR'), listed: false }], app.now());
  });
  expect(viewPortfolio(app).warnings).toEqual([
    'SGR: no newer price than 2026-02-20',
    "SGR: no longer on the exchange's list, and is valued at its price of 2026-02-20; record what became of it",
  ]);
});

describe('at size', () => {
  it('shows 10,000 entries of 200 codes within a second, prices included', async () => {
    const { app } = await openTestApp({ now: evening });
    const { portfolio } = recordEntry(app, 'buy 1 BHP @ 40 on 2015-02-02').entry;
    const today = app.today();
    const lines = Array.from({ length: 200 }, (_, index) =>
      ['buy 100', 'buy 50', 'sell 20', 'buy 10', 'sell 30'].map(
        what => `${what} C${String(index).padStart(3, '0')} @ 2.5 fee 9.95`,
      ),
    ).flat();
    const entries = Array.from({ length: 10 }, (_, year) =>
      lines.map(line => ({
        ...parseEntryLine(`${line} on ${2015 + year}-06-02`, { today }),
        id: app.newId(),
        portfolio,
      })),
    ).flat();
    app.db.transaction(() => insertEntries(app.db, entries, app.now()));
    const days = Array.from({ length: 12 }, (_, index) => `2026-02-${String(10 + index)}`);
    const closes = Object.fromEntries(days.map(day => [day, '2.5']));
    storeCloses(app, Object.fromEntries(entries.map(entry => [entry.code ?? '', closes])));
    expect(cpuTime(() => viewPortfolio(app))).toBeLessThan(1000);
    const view = viewPortfolio(app);
    expect([view.entries.length, view.holdings.length]).toEqual([10_001, 201]);
  });
});

test('a day ahead is said to be valued at the prices there are', async () => {
  const { app } = await openTestApp({ now: evening });
  record(app, 'buy 10 BHP @ 40 on 2026-02-02');
  storeCloses(app, { BHP: { '2026-03-02': '50' } });
  const warnings = (asOf: string) => viewPortfolio(app, { asOf: date(asOf) }).warnings;
  expect(warnings('2026-03-02')).toEqual([]);
  expect(warnings('2026-11-02')).toEqual([
    '2026-11-02 is after today (2026-03-02): units as recorded up to then, at the prices there are today',
  ]);
});
