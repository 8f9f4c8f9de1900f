/**
 * The model card: what model A is, what it learned from, how it did on what it had not seen, and its limits; then how
 * what was said turned out. Where no edge is shown it says so first.
 */
import { sydneyDate } from '../../domain/date.ts';
import type { BlockFigure } from '../../domain/signals/evaluation/blocks.ts';
import type { Brier } from '../../domain/signals/evaluation/brier.ts';
import { edgeWords } from '../../domain/signals/evaluation/edge.ts';
import type { Evaluation } from '../../domain/signals/evaluation/evaluation.ts';
import { formatCount, formatDate, formatNumber, formatPct } from '../../format.ts';
import type { ModelScore } from '../../usecases/score-signals.ts';
import { formatSignal } from '../../words/short-signal-words.ts';
import { formatBlocks, formatScore, formatShare } from '../../words/signal-words.ts';
import { beside, heading, indent } from '../blocks.ts';
import type { SignalsModel, StoredModel } from '../signals-model.ts';
import { measureColumns, type TableColumn, type TableRow, tableLines } from '../table.ts';
import { displayWidth, type Line } from '../text.ts';
import { wrap } from '../wrap.ts';

const twoColumnsFrom = 106;
const rightWidth = 50;
const gap = 4;

export function cardLines({ model, run, record }: SignalsModel, width: number): Line[] {
  if (model === undefined) return [...untrained(run?.details.missing, width), [], ...recordLines(record, width)];
  const below = [...limitLines(model, width), ...recordLines(record, width)];
  if (width < twoColumnsFrom) return [...leftLines(model, width), ...rightLines(model, width), ...below];
  const left = width - rightWidth - gap;
  return [...beside(leftLines(model, left), rightLines(model, rightWidth), left, gap), ...below];
}

const text = (words: string, width: number): Line[] => wrap(words, width).map((each): Line => [{ text: each }]);
const dimmed = (words: string, width: number): Line[] =>
  wrap(words, width).map((each): Line => [{ text: each, token: 'dim' }]);

const untrained = (missing: string | undefined, width: number): Line[] => [
  heading('Model A is a rank alone'),
  ...text(
    `There is no trained model: ${missing ?? 'none was stored'}. The rank needs none; probabilities and expected returns abstain.`,
    width,
  ),
];

function leftLines(model: StoredModel, width: number): Line[] {
  const { version, trainedThrough, createdAt, card } = model;
  const { rules, evaluation } = card;
  return [
    heading(`Model A ${version}`),
    ...text(
      `Gradient-boosted trees on ${formatCount(card.importance.length, 'figure')} of price and turnover. It says how probable a return above nought over the next 21 sessions is, and which return to expect.`,
      width,
    ),
    ...dimmed(
      `Trained ${formatDate(sydneyDate(createdAt))} with all that was known on ${formatDate(trainedThrough)}: ${rules.trees} trees of depth ${rules.depth}, shrinkage ${rules.shrinkage}, seed ${rules.seed}. The same data give the same model, bit for bit.`,
      width,
    ),
    [],
    heading('What it learned from'),
    ...text(
      `${formatNumber(card.rows, { places: 0 })} rows of ${formatCount(card.securities, 'security', 'securities')}, ${formatDate(card.from)} to ${formatDate(card.through)}, in ${formatCount(card.folds, 'fold')} forward in time; 26 sessions lie between what a fold learns from and what it is judged on.`,
      width,
    ),
    [],
    heading('How it did on what it had not seen'),
    ...evaluationLines(evaluation, width),
    [],
    ...backtestLines(card.backtest, width),
    [],
  ];
}

const labelWidth = 19;
const fact = (label: string, value: string, note: string, width: number): Line[] => {
  const first: Line = [{ text: label.padEnd(labelWidth), token: 'dim' }, { text: value }];
  const isBeside = labelWidth + displayWidth(value) + 2 + displayWidth(note) <= width;
  if (note === '') return [first];
  return isBeside
    ? [[...first, { text: `  ${note}`, token: 'dim' }]]
    : [first, ...dimmed(note, width - 2).map(line => indent(line, 2))];
};

const blocksNote = ({ blocks, reason }: BlockFigure): string =>
  reason === undefined ? formatCount(blocks, 'independent block') : reason;

