/**
 * Trains model A and says how well it foretold what it had not seen.
 *
 * Walk-forward (see `folds`): the trees of each fold score the dates after those it learned from. A fold's scores become
 * probabilities and expected returns by what earlier folds' scores turned out to mean, once there are enough of them; so
 * nothing that is judged knew its future. The trees that are kept learn from all rows, and are calibrated on the scores
 * of all folds. Under 30 securities or two years there is no model, and what is missing is said.
 */
import { addMonths, type LocalDate } from '../../date.ts';
import { sessionsBetween } from '../../market/calendar.ts';
import { randomFrom, seedAt } from '../../random.ts';
import { type DriftBaseline, driftBaselines } from '../drift.ts';
import { type Evaluation, evaluation } from '../evaluation/evaluation.ts';
import { features } from '../features.ts';
import type { Panel } from '../panel.ts';
import { type BoostRules, baseRate, boost } from './boost.ts';
import { type FoldRules, taughtTo, walkForward } from './folds.ts';
import { type Forest, scores } from './forest.ts';
import { type HeldOut, joined, judgedOf, meaning, told } from './held-out.ts';
import { addLosses, type Importance, importances, noLosses } from './importance.ts';
import { type Bounds, boundsOf, prepared, startsOf } from './prepare.ts';
import type { Trained } from './trained.ts';

export type TrainRules = BoostRules &
  FoldRules & {
    /** Sessions of earlier scores that it takes to say what scores mean. */
    readonly leastCalibrated: number;
  };

export const trainRules: TrainRules = {
  trees: 100,
  depth: 3,
  shrinkage: 0.03,
  l2: 10,
  leastLeafWeight: 50,
  rowShare: 0.7,
  columnShare: 0.7,
  seed: 1,
  leastTaught: 252,
  tested: 63,
  leastCalibrated: 126,
};

export const leastSecurities = 30;
const leastMonths = 24;

export type Training = {
  readonly trained: Trained;
  readonly rules: TrainRules;
  readonly from: LocalDate;
  /** The last date whose future is known. */
  readonly through: LocalDate;
  readonly rows: number;
  readonly securities: number;
  readonly folds: number;
  readonly evaluation: Evaluation;
  readonly importance: readonly Importance[];
  readonly heldOut: HeldOut;
  /** What the inputs of later days are held against. */
  readonly baselines: readonly DriftBaseline[];
};

const booleans: ReadonlySet<string> = new Set(
  features.filter(feature => feature.kind === 'boolean').map(feature => feature.name),
);

/** How far the training is: trees grown, of all that there will be. */
export type OnProgress = (done: number, total: number) => void;

/** The training, or what is missing for one. */
export type Outcome = { readonly training: Training } | { readonly missing: readonly string[] };

export function train(given: Panel, rules: TrainRules = trainRules, onProgress?: OnProgress): Outcome {
  const panel = fromFirstRow(given);
  const missing = shortfall(panel);
  if (missing.length > 0) return { missing };
  const first = panel.dates[0] as LocalDate;
  const sessions = panel.dates.map(date => sessionsBetween(first, date));
  const starts = startsOf(panel.dateOf, panel.dates.length);
  const folds = walkForward(sessions, rules);
  const total = (folds.length + 1) * rules.trees;
  const learn = (taught: number, step: number): Fitted =>
    fitted(panel, starts, taught, { ...rules, seed: seedAt(rules.seed, step) }, trees =>
      onProgress?.(step * rules.trees + trees, total),
    );
  const parts: HeldOut[] = [];
  const losses = noLosses(panel.features.length);
  for (const [index, fold] of folds.entries()) {
    const { bounds, forest } = learn(fold.taughtTo, index);
    const tested = testRows(panel, starts, fold.from, fold.to, bounds);
    const score = scores(forest, tested.values);
    addLosses(losses, forest, tested.values, tested.starts, tested.forward, randomFrom(seedAt(rules.seed, -1 - index)));
    const earlier = meaning(
      panel,
      joined(parts),
      starts[taughtTo(sessions, fold.from)] as number,
      rules.leastCalibrated,
      sessions,
    );
    parts.push(told(tested.row, score, earlier));
  }
  const heldOut = joined(parts);
  const last = meaning(panel, heldOut, panel.rows, rules.leastCalibrated, sessions);
  if (last === undefined) {
    return { missing: [`held-out scores of ${rules.leastCalibrated} sessions, to say what a score means`] };
  }
  const { bounds, forest } = learn(panel.dates.length, folds.length);
  const labelled = labelledRows(panel);
  return {
    training: {
      trained: { bounds, forest, ...last },
      rules,
      from: first,
      through: panel.dates[panel.dateOf[labelled.at(-1) as number] as number] as LocalDate,
      rows: labelled.length,
      securities: new Set(labelled.map(row => panel.codeOf[row] as number)).size,
      folds: folds.length,
      evaluation: evaluation(judgedOf(panel, sessions, heldOut), rules.seed),
      importance: importances(forest, losses),
      heldOut,
      baselines: driftBaselines(panel, booleans),
    },
  };
}

