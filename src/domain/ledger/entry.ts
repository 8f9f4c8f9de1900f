/**
 * Entries: what a trader records. They are the truth; parcels, holdings, gains and income are a fold over them.
 *
 * A `Draft` is what the entry line, an import or the demo produces; an `Entry` is a draft that has been recorded in a
 * portfolio. Amounts are Australian dollars, dates are Sydney days. A trade is dated by its contract, not its
 * settlement. Optional means unknown or not stated, never zero.
 */

import type { LocalDate } from '../date.ts';
import type { Decimal, Money, Price, Units } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import type { StatementComponents } from './statement.ts';

export const parcelMethods = ['fifo', 'lifo', 'highest-cost', 'least-tax', 'specific'] as const;
/** The order in which a sale closes parcels. `specific` names them on the sale. */
export type ParcelMethod = (typeof parcelMethods)[number];

/** A parcel named on a sale, by its id (or a prefix of it) or its acquisition date, and the units taken from it. */
export type ParcelChoice = { readonly parcel: string; readonly units: Units };

type Dated = { readonly on: LocalDate; readonly note?: string | undefined };

export type Trade = Dated & {
  readonly kind: 'buy' | 'sell';
  readonly code: Code;
  readonly units: Units;
  readonly price: Price;
  /** GST included. */
  readonly brokerage?: Money | undefined;
  /** The contract note's total, which wins over units x price +/- brokerage. */
  readonly total?: Money | undefined;
  readonly method?: ParcelMethod | undefined;
  readonly parcels?: readonly ParcelChoice[] | undefined;
};

export type TransferIn = Dated & {
  readonly kind: 'opening' | 'transfer-in';
  readonly code: Code;
  readonly units: Units;
  /** The parcel's cost base; undefined is unknown. */
  readonly cost?: Money | undefined;
  readonly acquiredOn?: LocalDate | undefined;
};

export type TransferOut = Dated & {
  readonly kind: 'transfer-out';
  readonly code: Code;
  readonly units: Units;
  readonly method?: ParcelMethod | undefined;
  readonly parcels?: readonly ParcelChoice[] | undefined;
};

/** Cash as a total, or per unit held at the close of the day before the ex-date. */
export type CashAmount = { readonly total: Money } | { readonly perUnit: Price };

/** A payment declared in another currency; `rate` is units of it for one Australian dollar. */
export type Declared = { readonly amount: Decimal; readonly currency: string; readonly rate: Decimal };

export type Income = Dated & {
  readonly kind: 'dividend' | 'distribution';
  readonly code: Code;
  readonly amount: CashAmount;
  /** 0 to 100. */
  readonly frankedPct?: Decimal | undefined;
  readonly credit?: Money | undefined;
  /** TFN or foreign tax withheld. */
  readonly withheld?: Money | undefined;
  /** The part that a listed investment company paid out of a capital gain (LIC attributable part). */
  readonly lic?: Money | undefined;
  readonly declared?: Declared | undefined;
  readonly exDate?: LocalDate | undefined;
  /** The financial year that a distribution is attributed to. */
  readonly financialYear?: number | undefined;
};

/** A dividend reinvestment: `on` is the issue date. The new parcel's cost is the dividend applied, units x price. */
export type Drp = Dated & {
  readonly kind: 'drp';
  readonly code: Code;
  readonly units: Units;
  readonly price: Price;
  /** The assessable dividend, without residual carried in from before. */
  readonly dividend: CashAmount;
  readonly frankedPct?: Decimal | undefined;
  readonly credit?: Money | undefined;
  readonly withheld?: Money | undefined;
  /** The part that a listed investment company paid out of a capital gain (LIC attributable part). */
  readonly lic?: Money | undefined;
  /** Cash left over and carried to the next plan issue. */
  readonly residual?: Money | undefined;
  readonly exDate?: LocalDate | undefined;
  /** The financial year that a reinvested distribution is attributed to. */
  readonly financialYear?: number | undefined;
};