function evaluationLines({ ranking, brier, rows, from, to }: Evaluation, width: number): Line[] {
  const { auc, rankIc, byChance, isEdgeShown } = ranking;
  const verdict: Line = isEdgeShown
    ? [{ text: 'Edge shown', token: 'gain', bold: true }]
    : [{ text: 'No edge shown', token: 'warning', bold: true }];
  return [
    verdict,
    ...text(whyEdge(ranking), width),
    ...dimmed(
      `${formatNumber(rows, { places: 0 })} rows, ${formatDate(from)} to ${formatDate(to)}; 95% intervals`,
      width,
    ),
    ...fact('ROC AUC', formatBlocks(auc), `.5 is chance; ${blocksNote(auc)}`, width),
    ...fact('Rank IC', formatBlocks(rankIc), `by chance up to ${formatScore(byChance)}`, width),
    ...brierLines(brier, width),
  ];
}

function whyEdge({ rankIc, byChance, isEdgeShown }: Evaluation['ranking']): string {
  if (isEdgeShown)
    return 'Its ranking is above that of 95% of 200 random ones, and so is its whole interval above nought.';
  if (rankIc.value === undefined || byChance === undefined) return `It cannot be judged: ${blocksNote(rankIc)}.`;
  if (rankIc.value <= byChance) return 'More than one of twenty random rankings did as well.';
  return 'Its ranking is above that of 95% of 200 random ones, but its interval reaches nought: sectors move together, and that may be all.';
}

function brierLines(brier: Brier | undefined, width: number): Line[] {
  if (brier === undefined) return fact('Brier score', '–', 'too few sessions to say what scores mean', width);
  const isBetter = brier.score < brier.uncertainty;
  return fact(
    'Brier score',
    formatScore(brier.score, 4),
    `${isBetter ? 'better' : 'no better'} than the base rate of ${formatShare(brier.baseRate)} every time, ${formatScore(brier.uncertainty, 4)}`,
    width,
  );
}

function backtestLines(found: StoredModel['card']['backtest'], width: number): Line[] {
  if ('reason' in found) return [heading('Backtest'), ...text(`There is none: ${found.reason}.`, width)];
  const { from, to, periods, netReturn, grossReturn, benchmarkReturn, turnover, excess } = found;
  const fall = (drawdown: typeof found.drawdown): string =>
    drawdown === undefined ? 'none' : formatPct(-drawdown.maxPct);
  return [
    heading('Backtest: its best fifth, dealt anew each 21 sessions'),
    ...dimmed(
      `${formatDate(from)} to ${formatDate(to)}, ${formatCount(periods.length, 'period')}, filled at the next open with brokerage and spread`,
      width,
    ),
    ...fact('Followed', formatShare(netReturn), `${formatShare(grossReturn)} before costs`, width),
    ...fact('Benchmark held', formatShare(benchmarkReturn), '', width),
    ...fact('Above it a period', formatBlocks(excess), blocksNote(excess), width),
    ...fact('Deepest fall', fall(found.drawdown), `benchmark ${fall(found.benchmarkDrawdown)}`, width),
    ...(turnover === undefined ? [] : fact('Turnover a period', formatShare(turnover), '', width)),
  ];
}

const bare = (columns: readonly TableColumn[], rows: readonly TableRow[], width: number): Line[] =>
  tableLines(measureColumns(columns, rows), rows, { width: width + 3 }).map(([first, ...rest]) =>
    first === undefined ? [] : [{ ...first, text: first.text.slice(3) }, ...rest],
  );

const rightLines = ({ card }: StoredModel, width: number): Line[] => [
  heading('Classes, against all of the same dates'),
  ...classLines(card.evaluation, width),
  [],
  heading('Probabilities, against what happened'),
  ...reliabilityLines(card.evaluation.brier, width),
  [],
  heading('What its inputs are worth'),
  ...importanceLines(card.importance, width),
  [],
];

const classColumns: readonly TableColumn[] = [
  { id: 'signal', title: 'Class', kind: 'text', priority: 1 },
  { id: 'count', title: 'Said', kind: 'number', priority: 4 },
  { id: 'hit', title: 'Hit', kind: 'number', priority: 2 },
  { id: 'base', title: 'Base', kind: 'number', priority: 3 },
  { id: 'return', title: 'Return', kind: 'number', priority: 5 },
  { id: 'all', title: 'Of all', kind: 'number', priority: 6 },
];

