import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { noteAsked } from '../../src/db/asked.ts';
import { replaceDividends } from '../../src/db/dividends.ts';
import type { NotificationDraft } from '../../src/domain/alerts/notification.ts';
import { parseLocalDate } from '../../src/domain/date.ts';
import { plain, price } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import { notify } from '../../src/usecases/notify.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { viewDashboard, viewValueSeries } from '../../src/usecases/view-dashboard.ts';
import { viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import { openTestApp } from '../support/app.ts';
import { at, storeCloses, storeQuote } from './stored-market.ts';

const evening = at('2026-03-02T10:00Z');
const record = (app: App, ...lines: string[]): void => {
  for (const line of lines) recordEntry(app, line);
};
const storeDividend = (app: App, code: string, exDate: string, perUnit: string, paidOn: string): void =>
  app.db.transaction(() =>
    replaceDividends(
      app.db,
      parseCode(code),
      [
        {
          code: parseCode(code),
          exDate: parseLocalDate(exDate),
          paidOn: parseLocalDate(paidOn),
          perUnit: price(perUnit),
          currency: 'AUD',
        },
      ],
      app.now(),
    ),
  );
const dashboard = (app: App) => viewDashboard(app, viewPortfolio(app));

describe('movers and needs', () => {
  it('are the largest moves in dollars, and what wants attention', async () => {
    const { app } = await openTestApp({ now: evening });
    record(
      app,
      'buy 10 AAA @ 40 on 2024-02-02',
      'buy 100 BBB @ 4 on 2024-02-02',
      'buy 1 CCC @ 4 on 2024-02-02',
      'buy 1 DDD @ 4 on 2024-02-02',
    );
    storeCloses(app, {
      AAA: { '2026-02-27': '50', '2026-03-02': '50.5' },
      BBB: { '2026-02-27': '5', '2026-03-02': '4.9' },
      CCC: { '2026-02-25': '5' },
    });
    const { movers, needs } = dashboard(app);
    expect(movers.map(row => [row.code, row.dayChange && plain(row.dayChange)])).toEqual([
      ['BBB', '-10'],
      ['AAA', '5'],
    ]);
    expect(needs).toEqual([
      { kind: 'unpriced', codes: ['DDD'], since: undefined },
      { kind: 'stale', codes: ['CCC'], since: '2026-02-25' },
    ]);
  });

  it('tells what a refresh was asked for and did not bring from what it may bring', async () => {
    const { app } = await openTestApp({ now: evening });
    record(app, 'buy 10 AAA @ 40 on 2024-02-02', 'buy 1 CCC @ 4 on 2024-02-02');
    storeCloses(app, { AAA: { '2026-02-27': '50' }, CCC: { '2025-02-28': '5' } });
    app.db.transaction(() => noteAsked(app.db, 'history', [parseCode('CCC')], app.now()));
    expect(dashboard(app).needs).toEqual([
      { kind: 'stale', codes: ['AAA'], since: '2026-02-27' },
      { kind: 'quiet', codes: ['CCC'], since: '2025-02-28' },
    ]);
  });

  it('tells of a discount that begins within 30 days, for a parcel in gain', async () => {
    const { app } = await openTestApp({ now: evening });
    record(app, 'buy 10 AAA @ 40 on 2025-03-20', 'buy 5 AAA @ 90 on 2025-03-21', 'buy 1 AAA @ 40 on 2025-05-01');
    storeCloses(app, { AAA: { '2026-03-02': '50' } });
    const discounts = dashboard(app).needs.filter(need => need.kind === 'discount');
    expect(discounts.map(need => [need.code, plain(need.units), need.on, need.days])).toEqual([
      ['AAA', '10', '2026-03-21', 19],
    ]);
  });

  it('tells of an ex-date within ten days, with the dollars', async () => {
    const { app } = await openTestApp({ now: evening });
    record(app, 'buy 333 AAA @ 40 on 2025-03-20', 'buy 1 BBB @ 40 on 2025-03-20');
    storeDividend(app, 'AAA', '2026-03-12', '0.475', '2026-03-30');
    storeDividend(app, 'BBB', '2026-03-13', '1', '2026-03-30');
    const soon = dashboard(app).needs.filter(need => need.kind === 'ex-dividend');
    expect(soon.map(need => [need.code, need.on, need.days, need.amount && plain(need.amount)])).toEqual([
      ['AAA', '2026-03-12', 10, '158.18'],
    ]);
  });

  it('tells of entries dated after today, which the value counts already', async () => {
    const { app } = await openTestApp({ now: evening });
    record(app, 'buy 10 AAA @ 40 on 2026-02-02', 'buy 5 AAA @ 41 on 2026-03-03', 'buy 5 AAA @ 41 on 2026-04-03');
    storeCloses(app, { AAA: { '2026-03-02': '40' } });
    expect(dashboard(app).needs).toEqual([{ kind: 'ahead', count: 2 }]);
  });

  it('shows urgent news, once for each event', async () => {
    const { app } = await openTestApp({ now: evening });
    const draft: NotificationDraft = {
      type: 'portfolio_alert',
      priority: 'high',
      title: 'AAA below 40',
      message: 'AAA trades at 39.90',
      data: { code: 'AAA' },
      createdAt: app.now(),
      eventKey: 'below|AAA|40',
    };
    const first = notify(app, draft);
    expect([first === undefined, notify(app, draft), dashboard(app).unread]).toEqual([false, undefined, 1]);
    expect(dashboard(app).needs.map(need => need.kind)).toEqual(['notification']);
  });
});

describe('income of the year', () => {
  it('is what was paid since July, with the credits that are known and the number that are not', async () => {
    const { app } = await openTestApp({ now: evening });
    record(
      app,
      'buy 100 AAA @ 40 on 2024-02-02',
      'dividend AAA 100 franked 100% on 2025-06-30',
      'dividend AAA 70 franked 100% on 2025-07-01',
      'dividend AAA 50 on 2025-12-01',
      'dividend AAA 99 on 2026-04-01',
    );
    const { income } = dashboard(app);
    expect([
      income.financialYear,
      plain(income.received),
      income.franking && plain(income.franking),
      income.unknownFranking,
    ]).toEqual([2026, '120', '30', 1]);
  });

  it('with no franking known has none, not zero', async () => {
    const { app } = await openTestApp({ now: evening });
    record(app, 'buy 100 AAA @ 40 on 2024-02-02', 'dividend AAA 50 on 2025-12-01');
    expect(dashboard(app).income.franking).toBeUndefined();
    expect(plain(dashboard((await openTestApp({ now: evening })).app).income.received)).toBe('0');
  });
});

describe('the next payment', () => {
  const next = (app: App) => {
    const { next } = dashboard(app).income;
    return next && [next.code, next.on, plain(next.amount)];
  };

  it('is on the units held before the ex-date, not on those held now', async () => {
    const { app } = await openTestApp({ now: evening });
    record(app, 'buy 100 AAA @ 40 on 2025-03-20', 'sell 60 AAA @ 40 on 2026-02-20', 'buy 500 AAA @ 40 on 2026-02-25');
    storeDividend(app, 'AAA', '2026-02-20', '0.50', '2026-03-20');
    expect(next(app)).toEqual(['AAA', '2026-03-20', '50']);
  });

  it('is also of what was sold after its ex-date, and not of what was bought on it', async () => {
    const { app } = await openTestApp({ now: evening });
    record(app, 'buy 100 AAA @ 40 on 2025-03-20', 'sell 100 AAA @ 40 on 2026-02-24', 'buy 9 BBB @ 4 on 2026-02-20');
    storeDividend(app, 'AAA', '2026-02-23', '0.50', '2026-03-20');
    storeDividend(app, 'BBB', '2026-02-20', '0.50', '2026-03-10');
    expect(next(app)).toEqual(['AAA', '2026-03-20', '50']);
  });
});

describe('the value over time', () => {
  it('ends at the prices of the holdings, a quote of a day without a close included', async () => {
    const { app } = await openTestApp({ now: at('2026-03-07T01:00Z') });
    record(app, 'buy 10 AAA @ 40 on 2026-03-02');
    storeCloses(app, { AAA: { '2026-03-05': '41' } });
    storeQuote(app, 'AAA', { at: '2026-03-06T05:10Z', price: '43' });
    const { holdings, totals } = viewPortfolio(app);
    const { points } = viewValueSeries(app, { range: '1M', holdings });
    expect([totals.value && plain(totals.value), points.slice(-3)]).toEqual([
      '430',
      [
        { date: '2026-03-05', value: 410 },
        { date: '2026-03-06', value: 410 },
        { date: '2026-03-07', value: 430 },
      ],
    ]);
  });

  it('leaves out what is dated later, a consolidation too', async () => {
    const { app } = await openTestApp({ now: evening });
    record(app, 'buy 10 AAA @ 40 on 2026-02-16', 'buy 10 BBB @ 4 on 2026-02-16');
    record(app, 'consolidation AAA 1:5 on 2026-04-01', 'sell 10 BBB @ 4 on 2026-04-01');
    storeCloses(app, { AAA: { '2026-03-02': '42' }, BBB: { '2026-03-02': '5' } });
    const { holdings } = viewPortfolio(app);
    expect(viewValueSeries(app, { range: '1M', holdings }).points.at(-1)).toEqual({ date: '2026-03-02', value: 470 });
  });

  it('ends at what the portfolio is worth now, cash included', async () => {
    const { app } = await openTestApp({ now: evening });
    createPortfolio(app, 'Trading', { cash: true });
    record(app, 'deposit 1000 on 2026-02-02', 'buy 10 AAA @ 40 on 2026-02-16', 'consolidation AAA 1:5 on 2026-02-27');
    storeCloses(app, { AAA: { '2026-02-16': '40', '2026-02-26': '42', '2026-02-27': '210', '2026-03-02': '215' } });
    const { points, excluded } = viewValueSeries(app, { range: '1M' });
    const valueOn = (date: string) => points.find(point => point.date === date)?.value;
    expect([points[0]?.date, valueOn('2026-02-16'), valueOn('2026-02-26'), valueOn('2026-02-27'), excluded]).toEqual([
      '2026-02-16',
      1000,
      1020,
      1020,
      [],
    ]);
    const { totals } = viewPortfolio(app);
    expect(points.at(-1)).toEqual({
      date: '2026-03-02',
      value: Number(plain(totals.value!)) + Number(plain(totals.cash!)),
    });
  });
});