/** Without the dates before there was anything to deal in: they are no history. */
function fromFirstRow(panel: Panel): Panel {
  const first = panel.dateOf[0] ?? panel.dates.length;
  return { ...panel, dates: panel.dates.slice(first), dateOf: panel.dateOf.map(date => date - first) };
}

/** What the panel lacks for a model to learn from it, in words. */
function shortfall(panel: Panel): string[] {
  const missing: string[] = [];
  const securities = new Set(labelledRows(panel).map(row => panel.codeOf[row] as number)).size;
  if (securities < leastSecurities)
    missing.push(`${leastSecurities} securities with prices to learn from; there are ${securities}`);
  const [first, last] = [panel.dates[0], panel.dates.at(-1)];
  if (first === undefined || last === undefined) missing.push('two years of prices; there are none');
  else if (addMonths(first, leastMonths) > last)
    missing.push(`two years of prices to learn from; there are those from ${first} to ${last}`);
  return missing;
}

const isLabelled = (forward: Float64Array, row: number): boolean => !Number.isNaN(forward[row]);

const labelledRows = ({ rows, forward }: Panel): number[] =>
  Array.from({ length: rows }, (_, row) => row).filter(row => isLabelled(forward, row));

type Fitted = { readonly bounds: Bounds; readonly forest: Forest };

/** Trees that learned from the first `taught` dates. */
function fitted(
  { values, features, forward }: Panel,
  starts: Int32Array,
  taught: number,
  rules: BoostRules,
  onTree: (trees: number) => void,
): Fitted {
  const width = features.length;
  const end = starts[taught] as number;
  const bounds = boundsOf(values, width, end);
  const inputs = prepared(values.subarray(0, end * width), width, starts.subarray(0, taught + 1), bounds);
  const labels = new Uint8Array(end);
  const given = new Float64Array(end);
  let count = 0;
  for (let date = 0; date < taught; date += 1) {
    const before = count;
    for (let row = starts[date] as number; row < (starts[date + 1] as number); row += 1) {
      if (!isLabelled(forward, row)) continue;
      inputs.copyWithin(count * width, row * width, (row + 1) * width);
      labels[count] = (forward[row] as number) > 0 ? 1 : 0;
      count += 1;
    }
    given.fill(baseRate(labels.subarray(before, count)), before, count);
  }
  const rows = { values: inputs.subarray(0, count * width), width, count };
  const lesson = { rows, features, labels: labels.subarray(0, count), given: given.subarray(0, count) };
  return { bounds, forest: boost(lesson, rules, onTree) };
}

type TestRows = { row: Int32Array; values: Float64Array; forward: Float64Array; starts: Int32Array };

/** The labelled rows of some dates, standardised over all rows of these. */
function testRows(
  { values, features, forward }: Panel,
  starts: Int32Array,
  from: number,
  to: number,
  bounds: Bounds,
): TestRows {
  const width = features.length;
  const first = starts[from] as number;
  const own = starts.slice(from, to + 1).map(start => start - first);
  const inputs = prepared(values.subarray(first * width, (starts[to] as number) * width), width, own, bounds);
  const row = new Int32Array(inputs.length / width);
  const ends = new Int32Array(own.length);
  let count = 0;
  for (let date = 0; date + 1 < own.length; date += 1) {
    for (let index = own[date] as number; index < (own[date + 1] as number); index += 1) {
      if (!isLabelled(forward, first + index)) continue;
      inputs.copyWithin(count * width, index * width, (index + 1) * width);
      row[count++] = first + index;
    }
    ends[date + 1] = count;
  }
  const rows = row.subarray(0, count);
  return {
    row: rows,
    values: inputs.subarray(0, count * width),
    forward: Float64Array.from(rows, each => forward[each] as number),
    starts: ends,
  };
}
