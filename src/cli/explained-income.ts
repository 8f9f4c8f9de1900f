/** Why the figures of `income`, its calendar and its forecast are what they are, by their JSON pointers. */

import { type Explanation, inputOf } from '../domain/explain/explanation.ts';
import { explainHeld } from '../domain/explain/holdings.ts';
import {
  basisFigures,
  explainBasis,
  explainFranking,
  explainKept,
  explainPayment,
  explainPaymentTotal,
  explainReceived,
  explainYield,
  frankingFigures,
  keptFigures,
  paymentFigures,
  paymentTotalFigures,
  receivedFigures,
  yieldFigures,
} from '../domain/explain/income.ts';
import { explained, fact, list, words } from '../domain/explain/made.ts';
import type { Payment, PaymentTotal } from '../domain/income/payment.ts';
import type { HoldingIncome, Received } from '../domain/income/received.ts';
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

const heldFigures = ['units', 'value', 'costBase'] as const;
const held = ({ code, held: own }: HoldingIncome, figure: (typeof heldFigures)[number]): Explanation =>
  own === undefined
    ? fact(figure, code, {
        unit: figure === 'units' ? 'units' : 'money',
        value: undefined,
        source: words('none'),
        unknown: 'it is held no longer',
      })
    : explainHeld(own.holding, figure);

/** The holdings that the yields of the whole are of. */
const whole = ({ holdings }: IncomeView): HoldingIncome[] =>
  holdings.filter(row => row.held?.value !== undefined && row.held.costBase !== undefined);

function wholeYield(view: IncomeView, figure: (typeof yieldFigures)[number]): Explanation {
  const of = (name: 'value' | 'costBase'): Explanation => {
    const rows = whole(view);
    const made = {
      unit: 'money' as const,
      value: view.yieldOf[name],
      formula: rows.length === 0 ? 'nothing' : 'sum(holdings)',
      inputs:
        rows.length === 0
          ? [{ name: 'nothing', unit: 'money' as const, value: undefined }]
          : [
              list(
                'holdings',
                'money',
                rows.map(row => ({ value: row.held?.[name], label: row.code })),
              ),
            ],
      unknown: 'no holding has both a price and a cost',
    };
    return explained(name, view.portfolio, made);
  };
  const { yields, yieldOf } = view;
  const sources = { value: inputOf(of('value')), costBase: inputOf(of('costBase')) };
  return explainYield(view.portfolio, { yields, lastTwelveMonths: yieldOf.income, held: sources }, figure);
}

const counts = ['holdings', 'held'] as const;

function count(view: IncomeView, figure: (typeof counts)[number]): Explanation {
  const rows = figure === 'held' ? view.holdings.filter(row => row.held !== undefined) : whole(view);
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
  ...explainedAt('', yieldFigures, figure => wholeYield(view, figure)),
  ...explainedAt('/yieldOf', counts, figure => count(view, figure)),
  ...view.years.flatMap((year, index) => received(`/years/${index}`, `FY${year.financialYear}`, year)),
  ...view.holdings.flatMap((row, index) => [
    ...explainedAt(`/holdings/${index}`, heldFigures, figure => held(row, figure)),
    ...explainedAt(`/holdings/${index}`, yieldFigures, figure => {
      const of = { value: inputOf(held(row, 'value')), costBase: inputOf(held(row, 'costBase')) };
      return explainYield(row.code, { ...row, held: of }, figure);
    }),
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
