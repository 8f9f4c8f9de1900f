/**
 * One trade from the texts of one row.
 *
 * The contract note's total wins over units x price +/- brokerage; both are kept, and a difference over one cent is a
 * warning. Brokerage that the row does not state follows from the total. Shares that came in at no price (a DRP or a
 * transfer) have an unknown cost: it is never guessed. Troubles a user sees: a date more than five years ahead or that does not
 * exist, units that are zero or negative, another exchange, a kind of row that is no trade.
 */
import { type LocalDate, latestEntryDate } from '../domain/date.ts';
import {
  absolute,
  add,
  compare,
  cost,
  type Decimal,
  isNegative,
  isPositive,
  isZero,
  type Money,
  money,
  negate,
  type Price,
  perUnit,
  plain,
  round,
  roundCents,
  subtract,
  type Units,
} from '../domain/decimal.ts';
import type { Draft } from '../domain/ledger/entry.ts';
import type { Code } from '../domain/market/security.ts';
import { cut, isAbsent, readAmount } from './cell.ts';
import { findCode, type Listing } from './listing.ts';
import { type Context, Refusal } from './reading.ts';
import { readSide, type Side } from './side.ts';

/** The texts of a trade; an empty text is not stated. */
export type RawTrade = Listing & {
  readonly date: string;
  /** Empty: the sign of the units tells. */
  readonly side: string;
  readonly units: string;
  readonly price: string;
  readonly brokerage?: string | undefined;
  readonly brokerageCurrency?: string | undefined;
  readonly total?: string | undefined;
  /** Either the total or units x price: the figures decide. */
  readonly amount?: string | undefined;
  readonly note?: string | undefined;
};

export type Signs = {
  readonly negativeSales?: boolean | undefined;
  readonly negativeFees?: boolean | 'perhaps' | undefined;
};

type TradeReading = { readonly draft: Draft; readonly warnings: readonly string[] };

const cent = money('0.01');

/** The day in a cell, or why it is none: no such day, or one more than five years ahead. */
export function readEntryDay(text: string, context: Context): LocalDate | Refusal {
  if (isAbsent(text)) return new Refusal('no date');
  const day = context.readDay(text);
  if (day === undefined) {
    const order = context.dateOrder === 'day-first' ? 'day/month/year' : 'month/day/year';
    return new Refusal(`"${cut(text)}" is not a date (${order} or YYYY-MM-DD)`);
  }
  return day > latestEntryDate(context.today) ? new Refusal(`${day} is more than five years ahead`) : day;
}

/** The amount in a cell; undefined when the cell says nothing. */
export function readOptional(text: string | undefined, what: string): Decimal | undefined | Refusal {
  if (text === undefined || isAbsent(text)) return undefined;
  return readAmount(text) ?? new Refusal(`${what} "${cut(text)}" is not a number`);
}

/** Units above zero, or why they are not. */
export function readUnits(text: string): Units | Refusal {
  const value = readOptional(text, 'units');
  if (value === undefined) return new Refusal('no units');
  if (value instanceof Refusal) return value;
  return isPositive(value) ? (value as Units) : new Refusal(`units are ${plain(value)}`);
}

type Figures = {
  readonly units: Units;
  readonly price: Price | undefined;
  readonly brokerage: Money | undefined;
  readonly total: Money | undefined;
};

const signedFee = (fee: Money, { negativeFees }: Signs): Money =>
  negativeFees === 'perhaps' ? absolute(fee) : negativeFees ? negate(fee) : fee;

/** Reads the four figures with the sign conventions of the format taken out. */
function readFigures(raw: RawTrade, side: Side, signs: Signs): Figures | Refusal {
  const stated = readOptional(raw.units, 'units');
  const price = readOptional(raw.price, 'price');
  const fee = readOptional(raw.brokerage, 'brokerage');
  const total = readOptional(raw.total, 'total');
  const amount = readOptional(raw.amount, 'amount');
  for (const read of [stated, price, fee, total, amount]) if (read instanceof Refusal) return read;
  if (stated === undefined) return new Refusal('no units');
  const flips = isNegative(stated as Units) && (raw.side === '' || (signs.negativeSales === true && side === 'sell'));
  const units = (flips ? negate(stated as Units) : stated) as Units;
  if (!isPositive(units)) return new Refusal(`units are ${plain(units)}`);
  if (price !== undefined && isNegative(price as Price)) return new Refusal(`price is ${plain(price as Price)}`);
  const brokerage = fee === undefined ? undefined : signedFee(fee as Money, signs);
  if (brokerage !== undefined && isNegative(brokerage as Money)) {
    return new Refusal(`brokerage is ${plain(fee as Money)}`);
  }
  if (brokerage !== undefined && isPositive(brokerage as Money)) {
    const currency = (raw.brokerageCurrency ?? '').toUpperCase();
    if (currency !== '' && currency !== 'AUD') {
      return total === undefined
        ? new Refusal(`brokerage is in ${cut(currency)}`)
        : { units, price: price as Price | undefined, brokerage: undefined, total: absolute(total as Money) };
    }
  }
  return {
    units,
    price: price as Price | undefined,
    brokerage: brokerage as Money | undefined,
    total:
      total === undefined
        ? netAmount(amount, price, units, brokerage, side)
        : unsign(total as Money, side, fetchesLess(price as Price | undefined, units, brokerage as Money | undefined)),
  };
}

/** Whether a sale fetches less than its brokerage. */
const fetchesLess = (price: Price | undefined, units: Units, brokerage: Money | undefined): boolean =>
  price !== undefined && brokerage !== undefined && compare(cost(price, units), brokerage) < 0;

/** A total's sign is the file's convention, save for a sale that cost its seller money. */
const unsign = (total: Money, side: Side, isPaidToSell: boolean): Money =>
  side === 'sell' && isPaidToSell ? total : absolute(total);

