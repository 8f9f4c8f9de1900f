/** Why the figures of `income`, its calendar and its forecast are what they are, by their JSON pointers. */

import type { Explanation } from '../domain/explain/explanation.ts';
import { explainFranking, explainKept, frankingFigures, keptFigures } from '../domain/explain/franking.ts';
import {
  explainHeldIncome,
  explainHoldingYield,
  explainWholeYield,
  heldFigures,
  wholeHoldings,
} from '../domain/explain/income-yield.ts';
import { explained, fact, list, words } from '../domain/explain/made.ts';
import {
  basisFigures,
  explainBasis,
  explainPayment,
  explainPaymentTotal,
  paymentFigures,
  paymentTotalFigures,
} from '../domain/explain/payment.ts';
import { explainReceived, receivedFigures, yieldFigures } from '../domain/explain/received-income.ts';
import type { Payment, PaymentTotal } from '../domain/income/payment.ts';
import type { Received } from '../domain/income/received.ts';
import type { IncomeMonth, IncomeView } from '../usecases/view-income.ts';
import { type Explained, explainedAt } from './explained.ts';
import { monthsToCome } from './income-rows.ts';

const received = (at: string, of: string, sum: Received): Explained[] =>
  explainedAt(at, receivedFigures, figure => explainReceived(of, sum, figure));

const payments = (at: string, rows: readonly Payment[]): Explained[] =>
  rows.flatMap((row, index) => [
    ...explainedAt(`${at}/${index}`, paymentFigures, figure => explainPayment(row, figure)),
    ...(row.basis === undefined
      ? []
      : explainedAt(`${at}/${index}/basis`, basisFigures, figure => explainBasis(row, figure))),
  ]);

const total = (at: string, of: string, sum: PaymentTotal): Explained[] =>
  explainedAt(at, paymentTotalFigures, figure => explainPaymentTotal(of, sum, figure));

const months = (rows: readonly IncomeMonth[]): Explained[] =>
  rows.flatMap((row, index) => [
    ...explainedAt(`/months/${index}`, ['received'] as const, () => ({
      ...explainReceived(row.month, row.income, 'amount'),
      figure: 'received',
    })),
    ...total(`/months/${index}/declared`, `${row.month}, declared`, row.declared),
    ...total(`/months/${index}/estimated`, `${row.month}, estimated`, row.estimated),
  ]);

const counts = ['holdings', 'held'] as const;

function count(view: IncomeView, figure: (typeof counts)[number]): Explanation {
  const rows = figure === 'held' ? view.holdings.filter(row => row.held !== undefined) : wholeHoldings(view.holdings);
  return explained(figure, view.portfolio, {
    unit: 'count',
    value: figure === 'held' ? view.held : view.priced,
    formula: 'count(holdings)',
    inputs: [
      list(
        'holdings',
        'count',
        rows.map(row => ({ value: 1, label: row.code })),
      ),
    ],
  });
}

export const explainIncome = (view: IncomeView): Explained[] => [
  ...received('/year', `${view.portfolio} FY${view.financialYear}`, view.year),
  ...received('/lastTwelveMonths', `${view.portfolio}, last 12 months`, view.lastTwelveMonths),
  ...explainedAt('', yieldFigures, figure => explainWholeYield(view, figure)),
  ...explainedAt('/yieldOf', counts, figure => count(view, figure)),
  ...view.years.flatMap((year, index) => received(`/years/${index}`, `FY${year.financialYear}`, year)),
  ...view.holdings.flatMap((row, index) => [
    ...explainedAt(`/holdings/${index}`, heldFigures, figure => explainHeldIncome(row, figure, view.books)),
    ...explainedAt(`/holdings/${index}`, yieldFigures, figure => explainHoldingYield(row, figure, view.books)),
    ...received(`/holdings/${index}/year`, row.code, row.year),
    ...received(`/holdings/${index}/lastTwelveMonths`, row.code, row.lastTwelveMonths),
  ]),
  ...months(view.months),
  ...payments('/declared', view.declared),
  ...payments('/proposals', view.proposals),
  ...totals(view),
  ...explainedAt('', ['dismissed'] as const, figure =>
    fact(figure, view.portfolio, {
      unit: 'count',
      value: view.dismissed,
      source: words('paid dividends that were put aside (asxos income dismiss)'),
    }),
  ),
  ...view.owners.flatMap((owner, index) =>
    explainedAt(`/franking/${index}`, frankingFigures, figure => explainFranking(owner, figure)),
  ),
  ...view.kept.flatMap((each, index) =>
    explainedAt(`/keep/${index}`, keptFigures, figure => explainKept(each, figure)),
  ),
];

const totals = (view: IncomeView): Explained[] => [
  ...total('/declaredTotal', `${view.portfolio}, declared`, view.declaredTotal),
  ...total('/estimatedTotal', `${view.portfolio}, estimated`, view.estimatedTotal),
];

export const explainCalendar = (view: IncomeView): Explained[] => [
  ...months(monthsToCome(view)),
  ...payments('/declared', view.declared),
  ...payments('/estimated', view.estimated),
  ...totals(view),
];

export const explainForecast = (view: IncomeView): Explained[] => [
  ...payments('/estimated', view.estimated),
  ...totals(view),
];
