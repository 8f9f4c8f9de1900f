/** The tabs of tax and income as lists: received, to come, to confirm, capital gains, assessed income. */
import { type Money, plain } from '../domain/decimal.ts';
import { expectedOn, type Payment } from '../domain/income/payment.ts';
import type { Proposal } from '../domain/income/proposal.ts';
import type { HoldingIncome } from '../domain/income/received.ts';
import type { ReportedLine } from '../domain/tax/capital-gains.ts';
import type { IncomeYear } from '../domain/tax/income-year.ts';
import { harmless } from '../domain/text.ts';
import { formatDate, formatMoney, formatPct, formatPrice, formatUnits, unknown } from '../format.ts';
import type { IncomeView } from '../usecases/view-income.ts';
import { discountText } from '../words/format-tax.ts';
import { moneyChange } from './figures.ts';
import { type ListModel, listRows, plainList } from './list-model.ts';
import type { Cell, TableColumn, TableRow } from './table.ts';

const text = (id: string, title: string, priority: number): TableColumn => ({ id, title, kind: 'text', priority });
const number = (id: string, title: string, priority: number): TableColumn => ({ id, title, kind: 'number', priority });
const name = (id: string, title: string, priority: number): TableColumn => ({ id, title, kind: 'name', priority });

const listOf = <R>(
  columns: readonly TableColumn[],
  rowOf: (record: R) => TableRow,
  records: readonly R[],
  totals?: TableRow,
): ListModel => plainList(listRows({ columns, rowOf, sorts: [] }, records, totals));

const yieldCell = (value: number | undefined, part: boolean): Cell =>
  value === undefined ? unknown : part ? { text: `${formatPct(value)}*`, token: 'dim' } : formatPct(value);

/** What each security paid in the year, and what it yields; `*` where it is held for less than a year. */
export function receivedList({ holdings, year, lastTwelveMonths, yields }: IncomeView): ListModel {
  const rowOf = (row: HoldingIncome): TableRow => ({
    id: row.code,
    dim: row.held === undefined,
    cells: {
      code: row.code,
      received: formatMoney(row.year.amount),
      credits: formatMoney(row.year.credit),
      recent: formatMoney(row.lastTwelveMonths.amount),
      yield: row.held === undefined ? '' : yieldCell(row.yields?.yieldPct, row.partYear),
      grossed: row.held === undefined ? '' : yieldCell(row.yields?.grossedUpYieldPct, row.partYear),
      onCost: row.held === undefined ? '' : yieldCell(row.yields?.yieldOnCostPct, row.partYear),
      franked: row.lastTwelveMonths.payments === 0 ? '' : formatPct(row.lastTwelveMonths.frankedPct, { places: 0 }),
      name: row.held === undefined ? { text: 'held no longer', token: 'dim' } : harmless(row.name ?? ''),
    },
  });
  const totals: TableRow = {
    id: 'total',
    bold: true,
    cells: {
      code: 'Total',
      received: formatMoney(year.amount),
      credits: formatMoney(year.credit),
      recent: formatMoney(lastTwelveMonths.amount),
      yield: yieldCell(yields.yieldPct, false),
      grossed: yieldCell(yields.grossedUpYieldPct, false),
      onCost: yieldCell(yields.yieldOnCostPct, false),
      franked: lastTwelveMonths.payments === 0 ? '' : formatPct(lastTwelveMonths.frankedPct, { places: 0 }),
    },
  };
  const columns = [
    text('code', 'Code', 1),
    number('received', 'Received', 2),
    number('credits', 'Credits', 4),
    number('recent', '12 months', 6),
    number('yield', 'Yield', 3),
    number('grossed', 'Grossed up', 5),
    number('onCost', 'On cost', 7),
    number('franked', 'Franked', 8),
    name('name', 'Name', 9),
  ];
  return listOf(columns, rowOf, holdings, holdings.length === 0 ? undefined : totals);
}

const amountOf = ({ amount, declaredAmount, currency }: Payment): string =>
  amount === undefined ? `${plain(declaredAmount)} ${currency}` : formatMoney(amount);

