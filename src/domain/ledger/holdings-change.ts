/**
 * What differs between two states of the same portfolios: units, value and gain of each code, then and now.
 *
 * The states may be of two days, of one day as it was known at two instants, or both. A figure that is unknown in one of
 * them leaves its difference unknown; what is not held counts as none.
 */
import { type Money, noMoney, noUnits, subtract, type Units } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import type { Holding, HoldingTotals } from './holding.ts';

type Figures = {
  readonly units: Units;
  readonly value: Money | undefined;
  readonly gain: Money | undefined;
};

export type HoldingChange = {
  readonly code: Code;
  readonly before: Figures;
  readonly now: Figures;
  readonly change: Figures;
};

const none: Figures = { units: noUnits, value: noMoney, gain: noMoney };

const difference = (now: Money | undefined, then: Money | undefined): Money | undefined =>
  now === undefined || then === undefined ? undefined : subtract(now, then);

const figuresOf = ({ units, value, gain }: Holding): Figures => ({ units, value, gain });

/** By code; codes that are held in neither state do not occur. */
export function holdingsChange(then: readonly Holding[], now: readonly Holding[]): HoldingChange[] {
  const before = new Map(then.map(row => [row.code, figuresOf(row)]));
  const after = new Map(now.map(row => [row.code, figuresOf(row)]));
  return [...new Set([...before.keys(), ...after.keys()])].sort().map(code => {
    const [was, is] = [before.get(code) ?? none, after.get(code) ?? none];
    return {
      code,
      before: was,
      now: is,
      change: {
        units: subtract(is.units, was.units),
        value: difference(is.value, was.value),
        gain: difference(is.gain, was.gain),
      },
    };
  });
}

/** The differences of the totals: of the holdings that have the figure in both states. */
export const totalsChange = (then: HoldingTotals, now: HoldingTotals) => ({
  value: difference(now.value ?? noMoney, then.value ?? noMoney),
  gain: difference(now.gain ?? noMoney, then.gain ?? noMoney),
});