export type Reconstruction = Dated & {
  readonly kind: 'split' | 'consolidation';
  readonly code: Code;
  readonly newUnits: Decimal;
  readonly oldUnits: Decimal;
  /** The registry's resulting units, where it differs from rounding the holding up to a whole unit. */
  readonly units?: Units | undefined;
};

export type Bonus = Dated & { readonly kind: 'bonus'; readonly code: Code; readonly units: Units };

/** `on` is the payment date. A parcel counts when it was owned at both the record date and the payment. */
export type ReturnOfCapital = Dated & {
  readonly kind: 'return-of-capital';
  readonly code: Code;
  readonly perUnit: Price;
  readonly recordDate?: LocalDate | undefined;
};

/** Part of a company or trust becomes an entity of its own: the holder gets `units` of `newCode` for nothing. */
export type Demerger = Dated & {
  readonly kind: 'demerger';
  readonly code: Code;
  readonly newCode: Code;
  readonly units: Units;
  /** The percentage of the cost base that goes to the new entity, above 0 and below 100. */
  readonly costPct: Decimal;
};

/** A takeover paid in scrip, with the rollover chosen; a part may be paid in cash. */
export type Rollover = Dated & {
  readonly kind: 'rollover';
  readonly code: Code;
  readonly newCode: Code;
  readonly newUnits: Decimal;
  readonly oldUnits: Decimal;
  /** The registry's resulting units, where it differs from rounding the holding up to a whole unit. */
  readonly units?: Units | undefined;
  /** Dollars in cash, for the whole holding. */
  readonly cash?: Money | undefined;
  /** Market value of all the scrip received. */
  readonly worth?: Money | undefined;
};

/** Entries of a whole financial year: `on` is its last day. */
type OfYear = Dated & { readonly code: Code; readonly financialYear: number };

/** The annual tax statement (AMMA or SDS) of an ETF or trust. */
export type Statement = OfYear & { readonly kind: 'statement'; readonly components: StatementComponents };

/** An AMIT cost base adjustment of the year, in dollars for all units; above zero raises the cost base. */
export type Amit = OfYear & { readonly kind: 'amit'; readonly adjustment: Money };

export type Rename = Dated & { readonly kind: 'rename'; readonly code: Code; readonly newCode: Code };

export type CashMovement = Dated & {
  readonly kind: 'deposit' | 'withdraw' | 'interest' | 'fee';
  readonly code?: undefined;
  readonly amount: Money;
};

export type Draft =
  | Trade
  | TransferIn
  | TransferOut
  | Income
  | Drp
  | Reconstruction
  | Bonus
  | ReturnOfCapital
  | Demerger
  | Rollover
  | Rename
  | Statement
  | Amit
  | CashMovement;

export type EntryKind = Draft['kind'];

/** Where a recorded entry lives and came from. */
export type Recorded = {
  /** UUIDv7, so that ids sort by the time of recording. */
  readonly id: string;
  readonly portfolio: string;
  /** The order within its day, where the user or the file gave one. */
  readonly sequence?: number | undefined;
  /** The import that brought it. */
  readonly batch?: string | undefined;
  /** A stable key of the source row (broker and contract note number), unique in its portfolio. */
  readonly sourceKey?: string | undefined;
};

export type Entry = Draft & Recorded;

/** Whether an entry is about a code, by its own name or as what another becomes. */
export const namesCode = (entry: Entry, code: Code): boolean =>
  entry.code === code || ('newCode' in entry && entry.newCode === code);

export const entryKinds: readonly EntryKind[] = [
  'buy',
  'sell',
  'opening',
  'transfer-in',
  'transfer-out',
  'dividend',
  'distribution',
  'drp',
  'split',
  'consolidation',
  'bonus',
  'return-of-capital',
  'demerger',
  'rollover',
  'rename',
  'statement',
  'amit',
  'deposit',
  'withdraw',
  'interest',
  'fee',
];
