/**
 * Why the figures of a signal are what they are: model A from what each input added to the log-odds, its rank from the
 * weighted z, model B from its categories, the ensemble from both. What the log keeps is enough for all but P and R, which
 * need besides the tables of the model that said them; without that model they are facts of the log.
 */
import { confidence, isBullish } from '../signals/classes.ts';
import type { EnsembleVote } from '../signals/ensemble.ts';
import type { Trained } from '../signals/learner/trained.ts';
import type { SaidOf } from '../signals/logged.ts';
import type { Reason } from '../signals/model-a.ts';
import { type Category, categories, categoryWeights } from '../signals/quality-anchors.ts';
import { type Explanation, type Input, inputOf, type Rule } from './explanation.ts';
import { explained, fact, given, list, missing, series, words } from './made.ts';

/** What was said of a security, and the tables of the model that said it. */
export type ExplainedSignal = EnsembleVote & {
  readonly said: SaidOf;
  readonly learned?: Pick<Trained, 'calibration' | 'returns'> | undefined;
};

/** By their place in the JSON of a signal. */
export const signalFigures = [
  'score',
  'rank',
  'confidence',
  'modelA/probability',
  'modelA/expectedReturn',
  'modelA/conviction',
  'modelA/rank',
  'modelB/score',
  'modelB/rank',
] as const;
/** What the figures of a signal rest on, each a place of its own. */
export const signalParts = ['logOdds', 'bias', 'rankScore', 'modelB/coverage', 'modelB/expectedReturn'] as const;
export type SignalFigure = (typeof signalFigures)[number] | (typeof signalParts)[number];

const ensembleRule: Rule = {
  says: 'The ensemble weighs model A’s probability and model B’s score; one for buying and one for selling is a conflict and a HOLD. This program’s own rule.',
};
const probabilityRule: Rule = {
  says: 'Scores become probabilities by isotonic regression on rows that the trees had not seen; between its points they run straight, beyond them they stay.',
  source: 'Ayer et al. 1955; Barlow et al. 1972',
};
const returnRule: Rule = {
  says: 'The mean return over 21 sessions of rows that the trees had not seen, in the same of twenty buckets of probability.',
};
const reasonRule: Rule = {
  says: 'What an input adds is the sum, over the trees, of how much the expected score changes where the tree asks about it.',
};
const rankRule: Rule = {
  says: 'Of what passes every gate: 0.75 z of the momentum of twelve months without the last, 0.25 z of that of six.',
  source: 'Jegadeesh and Titman 1993',
};
const qualityRule: Rule = {
  says: 'Profitability weighs .30, health .25, growth .20, valuation .25; income is shown and weighs nothing. A score, not a probability.',
};
const assumedRule: Rule = {
  says: 'An assumption of this program, not a measurement: (score - 0.5) x 0.2 over 21 sessions.',
};
const confidenceRule: Rule = {
  says: 'The score of a class that says buy, 1 less the score of one that says sell; HOLD has none.',
};
const convictionRule: Rule = { says: 'How far a probability lies from that of a coin, 0 to 100.' };

export function explainSignal(row: ExplainedSignal, figure: SignalFigure): Explanation {
  switch (figure) {
    case 'score':
    case 'rank':
    case 'confidence':
      return explainEnsemble(row, figure);
    case 'modelA/probability':
    case 'modelA/expectedReturn':
    case 'modelA/conviction':
    case 'modelA/rank':
    case 'logOdds':
    case 'bias':
    case 'rankScore':
      return explainA(row, figure);
    case 'modelB/score':
    case 'modelB/rank':
    case 'modelB/coverage':
    case 'modelB/expectedReturn':
      return explainB(row, figure);
  }
}

