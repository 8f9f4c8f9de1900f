/**
 * Owners and portfolios.
 *
 * An owner is a taxpayer. A portfolio belongs to one owner, or to several by percentages that sum to 100; an owner may
 * have several portfolios. Views may combine portfolios; tax is per owner.
 */

import { Failure } from '../../failure.ts';
import type { Instant } from '../date.ts';
import { add, type Decimal, decimal, isPositive, plain, readDecimal } from '../decimal.ts';
import { harmless } from '../text.ts';
import type { ParcelMethod } from './entry.ts';

export const taxpayers = ['individual', 'smsf', 'company', 'trust'] as const;
export type Taxpayer = (typeof taxpayers)[number];

export type Owner = { readonly id: string; readonly name: string; readonly taxpayer: Taxpayer };

/** How the sales of a portfolio close parcels where they do not say, and by whose tax `least-tax` goes. */
export type ClosingRule = { readonly method: ParcelMethod; readonly taxpayer: Taxpayer };

/** An owner's part of a portfolio; `pct` is above 0, at most 100. */
export type Ownership = Owner & { readonly pct: Decimal };

export type Portfolio = {
  readonly id: string;
  readonly name: string;
  readonly owners: readonly Ownership[];
  /** Whether it keeps a cash account; without one only securities are valued. */
  readonly cashAccount: boolean;
  /** How its sales close parcels where the sale does not say. */
  readonly method: ParcelMethod;
  readonly createdAt: Instant;
  readonly archivedAt?: Instant | undefined;
};

/** The rule of a portfolio; of several owners the one with the largest part decides, the first named of equals. */
export function closingRule({ method, owners }: Pick<Portfolio, 'method' | 'owners'>): ClosingRule {
  const [largest] = owners.toSorted((a, b) => b.pct.cmp(a.pct));
  return { method, taxpayer: largest?.taxpayer ?? 'individual' };
}

const hundred = decimal('100');

/** Reads `Ann 50, Bob 50` (a `%` after the number is fine); the percentages must sum to 100. */
export function parseShares(text: string): { name: string; pct: Decimal }[] {
  const hint = 'Write it like "Ann 50, Bob 50"; the percentages must sum to 100.';
  const shares = text.split(',').map(part => {
    const match = /^\s*(\S.*?)\s+([\d.]+)\s*%?\s*$/.exec(part);
    const pct = match?.[2] === undefined ? undefined : readDecimal(match[2]);
    if (match?.[1] === undefined || pct === undefined || !isPositive(pct)) {
      throw new Failure('invalid-input', `"${part.trim()}" is not an owner and a percentage`, { hint });
    }
    return { name: match[1], pct };
  });
  const total = shares.reduce((sum, share) => add(sum, share.pct), decimal('0'));
  if (!total.eq(hundred))
    throw new Failure('invalid-input', `The owners' percentages sum to ${plain(total)}, not 100`, { hint });
  const names = shares.map(share => share.name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Failure('invalid-input', `The owner "${twice}" is named twice`, { hint });
  return shares;
}

/** A portfolio's or owner's name: 1 to 60 characters, on one line, and not `all`, which means every portfolio. */
export function parsePortfolioName(text: string): string {
  const name = harmless(text).replace(/\s+/g, ' ').trim();
  const hint = 'Use 1 to 60 characters, like "Family SMSF".';
  if (name === '' || name.length > 60) {
    throw new Failure('invalid-input', `"${name.slice(0, 40)}" is not a name for a portfolio`, { hint });
  }
  if (name.toLowerCase() === 'all')
    throw new Failure('invalid-input', '"all" means every portfolio and cannot name one', { hint });
  return name;
}
