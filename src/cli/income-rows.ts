/** Income as scripts and tables have it: holdings, payments to come, proposals, credits at stake. */
import { plain } from '../domain/decimal.ts';
import type { Payment, PaymentTotal } from '../domain/income/payment.ts';
import type { Proposal } from '../domain/income/proposal.ts';
import type { HoldingIncome, Received } from '../domain/income/received.ts';
import { formatDate, formatMoney, formatPct, formatPrice, formatUnits, unknown } from '../format.ts';
import type { IncomeMonth, IncomeView } from '../usecases/view-income.ts';
import type { Column } from './report.ts';

export const receivedRow = (sum: Received) => ({
  payments: sum.payments,
  amount: sum.amount,
  franked: sum.franked,
  frankingCredits: sum.credit,
  withheld: sum.withheld,
  unknownFranking: sum.unknownFranking,
  frankedPct: sum.frankedPct,
  coverage: sum.coverage,
});

export const holdingRow = (row: HoldingIncome) => ({
  code: row.code,
  name: row.name,
  units: row.held?.units,
  value: row.held?.value,
  costBase: row.held?.costBase,
  heldSince: row.held?.since,
  partYear: row.partYear,
  year: receivedRow(row.year),
  lastTwelveMonths: receivedRow(row.lastTwelveMonths),
  yieldPct: row.yields?.yieldPct,
  yieldOnCostPct: row.yields?.yieldOnCostPct,
  grossedUpYieldPct: row.yields?.grossedUpYieldPct,
  reasons: row.yields?.reasons ?? ['it is held no longer'],
});

export const paymentRow = (payment: Payment, portfolios: IncomeView['portfolios']) => ({
  portfolio: portfolios.get(payment.portfolio),
  code: payment.code,
  exDate: payment.exDate,
  paidOn: payment.paidOn,
  units: payment.units,
  perUnit: payment.perUnit,
  currency: payment.currency,
  declaredAmount: payment.declaredAmount,
  amount: payment.amount,
  frankedPct: payment.frankedPct === undefined ? undefined : Number(plain(payment.frankedPct)),
  frankingCredit: payment.credit,
});

export const estimateRow = (payment: Payment, portfolios: IncomeView['portfolios']) => ({
  ...paymentRow(payment, portfolios),
  basis: payment.basis,
  reason: restsOn(payment),
});

export const proposalRow = (proposal: Proposal, portfolios: IncomeView['portfolios']) => ({
  id: proposal.id,
  kind: proposal.entryKind,
  ...paymentRow(proposal, portfolios),
});

export const totalRow = (total: PaymentTotal) => ({
  payments: total.payments,
  amount: total.amount,
  frankingCredits: total.credit,
  foreign: total.foreign,
  unknownFranking: total.unknownFranking,
});

/** The months of the calendar from the running one on. */
export const monthsToCome = ({ months, asOf }: IncomeView): IncomeMonth[] =>
  months.filter(each => each.month >= asOf.slice(0, 7));

export const monthRow = (month: IncomeMonth) => ({
  month: month.month,
  received: month.received,
  declared: totalRow(month.declared),
  estimated: totalRow(month.estimated),
});

/** What an estimate rests on, in words. */
export const restsOn = ({ basis }: Payment): string =>
  basis === undefined
    ? ''
    : `${formatPrice(basis.perUnit)} ex ${formatDate(basis.exDate)}, ${basis.payments} payments in 24 months`;

