/** The console on a small ledger with known prices and dividends, which a test may change. */
import { onTestFinished } from 'vitest';
import type { App } from '../../src/app.ts';
import { replaceDividends } from '../../src/db/dividends.ts';
import { parseLocalDate } from '../../src/domain/date.ts';
import { decimal, price } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { storeCloses, storeListed } from '../usecases/stored-market.ts';
import { openConsoleApp } from './demo-console.ts';

const bhp = parseCode('BHP');

const mainLines = [
  'deposit 20000 on 2024-02-01',
  'buy 100 BHP @ 40.00 fee 9.95 on 2024-03-04',
  'buy 150 BHP @ 44.00 fee 9.95 on 2026-03-02',
  'sell 40 BHP @ 46.00 fee 9.95 on 2026-06-01',
  'dividend BHP 100.00 franked 100% ex 2025-03-06 on 2025-03-27',
  'buy 10 CSL @ 280.00 on 2026-03-02 note a long word about why it was bought',
];

/** Two portfolios, Main with a cash account and in use, and Other with one parcel of BHP. */
export async function openLedgerApp(options: { portfolios?: boolean } = {}): Promise<App> {
  const { app, close } = await openConsoleApp({ demo: false });
  onTestFinished(close);
  if (options.portfolios === false) return app;
  storeListed(app, ['BHP', 'CSL', 'WES']);
  storeCloses(app, {
    BHP: { '2026-11-18': '45.50', '2026-11-19': '45.00', '2026-11-20': '46.00' },
    CSL: { '2026-11-19': '270.00', '2026-11-20': '271.00' },
  });
  const dividend = (exDate: string, paidOn: string, perUnit: string) => ({
    code: bhp,
    exDate: parseLocalDate(exDate),
    paidOn: parseLocalDate(paidOn),
    perUnit: price(perUnit),
    currency: 'AUD',
    frankedPct: decimal('100'),
  });
  const declared = [
    dividend('2023-03-09', '2023-03-30', '0.90'),
    dividend('2025-03-06', '2025-03-27', '1.00'),
    dividend('2026-09-03', '2026-09-24', '1.10'),
    dividend('2026-11-12', '2026-12-10', '0.50'),
  ];
  app.db.transaction(() => replaceDividends(app.db, bhp, declared, app.now()));
  createPortfolio(app, 'Main', { cash: true });
  createPortfolio(app, 'Other');
  for (const line of mainLines) recordEntry(app, line, { portfolio: 'Main' });
  recordEntry(app, 'buy 20 BHP @ 41.00 on 2025-01-06', { portfolio: 'Other' });
  return app;
}
