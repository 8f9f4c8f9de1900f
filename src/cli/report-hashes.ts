/** The main reports, each as the hash of its figures: two databases that say the same have the same. */
import { createHash } from 'node:crypto';
import type { App } from '../app.ts';
import { financialYear } from '../domain/date.ts';
import { listEntries } from '../usecases/list-entries.ts';
import { viewPerformance } from '../usecases/view-performance.ts';
import { viewPortfolio } from '../usecases/view-portfolio.ts';
import { listOwnerNames, viewTaxYear } from '../usecases/view-tax-year.ts';

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const all = { portfolio: 'all' } as const;

/** Empty where there is no portfolio. */
export function reportHashes(app: App): Map<string, string> {
  const { holdings, totals, warnings } = viewPortfolio(app, all);
  const found = new Map([['holdings', hash({ holdings, totals, warnings })]]);
  if (listEntries(app, all).count === 0) return found;
  const { from, to, total, months, years, moneyWeighted, drawdown } = viewPerformance(app, all);
  found.set('performance', hash({ from, to, total, months, years, moneyWeighted, drawdown }));
  const last = financialYear(app.today());
  for (const owner of listOwnerNames(app)) {
    for (const fy of [last - 1, last]) {
      const { gains, income } = viewTaxYear(app, { owner, fy });
      found.set(`tax ${owner} FY${fy}`, hash({ gains, income }));
    }
  }
  return found;
}
