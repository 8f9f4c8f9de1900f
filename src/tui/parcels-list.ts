/** The open parcels of one security as a list: what each cost, what it is worth, and when its discount begins. */
import type { LocalDate } from '../domain/date.ts';
import { add, isPositive, type Money, noMoney, noUnits, sum, type Units } from '../domain/decimal.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import { isDiscountEligible } from '../domain/tax/discount.ts';
import { formatCount, formatDate, formatMoney, formatPrice, formatUnits } from '../format.ts';
import type { ParcelRow } from '../usecases/view-security.ts';
import { moneyChange, pctCell } from './figures.ts';
import { type ListModel, listRows, plainList } from './list-model.ts';
import type { Cell, TableColumn, TableRow } from './table.ts';

const portfolioColumn: TableColumn = { id: 'portfolio', title: 'Portfolio', kind: 'name', priority: 9, min: 8 };

const columns: readonly TableColumn[] = [
  { id: 'acquired', title: 'Acquired', kind: 'text', priority: 1 },
  { id: 'units', title: 'Units', kind: 'number', priority: 2 },
  { id: 'costBase', title: 'Cost base', kind: 'number', priority: 6 },
  { id: 'perUnit', title: 'Per unit', kind: 'price', priority: 7 },
  { id: 'value', title: 'Value', kind: 'number', priority: 5 },
  { id: 'gain', title: 'Gain', kind: 'number', priority: 3 },
  { id: 'gainPct', title: 'Gain %', kind: 'number', priority: 8 },
  { id: 'discount', title: 'Discount', kind: 'text', priority: 4 },
];

/** A company has no discount on capital gains (ITAA 1997, s 115-10). */
const ownedByCompany = (portfolio: Portfolio | undefined): boolean =>
  portfolio?.owners.every(owner => owner.taxpayer === 'company') === true;

function discountOf({ parcel, discountFrom }: ParcelRow, portfolio: Portfolio | undefined, today: LocalDate): Cell {
  if (ownedByCompany(portfolio)) return { text: 'none: a company', token: 'dim' };
  return isDiscountEligible(parcel.acquiredOn, today) ? 'eligible' : `from ${formatDate(discountFrom)}`;
}

/**
 * When the parcels that have gained have their discount, in words; undefined where none has gained, or a company owns
 * them all.
 */
export function discountWords(
  rows: readonly ParcelRow[],
  portfolios: readonly Portfolio[],
  today: LocalDate,
): string | undefined {
  const gained = rows.filter(
    ({ parcel, gain }) =>
      gain !== undefined && isPositive(gain) && !ownedByCompany(portfolios.find(each => each.id === parcel.portfolio)),
  );
  const waiting = gained.filter(({ parcel }) => !isDiscountEligible(parcel.acquiredOn, today));
  const [next] = waiting.map(row => row.discountFrom).sort();
  if (next === undefined) return gained.length > 0 ? 'eligible' : undefined;
  return `${waiting.length === gained.length ? 'from' : 'next'} ${formatDate(next)}`;
}

/** The sum; undefined where one is unknown. */
const whole = (values: readonly (Money | undefined)[]): Money | undefined =>
  values.reduce<Money | undefined>(
    (total, each) => (total === undefined || each === undefined ? undefined : add(total, each)),
    noMoney,
  );

function totalOf(rows: readonly ParcelRow[]): TableRow {
  const units: Units = sum(
    rows.map(row => row.parcel.units),
    noUnits,
  );
  return {
    id: 'total',
    bold: true,
    cells: {
      acquired: 'Total',
      units: formatUnits(units),
      costBase: formatMoney(whole(rows.map(row => row.parcel.cost))),
      value: formatMoney(whole(rows.map(row => row.value))),
      gain: moneyChange(whole(rows.map(row => row.gain))),
      discount: { text: formatCount(rows.length, 'parcel'), token: 'dim' },
    },
  };
}

/** Oldest first. The portfolio is told where there are several. */
export function parcelsList(
  rows: readonly ParcelRow[],
  { portfolios, today }: { readonly portfolios: readonly Portfolio[]; readonly today: LocalDate },
): ListModel {
  const sorted = rows.toSorted((a, b) => (a.parcel.acquiredOn < b.parcel.acquiredOn ? -1 : 1));
  const rowOf = (row: ParcelRow): TableRow => {
    const portfolio = portfolios.find(each => each.id === row.parcel.portfolio);
    return {
      id: `${row.parcel.portfolio} ${row.parcel.id}`,
      cells: {
        acquired: formatDate(row.parcel.acquiredOn),
        units: formatUnits(row.parcel.units),
        costBase: formatMoney(row.parcel.cost),
        perUnit: formatPrice(row.perUnit, { places: 4 }),
        value: formatMoney(row.value),
        gain: moneyChange(row.gain),
        gainPct: pctCell(row.gainPct, 1),
        discount: discountOf(row, portfolio, today),
        portfolio: portfolio?.name ?? '',
      },
    };
  };
  const shown = portfolios.length > 1 ? [...columns, portfolioColumn] : columns;
  return plainList(listRows({ columns: shown, rowOf, sorts: [] }, sorted, totalOf(rows)));
}