function explainEnsemble(row: ExplainedSignal, figure: 'score' | 'rank' | 'confidence'): Explanation {
  const { code, said, signal, score, rank, reason } = row;
  const weight = (name: 'weightA' | 'weightB'): Input =>
    given(name, 'ratio', said.ensemble?.details[name], { kind: 'setting', key: 'model_a_weight_pct' });
  const unknown = reason ?? 'a model has no vote';
  switch (figure) {
    case 'score':
      return explained(figure, code, {
        unit: 'ratio',
        value: score,
        formula: 'round(weightA * probability + weightB * quality, 9)',
        inputs: [
          weight('weightA'),
          inputOf(explainA(row, 'modelA/probability')),
          weight('weightB'),
          inputOf(explainB(row, 'modelB/score'), 'quality'),
        ],
        rules: [ensembleRule],
        unknown,
      });
    case 'rank':
      return explained(figure, code, {
        unit: 'count',
        value: rank,
        formula: 'floor(round(weightA * rankA + weightB * rankB, 9))',
        inputs: [
          weight('weightA'),
          inputOf(explainA(row, 'modelA/rank'), 'rankA'),
          weight('weightB'),
          inputOf(explainB(row, 'modelB/rank'), 'rankB'),
        ],
        rules: [ensembleRule],
        unknown: signal === undefined ? unknown : 'a model has no rank for it',
      });
    case 'confidence': {
      const isFor = signal !== undefined && isBullish(signal);
      const none = signal === 'HOLD' ? 'a HOLD takes no side' : unknown;
      return explained(figure, code, {
        unit: 'ratio',
        value: score === undefined ? undefined : confidence(signal, score),
        formula: isFor ? 'score' : 'round(1 - score, 9)',
        inputs: [signal === 'HOLD' ? missing('score', 'ratio', none) : inputOf(explainEnsemble(row, 'score'))],
        rules: [confidenceRule],
        unknown: none,
      });
    }
  }
}

type FigureOfA = Extract<SignalFigure, `modelA/${string}`> | 'logOdds' | 'bias' | 'rankScore';

function explainA(row: ExplainedSignal, figure: FigureOfA): Explanation {
  const { code, said, learned } = row;
  const details = said.a?.details ?? {};
  const of = `model A on ${code}`;
  const unknown = said.a === undefined ? 'model A was not asked' : (said.a.abstained ?? 'the log has none');
  const probability = said.a?.score;
  const logged = words(`as model A ${said.a?.version ?? ''} said it; the model is not stored here`);
  switch (figure) {
    case 'modelA/probability': {
      const made = { unit: 'ratio', value: probability, unknown, rules: [probabilityRule] } as const;
      if (learned === undefined) return fact('probability', of, { ...made, source: logged });
      const { scores, probabilities } = learned.calibration;
      return explained('probability', of, {
        ...made,
        formula: 'interpolated(logOdds, scores, probabilities)',
        inputs: [
          inputOf(explainA(row, 'logOdds')),
          series('scores', 'ratio', scores, 'log-odds that the calibration knows'),
          series('probabilities', 'ratio', probabilities, 'what they turned out to mean'),
        ],
      });
    }
    case 'modelA/expectedReturn': {
      const made = { unit: 'ratio', value: said.a?.expectedReturn, unknown, rules: [returnRule] } as const;
      if (learned === undefined) return fact('expectedReturn', of, { ...made, source: logged });
      return explained('expectedReturn', of, {
        ...made,
        formula: 'ofBucket(probability, upTo, means)',
        inputs: [
          inputOf(explainA(row, 'modelA/probability')),
          series('upTo', 'ratio', learned.returns.upTo, 'the greatest probability of each bucket'),
          series('means', 'ratio', learned.returns.means, 'the mean return of each, made to rise'),
        ],
      });
    }
    case 'modelA/conviction':
      return explained('conviction', of, {
        unit: 'count',
        value: details.conviction,
        formula: 'round(round(abs(probability - 0.5) * 200, 9), 0)',
        inputs: [inputOf(explainA(row, 'modelA/probability'))],
        rules: [convictionRule],
        unknown,
      });
    case 'modelA/rank':
      return fact('rank', of, {
        unit: 'count',
        value: said.a?.rank,
        source: words('its place by the score of its rank, among all that pass every gate that day'),
        rules: [rankRule],
        unknown: details.gates?.join('; ') ?? unknown,
      });
    case 'logOdds':
      return explained('logOdds', of, {
        unit: 'ratio',
        value: details.logOdds,
        formula: 'bias + sum(reasons)',
        inputs: [inputOf(explainA(row, 'bias')), reasonsInput(details.reasons ?? [])],
        rules: [reasonRule],
        unknown,
      });
    case 'bias':
      return fact('bias', of, {
        unit: 'ratio',
        value: details.bias,
        source: words('the log-odds of all rows that the model learned from, before it asks anything'),
        unknown,
      });
    case 'rankScore':
      return explained('rankScore', of, {
        unit: 'ratio',
        value: details.rankScore,
        formula: 'sum(parts)',
        inputs: [
          details.rankParts === undefined
            ? missing('parts', 'ratio', 'it has no rank')
            : list(
                'parts',
                'ratio',
                Object.entries(details.rankParts).map(([label, value]) => ({
                  label,
                  value,
                  source: words('its z among the ranked, weighted'),
                })),
              ),
        ],
        rules: [rankRule],
        unknown: details.gates?.join('; ') ?? unknown,
      });
  }
}

