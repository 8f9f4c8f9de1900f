/**
 * Lists of what is held now: each row is an opening parcel.
 *
 * The cost of a parcel is units x average cost, to the cent; without an average cost it is unknown. Without a date the
 * parcel is dated today, which starts its 12 months for the capital gains discount today: a warning says so.
 */
import {
  absolute,
  compare,
  cost,
  type Decimal,
  isNegative,
  type Money,
  money,
  type Price,
  plain,
  roundCents,
  subtract,
  type Units,
} from '../domain/decimal.ts';
import type { TransferIn } from '../domain/ledger/entry.ts';
import { isAbsent, readAmount } from './cell.ts';
import { findCode } from './listing.ts';
import { type Context, type Reading, Refusal } from './reading.ts';
import { dataRows, type Table, type TableRow } from './table.ts';
import { readEntryDay, readOptional, readUnits } from './trade-draft.ts';

const datedToday =
  'the file has no purchase dates: the parcels without one are dated today; edit them, for the capital gains discount';

type Listed = { code: string; market?: string; currency?: string; units: string; date: string; note: string };

/** The opening parcel of one row; `parcelCost` works out what it cost. */
function readOpening(
  listed: Listed,
  parcelCost: (units: Units) => Money | undefined | Refusal,
  context: Context,
): TransferIn | Refusal {
  const code = findCode(listed, context);
  if (code instanceof Refusal) return code;
  const units = readUnits(listed.units);
  if (units instanceof Refusal) return units;
  const on = isAbsent(listed.date) ? context.today : readEntryDay(listed.date, context);
  if (on instanceof Refusal) return on;
  const paid = parcelCost(units);
  if (paid instanceof Refusal) return paid;
  const note = listed.note === '' ? {} : { note: listed.note.slice(0, 200) };
  return { kind: 'opening', on, code, units, ...(paid === undefined ? {} : { cost: paid }), acquiredOn: on, ...note };
}

function addOpening(line: number, opening: TransferIn | Refusal, undated: boolean, reading: Reading): void {
  if (opening instanceof Refusal) reading.reject(line, opening.reason);
  else reading.add({ line, draft: opening, undated });
}

const costOf = (average: Decimal | undefined | Refusal, units: Units): Money | undefined | Refusal => {
  if (average === undefined || average instanceof Refusal) return average;
  return isNegative(average as Price)
    ? new Refusal(`average cost is ${plain(average as Price)}`)
    : roundCents(cost(average as Price, units));
};

const listedRow = (row: TableRow): Listed => ({
  code: row.text('code'),
  market: row.text('market'),
  currency: row.text('currency'),
  units: row.text('units'),
  date: row.text('date'),
  note: row.text('note'),
});

function warnOfOpenings(reading: Reading): void {
  const unknown = reading.found.filter(({ draft }) => draft.kind === 'opening' && draft.cost === undefined);
  const codes = unknown.map(({ draft }) => ('code' in draft ? draft.code : ''));
  if (codes.length > 0) {
    const more = codes.length > 10 ? ` and ${codes.length - 10} more` : '';
    reading.warn(`no cost is known for ${codes.slice(0, 10).join(', ')}${more}; edit the entries to give it`);
  }
  if (reading.found.some(found => found.undated)) reading.warn(datedToday);
}

/** Reads `ticker,shares,avg_cost[,date_acquired]`. */
export function readHoldingsTable(table: Table, context: Context, reading: Reading): void {
  for (const row of dataRows(table, context, reading)) {
    const average = readOptional(row.text('averageCost'), 'average cost');
    const opening = readOpening(listedRow(row), units => costOf(average, units), context);
    addOpening(row.line, opening, isAbsent(row.text('date')), reading);
  }
  warnOfOpenings(reading);
}

/**
 * CommSec's `Purchase $` is read as the price of a unit or of the parcel by what the row's own figures say: market
 * value - cost = profit. Where they fit neither, the cost is unknown.
 */
function commsecCost(row: TableRow, units: Units): Money | undefined {
  const purchase = readAmount(row.text('averageCost'));
  const profit = readAmount(row.text('profit'));
  const value = readAmount(row.text('value'));
  if (purchase === undefined || profit === undefined || value === undefined || isNegative(purchase as Price)) {
    return undefined;
  }
  const paid = subtract(value as Money, profit as Money);
  const byUnit = cost(purchase as Price, units);
  const tolerance = money('1');
  const isNear = (candidate: Money): boolean => compare(absolute(subtract(candidate, paid)), tolerance) <= 0;
  if (isNear(byUnit)) return roundCents(byUnit);
  return isNear(purchase as Money) ? roundCents(purchase as Money) : undefined;
}

/** Reads CommSec's list of holdings. */
export function readCommsecHoldings(table: Table, context: Context, reading: Reading): void {
  for (const row of dataRows(table, context, reading)) {
    const opening = readOpening({ ...listedRow(row), date: '' }, units => commsecCost(row, units), context);
    addOpening(row.line, opening, true, reading);
  }
  warnOfOpenings(reading);
}

const nearlyEqual = (a: Decimal, b: Decimal): boolean => compare(absolute(subtract(a, b)), money('0.01')) <= 0;

/** Whether cells are a line of SelfWealth's portfolio, which has no header: code, name, price, units, value, weight. */
export function isSelfwealthHolding(cells: readonly string[]): boolean {
  const [code = '', , price = '', units = '', value = ''] = cells;
  const [priceRead, unitsRead, valueRead] = [readAmount(price), readAmount(units), readAmount(value)];
  if (cells.length !== 6 || !/^[A-Z0-9.]{3,10}$/.test(code)) return false;
  if (priceRead === undefined || unitsRead === undefined || valueRead === undefined) return false;
  return nearlyEqual(cost(priceRead as Price, unitsRead as Units), valueRead);
}

/** Reads SelfWealth's portfolio; it states no cost and no dates. */
export function readSelfwealthPortfolio(table: Table, context: Context, reading: Reading): void {
  const columns = { code: 0, units: 3 };
  for (const row of dataRows({ ...table, columns, headerAt: -1 }, context, reading)) {
    const code = row.text('code');
    if (/^cash$/i.test(code)) {
      reading.skip(row.line, 'cash, not a security');
      continue;
    }
    const listed = { code, units: row.text('units'), date: '', note: '' };
    addOpening(
      row.line,
      readOpening(listed, () => undefined, context),
      true,
      reading,
    );
  }
  warnOfOpenings(reading);
}
