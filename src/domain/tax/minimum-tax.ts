/**
 * The minimum tax on later gains (individuals, from 1 July 2027): at least 30% of them.
 *
 * Its base is known from the ledger: the later gains after losses. What it adds is known only where the user gives the
 * other taxable income of the year: gap = 30% x base - (tax on all of it - tax without the base), never below 0. Tax is
 * by the resident rates below, without the Medicare levy, surcharges and offsets, so the gap is an estimate and says so.
 *
 * Rates: Income Tax Rates Act 1986 Sch 7; 16% from 1 July 2024, 15% from 1 July 2026, 14% from 1 July 2027 in the second
 * bracket (Treasury Laws Amendment (More Cost of Living Relief) Act 2025).
 */
import {
  add,
  type Decimal,
  decimal,
  isNegative,
  isPositive,
  larger,
  type Money,
  money,
  noMoney,
  roundCents,
  scale,
  smaller,
  subtract,
} from '../decimal.ts';
import { minimumTaxRate } from './rules.ts';

type Bracket = { readonly above: Money; readonly rate: Decimal };

const brackets = (second: string): readonly Bracket[] => [
  { above: money('18200'), rate: decimal(second) },
  { above: money('45000'), rate: decimal('0.3') },
  { above: money('135000'), rate: decimal('0.37') },
  { above: money('190000'), rate: decimal('0.45') },
];

/** Resident rates by the first financial year they hold for, newest first. */
const residentRates: readonly { readonly from: number; readonly brackets: readonly Bracket[] }[] = [
  { from: 2028, brackets: brackets('0.14') },
  { from: 2027, brackets: brackets('0.15') },
  { from: 2025, brackets: brackets('0.16') },
];

/** Tax of a resident individual on a year's taxable income, in cents; undefined before the 2025 financial year. */
export const residentTax = (taxable: Money, financialYear: number): Money | undefined => {
  const parts = taxedParts(taxable, financialYear);
  return parts && roundCents(parts.reduce((tax, { part, rate }) => add(tax, scale(part, rate)), noMoney));
};

/** The parts of an income that are taxed at one rate each, lowest first; undefined before the 2025 financial year. */
export function taxedParts(
  taxable: Money,
  financialYear: number,
): readonly { above: Money; part: Money; rate: Decimal }[] | undefined {
  const rates = residentRates.find(each => each.from <= financialYear);
  return rates?.brackets.flatMap(({ above, rate }, index) => {
    const next = rates.brackets[index + 1]?.above;
    const part = subtract(next === undefined ? taxable : smaller(taxable, next), above);
    return isPositive(part) ? [{ above, part, rate }] : [];
  });
}

/** What the minimum tax adds to the tax of the year. `otherIncome` is all taxable income but the net capital gain. */
export function minimumTaxGap(
  facts: { base: Money; netCapitalGain: Money; otherIncome: Money },
  financialYear: number,
): Money | undefined {
  const whole = add(facts.otherIncome, facts.netCapitalGain);
  const floor = (amount: Money): Money => (isNegative(amount) ? noMoney : amount);
  const withBase = residentTax(floor(whole), financialYear);
  const without = residentTax(floor(subtract(whole, facts.base)), financialYear);
  if (withBase === undefined || without === undefined) return undefined;
  const least = roundCents(scale(facts.base, minimumTaxRate));
  return larger(noMoney, subtract(least, subtract(withBase, without)));
}
