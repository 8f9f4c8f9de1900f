/** The dividends of one security as a list: what was declared, what was due on the units held, what was recorded. */
import type { LocalDate } from '../domain/date.ts';
import { add, isPositive, isZero, type Money, noMoney, plain, sum } from '../domain/decimal.ts';
import type { DividendRow } from '../domain/ledger/dividend-match.ts';
import { formatDate, formatMoney, formatPrice, formatUnits, unknown } from '../format.ts';
import { type ListModel, listRows, plainList } from './list-model.ts';
import type { Cell, TableColumn, TableRow } from './table.ts';

const columns: readonly TableColumn[] = [
  { id: 'exDate', title: 'Ex-date', kind: 'text', priority: 1 },
  { id: 'paid', title: 'Paid', kind: 'text', priority: 6 },
  { id: 'perUnit', title: 'Per unit', kind: 'price', priority: 4 },
  { id: 'franked', title: 'Franked', kind: 'number', priority: 7 },
  { id: 'units', title: 'Units held', kind: 'number', priority: 5 },
  { id: 'due', title: 'Due', kind: 'number', priority: 2 },
  { id: 'recorded', title: 'Recorded', kind: 'number', priority: 3 },
  { id: 'credit', title: 'Franking', kind: 'number', priority: 8 },
];

const amounts = ({ recorded }: DividendRow): Money =>
  sum(
    recorded.map(each => each.amount),
    noMoney,
  );

/** The franking credits; undefined where one is unknown. */
const credits = ({ recorded }: DividendRow): Money | undefined =>
  recorded.reduce<Money | undefined>(
    (total, each) => (total === undefined || each.credit === undefined ? undefined : add(total, each.credit)),
    noMoney,
  );

/** A dividend that is due and has nothing beside it says so. */
function recordedCell(row: DividendRow, today: LocalDate): Cell {
  if (row.recorded.length > 0) return formatMoney(amounts(row));
  const isDue = row.units !== undefined && isPositive(row.units);
  if (!isDue) return '';
  const isToCome = (row.declared?.paidOn ?? row.declared?.exDate ?? today) > today;
  return { text: isToCome ? 'to come' : 'not recorded', token: 'dim' };
}

function rowOf(row: DividendRow, id: string, today: LocalDate): TableRow {
  const { declared, recorded, units, due } = row;
  const [payment] = recorded;
  const isHeld = units === undefined || !isZero(units) || payment !== undefined;
  const currency = declared === undefined || declared.currency === 'AUD' ? '' : ` ${declared.currency}`;
  return {
    id,
    dim: !isHeld,
    cells: {
      exDate: declared || payment?.exDate ? formatDate(declared?.exDate ?? payment?.exDate) : unknown,
      paid: formatDate(declared?.paidOn ?? payment?.on),
      perUnit: declared === undefined ? unknown : `${formatPrice(declared.perUnit)}${currency}`,
      franked: declared?.frankedPct === undefined ? unknown : `${plain(declared.frankedPct)}%`,
      units: formatUnits(units ?? payment?.units),
      due: isHeld ? formatMoney(due) : '',
      recorded: recordedCell(row, today),
      credit: recorded.length === 0 ? '' : formatMoney(credits(row)),
    },
  };
}

/** The sum of what is known; undefined where nothing is. */
function known(values: readonly (Money | undefined)[]): Money | undefined {
  const present = values.filter(value => value !== undefined);
  return present.length === 0 ? undefined : sum(present, noMoney);
}

function totalOf(rows: readonly DividendRow[]): TableRow {
  const paid = rows.filter(row => row.recorded.length > 0);
  return {
    id: 'total',
    bold: true,
    cells: {
      exDate: 'Total',
      due: formatMoney(known(rows.map(row => row.due))),
      recorded: formatMoney(known(paid.map(amounts)) ?? noMoney),
      credit: paid.length === 0 ? '' : formatMoney(known(paid.map(credits))),
    },
  };
}

/** Newest first. */
export function dividendsList(rows: readonly DividendRow[], today: LocalDate): ListModel {
  const numbered = rows.map((row, index) => ({ row, id: String(rows.length - index) }));
  const definition = {
    columns,
    rowOf: ({ row, id }: (typeof numbered)[number]) => rowOf(row, id, today),
    sorts: [],
  };
  return plainList(listRows(definition, numbered, totalOf(rows)));
}