export const holdingColumns = (view: IncomeView): Column<HoldingIncome>[] => [
  { title: 'Code', field: 'code', text: row => row.code, total: 'Total' },
  {
    title: 'Received',
    field: 'received',
    align: 'right',
    text: row => formatMoney(row.year.amount),
    value: row => row.year.amount,
    total: formatMoney(view.year.amount),
  },
  {
    title: 'Credits',
    field: 'frankingCredits',
    align: 'right',
    rank: 2,
    text: row => formatMoney(row.year.credit),
    value: row => row.year.credit,
    total: formatMoney(view.year.credit),
  },
  {
    title: '12 months',
    field: 'lastTwelveMonths',
    align: 'right',
    rank: 1,
    text: row => formatMoney(row.lastTwelveMonths.amount),
    value: row => row.lastTwelveMonths.amount,
    total: formatMoney(view.lastTwelveMonths.amount),
  },
  {
    title: 'Yield',
    field: 'yieldPct',
    align: 'right',
    text: row => (row.held === undefined ? '' : `${formatPct(row.yields?.yieldPct)}${row.partYear ? ' *' : ''}`),
    value: row => row.yields?.yieldPct,
    total: formatPct(view.yields.yieldPct),
  },
  {
    title: 'On cost',
    field: 'yieldOnCostPct',
    align: 'right',
    rank: 4,
    text: row => (row.held === undefined ? '' : formatPct(row.yields?.yieldOnCostPct)),
    value: row => row.yields?.yieldOnCostPct,
    total: formatPct(view.yields.yieldOnCostPct),
  },
  {
    title: 'Grossed up',
    field: 'grossedUpYieldPct',
    align: 'right',
    rank: 3,
    text: row => (row.held === undefined ? '' : formatPct(row.yields?.grossedUpYieldPct)),
    value: row => row.yields?.grossedUpYieldPct,
    total: formatPct(view.yields.grossedUpYieldPct),
  },
  {
    title: 'Franked',
    field: 'frankedPct',
    align: 'right',
    rank: 5,
    text: row => (row.lastTwelveMonths.payments === 0 ? '' : formatPct(row.lastTwelveMonths.frankedPct, { places: 0 })),
    value: row => row.lastTwelveMonths.frankedPct,
    total: formatPct(view.lastTwelveMonths.frankedPct, { places: 0 }),
  },
  { title: 'Name', field: 'name', rank: 6, isName: true, text: row => row.name ?? '', value: row => row.name },
];

/** The columns of any list of payments. */
export function paymentColumns<Row extends Payment>({ portfolios }: IncomeView): Column<Row>[] {
  const portfolio: Column<Row> = {
    title: 'Portfolio',
    field: 'portfolio',
    rank: 3,
    text: row => portfolios.get(row.portfolio) ?? '',
  };
  return [
    { title: 'Code', field: 'code', text: row => row.code },
    ...(portfolios.size > 1 ? [portfolio] : []),
    { title: 'Ex-date', field: 'exDate', text: row => row.exDate },
    { title: 'Paid', field: 'paidOn', text: row => row.paidOn ?? unknown, value: row => row.paidOn },
    {
      title: 'Units',
      field: 'units',
      align: 'right',
      rank: 2,
      text: row => formatUnits(row.units),
      value: row => row.units,
    },
    {
      title: 'Per unit',
      field: 'perUnit',
      align: 'right',
      rank: 1,
      text: row => formatPrice(row.perUnit),
      value: row => row.perUnit,
    },
    {
      title: '',
      field: 'currency',
      text: row => (row.currency === 'AUD' ? '' : row.currency),
      value: row => row.currency,
    },
    {
      title: 'Amount',
      field: 'amount',
      align: 'right',
      text: row => formatMoney(row.amount),
      value: row => row.amount,
    },
    {
      title: 'Franked',
      field: 'frankedPct',
      align: 'right',
      rank: 4,
      text: row => (row.frankedPct === undefined ? unknown : `${plain(row.frankedPct)}%`),
      value: row => row.frankedPct,
    },
    {
      title: 'Credit',
      field: 'frankingCredit',
      align: 'right',
      text: row => formatMoney(row.credit),
      value: row => row.credit,
    },
  ];
}

export const proposalColumns = (view: IncomeView): Column<Proposal>[] => [
  { title: 'Id', field: 'id', text: row => row.id },
  ...paymentColumns<Proposal>(view),
];

export const estimateColumns = (view: IncomeView): Column<Payment>[] => [
  ...paymentColumns<Payment>(view),
  { title: 'Rests on', field: 'reason', isName: true, text: restsOn },
];
