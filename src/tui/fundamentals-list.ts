/** The metrics of a company as a list, and what `x` explains of the one selected. */
import {
  explainCategory,
  explainMetric,
  explainMetricScore,
  explainPiotroski,
  explainQuality,
  explainStanding,
} from '../domain/explain/fundamentals.ts';
import type { ScoredMetric } from '../domain/signals/model-b.ts';
import { type Category, categories } from '../domain/signals/quality-anchors.ts';
import { datesInWords, formatNumber } from '../format.ts';
import type { FundamentalsView } from '../usecases/view-fundamentals.ts';
import { formatMetric, metricTitles } from '../words/fundamentals-words.ts';
import type { Explained } from './explained-figures.ts';
import { type ListModel, listRows, plainList } from './list-model.ts';
import type { Cell, TableColumn, TableRow } from './table.ts';

const columns: readonly TableColumn[] = [
  { id: 'name', title: 'Metric', kind: 'text', priority: 1 },
  { id: 'value', title: 'Value', kind: 'number', priority: 2 },
  { id: 'score', title: 'Score', kind: 'number', priority: 3 },
  { id: 'median', title: 'Sector', kind: 'number', priority: 4 },
  { id: 'standing', title: 'Pctl', kind: 'number', priority: 6 },
  { id: 'note', title: '', kind: 'name', priority: 5, min: 16 },
];

type Row = { readonly category: Category; readonly metric: ScoredMetric };

/** A metric belongs to one category but for the yield of a property trust. */
const idOf = ({ category, metric }: Row): string => `${category} ${metric.name}`;

const rowsOf = ({ quality }: FundamentalsView): Row[] =>
  categories.flatMap(category => quality.categories[category].metrics.map(metric => ({ category, metric })));

const dim = (text: string): Cell => ({ text, token: 'dim' });

function rowOf(row: Row, { standings }: FundamentalsView): TableRow {
  const { name, figure, score } = row.metric;
  const standing = standings.get(name);
  return {
    id: idOf(row),
    dim: figure.value === undefined,
    cells: {
      name: metricTitles[name],
      value: formatMetric(name, figure.value),
      score: score === undefined ? '' : formatNumber(score, { places: 0 }),
      median: standing === undefined ? '' : dim(formatMetric(name, standing.median)),
      standing: standing === undefined ? '' : dim(formatNumber(standing.percentile, { places: 0 })),
      note: figure.value === undefined ? dim(datesInWords(figure.unknown ?? '')) : '',
    },
  };
}

/** Category by category; empty where there is no company. */
export function fundamentalsList(view: FundamentalsView | undefined): ListModel {
  const rows = view === undefined || view.shape !== 'company' ? [] : rowsOf(view);
  const definition = {
    columns,
    rowOf: (row: Row): TableRow => (view === undefined ? { id: idOf(row), cells: {} } : rowOf(row, view)),
    sorts: [],
  };
  return plainList(listRows(definition, rows));
}

/** The selected metric, its category, and the score of the whole. */
export function explainedFundamentals(view: FundamentalsView, selected: string | undefined): Explained {
  const { code, quality, standings, piotroski } = view;
  const row = rowsOf(view).find(each => idOf(each) === selected);
  const metric = row?.metric;
  return {
    title: `of the fundamentals of ${code}`,
    explanations: [
      ...(metric === undefined
        ? []
        : [
            explainMetric(metric, code),
            explainMetricScore(metric, code),
            explainStanding(metric, standings.get(metric.name), code, 'sectorPercentile'),
          ]),
      explainQuality(quality, 'score'),
      ...categories.map(category => explainCategory(quality, category)),
      explainQuality(quality, 'expectedReturn'),
      ...(piotroski === undefined ? [] : [explainPiotroski(piotroski, code, 'score')]),
    ],
    entry: () => undefined,
  };
}
