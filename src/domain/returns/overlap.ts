/**
 * How much two portfolios are the same: for each code the smaller of its two weights, and their sum, the shared weight.
 *
 * 100% is the same securities in the same weights, 0% nothing in common. Cash is no overlap. Of sectors the difference is
 * told: the weight in the second portfolio less that in the first, where a sector that one of them lacks weighs 0 there.
 *
 * What a user sees in place of it: which of the two has no weights, because it is empty or nothing in it has a price.
 */
import type { Code } from '../market/security.ts';
import type { Allocation, Part } from './allocation.ts';

export type SharedCode = { readonly code: Code; readonly weightPcts: Pair; readonly sharedPct: number };
export type SectorDifference = {
  /** Undefined: the sector is not known. */
  readonly sector: string | undefined;
  readonly weightPcts: Pair;
  /** Second less first, in percentage points. */
  readonly differencePct: number;
};
type Pair = readonly [first: number, second: number];

export type Overlap = {
  /** Codes that both hold, by shared weight, largest first. */
  readonly codes: readonly SharedCode[];
  readonly sharedPct: number;
  /** By the size of the difference, largest first. */
  readonly sectors: readonly SectorDifference[];
};

/** Weights by name; undefined where the parts have none. */
function weightsOf<Name>(parts: readonly Part[], nameOf: (part: Part) => Name): Map<Name, number> | undefined {
  const weights = new Map<Name, number>();
  for (const part of parts) {
    if (part.weightPct === undefined) return undefined;
    weights.set(nameOf(part), part.weightPct);
  }
  return weights.size === 0 ? undefined : weights;
}

/** Undefined where one of the two has no weights. */
export function overlap(first: Allocation, second: Allocation): Overlap | undefined {
  const codes = pairs(first.securities, second.securities, part => part.codes[0]);
  const sectors = pairs(first.sectors, second.sectors, part => part.name);
  if (codes === undefined || sectors === undefined) return undefined;
  const shared = codes.flatMap(({ name: code, weightPcts }) => {
    const sharedPct = Math.min(...weightPcts);
    return code === undefined || sharedPct <= 0 ? [] : [{ code, weightPcts, sharedPct }];
  });
  return {
    codes: shared.sort((a, b) => b.sharedPct - a.sharedPct || (a.code < b.code ? -1 : 1)),
    sharedPct: shared.reduce((total, each) => total + each.sharedPct, 0),
    sectors: sectors
      .map(({ name: sector, weightPcts }) => ({ sector, weightPcts, differencePct: weightPcts[1] - weightPcts[0] }))
      .sort(
        (a, b) =>
          Math.abs(b.differencePct) - Math.abs(a.differencePct) || ((a.sector ?? '~') < (b.sector ?? '~') ? -1 : 1),
      ),
  };
}

function pairs<Name>(
  first: readonly Part[],
  second: readonly Part[],
  nameOf: (part: Part) => Name,
): { readonly name: Name; readonly weightPcts: Pair }[] | undefined {
  const [a, b] = [weightsOf(first, nameOf), weightsOf(second, nameOf)];
  if (a === undefined || b === undefined) return undefined;
  return [...new Set([...a.keys(), ...b.keys()])].map(name => ({
    name,
    weightPcts: [a.get(name) ?? 0, b.get(name) ?? 0],
  }));
}