const paymentCells = (payment: Payment) => ({
  code: payment.code,
  exDate: formatDate(payment.exDate),
  paid: formatDate(payment.paidOn),
  units: formatUnits(payment.units),
  perUnit: formatPrice(payment.perUnit),
  amount: amountOf(payment),
  franked: payment.frankedPct === undefined ? unknown : `${plain(payment.frankedPct)}%`,
  credit: formatMoney(payment.credit),
});

const portfolioColumn = ({ portfolios }: IncomeView): TableColumn[] =>
  portfolios.size > 1 ? [name('portfolio', 'Portfolio', 9)] : [];

export const calendarId = (payment: Payment): string =>
  `${payment.kind} ${payment.code} ${payment.exDate} ${payment.portfolio} ${payment.perUnit.toFixed()}`;

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const monthOf = (payment: Payment): string => {
  const day = expectedOn(payment);
  return `${monthNames[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(0, 4)}`;
};

/** What is to come, by month: in each what is declared, then what is estimated. */
export function toCome({ declared, estimated }: IncomeView): Payment[] {
  const key = (each: Payment): string =>
    `${expectedOn(each).slice(0, 7)} ${each.kind} ${expectedOn(each)} ${each.code}`;
  return [...declared, ...estimated].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

export function calendarList(view: IncomeView, payments: readonly Payment[]): ListModel {
  const keepUntil = new Map(view.kept.map(each => [`${each.code} ${each.exDate}`, each.keepUntil]));
  const numbered = payments.map((payment, index) => ({ payment, before: payments[index - 1] }));
  const rowOf = ({ payment, before }: (typeof numbered)[number]): TableRow => {
    const isNew = before === undefined || monthOf(before) !== monthOf(payment);
    const keep = payment.kind === 'declared' ? keepUntil.get(`${payment.code} ${payment.exDate}`) : undefined;
    return {
      id: calendarId(payment),
      dim: payment.kind === 'estimated',
      cells: {
        ...paymentCells(payment),
        month: isNew ? monthOf(payment) : '',
        kind: payment.kind,
        keep: keep === undefined ? '' : { text: formatDate(keep), token: 'warning' },
        portfolio: view.portfolios.get(payment.portfolio) ?? '',
      },
    };
  };
  const columns = [
    text('month', 'Month', 1),
    text('code', 'Code', 2),
    text('kind', 'Kind', 3),
    text('exDate', 'Ex-date', 6),
    text('paid', 'Paid', 7),
    number('units', 'Units', 8),
    number('perUnit', 'Per unit', 10),
    number('amount', 'Amount', 4),
    number('credit', 'Credit', 11),
    ...(numbered.some(({ payment }) => keepUntil.has(`${payment.code} ${payment.exDate}`))
      ? [text('keep', 'Keep until', 5)]
      : []),
    ...portfolioColumn(view),
  ];
  return listOf(columns, rowOf, numbered);
}

export function confirmList(view: IncomeView): ListModel {
  const rowOf = (proposal: Proposal): TableRow => ({
    id: proposal.id,
    cells: {
      ...paymentCells(proposal),
      kind: proposal.entryKind,
      portfolio: view.portfolios.get(proposal.portfolio) ?? '',
    },
  });
  const columns = [
    text('code', 'Code', 1),
    text('exDate', 'Ex-date', 3),
    text('paid', 'Paid', 2),
    number('units', 'Units', 6),
    number('perUnit', 'Per unit', 7),
    number('amount', 'Amount', 4),
    number('franked', 'Franked', 8),
    number('credit', 'Credit', 5),
    text('kind', 'Kind', 10),
    ...portfolioColumn(view),
  ];
  return listOf(columns, rowOf, view.proposals);
}

export const gainLineId = (line: ReportedLine): string =>
  `${line.entry}/${line.parcel}/${line.event}/${line.category}/${line.portfolio}`;

export function gainsList(lines: readonly ReportedLine[]): ListModel {
  const rowOf = (line: ReportedLine): TableRow => ({
    id: gainLineId(line),
    cells: {
      code: line.code,
      acquired: formatDate(line.acquiredOn),
      sold: formatDate(line.disposedOn),
      units: line.units === undefined ? line.event : formatUnits(line.units),
      share: `${plain(line.ownerPct)}%`,
      proceeds: formatMoney(line.proceeds),
      costBase: formatMoney(line.costBase),
      indexed: line.indexedCostBase === undefined ? '' : formatMoney(line.indexedCostBase),
      gain: moneyChange(line.gain),
      category: line.category,
      discount: discountText(line),
      portfolio: line.portfolioName,
    },
  });
  const some = (is: (line: ReportedLine) => boolean, column: TableColumn): TableColumn[] =>
    lines.some(is) ? [column] : [];
  const columns = [
    text('code', 'Code', 1),
    text('acquired', 'Acquired', 5),
    text('sold', 'Sold', 3),
    number('units', 'Units', 8),
    ...some(line => line.share.pcts.length > 1, number('share', 'Share', 10)),
    number('proceeds', 'Proceeds', 6),
    number('costBase', 'Cost base', 7),
    ...some(line => line.indexedCostBase !== undefined, number('indexed', 'Indexed', 9)),
    number('gain', 'Gain', 2),
    ...some(line => line.category !== 'current', text('category', 'Category', 4)),
    text('discount', 'Discount', 4),
    ...(new Set(lines.map(line => line.portfolio)).size > 1 ? [name('portfolio', 'Portfolio', 11)] : []),
  ];
  return listOf(columns, rowOf, lines);
}

type Assessed = {
  readonly id: string;
  readonly code: string;
  readonly paid: string;
  readonly what: string;
  readonly amount: Money;
  readonly credit: Money | undefined;
  readonly franked: Money | undefined;
  readonly allowed: Money | undefined;
  readonly reason: string | undefined;
};

/** Dividends, trusts by their statements, and interest. */
export function assessedList({ dividends, trusts, interest }: IncomeYear): ListModel {
  const records: Assessed[] = [
    ...dividends.map((line, index) => ({
      id: `dividend ${index}`,
      code: line.code,
      paid: formatDate(line.paidOn),
      what: line.foreign ? 'foreign' : line.kind === 'drp' ? 'reinvested' : 'dividend',
      amount: line.amount,
      franked: line.franked,
      credit: line.frankingCredit,
      allowed: line.creditAllowed,
      reason: line.reason,
    })),
    ...trusts.map((trust, index) => ({
      id: `trust ${index}`,
      code: trust.code,
      paid: '',
      what: 'trust',
      amount: trust.cash,
      franked: trust.components?.franked,
      credit: trust.components?.['franking-credit'],
      allowed: trust.creditAllowed,
      reason: trust.reason,
    })),
    ...interest.map((line, index) => ({
      id: `interest ${index}`,
      code: '',
      paid: formatDate(line.paidOn),
      what: 'interest',
      amount: line.amount,
      franked: undefined,
      credit: undefined,
      allowed: undefined,
      reason: line.portfolioName,
    })),
  ];
  const rowOf = (row: Assessed): TableRow => {
    const isInterest = row.what === 'interest';
    return {
      id: row.id,
      cells: {
        code: row.code,
        paid: row.paid,
        what: row.what,
        amount: formatMoney(row.amount),
        franked: isInterest ? '' : formatMoney(row.franked),
        credit: isInterest ? '' : formatMoney(row.credit),
        allowed: isInterest ? '' : formatMoney(row.allowed),
        reason: row.reason === undefined ? '' : { text: harmless(row.reason), token: 'dim' },
      },
    };
  };
  const columns = [
    text('code', 'Code', 1),
    text('what', 'What', 3),
    text('paid', 'Paid', 5),
    number('amount', 'Amount', 2),
    number('franked', 'Franked', 7),
    number('credit', 'Credit', 6),
    number('allowed', 'Allowed', 4),
    name('reason', '', 8),
  ];
  return listOf(columns, rowOf, records);
}