function classLines({ classes }: Evaluation, width: number): Line[] {
  const said = classes.filter(each => each.count > 0);
  if (said.length === 0) return dimmed('no class was said of what can be judged', width);
  const rows = said.map(
    (each): TableRow => ({
      id: each.signal,
      cells: {
        signal: formatSignal(each.signal),
        count: formatNumber(each.count, { places: 0 }),
        hit: formatShare(each.hitRate),
        base: formatShare(each.baseRate),
        return: formatShare(each.meanReturn, 2),
        all: formatShare(each.baseReturn, 2),
      },
    }),
  );
  return bare(classColumns, rows, width);
}

const reliabilityColumns: readonly TableColumn[] = [
  { id: 'said', title: 'P said', kind: 'text', priority: 1 },
  { id: 'count', title: 'Rows', kind: 'number', priority: 3 },
  { id: 'mean', title: 'Mean P', kind: 'number', priority: 2 },
  { id: 'rose', title: 'Rose', kind: 'number', priority: 2 },
];

function reliabilityLines(brier: Brier | undefined, width: number): Line[] {
  if (brier === undefined) return dimmed('none were said of what can be judged', width);
  const rows = brier.table.map(
    (each): TableRow => ({
      id: String(each.from),
      cells: {
        said: `${each.from.toFixed(2)} to ${each.to.toFixed(2)}`,
        count: formatNumber(each.count, { places: 0 }),
        mean: formatShare(each.meanProbability),
        rose: formatShare(each.rose),
      },
    }),
  );
  return bare(reliabilityColumns, rows, width);
}

const importanceCells = 14;
const shownInputs = 10;

/** By what the area under the curve loses without each. */
function importanceLines(importance: StoredModel['card']['importance'], width: number): Line[] {
  const shown = importance.slice(0, shownInputs);
  const most = Math.max(1e-9, ...shown.map(each => each.aucLoss));
  const nameWidth = Math.max(0, ...shown.map(each => displayWidth(each.feature)));
  return [
    ...dimmed('what the AUC loses when an input is dealt anew, and its share of the splits’ gain', width),
    ...shown.map((each): Line => {
      const filled = Math.max(0, Math.round((each.aucLoss / most) * importanceCells));
      return [
        { text: each.feature.padEnd(nameWidth + 2) },
        { text: '█'.repeat(filled), token: 'chart' },
        { text: ' '.repeat(importanceCells - filled) },
        { text: formatScore(each.aucLoss, 4).padStart(9) },
        { text: formatShare(each.gainShare, 0).padStart(6), token: 'dim' },
      ];
    }),
  ];
}

function limitLines({ card }: StoredModel, width: number): Line[] {
  const limits = [
    `It knows prices and turnover of ${formatCount(card.securities, 'security', 'securities')} since ${formatDate(card.from)}, and no market before that.`,
    'A probability is of all securities that looked like this one, not of what happens to it next: announcements, takeovers and the market as a whole are not in its inputs.',
    'Securities that are too thin or too cheap to deal in are left out, and so is what has too little history: it abstains.',
    'Costs in the backtest are those of your settings; tax is not counted.',
    'Model B is not learned: its anchors are absolute, and its expected return is an assumption.',
  ];
  return [
    heading('Limits'),
    ...limits.flatMap(each =>
      wrap(each, width - 2).map(
        (words, row): Line => [{ text: row === 0 ? '· ' : '  ', token: 'dim' }, { text: words }],
      ),
    ),
    [],
  ];
}

const named = (model: ModelScore['model']): string => (model === 'ensemble' ? 'Ensemble' : `Model ${model}`);

/** What was said since the first run, against what happened. */
const recordLines = (record: readonly ModelScore[], width: number): Line[] => [
  heading('How what was said turned out'),
  ...record.flatMap(each => scoreLines(each, width)),
];

function scoreLines({ model, card }: ModelScore, width: number): Line[] {
  const { judged, open, abstained, evaluation } = card;
  if (judged === 0) {
    return fact(
      named(model),
      'none judged yet',
      `${open} open: a signal is judged after 21 sessions; ${abstained} abstained`,
      width,
    );
  }
  const { ranking, classes } = evaluation;
  const hits = classes.flatMap(each =>
    each.hitRate === undefined
      ? []
      : [
          `${formatSignal(each.signal)} ${formatShare(each.hitRate, 0)} of ${each.count}, base ${formatShare(each.baseRate, 0)}`,
        ],
  );
  return [
    ...fact(named(model), edgeWords(ranking), `${judged} judged, ${open} open, ${abstained} abstained`, width),
    ...dimmed(`rank IC ${formatBlocks(ranking.rankIc)}; ${hits.join('; ')}`, width - 2).map(line => indent(line, 2)),
  ];
}
