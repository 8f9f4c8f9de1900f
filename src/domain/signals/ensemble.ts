/**
 * The two models heard together.
 *
 * score = 0.6 P of model A + 0.4 score of model B, rounded to 1e-9. One bullish and one bearish vote are a *conflict* and
 * make a HOLD; both bullish, both bearish or both HOLD is *agreement*. Agreeing models take model A's strength. Where
 * exactly one says HOLD the score decides: BUY from .65, SELL to .35, else HOLD; that is neither conflict nor agreement.
 * rank = floor((6 rank of A + 4 rank of B) / 10).
 *
 * A security that only one model knows keeps its row: the ensemble abstains, says which model is missing and why, and
 * the vote that there is stays to be seen.
 */
import type { Code } from '../market/security.ts';
import { type Abstention, atEdge, isBearish, isBullish, type SignalClass } from './classes.ts';

/** What model A says of a security: `probability` of a positive return over 21 sessions; `rank` 1 is the best. */
export type VoteA =
  | {
      readonly signal: SignalClass;
      readonly probability: number;
      readonly expectedReturn: number;
      readonly conviction: number;
      readonly rank: number | undefined;
    }
  | Abstention;

/** What model B says of a security: `score` is its quality from 0 to 1, never a probability. */
export type VoteB =
  | {
      readonly signal: SignalClass;
      readonly score: number;
      readonly grade: 'A' | 'B' | 'C' | 'D' | 'F';
      readonly rank: number | undefined;
    }
  | Abstention;

export type Votes = { readonly code: Code; readonly a: VoteA; readonly b: VoteB };

export type EnsembleVote = Votes & {
  readonly signal: SignalClass | undefined;
  readonly score: number | undefined;
  readonly rank: number | undefined;
  readonly conflict: boolean;
  readonly agreement: boolean;
  /** Of a conflict `A=BUY, B=SELL`; of an abstention the model that is missing and why. */
  readonly reason: string | undefined;
};

export type Weights = { readonly a: number; readonly b: number };

export const usualWeights: Weights = { a: 0.6, b: 0.4 };

const buysFrom = 0.65;
const sellsTo = 0.35;

type Class = Pick<EnsembleVote, 'signal' | 'conflict' | 'agreement' | 'reason'>;

/** The ensemble's word on a security. */
export function ensembleVote(votes: Votes, weights: Weights = usualWeights): EnsembleVote {
  const { a, b } = votes;
  if (a.signal === undefined || b.signal === undefined) {
    const reason = [missing('A', a), missing('B', b)].filter(each => each !== undefined).join('; ');
    return {
      ...votes,
      signal: undefined,
      score: undefined,
      rank: undefined,
      conflict: false,
      agreement: false,
      reason,
    };
  }
  const score = atEdge(weights.a * a.probability + weights.b * b.score);
  const rank =
    a.rank === undefined || b.rank === undefined
      ? undefined
      : Math.floor(atEdge(weights.a * a.rank + weights.b * b.rank));
  return { ...votes, score, rank, ...classOf(a.signal, b.signal, score) };
}

const missing = (model: 'A' | 'B', vote: VoteA | VoteB): string | undefined =>
  vote.signal === undefined ? `model ${model} abstains: ${vote.reason}` : undefined;

function classOf(a: SignalClass, b: SignalClass, score: number): Class {
  const agreed = { conflict: false, agreement: true, reason: undefined };
  if (isBullish(a) && isBullish(b)) return { signal: a === 'STRONG_BUY' ? a : 'BUY', ...agreed };
  if (isBearish(a) && isBearish(b)) return { signal: a === 'STRONG_SELL' ? a : 'SELL', ...agreed };
  if (a === 'HOLD' && b === 'HOLD') return { signal: 'HOLD', ...agreed };
  if (a !== 'HOLD' && b !== 'HOLD') {
    return { signal: 'HOLD', conflict: true, agreement: false, reason: `A=${a}, B=${b}` };
  }
  const signal = score >= buysFrom ? 'BUY' : score <= sellsTo ? 'SELL' : 'HOLD';
  return { signal, conflict: false, agreement: false, reason: undefined };
}

export type EnsembleFilter = {
  readonly keep: 'all' | 'agreement' | 'no-conflict';
  readonly signal?: SignalClass | undefined;
};

/** The rows that a filter keeps, in their order. What only one model knows conflicts with nothing. */
export const filterVotes = (rows: readonly EnsembleVote[], { keep, signal }: EnsembleFilter): EnsembleVote[] =>
  rows.filter(
    row =>
      (keep === 'all' || (keep === 'agreement' ? row.agreement : !row.conflict)) &&
      (signal === undefined || row.signal === signal),
  );

export type EnsembleStatistics = {
  /** Securities that both models know. */
  readonly total: number;
  readonly agreements: number;
  readonly conflicts: number;
  /** Shares of `total`; undefined where there is none. */
  readonly agreementRate: number | undefined;
  readonly conflictRate: number | undefined;
};

export function ensembleStatistics(rows: readonly EnsembleVote[]): EnsembleStatistics {
  const both = rows.filter(row => row.signal !== undefined);
  const agreements = both.filter(row => row.agreement).length;
  const conflicts = both.filter(row => row.conflict).length;
  const rate = (count: number): number | undefined => (both.length === 0 ? undefined : count / both.length);
  return {
    total: both.length,
    agreements,
    conflicts,
    agreementRate: rate(agreements),
    conflictRate: rate(conflicts),
  };
}
