/** `tax income`: dividends with their credits, trusts by their statements, and the totals of the year. */
import { isZero, type Money } from '../../domain/decimal.ts';
import type { DividendLine } from '../../domain/tax/income-line.ts';
import type { IncomeTotals } from '../../domain/tax/income-totals.ts';
import type { TrustIncome } from '../../domain/tax/trust-income.ts';
import { formatCount, formatDollars, formatFinancialYear, formatMoney, formatUnits } from '../../format.ts';
import type { TaxYearView } from '../../usecases/view-tax-year.ts';
import { incomeSteps } from '../../words/format-tax.ts';
import {
  csvOfRows,
  dividendFields,
  incomeRulesFollowed,
  interestFields,
  notAdvice,
  recordOf,
  trustFields,
} from '../../words/tax-rows.ts';
import { type Column, lines, type Report, type Section, table } from '../report.ts';
import { explainIncomeYear } from './explained-year.ts';
import { otherOwnerNotes } from './lock-report.ts';

const amount = <Row>(title: string, of: (row: Row) => Money | undefined, rank?: number): Column<Row> => ({
  title,
  align: 'right',
  text: row => formatMoney(of(row)),
  ...(rank === undefined ? {} : { rank }),
});

const dividendColumns: readonly Column<DividendLine>[] = [
  { title: 'Code', text: line => line.code },
  { title: 'Ex-date', rank: 4, text: line => line.exDate ?? '' },
  { title: 'Paid', text: line => line.paidOn },
  {
    title: 'Units',
    align: 'right',
    rank: 3,
    text: line => (line.units === undefined ? '' : formatUnits(line.units)),
  },
  amount('Amount', line => line.amount),
  amount('Franked', line => line.franked, 2),
  amount('Credit', line => line.frankingCredit),
  amount('Allowed', line => line.creditAllowed),
  { title: '', rank: 1, isName: true, text: line => line.reason ?? '' },
];

const trustColumns: readonly Column<TrustIncome>[] = [
  { title: 'Code', text: trust => trust.code },
  amount('Cash', trust => trust.cash),
  amount('Franked', trust => trust.components?.franked, 3),
  amount('Unfranked', trust => trust.components?.unfranked, 3),
  amount('Other', trust => trust.components?.['other-income'], 3),
  amount('Foreign', trust => trust.components?.['foreign-income'], 3),
  amount('Credit allowed', trust => trust.creditAllowed),
  { title: '', rank: 1, isName: true, text: trust => trust.reason ?? '' },
];

function totalLines(totals: IncomeTotals): string[] {
  const rows = incomeSteps(totals);
  const label = Math.max(...rows.map(([text]) => text.length));
  const widest = Math.max(...rows.map(([, text]) => text.length));
  return rows.map(([text, value]) => `${text.padEnd(label)}  ${value.padStart(widest)}`);
}

export function incomeReport(view: TaxYearView, today: string): Report {
  const { income } = view;
  const { owner, financialYear, dividends, trusts, interest, totals, coverage, smallHolder } = income;
  const year = formatFinancialYear(financialYear);
  const head = `${owner.name} · ${owner.taxpayer} · ${year} · assessable ${formatDollars(totals.assessable)}`;
  const sections: Section[] = [
    lines(head),
    dividends.length === 0
      ? lines(`No dividend was paid in ${year}.`)
      : table(dividends, dividendColumns, formatCount(dividends.length, 'dividend')),
    ...(trusts.length === 0
      ? []
      : [table(trusts, trustColumns, formatCount(trusts.length, 'trust or ETF', 'trusts and ETFs'))]),
    lines(...totalLines(totals)),
    ...(smallHolder && !isZero(totals.frankingCredits)
      ? [lines("Credits of the year do not exceed $5,000.00, so an individual's need not pass the 45-day rule.")]
      : []),
    lines(notAdvice),
  ];
  return {
    schema: 'tax-income/1',
    asOf: today,
    data: {
      fy: financialYear,
      owner: owner.name,
      taxpayer: owner.taxpayer,
      dividends: dividends.map(line => ({ ...recordOf(dividendFields, line), rules: line.rules })),
      trusts: trusts.map(trust => ({ ...recordOf(trustFields, trust), rules: trust.rules })),
      interest: interest.map(line => ({ ...recordOf(interestFields, line), rules: line.rules })),
      totals,
      smallHolder,
      rules: incomeRulesFollowed(income),
    },
    coverage,
    explain: () => explainIncomeYear(income),
    warnings: income.warnings,
    notes: otherOwnerNotes(view),
    sections,
    csv: csvOfRows(dividendFields, dividends),
  };
}
