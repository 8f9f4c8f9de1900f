/**
 * What a portfolio is made of: by security, by GICS sector, by kind of security.
 *
 * Weights are of priced securities plus the cash account, as in the list of holdings, and sum to 100. A security whose
 * sector is not known stands in a part of its own that has no name; funds are not looked through. Where everything
 * together is worth nothing, or cash owed outweighs what is held, there are no weights.
 */
import { add, compare, isPositive, type Money, noMoney, ratio } from '../decimal.ts';
import type { AssetKind, Code } from '../market/security.ts';
import type { Valued } from './concentration.ts';

export type Part<Name extends string = string> = {
  /** Undefined where it is not known. */
  readonly name: Name | undefined;
  readonly codes: readonly Code[];
  readonly value: Money;
  readonly weightPct: number | undefined;
};

export type Classified = Valued & { readonly sector: string | undefined; readonly kind: AssetKind | undefined };

export type Allocation = {
  readonly securities: readonly Part[];
  readonly sectors: readonly Part[];
  readonly kinds: readonly Part<AssetKind | 'cash'>[];
  /** Held and without a price: in no part. */
  readonly unpriced: readonly Code[];
};

/** The name that the cash account goes by among sectors and securities. */
export const cashPart = 'Cash';

/** Parts by value, largest first; `cash` is undefined where no cash account is kept. */
export function allocation(holdings: readonly Classified[], cash: Money | undefined): Allocation {
  const priced = holdings.flatMap(row => (row.value === undefined ? [] : [{ ...row, value: row.value }]));
  const whole = priced.reduce((total, row) => add(total, row.value), cash ?? noMoney);
  const parts = <Name extends string>(nameOf: (row: Classified) => Name | undefined, cashName: Name): Part<Name>[] => {
    const groups = [...Map.groupBy(priced, nameOf)].map(([name, rows]) => ({
      name,
      codes: rows.map(row => row.code),
      value: rows.reduce((total, row) => add(total, row.value), noMoney),
    }));
    const all = cash === undefined ? groups : [...groups, { name: cashName, codes: [], value: cash }];
    return all
      .sort((a, b) => compare(b.value, a.value) || ((a.name ?? '~') < (b.name ?? '~') ? -1 : 1))
      .map(part => ({ ...part, weightPct: percentOf(part.value, whole) }));
  };
  return {
    securities: parts<string>(row => row.code, cashPart),
    sectors: parts(row => row.sector, cashPart),
    kinds: parts<AssetKind | 'cash'>(row => row.kind, 'cash'),
    unpriced: holdings.filter(row => row.value === undefined).map(row => row.code),
  };
}

/** Everything that has a weight, cash included. */
export const wholeOf = ({ securities }: Allocation): Money =>
  securities.reduce((total, part) => add(total, part.value), noMoney);

export function percentOf(part: Money, whole: Money): number | undefined {
  const fraction = isPositive(whole) ? ratio(part, whole) : undefined;
  return fraction === undefined ? undefined : fraction * 100;
}
