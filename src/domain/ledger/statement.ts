/**
 * The lines of an annual tax statement, in the words of the entry line.
 *
 * An ETF or trust tells its holders once a year how the cash of the year is taxed: an AMMA statement (attribution
 * managed investment trusts) or an SDS (standard distribution statement). Discount gains are what the statement shows
 * after the discount. Tax-deferred amounts and AMIT decreases lower the cost base, AMIT increases raise it.
 */
import type { Money } from '../decimal.ts';

export const statementComponents = [
  'franked',
  'unfranked',
  'interest',
  'other-income',
  'franking-credit',
  'discount-gains',
  'other-gains',
  'foreign-income',
  'foreign-tax-offset',
  'tfn-withheld',
  'tax-deferred',
  'amit-increase',
  'amit-decrease',
] as const;
export type StatementComponent = (typeof statementComponents)[number];

/** Dollars for all units, zero or more; a line that the statement does not have is absent. */
export type StatementComponents = { readonly [Name in StatementComponent]?: Money };