const wordsOfReason = ({ value, standardised }: Reason): string => {
  if (value === undefined) return 'unknown';
  const away = standardised === undefined ? '' : `, ${standardised.toFixed(2)} deviations from the day’s mean`;
  return `${Number(value.toPrecision(4))}${away}`;
};

function reasonsInput(reasons: readonly Reason[]): Input {
  if (reasons.length === 0) return missing('reasons', 'ratio', 'it has none');
  return list(
    'reasons',
    'ratio',
    reasons.map(each => ({ label: each.feature, value: each.logOdds, source: words(wordsOfReason(each)) })),
  );
}

type FigureOfB = Extract<SignalFigure, `modelB/${string}`>;

function explainB(row: ExplainedSignal, figure: FigureOfB): Explanation {
  const { code, said } = row;
  const { b } = said;
  const of = `model B on ${code}`;
  const unknown = b === undefined ? 'model B was not asked' : (b.abstained ?? 'the log has none');
  const known = categories.filter(each => categoryWeights[each] > 0 && b?.details.categories[each] !== undefined);
  const weights = list(
    'weights',
    'ratio',
    known.map(each => ({ label: each, value: categoryWeights[each] })),
  );
  switch (figure) {
    case 'modelB/score':
      return explained('score', of, {
        unit: 'ratio',
        value: b?.score,
        formula: 'round(sum(weights * scores) / sum(weights) / 100, 9)',
        inputs: [
          weights,
          b?.score === undefined
            ? missing('scores', 'ratio', unknown)
            : list(
                'scores',
                'ratio',
                known.map(each => ({ label: each, value: b.details.categories[each], source: bySheet })),
              ),
        ],
        rules: [qualityRule],
        unknown,
      });
    case 'modelB/coverage':
      return b === undefined
        ? fact('coverage', of, { unit: 'ratio', value: undefined, source: words(unknown), unknown })
        : explained('coverage', of, {
            unit: 'ratio',
            value: b.details.coverage,
            formula: 'round(sum(weights), 9)',
            inputs: [weights],
            rules: [qualityRule],
          });
    case 'modelB/expectedReturn':
      return explained('expectedReturn', of, {
        unit: 'ratio',
        value: b?.expectedReturn,
        formula: 'round((score - 0.5) * 0.2, 9)',
        inputs: [inputOf(explainB(row, 'modelB/score'))],
        rules: [assumedRule],
        unknown,
      });
    case 'modelB/rank':
      return fact('rank', of, {
        unit: 'count',
        value: b?.rank,
        source: words('its place by score, among all that model B has a score for that day'),
        unknown,
      });
  }
}

const bySheet = words('0 to 100, from the statements known that day');

/** One input of model A: what it was, how far from the day's mean, what it added. */
export function explainReason(reason: Reason, code: string, figure: 'value' | 'standardised' | 'logOdds'): Explanation {
  const source = {
    value: words('computed from the bars up to the day'),
    standardised: words('deviations from the mean of the day’s securities, as the trees saw it'),
    logOdds: words('summed over the trees'),
  }[figure];
  const rules = figure === 'logOdds' ? [reasonRule] : [];
  const unknown = 'there are too few bars';
  const of = `${reason.feature} of ${code}`;
  return fact(figure, of, { unit: 'ratio', value: reason[figure], source, rules, unknown });
}

/** The score of a category, as model B had it that day. */
export const explainCategoryScore = (row: ExplainedSignal, category: Category): Explanation =>
  fact(category, `model B on ${row.code}`, {
    unit: 'ratio',
    value: row.said.b?.details.categories[category],
    source: bySheet,
    rules: [qualityRule],
  });
