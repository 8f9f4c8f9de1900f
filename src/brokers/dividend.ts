import type { LocalDate } from '../domain/date.ts';
import { isPositive, type Money, negate, noMoney, sum } from '../domain/decimal.ts';
import type { Income } from '../domain/ledger/entry.ts';
import type { Code } from '../domain/market/security.ts';

/** A dividend of `gross` dollars before tax withheld; the cash received is less by `withheld`. */
export const dividend = (on: LocalDate, code: Code, gross: Money, withheld?: Money): Income => ({
  kind: 'dividend',
  on,
  code,
  amount: { total: gross },
  ...(withheld !== undefined && isPositive(withheld) ? { withheld } : {}),
});

/** The tax withheld in several rows of one payment: taken off as a negative, given back as a positive. */
export const totalWithheld = (amounts: readonly Money[]): Money => negate(sum(amounts, noMoney));
