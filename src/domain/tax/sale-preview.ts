/**
 * What a sale would do to the tax of the owners, before it is made.
 *
 * The sale is folded into the ledger as if it were recorded, once by each parcel method, and every owner's year is
 * reckoned with and without it; the difference is the taxable gain, which may be below zero. A least-tax sale knows the
 * owners' whole year, over all portfolios and with the losses carried into it; once recorded it knows its portfolio alone,
 * so a trader who wants the same parcels names them. Tax is that times the
 * owner's marginal rate, where the user has given one. Waiting is the same sale on the first day on which one more of its
 * parcels has the discount: what it saves is the difference of the two taxable gains, at the same price. After 1 July
 * 2027 waiting helps only the deferred part of a gain, and indexation after 12 months.
 */
import { daysBetween, financialYear, type LocalDate } from '../date.ts';
import {
  add,
  type Decimal,
  decimal,
  isPositive,
  type Money,
  noMoney,
  roundCents,
  scale,
  subtract,
} from '../decimal.ts';
import type { Entry, ParcelMethod, Trade } from '../ledger/entry.ts';
import type { Gains } from '../ledger/fold.ts';
import { foldLedger } from '../ledger/ledger.ts';
import type { Owner } from '../ledger/portfolio.ts';
import type { GainLine } from './capital-gain.ts';
import { gainYears, linesOfOwner, yearSoFar } from './capital-gains.ts';
import { lossesBroughtIn, marginalRate, type OwnerBooks } from './owner-books.ts';
import { type CapitalGainYear, lossesCarriedOut } from './tax-year.ts';
import { type WashSale, washSales } from './wash-sale.ts';

export type OwnerEffect = {
  readonly owner: Owner;
  readonly financialYear: number;
  readonly lines: readonly GainLine[];
  /** Of the sale, before losses and discount; undefined where a cost is unknown. */
  readonly gain: Money | undefined;
  readonly netCapitalGainBefore: Money | undefined;
  readonly netCapitalGainAfter: Money | undefined;
  /** What the sale adds to the net capital gain; below zero where it takes from it. */
  readonly taxableGain: Money | undefined;
  readonly lossesCarriedOutAfter: Money;
  /** The owner's years up to that of the sale, without and with it. */
  readonly yearsBefore: readonly CapitalGainYear[];
  readonly yearsAfter: readonly CapitalGainYear[];
  readonly broughtIn: ReadonlyMap<number, Money>;
  readonly marginalRatePct: Decimal | undefined;
  /** Undefined where the rate or the gain is not known. */
  readonly tax: Money | undefined;
  readonly washSales: readonly WashSale[];
};

/** The same sale on a later day. */
export type Waiting = {
  readonly on: LocalDate;
  readonly days: number;
  /** Of the sale on that day. */
  readonly taxableGain: Money | undefined;
  readonly tax: Money | undefined;
  /** Less taxable gain, all owners together; undefined where it is not known. */
  readonly saves: Money | undefined;
  readonly savesTax: Money | undefined;
};

export type MethodPreview = {
  readonly method: ParcelMethod;
  readonly gain: Money | undefined;
  readonly taxableGain: Money | undefined;
  readonly tax: Money | undefined;
  readonly owners: readonly OwnerEffect[];
  readonly waiting: readonly Waiting[];
};

export type PlannedSale = Entry & Trade;

const hundred = decimal('100');

const sumKnown = (amounts: readonly (Money | undefined)[]): Money | undefined =>
  amounts.reduce<Money | undefined>(
    (total, each) => (total === undefined || each === undefined ? undefined : add(total, each)),
    noMoney,
  );

function withSale(books: OwnerBooks, sale: PlannedSale, soFar: Gains): OwnerBooks {
  const entries = [...books.entries, sale];
  const folding = { ...books.folding, yearSoFar: (each: Entry) => (each.id === sale.id ? soFar : undefined) };
  return { ...books, entries, ledger: foldLedger(entries, folding) };
}

function effectOn(books: OwnerBooks, sale: PlannedSale, soFar: Gains): OwnerEffect {
  const fy = financialYear(sale.on);
  const after = withSale(books, sale, soFar);
  const lines = linesOfOwner(after).filter(line => line.entry === sale.id);
  const [yearsBefore, yearsAfter] = [gainYears(books, fy), gainYears(after, fy)];
  const [before, then] = [yearsBefore.at(-1), yearsAfter.at(-1)];
  const isKnown = lines.every(line => line.gain !== undefined);
  const [netBefore, netAfter] = [before?.netCapitalGain, then?.netCapitalGain];
  const taxableGain =
    isKnown && netBefore !== undefined && netAfter !== undefined ? subtract(netAfter, netBefore) : undefined;
  const rate = marginalRate(books, fy);
  return {
    owner: books.owner,
    financialYear: fy,
    lines,
    gain: sumKnown(lines.map(line => line.gain)),
    netCapitalGainBefore: netBefore,
    netCapitalGainAfter: isKnown ? netAfter : undefined,
    taxableGain,
    lossesCarriedOutAfter: then === undefined ? noMoney : lossesCarriedOut(then),
    yearsBefore,
    yearsAfter,
    broughtIn: lossesBroughtIn(books),
    marginalRatePct: rate,
    tax:
      rate === undefined || taxableGain === undefined
        ? undefined
        : roundCents(scale(taxableGain, rate).div(hundred) as Money),
    washSales: washSales(lines, after.entries),
  };
}

function effectsOn(owners: readonly OwnerBooks[], sale: PlannedSale): OwnerEffect[] {
  const soFar = yearSoFar(owners, financialYear(sale.on));
  return owners.map(books => effectOn(books, sale, soFar));
}

/** The days on which one more of the parcels that gain has the discount; nearest first. */
function discountDays(effects: readonly OwnerEffect[]): LocalDate[] {
  const days = effects
    .flatMap(effect => effect.lines)
    .filter(line => line.gain !== undefined && isPositive(line.gain) && !line.discountEligible)
    .flatMap(line => (line.discountEligibleFrom === undefined ? [] : [line.discountEligibleFrom]));
  return [...new Set(days)].sort();
}

/** The sale by one method, for the owners of its portfolio. */
export function previewSale(owners: readonly OwnerBooks[], planned: PlannedSale, method: ParcelMethod): MethodPreview {
  const sale = { ...planned, method };
  const effects = effectsOn(owners, sale);
  const taxableGain = sumKnown(effects.map(each => each.taxableGain));
  const tax = sumKnown(effects.map(each => each.tax));
  const waiting = discountDays(effects).map((on): Waiting => {
    const later = effectsOn(owners, { ...sale, on });
    const less = (now: Money | undefined, then: Money | undefined): Money | undefined =>
      now === undefined || then === undefined ? undefined : subtract(now, then);
    const then = sumKnown(later.map(each => each.taxableGain));
    const taxThen = sumKnown(later.map(each => each.tax));
    return {
      on,
      taxableGain: then,
      tax: taxThen,
      days: daysBetween(sale.on, on),
      saves: less(taxableGain, then),
      savesTax: less(tax, taxThen),
    };
  });
  return { method, gain: sumKnown(effects.map(each => each.gain)), taxableGain, tax, owners: effects, waiting };
}
