/**
 * What both models and the ensemble say of the securities of one day, ready for the log.
 *
 * Model A is asked of what could be dealt in on the day, all at once, as its inputs are set against each other. What
 * trades too little, or has no bar of the day, it abstains from, with the gate that it failed. Its rank is the rank of
 * momentum; model B's is by score, ties in the order of the codes. A trouble of one security stays its own.
 */
import { compareText } from '../compare-text.ts';
import type { LocalDate } from '../date.ts';
import type { Code } from '../market/security.ts';
import { ensembleVote, type Weights } from './ensemble.ts';
import type { Trained } from './learner/trained.ts';
import { type LoggedSignal, voteOfA, voteOfB } from './logged.ts';
import { type DayRows, modelA, type VoteA } from './model-a.ts';
import { modelBVersion, type Quality } from './model-b.ts';
import type { Panel } from './panel.ts';
import { type Ranking, rankVersion } from './rank.ts';

export type Learned = { readonly version: string; readonly trained: Trained };

/** Without a model there is the rank alone, and `missing` says what it takes to train one. */
export type Learning = Learned | { readonly missing: string };

export const versionOfA = (learning: Learning): string =>
  'version' in learning ? learning.version : `rank-${rankVersion}`;

/** The rows of a panel of one day. */
export const dayRows = ({ features, codes, codeOf, values }: Panel): DayRows => ({
  features,
  codes: Array.from(codeOf, code => codes[code] as Code),
  values,
});

export function signalsOfA(
  asOf: LocalDate,
  { learning, day, ranking }: { learning: Learning; day: DayRows; ranking: Ranking },
): LoggedSignal<'A'>[] {
  const version = versionOfA(learning);
  const votes = new Map<Code, VoteA>();
  if ('trained' in learning) for (const vote of modelA(learning.trained, day)) votes.set(vote.code, vote);
  const gates = new Map(ranking.gated.map(each => [each.code, each.failed]));
  const ranked = new Map(ranking.ranked.map(each => [each.code, each]));
  return [...gates.keys(), ...ranked.keys()].sort().map((code): LoggedSignal<'A'> => {
    const own = ranked.get(code);
    const failed = gates.get(code)?.map(gate => gate.reason) ?? [];
    const vote = votes.get(code);
    const of = { asOf, model: 'A' as const, version, code, rank: own?.rank };
    const rank = {
      ...(own === undefined
        ? {}
        : { rankScore: own.score, rankParts: Object.fromEntries(own.parts.map(part => [part.feature, part.added])) }),
      ...(failed.length === 0 ? {} : { gates: failed }),
    };
    if (vote?.signal === undefined) {
      const abstained = 'missing' in learning ? learning.missing : (vote?.reason ?? failed.join('; '));
      return { ...of, signal: undefined, abstained, score: undefined, expectedReturn: undefined, details: rank };
    }
    const { signal, probability: score, expectedReturn, conviction, logOdds, bias, reasons } = vote;
    return {
      ...of,
      signal,
      abstained: undefined,
      score,
      expectedReturn,
      details: { conviction, logOdds, bias, reasons, ...rank },
    };
  });
}

export function signalsOfB(asOf: LocalDate, qualities: readonly Quality[]): LoggedSignal<'B'>[] {
  const best = qualities
    .flatMap(({ code, score }) => (score === undefined ? [] : [{ code, score }]))
    .sort((a, b) => b.score - a.score || compareText(a.code, b.code));
  const rankOf = new Map(best.map((each, index) => [each.code, index + 1]));
  return qualities.map(({ code, signal, abstained, score, expectedReturn, grade, coverage, categories }) => ({
    asOf,
    model: 'B',
    version: modelBVersion,
    code,
    signal,
    abstained,
    score,
    expectedReturn,
    rank: rankOf.get(code),
    details: {
      coverage,
      ...(grade === undefined ? {} : { grade }),
      categories: Object.fromEntries(
        Object.entries(categories).flatMap(([name, category]) =>
          category.score === undefined ? [] : [[name, category.score]],
        ),
      ),
    },
  }));
}

/** One row for each code that either model was asked of. */
export function signalsOfEnsemble(
  asOf: LocalDate,
  a: readonly LoggedSignal<'A'>[],
  b: readonly LoggedSignal<'B'>[],
  weights: Weights,
): LoggedSignal<'ensemble'>[] {
  const [ofA, ofB] = [new Map(a.map(row => [row.code, row])), new Map(b.map(row => [row.code, row]))];
  const version = `${a[0]?.version ?? 'none'}+${b[0]?.version ?? 'none'}`;
  return [...new Set([...ofA.keys(), ...ofB.keys()])].sort().map(code => {
    const vote = ensembleVote({ code, a: voteOfA(ofA.get(code)), b: voteOfB(ofB.get(code)) }, weights);
    const { signal, score, rank, agreement: agree, conflict, reason } = vote;
    return {
      asOf,
      model: 'ensemble',
      version,
      code,
      signal,
      abstained: signal === undefined ? (reason ?? 'neither model was asked') : undefined,
      score,
      expectedReturn: undefined,
      rank,
      details: {
        agree,
        conflict,
        weightA: weights.a,
        weightB: weights.b,
        ...(conflict && reason !== undefined ? { reason } : {}),
      },
    };
  });
}
