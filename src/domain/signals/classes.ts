/**
 * The five classes of a signal, from the strongest reason to buy to the strongest reason to sell.
 *
 * Model A's class follows from P, the probability of a return above zero over the next 21 sessions, and R, the return it
 * expects over them: STRONG_BUY from P .65 and R above .05, BUY from P .55 and R above 0, STRONG_SELL to P .35 and R
 * below -.05, SELL to P .45 and R below 0, else HOLD. Figures are compared after rounding to 1e-9, so that an edge that
 * a float misses by a trace is met. A model that cannot judge has no class: it abstains and says why.
 *
 * `conviction` is how far P lies from a coin's, 0 to 100. `confidence` is P (the score, for the ensemble) of a class that
 * says buy and 1 - P of one that says sell; a HOLD has none.
 */

export type SignalClass = 'STRONG_BUY' | 'BUY' | 'HOLD' | 'SELL' | 'STRONG_SELL';

/** Strongest buy first; a step is the distance between two neighbours. */
export const signalClasses: readonly SignalClass[] = ['STRONG_BUY', 'BUY', 'HOLD', 'SELL', 'STRONG_SELL'];

/** Why a model has no class for a security. */
export type Abstention = { readonly signal: undefined; readonly reason: string };

export const isBullish = (signal: SignalClass): boolean => signal === 'BUY' || signal === 'STRONG_BUY';
export const isBearish = (signal: SignalClass): boolean => signal === 'SELL' || signal === 'STRONG_SELL';

/** A figure as the edges of the classes compare it. */
export const atEdge = (value: number): number => Math.round(value * 1e9) / 1e9;

/** Model A's class from the probability of a positive return (0 to 1) and the expected return (0.05 is 5%). */
export function modelAClass(probability: number, expectedReturn: number): SignalClass {
  const p = atEdge(probability);
  const r = atEdge(expectedReturn);
  if (p >= 0.65 && r > 0.05) return 'STRONG_BUY';
  if (p >= 0.55 && r > 0) return 'BUY';
  if (p <= 0.35 && r < -0.05) return 'STRONG_SELL';
  if (p <= 0.45 && r < 0) return 'SELL';
  return 'HOLD';
}

/** 0 (a coin's) to 100: .70 is 40. */
export const conviction = (probability: number): number => Math.round(atEdge(Math.abs(probability - 0.5) * 200));

/** How sure a class is of its own side, 0 to 1; `score` is Model A's probability or the ensemble's score. */
export function confidence(signal: SignalClass | undefined, score: number): number | undefined {
  if (signal === undefined || signal === 'HOLD') return undefined;
  return isBullish(signal) ? score : atEdge(1 - score);
}

/** Whether a class meets a rule that asks for one: STRONG_BUY is a BUY too, STRONG_SELL a SELL. */
export const meetsClass = (signal: SignalClass, asked: SignalClass): boolean =>
  signal === asked || (asked === 'BUY' && signal === 'STRONG_BUY') || (asked === 'SELL' && signal === 'STRONG_SELL');

/** What a model said of a security: a class, or nothing because it abstained. */
export type Said = { readonly signal: SignalClass | undefined };

/**
 * Whether a change is worth telling: a first class, one that enters or leaves HOLD, or one that moves more than one
 * step. From or to abstaining is none. `before` is undefined where nothing was ever said.
 */
export function isSignalChange(before: Said | undefined, now: Said): boolean {
  if (now.signal === undefined) return false;
  if (before === undefined) return true;
  if (before.signal === undefined) return false;
  const steps = Math.abs(signalClasses.indexOf(before.signal) - signalClasses.indexOf(now.signal));
  return steps > 1 || (before.signal === 'HOLD') !== (now.signal === 'HOLD');
}
