/**
 * What a portfolio is made of by the class of the ensemble's last signal: from STRONG_BUY to STRONG_SELL, then what has
 * none, because a model abstained or nothing was ever said of it.
 *
 * Weights are those of the allocation, of priced securities plus cash; cash has no signal and is in no part, so they sum
 * to the weight of securities. A signal that is too old to act on still counts in its class, and is counted besides.
 */
import { add, noMoney } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import { type SignalClass, signalClasses } from '../signals/classes.ts';
import type { ShortSignal } from '../signals/short-signal.ts';
import { type Allocation, type Part, percentOf, wholeOf } from './allocation.ts';
import type { Valued } from './concentration.ts';

export type SignalPart = Part<SignalClass> & {
  /** Those of its codes whose signal is too old to act on. */
  readonly old: readonly Code[];
};

/** Classes that nothing has are left out. */
export function signalDistribution(
  holdings: readonly Valued[],
  signals: ReadonlyMap<Code, ShortSignal>,
  allocation: Allocation,
): SignalPart[] {
  const whole = wholeOf(allocation);
  const priced = holdings.flatMap(row => (row.value === undefined ? [] : [{ code: row.code, value: row.value }]));
  const groups = Map.groupBy(priced, row => signals.get(row.code)?.signal);
  return [...signalClasses, undefined].flatMap((name): SignalPart[] => {
    const rows = groups.get(name);
    if (rows === undefined) return [];
    const codes = rows.map(row => row.code);
    const value = rows.reduce((total, row) => add(total, row.value), noMoney);
    const old = name === undefined ? [] : codes.filter(code => signals.get(code)?.isOld);
    return [{ name, codes, value, weightPct: percentOf(value, whole), old }];
  });
}
