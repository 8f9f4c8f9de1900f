/**
 * The holding period rule asked of the franking credits of one owner's year, payment by payment.
 *
 * An individual whose credits of the year, all of them, are not above $5,000.00 keeps them all (ITAA 1936 former
 * s 160APHT). Everyone else keeps those of the units that were at risk for long enough; the others give neither an
 * offset nor a gross-up. Where no ex-date is recorded the rule cannot be asked: the credit is kept, and the line says so.
 */
import type { LocalDate } from '../date.ts';
import { type Decimal, isPositive, isZero, type Money, noMoney } from '../decimal.ts';
import type { IncomeReceived } from '../ledger/fold.ts';
import type { Code } from '../market/security.ts';
import { remembered } from '../remembered.ts';
import { type CreditSplit, daysAtRisk, type HoldingPeriod, holdingPeriod, splitCredit } from './holding-period.ts';
import type { OwnerBooks } from './owner-books.ts';
import { sharesOf, unitMovements } from './unit-movements.ts';

export type JudgedCredit = CreditSplit & {
  /** Why it is not simply allowed, in words; undefined where it is. */
  readonly reason: string | undefined;
  /** What became of the units; undefined where the rule was not asked. */
  readonly period?: HoldingPeriod | undefined;
};

export type CreditTest = (payment: Pick<IncomeReceived, 'code' | 'exDate'>, credit: Money) => JudgedCredit;

const kept = (credit: Money, reason?: string): JudgedCredit => ({
  allowed: credit,
  denied: noMoney,
  open: noMoney,
  reason,
});

/** The test of an owner who is not exempt. */
export function creditTest(books: OwnerBooks, today: LocalDate): CreditTest {
  const shares: ReadonlyMap<string, Decimal> = sharesOf(books.owner.id, books.portfolios);
  const movementsOf = remembered((code: Code) => unitMovements(books.entries, code, shares));
  return ({ code, exDate }, credit) => {
    if (isZero(credit)) return kept(credit);
    if (exDate === undefined) return kept(credit, 'no ex-date is recorded: the 45-day rule was not asked');
    const daysNeeded = daysAtRisk(books.kinds.get(code));
    const period = holdingPeriod(movementsOf(code), { exDate, daysNeeded }, today);
    const split = { ...splitCredit(credit, period), period };
    const rule = `held at risk for fewer than ${daysNeeded} days`;
    if (isPositive(split.open))
      return { ...split, reason: `still open: a sale before ${period.keepUntil} loses the credit` };
    if (!isPositive(split.denied)) return { ...split, reason: undefined };
    return { ...split, reason: isPositive(split.allowed) ? `some of the units were ${rule}` : rule };
  };
}
