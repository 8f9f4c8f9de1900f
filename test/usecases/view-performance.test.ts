import { expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { parseLocalDate as parseDate } from '../../src/domain/date.ts';
import { plain } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { toMoney } from '../../src/domain/returns/cents.ts';
import { createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { viewPerformance } from '../../src/usecases/view-performance.ts';
import { viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import { openTestApp } from '../support/app.ts';
import { at, storeCloses, storeQuote } from './stored-market.ts';

// A Wednesday, the market open.
const open = (benchmark?: string) =>
  openTestApp({
    now: at('2026-03-04T01:00:00Z'),
    ...(benchmark === undefined ? {} : { benchmark: parseCode(benchmark) }),
  });
const record = (app: App, ...lines: string[]): void => {
  for (const line of lines) recordEntry(app, line);
};
const cash = (app: App) => createPortfolio(app, 'Super', { cash: true, taxpayer: 'smsf' });

it('ends with the value that holdings show, quotes of today included, cash too', async () => {
  const { app } = await open();
  cash(app);
  record(app, 'deposit 5000 on 2026-02-26', 'buy 100 BHP @ 40 fee 9.95 on 2026-02-27');
  storeCloses(app, { BHP: { '2026-02-27': '41', '2026-03-02': '42', '2026-03-03': '43' } });
  storeQuote(app, 'BHP', { at: '2026-03-04T00:30:00Z', price: '44.123' });
  const { total } = viewPerformance(app);
  const { totals } = viewPortfolio(app);
  const expected = totals.value?.plus(totals.cash ?? '0');
  expect(plain(toMoney(total?.endValue ?? 0))).toBe(expected && plain(expected as typeof totals.value & object));
  expect(total?.endValue).toBe(540_235);
});

it('of no portfolio, no entry and cash alone is answered in words, and never as a figure that is none', async () => {
  const { app } = await open('VAS');
  const empty = viewPerformance(app);
  expect(empty.reasons).toMatchObject({
    timeWeightedPct: 'there are no entries',
    moneyWeightedPct: 'no money went in',
  });
  cash(app);
  record(app, 'deposit 1000 on 2026-03-02', 'interest 1 on 2026-03-03');
  const { total, moneyWeighted, reasons, drawdown } = viewPerformance(app);
  expect(total?.timeWeighted).toBeCloseTo(0.001, 12);
  expect(moneyWeighted).toMatchObject({ annualised: false, days: 2 });
  expect(moneyWeighted.pct).toBeCloseTo(0.1, 9);
  expect(drawdown).toBeUndefined();
  expect(reasons).toEqual({
    benchmark: 'there are no prices of VAS; asxos refresh history fetches them',
    twinEndValue: 'there are no prices of VAS; asxos refresh history fetches them',
    drawdown: 'the index never fell below a peak',
  });
});

it('tells what is left out, what came in late, and what is not counted', async () => {
  const { app } = await open();
  record(
    app,
    'buy 10 LATE @ 5 on 2026-02-26',
    'buy 10 LOST @ 5 on 2026-02-26',
    'buy 10 BHP @ 40 on 2026-02-26',
    'deposit 100 on 2026-02-26',
  );
  storeCloses(app, { BHP: { '2026-02-26': '40' }, LATE: { '2026-03-02': '6' } });
  const view = viewPerformance(app, { from: parseDate('2026-01-05') });
  expect(view.warnings).toEqual([
    'The first entry is of 2026-02-26: the figures begin there, not on 2026-01-05',
    'LOST: no price on any day held; left out of value and flows. asxos refresh history fetches prices',
    'LATE has no price before 2026-03-02: until then it is in neither value nor flows, then it comes in at 50, what was paid for it',
    '1 deposits and withdrawals are not counted: without a cash account only securities are valued',
  ]);
  expect(view.coverage).toBeCloseTo(2 / 3, 12);
});

it('an overdrawn cash account is named, and its days have no return', async () => {
  const { app } = await open();
  cash(app);
  record(app, 'withdraw 100 on 2026-03-02', 'deposit 300 on 2026-03-04');
  const view = viewPerformance(app);
  expect(view.warnings).toEqual(['The value is below zero on 2 days, first on 2026-03-02: is a deposit missing?']);
  expect(view.stored.days.map(day => day.timeWeighted)).toEqual([undefined, undefined, 0]);
});

it('measures against an index by its price alone', async () => {
  const { app } = await open('AXJO');
  record(app, 'buy 10 BHP @ 40 on 2026-03-02');
  storeCloses(app, {
    BHP: { '2026-03-02': '40', '2026-03-03': '44' },
    AXJO: { '2026-02-27': '8000', '2026-03-02': '8080', '2026-03-03': '8484' },
  });
  const { benchmark } = viewPerformance(app);
  expect(benchmark).toMatchObject({ code: 'AXJO', reinvestment: 'price only', twinEndValue: 42_000 });
  expect(benchmark?.timeWeighted).toBeCloseTo(0.0605, 12);
});
