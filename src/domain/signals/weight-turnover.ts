/**
 * What it takes to move a portfolio from old target weights to new ones: half the sum of all changes of weights, cash
 * included, against the old weights as prices have moved them since. An old security without a price is taken as
 * unmoved, and named.
 */
import type { LocalDate } from '../date.ts';
import type { Code } from '../market/security.ts';
import { lastBarOn, type SignalBars } from './bars.ts';

export type Turnover = {
  /** 0 to 1: 1 is a portfolio that was sold whole. */
  readonly turnover: number;
  /** The old weights as prices have moved them since. */
  readonly drifted: ReadonlyMap<Code, number>;
  readonly driftedCash: number;
  readonly unpriced: readonly Code[];
};

export type Weighed = {
  readonly weights: readonly { readonly code: Code; readonly weight: number }[];
  readonly cash: number;
};

/** The turnover from old weights to new ones; `growth` is close now / close then, adjusted, undefined where unknown. */
export function turnover(old: Weighed, next: Weighed, growth: (code: Code) => number | undefined): Turnover {
  const unpriced = old.weights.filter(each => growth(each.code) === undefined).map(each => each.code);
  const grown = old.weights.map(({ code, weight }) => ({ code, weight: weight * (growth(code) ?? 1) }));
  const whole = grown.reduce((sum, each) => sum + each.weight, old.cash);
  const drifted = new Map(grown.map(({ code, weight }) => [code, weight / whole]));
  const driftedCash = old.cash / whole;
  const wanted = new Map(next.weights.map(({ code, weight }) => [code, weight]));
  let changes = Math.abs(next.cash - driftedCash);
  for (const code of new Set([...drifted.keys(), ...wanted.keys()])) {
    changes += Math.abs((wanted.get(code) ?? 0) - (drifted.get(code) ?? 0));
  }
  return { turnover: changes / 2, drifted, driftedCash, unpriced };
}

/** Close at `to` / close at `from`, adjusted, each the last one up to its day; undefined where there is none. */
export function growthSince(bars: SignalBars | undefined, from: LocalDate, to: LocalDate): number | undefined {
  if (bars === undefined) return undefined;
  const [then, now] = [bars.close[lastBarOn(bars, from)], bars.close[lastBarOn(bars, to)]];
  return then === undefined || now === undefined ? undefined : now / then;
}
