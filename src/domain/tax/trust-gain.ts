/** The capital gains that the tax statements of trusts and ETFs attribute to an owner, on the owner's share. */
import { add, isZero, type Money, noMoney } from '../decimal.ts';
import { type OwnerBooks, sharesIn } from './owner-books.ts';
import { type Share, shareOf } from './ownership.ts';
import type { TrustGain } from './tax-year.ts';

export function trustGains(books: Pick<OwnerBooks, 'ledger' | 'owner' | 'portfolios'>): TrustGain[] {
  const shares = sharesIn(books);
  return books.ledger.statements.flatMap(({ entry, portfolio, code, financialYear, components }) => {
    const share = shares.get(portfolio);
    if (share === undefined) return [];
    const own = (amount: Money | undefined): Money => shareOf(amount ?? noMoney, share as Share);
    const discounted = own(components['discount-gains']);
    const grossedUp = own(
      components['discount-gains'] && add(components['discount-gains'], components['discount-gains']),
    );
    const other = own(components['other-gains']);
    if (isZero(grossedUp) && isZero(other)) return [];
    return [{ entry, portfolio, code, financialYear, discounted, grossedUp, other }];
  });
}
