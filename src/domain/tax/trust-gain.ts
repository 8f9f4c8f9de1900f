/** The capital gains that the tax statements of trusts and ETFs attribute to an owner, on the owner's share. */
import type { OwnerBooks } from './owner-books.ts';
import type { TrustGain } from './tax-year.ts';

export const trustGains = (_books: OwnerBooks): TrustGain[] => [];
