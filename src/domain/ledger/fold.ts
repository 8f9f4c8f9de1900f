/**
 * The state of a fold: what the entries so far have made of one portfolio, and the records that come out of it.
 *
 * Only the `apply` functions of this folder change it. An entry that cannot take effect is refused: it leaves the state
 * as it was and one problem behind.
 */

import type { LocalDate } from '../date.ts';
import { add, isZero, type Money, noUnits, type Price, type Units, withCommas } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import type { CostEvent, Deemed } from './cost-parts.ts';
import type { Entry } from './entry.ts';
import { insertByAge, type Parcel } from './parcel.ts';
import type { ClosingRule } from './portfolio.ts';
import type { StatementComponents } from './statement.ts';

/** One parcel's part in a sale. `gain` is proceeds less cost base; undefined where the cost is unknown. */
export type ParcelSale = {
  readonly parcel: string;
  readonly acquiredOn: LocalDate;
  readonly units: Units;
  readonly cost: Money | undefined;
  /** Net of brokerage. */
  readonly proceeds: Money;
  readonly gain: Money | undefined;
  /** What a year's AMIT and tax-deferred amounts did to the cost just before the sale; it is in `cost` already. */
  readonly adjustment: Money | undefined;
  /** The part of the cost (of the deemed one, where there is one) that is not indexed. */
  readonly unindexed: Money | undefined;
  /** Its part of the deemed sale of 1 July 2027, where the fold was told of one. */
  readonly deemed: Deemed | undefined;
};

export type Disposal = {
  readonly entry: string;
  readonly portfolio: string;
  readonly code: Code;
  readonly on: LocalDate;
  readonly units: Units;
  /** Net of brokerage. */
  readonly proceeds: Money;
  /** In whole, so that gross proceeds are `proceeds` and this; undefined where none is stated. */
  readonly brokerage: Money | undefined;
  readonly parcels: readonly ParcelSale[];
};

/** A return of capital, tax-deferred or AMIT amount beyond a parcel's cost base: a capital gain of that day. */
export type ExcessGain = {
  readonly entry: string;
  readonly portfolio: string;
  readonly code: Code;
  readonly on: LocalDate;
  readonly event: CostEvent;
  readonly parcel: string;
  readonly acquiredOn: LocalDate;
  /** Of the parcel, or of its part that was sold. */
  readonly units: Units;
  readonly amount: Money;
  /** Where there was a deemed sale: the part beyond the deemed cost base, which is what counts then. */
  readonly deemed: { readonly amount: Money | undefined } | undefined;
};

/** A return of capital as it was paid, whatever of it exceeded a cost base. */
export type CapitalReturned = {
  readonly entry: string;
  readonly portfolio: string;
  readonly code: Code;
  readonly on: LocalDate;
  readonly amount: Money;
};

/** Units of one code that came for, or out of, units of another without being paid for. */
export type Exchange = {
  readonly entry: string;
  readonly portfolio: string;
  readonly kind: 'demerger' | 'rollover' | 'rename';
  readonly on: LocalDate;
  readonly code: Code;
  readonly newCode: Code;
  /** Of the old code, held then: a demerger leaves them, the others take them all. */
  readonly units: Units;
  /** Of the new code. */
  readonly received: Units;
  /** What was paid in cash beside them. */
  readonly cash: Money;
  /** What they brought along; undefined where one of the parcels has no known cost. */
  readonly costBase: Money | undefined;
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

/** An annual tax statement: for tax it stands in the place of that year's cash distributions of the code. */
export type StatementRecord = {
  readonly entry: string;
  readonly portfolio: string;
  readonly code: Code;
  readonly financialYear: number;
  readonly components: StatementComponents;
};

export type LedgerProblem = {
  readonly entry: string;
  readonly code: Code | undefined;
  readonly on: LocalDate;
  readonly message: string;
};

/** The deemed sale of 1 July 2027; see reset. */
export type Reset = {
  /** The first day of the new rules. */
  readonly on: LocalDate;
  /** Market value of a unit just before it. */
  readonly priceOf: (code: Code) => Price | undefined;
  /** The ids of the portfolios whose owners are affected. */
  readonly portfolios: ReadonlySet<string>;
};

/** Capital gains and losses of a financial year; see gain-tally. */
export type Gains = {
  /** Of parcels held 12 months. */
  readonly long: Money;
  readonly short: Money;
  /** Of the year and carried into it; zero or more. */
  readonly losses: Money;
};

export type GainTally = { readonly years: Map<number, Gains>; disposals: number; excessGains: number };

export type UnitClose = { readonly on: LocalDate; units: Units };
/** What changed the number of units without opening a parcel, in the order it happened. */
export type UnitEvent = { readonly on: LocalDate; readonly code: Code } & (
  | { readonly kind: 'exit'; readonly entry: string; readonly units: Units }
  | { readonly kind: 'rescale'; readonly from: Units; readonly to: Units }
  | { readonly kind: 'rename'; readonly to: Code }
);

/** The part of a year's cost base adjustment that falls on one event: `entry` is the statement's or adjustment's. */
export type AdjustmentShare = {
  readonly entry: string;
  readonly code: Code;
  readonly event: CostEvent;
  readonly amount: Money;
};

export type CashClose = { readonly on: LocalDate; balance: Money };

/** The state while folding one portfolio. Only the `apply` functions of this folder touch it. */
export type Fold = {
  readonly portfolio: string;
  readonly rule: ClosingRule;
  /** The deemed sale of 1 July 2027, where the caller wants it told. */
  readonly reset: Reset | undefined;
  /** What a least-tax sale counts with in the place of this portfolio's own gains; undefined for every recorded one. */
  readonly yearSoFar: (sale: Entry) => Gains | undefined;
  /** Open parcels, oldest first, and their units. */
  readonly open: Map<Code, { parcels: Parcel[]; units: Units }>;
  /** Units at the close of each day on which they changed, oldest first. */
  readonly closes: Map<Code, UnitClose[]>;
  readonly cashCloses: CashClose[];
  readonly disposals: Disposal[];
  readonly excessGains: ExcessGain[];
  readonly capitalReturned: CapitalReturned[];
  readonly exchanges: Exchange[];
  readonly income: IncomeReceived[];
  readonly statements: StatementRecord[];
  readonly unitEvents: UnitEvent[];
  /**
   * Shares of the years' cost base adjustments, by the entry (a sale, a transfer out, the adjustment itself at the year's
   * end) on which they fall. The first of two folds writes it, the second reads it; see year-end.
   */
  readonly shares: Map<string, AdjustmentShare[]>;
  readonly isPreparing: boolean;
  /** `CODE YEAR` of the AMIT adjustments so far. */
  readonly amitYears: Set<string>;
  /** Gains and losses so far by financial year, as far as a least-tax sale has needed them. */
  readonly tally: GainTally;
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

/**
 * Units at the close of the day before `date`. Entitlement of a code that came by a rename reaches back over the days
 * of the old one, also where the code is one that had been given up before.
 */
export function unitsBefore(fold: Fold, code: Code, date: LocalDate): Units {
  const own = fold.closes.get(code)?.findLast(close => close.on < date)?.units ?? noUnits;
  if (!isZero(own)) return own;
  const before = [...fold.renamed].find(([old, { to, on }]) => to === code && old !== code && on >= date)?.[0];
  return before === undefined ? noUnits : unitsBefore(withoutRename(fold, before), before, date);
}

/** So that codes which were renamed to each other and back are each asked once. */
const withoutRename = (fold: Fold, code: Code): Fold => ({
  ...fold,
  renamed: new Map([...fold.renamed].filter(([old]) => old !== code)),
});

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
