/**
 * What was said of a security on a day, as the log keeps it: one row of model A, one of model B, one of the ensemble, each
 * with what a reader needs to see why. A row that was written stays as it is.
 */
import type { LocalDate } from '../date.ts';
import type { Code } from '../market/security.ts';
import type { SignalClass } from './classes.ts';
import type { VoteA, VoteB } from './ensemble.ts';
import type { Reason } from './model-a.ts';
import type { Grade } from './model-b.ts';
import type { Category } from './quality-anchors.ts';

export const modelNames = ['A', 'B', 'ensemble'] as const;
export type ModelName = (typeof modelNames)[number];

/** Of model A: how its log-odds are made; of what only the rank knows there are none. */
export type DetailsA = {
  readonly conviction?: number;
  readonly logOdds?: number;
  readonly bias?: number;
  readonly reasons?: readonly Reason[];
  readonly rankScore?: number;
  /** The weighted z of the rank, by feature. */
  readonly rankParts?: Readonly<Record<string, number>>;
  /** The gates that kept it from a rank, in words. */
  readonly gates?: readonly string[];
};

/** Of model B: its grade and the scores of its categories, 0 to 100. */
export type DetailsB = {
  readonly grade?: Grade;
  readonly coverage: number;
  readonly categories: Readonly<Partial<Record<Category, number>>>;
};

export type DetailsEnsemble = {
  readonly agree: boolean;
  readonly conflict: boolean;
  readonly weightA: number;
  readonly weightB: number;
  /** Of a conflict. */
  readonly reason?: string;
};

type Details = { readonly A: DetailsA; readonly B: DetailsB; readonly ensemble: DetailsEnsemble };

export type LoggedSignal<Model extends ModelName = ModelName> = {
  readonly asOf: LocalDate;
  readonly model: Model;
  readonly version: string;
  readonly code: Code;
  /** Undefined where it abstained; then `abstained` says why. */
  readonly signal: SignalClass | undefined;
  readonly abstained: string | undefined;
  /** Model A's probability; the score of model B and of the ensemble. */
  readonly score: number | undefined;
  /** Over 21 sessions, as a fraction. */
  readonly expectedReturn: number | undefined;
  /** 1 is the best. */
  readonly rank: number | undefined;
  readonly details: Details[Model];
};

/** All that was last said of one security. */
export type SaidOf = {
  readonly code: Code;
  readonly a: LoggedSignal<'A'> | undefined;
  readonly b: LoggedSignal<'B'> | undefined;
  readonly ensemble: LoggedSignal<'ensemble'> | undefined;
};

/** The vote that a logged row of model A was. */
export const voteOfA = (row: LoggedSignal<'A'> | undefined): VoteA =>
  row?.signal === undefined || row.score === undefined
    ? { signal: undefined, reason: row?.abstained ?? 'it has not been asked' }
    : {
        signal: row.signal,
        probability: row.score,
        expectedReturn: row.expectedReturn ?? 0,
        conviction: row.details.conviction ?? 0,
        rank: row.rank,
      };

/** The vote that a logged row of model B was. */
export const voteOfB = (row: LoggedSignal<'B'> | undefined): VoteB =>
  row?.signal === undefined || row.score === undefined || row.details.grade === undefined
    ? { signal: undefined, reason: row?.abstained ?? 'it has not been asked' }
    : { signal: row.signal, score: row.score, grade: row.details.grade, rank: row.rank };
