/**
 * Income received, and what it is beside value and cost.
 *
 * A yield is the income of the last twelve months over the value, or the cost base, of what is held now, in percent;
 * grossed up it has the franking credits added, denied ones too. It says what came in, not what is to come: a holding
 * of less than twelve months is marked. Unknown franking is not unfranked: sums are of the payments whose franking is
 * known, with the number of the others, and a grossed-up yield with one of those is unknown.
 */
import { addMonths, type LocalDate } from '../date.ts';
import { add, decimal, type Money, noMoney, ratio, scale, sum, type Units } from '../decimal.ts';
import type { IncomeReceived } from '../ledger/fold.ts';
import type { Holding } from '../ledger/holding.ts';
import type { Code } from '../market/security.ts';

export type Received = {
  readonly payments: number;
  readonly amount: Money;
  /** Undefined where no payment's franking is known. */
  readonly franked: Money | undefined;
  readonly credit: Money | undefined;
  readonly withheld: Money;
  readonly unknownFranking: number;
  /** Franked part of the payments whose franking is known, in percent. */
  readonly frankedPct: number | undefined;
  /** The part of the amount whose franking is known, 0 to 1; 1 where nothing was received. */
  readonly coverage: number;
  /** What it sums. */
  readonly of: readonly IncomeReceived[];
};

const hundred = decimal('100');

// Multiplied before it becomes a float: 70 of 2,000 is 3.5, not 3.5000000000000004.
const percent = (part: Money | undefined, whole: Money | undefined): number | undefined =>
  ratio(part && scale(part, hundred), whole);

const total = (values: readonly (Money | undefined)[]): Money =>
  sum(
    values.map(value => value ?? noMoney),
    noMoney,
  );

export function receivedSum(income: readonly IncomeReceived[]): Received {
  const known = income.filter(each => each.franked !== undefined);
  const credited = income.filter(each => each.credit !== undefined);
  const isKnown = income.length === 0 || credited.length > 0;
  const amount = total(income.map(each => each.amount));
  const knownAmount = total(known.map(each => each.amount));
  const franked = known.length === 0 && income.length > 0 ? undefined : total(known.map(each => each.franked));
  return {
    payments: income.length,
    amount,
    franked,
    credit: isKnown ? total(credited.map(each => each.credit)) : undefined,
    withheld: total(income.map(each => each.withheld)),
    unknownFranking: income.length - credited.length,
    frankedPct: percent(franked, knownAmount),
    coverage: ratio(knownAmount, amount) ?? 1,
    of: income,
  };
}

/** What a yield is of. */
export type HeldValue = {
  readonly value: Money | undefined;
  readonly costBase: Money | undefined;
};

export type Yields = {
  readonly yieldPct: number | undefined;
  readonly yieldOnCostPct: number | undefined;
  readonly grossedUpYieldPct: number | undefined;
  /** Why one of them is unknown, each in words. */
  readonly reasons: readonly string[];
};

export function yields(lastYear: Received, { value, costBase }: HeldValue): Yields {
  const { amount, credit, unknownFranking, payments } = lastYear;
  const grossed = unknownFranking === 0 && credit !== undefined ? add(amount, credit) : undefined;
  return {
    yieldPct: percent(amount, value),
    yieldOnCostPct: percent(amount, costBase),
    grossedUpYieldPct: percent(grossed, value),
    reasons: [
      ...(value === undefined ? ['there is no price'] : value.eq(noMoney) ? ['the value is zero'] : []),
      ...(costBase === undefined ? ['the cost is unknown'] : costBase.eq(noMoney) ? ['the cost is zero'] : []),
      ...(unknownFranking > 0 ? [`the franking of ${unknownFranking} of ${payments} payments is unknown`] : []),
    ],
  };
}

/** One security: what it paid in a financial year and in the last twelve months, and its yields while it is held. */
export type HoldingIncome = {
  readonly code: Code;
  readonly name: string | undefined;
  /** Undefined where it is held no longer. */
  readonly held:
    | (HeldValue & { readonly units: Units; readonly since: LocalDate; readonly holding: Holding })
    | undefined;
  readonly year: Received;
  readonly lastTwelveMonths: Received;
  readonly yields: Yields | undefined;
  /** Held for less than twelve months, so that its yields are of less than a year's income. */
  readonly partYear: boolean;
};

/** Whether a payment of that day is of the twelve months that end today. */
export const isOfLastTwelveMonths = (on: LocalDate, today: LocalDate): boolean =>
  on > addMonths(today, -12) && on <= today;

export const isPartYear = (since: LocalDate, today: LocalDate): boolean => since > addMonths(today, -12);