const isClose = (a: Money, b: Money): boolean => compare(absolute(subtract(a, b)), cent) <= 0;

const netOf = (gross: Money, brokerage: Money, side: Side): Money =>
  side === 'sell' ? subtract(gross, brokerage) : add(gross, brokerage);

/** An amount that equals units x price and not the net is no total; any other is. */
function netAmount(
  amount: Decimal | Refusal | undefined,
  price: Decimal | Refusal | undefined,
  units: Units,
  brokerage: Decimal | Refusal | undefined,
  side: Side,
): Money | undefined {
  if (amount === undefined || amount instanceof Refusal) return undefined;
  const stated = absolute(amount as Money);
  if (price === undefined || price instanceof Refusal || brokerage === undefined || brokerage instanceof Refusal) {
    return stated;
  }
  const gross = cost(price as Price, units);
  const isGross = isClose(stated, gross) && !isClose(stated, netOf(gross, brokerage as Money, side));
  return isGross ? undefined : stated;
}

/** Brokerage that a total implies: what it differs by from units x price, where that is a cost of over one cent. */
function impliedBrokerage(total: Money, gross: Money, side: Side): Money | undefined {
  const difference = roundCents(side === 'sell' ? subtract(gross, total) : subtract(total, gross));
  return compare(difference, cent) > 0 ? difference : undefined;
}

function buildTrade(on: LocalDate, code: Code, side: 'buy' | 'sell', figures: Figures, note: string): TradeReading {
  const { units, total } = figures;
  const warnings: string[] = [];
  let { price, brokerage } = figures;
  if (price === undefined && total !== undefined) {
    const gross = side === 'sell' ? add(total, brokerage ?? money('0')) : subtract(total, brokerage ?? money('0'));
    price = round(perUnit(gross, units), 6);
  } else if (price !== undefined && total !== undefined) {
    const gross = cost(price, units);
    brokerage ??= impliedBrokerage(total, gross, side);
    const expected = netOf(gross, brokerage ?? money('0'), side);
    if (!isClose(expected, total)) {
      const sum = `units x price ${side === 'sell' ? '-' : '+'} brokerage = ${plain(round(expected, 4))}`;
      const difference = plain(round(absolute(subtract(total, expected)), 4));
      warnings.push(`${code}: the total ${plain(total)} is used; ${sum} differs by ${difference}`);
    }
  }
  const draft: Draft = {
    kind: side,
    on,
    code,
    units,
    price: price as Price,
    ...(brokerage === undefined ? {} : { brokerage }),
    ...(total === undefined ? {} : { total }),
    ...(note === '' ? {} : { note }),
  };
  return { draft, warnings };
}

/** Shares that came in without being bought: their cost when the row states one, else unknown and a warning. */
function buildArrival(on: LocalDate, code: Code, side: Side, figures: Figures, note: string): TradeReading {
  const { units, price, brokerage, total } = figures;
  const noted = note === '' ? {} : { note };
  const arrived = `${code}: ${plain(units)} ${plain(units) === '1' ? 'unit' : 'units'} came in`;
  const paid = total !== undefined && !isZero(total);
  const priced = price !== undefined && !isZero(price);
  const kind = side === 'opening' ? 'opening' : 'transfer-in';
  const acquired = side === 'drp' || side === 'opening' ? { acquiredOn: on } : {};
  if (paid || priced) {
    const known = paid ? total : roundCents(add(cost(price as Price, units), brokerage ?? money('0')));
    const warning = `${arrived} by reinvestment; record the dividend they were bought with`;
    return {
      draft: { kind, on, code, units, cost: known, ...acquired, ...noted },
      warnings: side === 'drp' ? [warning] : [],
    };
  }
  const way = `"transfer-in ${plain(units)} ${code} cost AMOUNT acquired DATE on ${on}"`;
  const drp = `"drp ${code} ${plain(units)} @ PRICE dividend AMOUNT on ${on}"`;
  const warning = `${arrived} without a price, so the cost is unknown; replace the entry by ${way} or, for a DRP, ${drp}`;
  return { draft: { kind, on, code, units, ...acquired, ...noted }, warnings: [warning] };
}

/** The draft of a row, with warnings that name its code; or why there is none. */
export function readTrade(raw: RawTrade, signs: Signs, context: Context): TradeReading | Refusal {
  const side = readSide(raw.side, raw.units);
  if (side instanceof Refusal) return side;
  const code = findCode(raw, context);
  if (code instanceof Refusal) return code;
  const on = readEntryDay(raw.date, context);
  if (on instanceof Refusal) return on;
  if (side === 'reconstruction') {
    const kind = raw.side.toLowerCase();
    const entry = `${kind.includes('consolid') ? 'consolidation' : 'split'} ${code} NEW:OLD on ${on}`;
    return new Refusal(`a ${cut(kind)} states no ratio; add it as "${entry}"`);
  }
  const figures = readFigures(raw, side, signs);
  if (figures instanceof Refusal) return figures;
  const note = (raw.note ?? '').slice(0, 200);
  const noted = note === '' ? {} : { note };
  if (side === 'bonus' || side === 'transfer-out') {
    return { draft: { kind: side, on, code, units: figures.units, ...noted }, warnings: [] };
  }
  if (side !== 'buy' && side !== 'sell') return buildArrival(on, code, side, figures, note);
  const { price, total } = figures;
  if (price === undefined && total === undefined) return new Refusal('no price');
  const isFree = (price === undefined || isZero(price)) && (total === undefined || isZero(total));
  if (side === 'buy' && isFree) return buildArrival(on, code, 'transfer-in', figures, note);
  return buildTrade(on, code, side, figures, note);
}
