/** The report of what was said against what happened, and of what following it would have brought. */

import type { ClassRecord } from '../../domain/signals/evaluation/class-record.ts';
import { formatCount, formatDate } from '../../format.ts';
import type { ModelScore } from '../../usecases/score-signals.ts';
import { formatSignal } from '../../words/short-signal-words.ts';
import { formatBlocks, formatRecord, formatScore, formatShare } from '../../words/signal-words.ts';
import { type Column, csvOf, lines, type Report, type Section, table } from '../report.ts';

const named = (model: ModelScore['model']): string => (model === 'ensemble' ? 'Ensemble' : `Model ${model}`);

type Row = ClassRecord & { readonly model: ModelScore['model'] };
const columns: readonly Column<Row>[] = [
  { title: 'Class', field: 'signal', text: row => formatSignal(row.signal), value: row => row.signal },
  { title: 'Said', field: 'count', align: 'right', text: row => String(row.count), value: row => row.count },
  { title: 'Hit', field: 'hitRate', align: 'right', text: row => formatShare(row.hitRate), value: row => row.hitRate },
  {
    title: 'Base',
    field: 'baseRate',
    align: 'right',
    text: row => formatShare(row.baseRate),
    value: row => row.baseRate,
  },
  {
    title: 'Above it, 95% within',
    field: 'excess',
    align: 'right',
    rank: 1,
    text: row => (row.excess === undefined ? '' : formatBlocks(row.excess)),
    value: row => row.excess?.value,
  },
  {
    title: 'Return',
    field: 'meanReturn',
    align: 'right',
    text: row => formatShare(row.meanReturn, 2),
    value: row => row.meanReturn,
  },
  {
    title: 'Of all',
    field: 'baseReturn',
    align: 'right',
    rank: 2,
    text: row => formatShare(row.baseReturn, 2),
    value: row => row.baseReturn,
  },
];

function backtestLines({ backtest }: ModelScore): string[] {
  if ('reason' in backtest) return [`No backtest: ${backtest.reason}.`];
  return [
    `Following its best fifth from ${formatDate(backtest.from)} to ${formatDate(backtest.to)}: ${formatShare(backtest.netReturn)} after costs (${formatShare(backtest.grossReturn)} before), benchmark held: ${formatShare(backtest.benchmarkReturn)}.`,
  ];
}

function sectionsOf(score: ModelScore): Section[] {
  const { card, model } = score;
  const { ranking, classes, sides, brier } = card.evaluation;
  const judged = classes.filter(each => each.count > 0);
  const said = `${named(model)} · ${formatCount(card.said, 'signal')}: ${card.judged} judged, ${card.open} still open, ${card.abstained} abstained${card.unpriced === 0 ? '' : `, ${card.unpriced} without a price`}`;
  if (card.judged === 0) return [lines(said, 'A signal is judged when its 21 sessions are over.')];
  return [
    lines(
      said,
      `Rank IC ${formatBlocks(ranking.rankIc)} over ${formatCount(ranking.rankIc.blocks, 'independent block')}; ${formatRecord({ judged: card.judged, sides, isEdgeShown: ranking.isEdgeShown })}.`,
      ...(brier === undefined
        ? []
        : [`Brier score ${formatScore(brier.score, 4)}; the base rate's is ${formatScore(brier.uncertainty, 4)}.`]),
      ...backtestLines(score),
    ),
    table(
      judged.map(each => ({ ...each, model })),
      columns,
    ),
  ];
}

const backtestData = ({ backtest }: ModelScore) =>
  'reason' in backtest
    ? { reason: backtest.reason }
    : {
        from: backtest.from,
        to: backtest.to,
        netReturn: backtest.netReturn,
        grossReturn: backtest.grossReturn,
        benchmarkReturn: backtest.benchmarkReturn,
        costs: backtest.costs,
        turnover: backtest.turnover,
        periods: backtest.periods.length,
        excess: backtest.excess,
      };

export function scoreReport(scores: readonly ModelScore[], today: string): Report {
  const rows = scores.flatMap(({ model, card }) => card.evaluation.classes.map(each => ({ ...each, model })));
  return {
    schema: 'signals-score/1',
    asOf: today,
    data: {
      models: scores.map(score => {
        const { model, card } = score;
        const { ranking, brier, classes, sides, from, to } = card.evaluation;
        return {
          model,
          said: card.said,
          judged: card.judged,
          open: card.open,
          abstained: card.abstained,
          unpriced: card.unpriced,
          from,
          to,
          auc: ranking.auc,
          rankIc: ranking.rankIc,
          byChance: ranking.byChance,
          edgeShown: ranking.isEdgeShown,
          brier: brier && { score: brier.score, baseRate: brier.baseRate, uncertainty: brier.uncertainty },
          reliability: brier?.table ?? [],
          classes,
          sides,
          backtest: backtestData(score),
        };
      }),
    },
    sections: scores.flatMap(sectionsOf),
    csv: csvOf(rows, [{ title: 'Model', field: 'model', text: row => row.model }, ...columns]),
  };
}
