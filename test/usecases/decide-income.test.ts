import { expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { replaceDividends } from '../../src/db/dividends.ts';
import { parseLocalDate } from '../../src/domain/date.ts';
import { decimal, money, plain, price } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { confirmIncome, dismissIncome } from '../../src/usecases/decide-income.ts';
import { createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import { recordEntry, removeEntry } from '../../src/usecases/record-entry.ts';
import { viewIncome } from '../../src/usecases/view-income.ts';
import { viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import { openTestApp } from '../support/app.ts';
import { at } from './stored-market.ts';

const nab = parseCode('NAB');
const now = at('2026-07-10T01:00Z');

async function openWithDividend(): Promise<App> {
  const { app } = await openTestApp({ now });
  recordEntry(app, 'buy 333 NAB @ 12 on 2025-01-06');
  const dividend = {
    code: nab,
    exDate: parseLocalDate('2026-05-08'),
    paidOn: parseLocalDate('2026-07-03'),
    perUnit: price('0.47'),
    currency: 'AUD',
    frankedPct: decimal('100'),
  };
  app.db.transaction(() => replaceDividends(app.db, nab, [dividend], now));
  return app;
}
const income = (app: App) => viewIncome(app, viewPortfolio(app, { portfolio: 'all' }));
const waiting = (app: App): string[] => income(app).proposals.map(each => each.id);

test('a confirmed dividend is recorded once, and proposed again when its entry is deleted', async () => {
  const app = await openWithDividend();
  const [id = ''] = waiting(app);
  expect(id).toMatch(/^NAB-2026-05-08-[0-9a-f]{8}$/);
  const { entry, written } = confirmIncome(app, 'nab-2026-05-08', {});
  expect(entry).toMatchObject({ kind: 'dividend', code: 'NAB', on: '2026-07-03', exDate: '2026-05-08' });
  expect(written).toBe(true);
  expect(waiting(app)).toEqual([]);
  expect(plain(income(app).year.amount)).toBe('156.51');
  expect(() => confirmIncome(app, id, {})).toThrow(/is recorded already on 3 Jul 2026/);
  expect(() => dismissIncome(app, id)).toThrow(/is recorded already/);
  removeEntry(app, entry.id);
  expect(waiting(app)).toEqual([id]);
});

test('a plan issue takes the residual of the one before', async () => {
  const app = await openWithDividend();
  recordEntry(app, 'drp NAB 1 @ 12 dividend 15.20 residual 3.20 ex 2025-01-08 on 2025-02-03');
  const dryRun = confirmIncome(
    app,
    'NAB-2026-05-08',
    { issue: { price: price('12.345') }, amount: money('156.51') },
    { dryRun: true },
  );
  expect(dryRun.line).toBe(
    'drp NAB 12 @ 12.345 dividend 156.51 franked 100% residual 11.57 ex 2026-05-08 on 2026-07-03',
  );
  expect(waiting(app)).toHaveLength(1);
});

test('a dismissed one is proposed no more, and can still be confirmed', async () => {
  const app = await openWithDividend();
  const [id = ''] = waiting(app);
  expect(dismissIncome(app, id).portfolio).toBe('Main');
  expect([waiting(app), income(app).dismissed]).toEqual([[], 1]);
  expect(() => dismissIncome(app, id)).toThrow(`The dividend ${id} is dismissed already`);
  expect(confirmIncome(app, id, {}).sentence).toContain('NAB');
  expect(income(app).dismissed).toBe(0);
});

test('a confirmation stands also where the payment no longer matches', async () => {
  const app = await openWithDividend();
  confirmIncome(app, 'NAB-2026-05-08', { on: parseLocalDate('2026-07-06') });
  expect(waiting(app)).toEqual([]);
});

test('each portfolio has its own; a name that means several, or none, is refused', async () => {
  const app = await openWithDividend();
  createPortfolio(app, 'Other', {});
  recordEntry(app, 'buy 10 NAB @ 12 on 2025-01-06', { portfolio: 'Other' });
  expect(waiting(app)).toHaveLength(2);
  expect(() => confirmIncome(app, 'NAB-2026-05-08', {})).toThrow('"NAB-2026-05-08" names 2 dividends');
  expect(() => confirmIncome(app, 'NAB', {})).toThrow('No dividend "NAB" waits to be recorded');
  expect(() => dismissIncome(app, 'BHP-2026-05-08')).toThrow('No dividend "BHP-2026-05-08" waits');
});

test('what was declared under an old code is proposed once, under the new one', async () => {
  const app = await openWithDividend();
  recordEntry(app, 'rename NAB to NBK on 2026-06-01');
  const [proposal, another] = income(app).proposals;
  expect([proposal?.code, proposal?.units && plain(proposal.units), another]).toEqual(['NBK', '333', undefined]);
});
