/**
 * The state of a fold: what the entries so far have made of one portfolio, and the records that come out of it.
 *
 * Only the `apply` functions of this folder change it. An entry that cannot take effect is refused: it leaves the state
 * as it was and one problem behind.
 */

import type { LocalDate } from '../date.ts';
import { add, type Money, noUnits, type Units, withCommas } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import type { Entry, ParcelMethod } from './entry.ts';
import { insertByAge, type Parcel } from './parcel.ts';

/** One parcel's part in a sale. `gain` is proceeds less cost base; undefined where the cost is unknown. */
export type ParcelSale = {
  readonly parcel: string;
  readonly acquiredOn: LocalDate;
  readonly units: Units;
  readonly cost: Money | undefined;
  readonly proceeds: Money;
  readonly gain: Money | undefined;
};

export type Disposal = {
  readonly entry: string;
  readonly portfolio: string;
  readonly code: Code;
  readonly on: LocalDate;
  readonly units: Units;
  /** Net of brokerage. */
  readonly proceeds: Money;
  readonly parcels: readonly ParcelSale[];
};

/** A return of capital beyond a parcel's cost base: a capital gain of that day. */
export type ExcessGain = {
  readonly entry: string;
  readonly portfolio: string;
  readonly code: Code;
  readonly on: LocalDate;
  readonly acquiredOn: LocalDate;
  readonly amount: Money;
};

/** A dividend, distribution or reinvested dividend. Amounts in dollars; undefined is unknown. */
export type IncomeReceived = {
  readonly entry: string;
  readonly portfolio: string;
  readonly code: Code;
  readonly kind: 'dividend' | 'distribution' | 'drp';
  readonly on: LocalDate;
  readonly exDate: LocalDate | undefined;
  /** Units held at the close of the day before the ex-date; undefined when no ex-date is given. */
  readonly units: Units | undefined;
  /** Before tax withheld. */
  readonly amount: Money;
  readonly franked: Money | undefined;
  readonly credit: Money | undefined;
  /** True where the credit was computed from the company rate of 30% and not stated. */
  readonly creditAssumed: boolean;
  readonly withheld: Money | undefined;
  /** The financial year it is assessed in. */
  readonly financialYear: number;
};

export type LedgerProblem = {
  readonly entry: string;
  readonly code: Code | undefined;
  readonly on: LocalDate;
  readonly message: string;
};

export type UnitClose = { readonly on: LocalDate; units: Units };
export type CashClose = { readonly on: LocalDate; balance: Money };

/** The state while folding one portfolio. Only the `apply` functions of this folder touch it. */
export type Fold = {
  readonly portfolio: string;
  readonly method: ParcelMethod;
  /** Open parcels, oldest first, and their units. */
  readonly open: Map<Code, { parcels: Parcel[]; units: Units }>;
  /** Units at the close of each day on which they changed, oldest first. */
  readonly closes: Map<Code, UnitClose[]>;
  readonly cashCloses: CashClose[];
  readonly disposals: Disposal[];
  readonly excessGains: ExcessGain[];
  readonly income: IncomeReceived[];
  readonly problems: LedgerProblem[];
  readonly warnings: LedgerProblem[];
  readonly renamed: Map<Code, { to: Code; on: LocalDate }>;
  /** What the last reinvestment of a security left for the next one. */
  readonly residuals: Map<Code, Money>;
  cash: Money;
};

/** The open parcels of a code, oldest first. */
export const openParcels = (fold: Fold, code: Code): readonly Parcel[] => fold.open.get(code)?.parcels ?? [];
export const heldUnits = (fold: Fold, code: Code): Units => fold.open.get(code)?.units ?? noUnits;

function noteClose(fold: Fold, code: Code, on: LocalDate, units: Units): void {
  const closes = fold.closes.get(code) ?? [];
  const last = closes.at(-1);
  if (last?.on === on) last.units = units;
  else closes.push({ on, units });
  fold.closes.set(code, closes);
}

/** Opens a parcel and notes its code's units at that day's close. */
export function openParcel(fold: Fold, parcel: Parcel, on: LocalDate): void {
  const held = fold.open.get(parcel.code) ?? { parcels: [], units: noUnits };
  insertByAge(held.parcels, parcel);
  held.units = add(held.units, parcel.units);
  fold.open.set(parcel.code, held);
  noteClose(fold, parcel.code, on, held.units);
}

/** Replaces a code's open parcels (oldest first), which hold `units` together. */
export function setParcels(fold: Fold, code: Code, parcels: Parcel[], units: Units, on: LocalDate): void {
  if (parcels.length === 0) fold.open.delete(code);
  else fold.open.set(code, { parcels, units });
  noteClose(fold, code, on, units);
}

/** Units at the close of the day before `date`. */
export function unitsBefore(fold: Fold, code: Code, date: LocalDate): Units {
  const closes = fold.closes.get(code) ?? [];
  for (let index = closes.length - 1; index >= 0; index -= 1) {
    const close = closes[index];
    if (close && close.on < date) return close.units;
  }
  return noUnits;
}

export const refuse = (fold: Fold, entry: Entry, message: string): void => {
  fold.problems.push({ entry: entry.id, code: entry.code, on: entry.on, message });
};
export const warn = (fold: Fold, entry: Entry, message: string): void => {
  fold.warnings.push({ entry: entry.id, code: entry.code, on: entry.on, message });
};

/** The words for a sale or transfer of more than is held. */
export function oversold(fold: Fold, entry: Entry & { code: Code }, verb: string, wanted: Units, held: Units): string {
  const rename = fold.renamed.get(entry.code);
  const why = rename && rename.on <= entry.on ? ` (renamed to ${rename.to} on ${rename.on})` : '';
  return `${entry.code}: ${verb} ${withCommas(wanted)}, held ${withCommas(held)} on ${entry.on}${why}`;
}
