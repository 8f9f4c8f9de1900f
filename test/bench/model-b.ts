/** Model B for the whole exchange: 2,400 companies with five years of years and halves, graded; and read from SQLite. */
import { readCompanies } from '../../src/db/companies.ts';
import { storeFundamentals } from '../../src/db/fundamentals.ts';
import { storeBars } from '../../src/db/prices.ts';
import { addDays, addMonths, localDate, sydneyInstant } from '../../src/domain/date.ts';
import { decimal, price } from '../../src/domain/decimal.ts';
import type { Statement, StatementKind } from '../../src/domain/fundamentals/statement.ts';
import { type Code, parseCode } from '../../src/domain/market/security.ts';
import { qualityOf } from '../../src/domain/signals/model-b.ts';
import { sectorPeers, standingOf } from '../../src/domain/signals/sector-peers.ts';
import type { Outcome } from './outcome.ts';
import { inPlace, withApp } from './place.ts';
import { lastDay } from './sample-data.ts';
import { randomFrom, sampleCodes } from './sample-market.ts';
import { median } from './statistics.ts';
import { timed } from './stopwatch.ts';

const companies = 2400;
const sectors = ['Materials', 'Financials', 'Energy', 'Industrials', 'Health Care', 'Utilities'];

/** As many fields as EODHD sends, of which a third are read. */
const fields: Readonly<Record<StatementKind, readonly string[]>> = {
  income: ['totalRevenue', 'netIncome', 'operatingIncome', 'ebit', 'ebitda', 'interestExpense', 'grossProfit'],
  balance: [
    'totalAssets',
    'totalStockholderEquity',
    'totalCurrentAssets',
    'totalCurrentLiabilities',
    'inventory',
    'shortLongTermDebtTotal',
    'longTermDebt',
    'cash',
    'commonStockSharesOutstanding',
  ],
  'cash-flow': ['totalCashFromOperatingActivities', 'capitalExpenditures', 'dividendsPaid', 'depreciation'],
};
const otherFields = Array.from({ length: 16 }, (_, index) => `otherField${index}`);

function statementsOf(random: () => number): Statement[] {
  const size = 1e6 * (1 + 999 * random());
  return Array.from({ length: 10 }, (_, half) => addMonths(localDate(2026, 6, 30), -6 * half)).flatMap((endsOn, half) =>
    (['income', 'balance', 'cash-flow'] as const).flatMap(kind => {
      const figures = Object.fromEntries(
        [...fields[kind], ...otherFields].map(name => [name, (size * (0.5 + random())).toFixed(0)]),
      );
      const of = { kind, endsOn, filedOn: addDays(endsOn, 50), currency: 'AUD', figures };
      const shorter: Statement = { ...of, period: 'quarter' };
      return half % 2 === 0 ? [shorter, { ...of, period: 'year' } satisfies Statement] : [shorter];
    }),
  );
}

export const modelB = ({ quick }: { quick: boolean }): Promise<readonly Outcome[]> =>
  inPlace(place =>
    withApp(place, app => {
      const random = randomFrom(11);
      const codes: readonly Code[] = sampleCodes(companies).map(parseCode);
      const at = sydneyInstant(lastDay, 0);
      app.db.transaction(() => {
        for (const [index, code] of codes.entries()) {
          const sector = sectors[index % sectors.length];
          const facts = { code, shape: 'company' as const, sector, shares: '100000000' };
          storeFundamentals(app.db, { facts, statements: statementsOf(random) }, at);
          const bars = Array.from({ length: 15 }, (_, back) => {
            const close = price((1 + 40 * random()).toFixed(2));
            const same = { open: close, high: close, low: close, close, adjustedClose: close };
            return { date: addDays(lastDay, back - 14), ...same, volume: decimal('1000') };
          });
          storeBars(app.db, code, bars, { at, source: 'bench' });
        }
      });
      const rounds = Array.from({ length: quick ? 3 : 7 }, () => {
        let alone = 0;
        const whole = timed(() => {
          const read = readCompanies(app.db, codes, { asOf: lastDay, now: at });
          alone = timed(() => {
            const all = [...read.values()].map(qualityOf);
            const peers = sectorPeers(all);
            const [first] = all;
            if (all.length !== companies || first?.grade === undefined) throw new Error('a grade is missing');
            standingOf(peers, first.sector, 'roe', 0.1);
          });
        });
        return { whole, alone };
      });
      return [
        {
          name: 'model B of 2,400 companies',
          unit: 'ms',
          measured: median(rounds.map(each => each.alone)),
          target: { of: 'measured', is: '<=', value: 1000 },
          note: `the first time ${rounds[0]?.alone.toFixed(0)} ms`,
        },
        {
          name: 'the same, read from SQLite',
          unit: 'ms',
          measured: median(rounds.map(each => each.whole)),
          note: `the first time ${rounds[0]?.whole.toFixed(0)} ms`,
        },
      ];
    }),
  );
