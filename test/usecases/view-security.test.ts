import { describe, expect, it } from 'vitest';
import { parseLocalDate } from '../../src/domain/date.ts';
import { plain } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { listEntries } from '../../src/usecases/list-entries.ts';
import { watchCodes } from '../../src/usecases/manage-watchlist.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { refuseUnknownCode, viewChart, viewParcels, viewSecurity } from '../../src/usecases/view-security.ts';
import { viewWatchlist } from '../../src/usecases/view-watchlist.ts';
import { openTestApp } from '../support/app.ts';
import { at, storeCloses, storeListed, storeQuote } from './stored-market.ts';

const evening = at('2026-03-02T10:00Z');
const bhp = parseCode('BHP');
const held = async () => {
  const opened = await openTestApp({ now: evening });
  const { app } = opened;
  for (const line of [
    'buy 100 BHP @ 40 on 2024-02-02',
    'buy 50 BHP @ 60 on 2025-06-02',
    'sell 20 BHP @ 50 on 2026-02-20',
    'dividend BHP 100 franked 100% on 2026-02-10',
    'opening 10 CBA on 2025-01-02',
  ]) {
    recordEntry(app, line);
  }
  storeCloses(app, { BHP: { '2026-02-27': '49', '2026-03-02': '50' } });
  return opened;
};

describe('viewSecurity', () => {
  it('has the price, the holding, its parcels and entries, newest first', async () => {
    const { app } = await held();
    const view = viewSecurity(app, bhp);
    expect([
      view.price && plain(view.price.price),
      view.change && plain(view.change),
      view.changePct?.toFixed(4),
    ]).toEqual(['50', '1', '2.0408']);
    expect(
      view.holding && [plain(view.holding.units), plain(view.holding.costBase!), plain(view.holding.gain!)],
    ).toEqual(['130', '6200', '300']);
    expect(view.parcels.map(row => [plain(row.parcel.units), row.gain && plain(row.gain), row.discountFrom])).toEqual([
      ['80', '800', '2025-02-03'],
      ['50', '-500', '2026-06-03'],
    ]);
    expect(view.entries.map(entry => entry.kind)).toEqual(['sell', 'dividend', 'buy', 'buy']);
    expect([plain(view.incomeTotal), view.watched, view.security]).toEqual(['100', false, undefined]);
  });

  it('of a code that nobody knows is empty, and without invented numbers', async () => {
    const { app } = await held();
    const view = viewSecurity(app, parseCode('XYZ'));
    expect([view.price, view.holding, view.parcels, view.freshness]).toEqual([
      undefined,
      undefined,
      [],
      { kind: 'none' },
    ]);
  });
});

describe('viewChart', () => {
  it('has the bars of the range and what was traded in it', async () => {
    const { app } = await held();
    expect(viewChart(app, bhp, { range: '1M' })).toMatchObject({
      bars: [
        { date: '2026-02-27', close: 49 },
        { date: '2026-03-02', close: 50 },
      ],
      marks: [
        { date: '2026-02-10', kind: 'dividend' },
        { date: '2026-02-20', kind: 'sell' },
      ],
    });
  });
});

describe('viewParcels', () => {
  it('has every open parcel, or those of a code, now or on a day', async () => {
    const { app } = await held();
    const shown = (question: Parameters<typeof viewParcels>[1]) =>
      viewParcels(app, question).rows.map(
        row => `${row.parcel.code} ${plain(row.parcel.units)} ${row.perUnit ? plain(row.perUnit) : '?'}`,
      );
    expect(shown({})).toEqual(['BHP 80 40', 'BHP 50 60', 'CBA 10 ?']);
    expect(shown({ code: bhp, asOf: parseLocalDate('2025-01-02') })).toEqual(['BHP 100 40']);
  });
});

describe('listEntries', () => {
  it('is filtered by code, kind and days, and limited to the last', async () => {
    const { app } = await held();
    const lines = (filter: Parameters<typeof listEntries>[1]) =>
      listEntries(app, filter).rows.map(
        row => `${row.entry.kind} ${row.entry.on} ${row.amount ? plain(row.amount) : '–'} ${row.portfolio}`,
      );
    expect(lines({ code: parseCode('CBA') })).toEqual(['opening 2025-01-02 – Main']);
    expect(lines({ kind: 'buy' })).toEqual(['buy 2024-02-02 4000 Main', 'buy 2025-06-02 3000 Main']);
    expect(lines({ from: parseLocalDate('2026-02-10'), to: parseLocalDate('2026-02-19') })).toEqual([
      'dividend 2026-02-10 100 Main',
    ]);
    expect([lines({ limit: 1 }), listEntries(app, { limit: 1 }).count]).toEqual([['sell 2026-02-20 1000 Main'], 5]);
  });

  it('has the dollars of a dividend per unit as the ledger works them out', async () => {
    const { app } = await held();
    recordEntry(app, 'dividend BHP @ 0.50 ex 2026-02-25 on 2026-02-27');
    expect(listEntries(app, { limit: 1 }).rows.map(row => row.amount && plain(row.amount))).toEqual(['65']);
  });
});

describe('the watchlist', () => {
  it('has price, change and range, and is kept in order', async () => {
    const { app } = await held();
    storeListed(app, ['BHP']);
    const change = watchCodes(app, ['BHP', 'ZZZ', 'BHP'].map(parseCode), 'iron');
    expect([change.changed, change.warnings]).toEqual([['BHP', 'ZZZ'], ['ZZZ is not in the stored symbol list']]);
    const [first, second] = viewWatchlist(app).rows;
    expect([
      first?.code,
      first?.name,
      first?.change && plain(first.change),
      first?.low52w,
      first?.high52w,
      first?.recent,
      first?.note,
    ]).toEqual(['BHP', 'BHP Limited', '1', 49, 50, [49, 50], 'iron']);
    expect([second?.code, second?.price, second?.low52w, second?.recent]).toEqual(['ZZZ', undefined, undefined, []]);
    storeQuote(app, 'BHP', { at: '2026-03-02T23:10Z', price: '51' });
  });
});

describe('a chart without a close in its range', () => {
  it('knows when the last one was', async () => {
    const { app } = await openTestApp({ now: evening });
    storeCloses(app, { SUS: { '2025-02-27': '1', '2025-02-28': '2' } });
    expect(viewChart(app, parseCode('SUS'), { range: '6M' })).toMatchObject({ bars: [], lastOn: '2025-02-28' });
    expect(viewChart(app, bhp, { range: '6M' }).lastOn).toBeUndefined();
  });
});

describe('a code that nobody knows', () => {
  it('is refused once there is a symbol list, unless it was recorded or has prices', async () => {
    const { app } = await held();
    expect(() => refuseUnknownCode(app, parseCode('NOPEX'))).not.toThrow();
    storeListed(app, ['WES']);
    storeCloses(app, { OLD: { '2025-02-28': '2' } });
    for (const code of ['WES', 'BHP', 'CBA', 'OLD'])
      expect(() => refuseUnknownCode(app, parseCode(code))).not.toThrow();
    expect(() => refuseUnknownCode(app, parseCode('NOPEX'))).toThrow(
      'There is no ASX code "NOPEX" in the stored symbol list',
    );
  });
});
