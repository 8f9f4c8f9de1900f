/**
 * The capital gains of a taxpayer year after year: each year nets its own, and hands the losses it did not use to the
 * next, from the first year that has anything, without being asked.
 *
 * A trust's gains come from its tax statement: the discounted ones are shown there after the discount, so they are
 * doubled before they are netted with the owner's own (ITAA 1997 s 115-215). From 1 July 2027 they are taken as deferred
 * gains and its other gains as later ones, for individuals and trusts.
 *
 * A line of unknown gain is in no total: the year's coverage says what part of its lines is known, and a year of which
 * nothing is known has no net capital gain.
 */

import { Failure } from '../../failure.ts';
import { financialYear, type LocalDate } from '../date.ts';
import { add, isPositive, type Money, noMoney, sum } from '../decimal.ts';
import type { Taxpayer } from '../ledger/portfolio.ts';
import type { Code } from '../market/security.ts';
import type { GainLine } from './capital-gain.ts';
import {
  bySign,
  type CarriedLoss,
  type GainClass,
  type NetCapitalGain,
  netCapitalGain,
  totalOf,
} from './net-capital-gain.ts';
import { isReformed, mayDiscount } from './rules.ts';

/** The gains that a trust's statement attributes to the owner, on the owner's share. */
export type TrustGain = {
  readonly entry: string;
  readonly portfolio: string;
  readonly code: Code;
  readonly financialYear: number;
  /** As the statement shows them, after the trust's discount. */
  readonly discounted: Money;
  /** Before it: doubled. */
  readonly grossedUp: Money;
  readonly other: Money;
};

export type CapitalGainYear = {
  readonly financialYear: number;
  readonly lines: readonly GainLine[];
  readonly trusts: readonly TrustGain[];
  readonly trustGains: Money;
  readonly gains: ReadonlyMap<GainClass, Money>;
  /** Discountable gains, with those of trusts before their discount. */
  readonly discountGains: Money;
  readonly otherGains: Money;
  readonly losses: Money;
  readonly carriedIn: readonly CarriedLoss[];
  readonly result: NetCapitalGain;
  /** Undefined where lines are there and no gain of them is known. */
  readonly netCapitalGain: Money | undefined;
  /** What the minimum tax is on: later gains after losses, of individuals; undefined where it does not apply. */
  readonly minimumTaxCapitalGain: Money | undefined;
  /** Lines of known gain, of all lines. */
  readonly known: number;
};

export type TaxpayerGains = {
  readonly taxpayer: Taxpayer;
  readonly lines: readonly GainLine[];
  readonly trusts: readonly TrustGain[];
  /** Losses of before the entries, by the year they are brought into. */
  readonly broughtIn: ReadonlyMap<number, Money>;
};

export function classOf(line: GainLine): GainClass {
  if (line.category === 'later') return 'later';
  if (line.category === 'deferred') return line.discountEligible ? 'deferred-discountable' : 'deferred-full-rate';
  return line.discountEligible ? 'discountable' : 'full-rate';
}

export function trustClasses(taxpayer: Taxpayer, year: number): { discounted: GainClass; other: GainClass } {
  if (isReformed(taxpayer) && year >= 2028) return { discounted: 'deferred-discountable', other: 'later' };
  return { discounted: mayDiscount(taxpayer) ? 'discountable' : 'full-rate', other: 'full-rate' };
}

function gainsByClass(taxpayer: Taxpayer, year: number, lines: readonly GainLine[], trusts: readonly TrustGain[]) {
  const gains = new Map<GainClass, Money>();
  const put = (each: GainClass, amount: Money): void => {
    if (isPositive(amount)) gains.set(each, add(gains.get(each) ?? noMoney, amount));
  };
  for (const line of lines) if (line.gain !== undefined) put(classOf(line), line.gain);
  const { discounted, other } = trustClasses(taxpayer, year);
  for (const trust of trusts) {
    put(discounted, trust.grossedUp);
    put(other, trust.other);
  }
  return gains;
}

export const isDiscountClass = (each: GainClass): boolean =>
  each === 'discountable' || each === 'deferred-discountable';

const sumOf = (gains: ReadonlyMap<GainClass, Money>, wanted: (each: GainClass) => boolean): Money =>
  sum(
    [...gains].filter(([each]) => wanted(each)).map(([, amount]) => amount),
    noMoney,
  );

type YearInput = {
  readonly financialYear: number;
  readonly taxpayer: Taxpayer;
  readonly lines: readonly GainLine[];
  readonly trusts: readonly TrustGain[];
  readonly carriedIn: readonly CarriedLoss[];
};

function yearOf({ financialYear: year, taxpayer, lines, trusts, carriedIn }: YearInput): CapitalGainYear {
  const gains = gainsByClass(taxpayer, year, lines, trusts);
  const known = lines.flatMap(line => (line.gain === undefined ? [] : [line.gain]));
  const { losses } = bySign([...known, ...trusts.flatMap(trust => [trust.grossedUp, trust.other])]);
  const result = netCapitalGain({ financialYear: year, taxpayer, gains, losses, carriedIn });
  const isBlind = lines.length > 0 && known.length === 0 && trusts.length === 0;
  const hasMinimum = taxpayer === 'individual' && year >= 2028;
  return {
    financialYear: year,
    lines,
    trusts,
    trustGains: sum(
      trusts.map(trust => add(trust.grossedUp, trust.other)),
      noMoney,
    ),
    gains,
    discountGains: sumOf(gains, isDiscountClass),
    otherGains: sumOf(gains, each => !isDiscountClass(each)),
    losses,
    carriedIn,
    result,
    netCapitalGain: isBlind ? undefined : result.net,
    minimumTaxCapitalGain: hasMinimum && !isBlind ? (result.left.get('later') ?? noMoney) : undefined,
    known: known.length,
  };
}

/** Every year from the first that has a gain, a loss or a loss brought in, up to `last`. */
export function capitalGainYears(given: TaxpayerGains, last: number): CapitalGainYear[] {
  const byYear = Map.groupBy(given.lines, line => financialYear(line.disposedOn));
  const trustsByYear = Map.groupBy(given.trusts, trust => trust.financialYear);
  const first = Math.min(last, ...byYear.keys(), ...trustsByYear.keys(), ...given.broughtIn.keys());
  const years: CapitalGainYear[] = [];
  let carried: readonly CarriedLoss[] = [];
  for (let year = first; year <= last; year += 1) {
    const brought = given.broughtIn.get(year);
    const carriedIn = brought && isPositive(brought) ? [{ madeIn: undefined, amount: brought }, ...carried] : carried;
    const lines = byYear.get(year) ?? [];
    const trusts = trustsByYear.get(year) ?? [];
    const { taxpayer } = given;
    const result = yearOf({ financialYear: year, taxpayer, lines, trusts, carriedIn });
    years.push(result);
    carried = result.result.carriedOut;
  }
  return years;
}

export const lossesCarriedIn = (year: CapitalGainYear): Money => totalOf(year.carriedIn);
export const lossesCarriedOut = (year: CapitalGainYear): Money => totalOf(year.result.carriedOut);

/** The financial year, refused where it has not begun. */
export function pastOrRunningYear(year: number, today: LocalDate): number {
  const current = financialYear(today);
  if (year <= current) return year;
  throw new Failure('invalid-input', `FY${year} begins on 1 July ${year - 1}, after today (${today})`, {
    hint: `The running year is FY${current}: --fy ${current}.`,
  });
}
