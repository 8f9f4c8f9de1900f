/** Why the figures of signals are what they are: of each security, of the agreement of the models, of drift. */
import { driftFigures, explainDrift } from '../domain/explain/drift.ts';
import { counted, explained, fact, list, words } from '../domain/explain/made.ts';
import { explainCategoryScore, explainReason, explainSignal, signalFigures } from '../domain/explain/signal.ts';
import type { Learned } from '../domain/signals/votes.ts';
import type { DriftView, SecuritySignals, SignalRow } from '../usecases/view-signals.ts';
import { type Explained, explainedAt } from './explained.ts';

/** The model of a version, where it is stored. */
export type ModelOf = (version: string) => Pick<Learned, 'trained'> | undefined;

const withModel = (row: SignalRow, modelOf: ModelOf) => ({
  ...row,
  learned: row.said.a === undefined ? undefined : modelOf(row.said.a.version)?.trained,
});

/** Of the rows of a list, and of how often their models agree. */
export const explainSignals = (rows: readonly SignalRow[], modelOf: ModelOf): Explained[] => [
  ...rows.flatMap((row, index) => {
    const own = withModel(row, modelOf);
    return explainedAt(`/signals/${index}`, signalFigures, figure => explainSignal(own, figure));
  }),
  ...explainStatistics(rows),
];

function explainStatistics(rows: readonly SignalRow[]): Explained[] {
  const both = rows.filter(row => row.signal !== undefined);
  const share = (figure: string, of: (row: SignalRow) => boolean): Explained => ({
    at: `/statistics/${figure}`,
    why: explained(figure, 'the ensemble', {
      unit: 'ratio',
      value: both.length === 0 ? undefined : both.filter(of).length / both.length,
      formula: 'sum(rows) / count(rows)',
      inputs: [
        list(
          'rows',
          'count',
          both.map(row => ({ label: row.code, value: of(row) ? 1 : 0 })),
          'one for each security with both votes',
        ),
      ],
      unknown: 'no security has both votes',
    }),
  });
  const codes = both.map(row => row.code);
  const total = explained('total', 'the ensemble', counted('rows', both.length, codes));
  return [
    { at: '/statistics/total', why: total },
    share('agreementRate', row => row.agreement),
    share('conflictRate', row => row.conflict),
  ];
}

/** Of one security with its reasons and what was said before. */
export function explainSecurity({ row, history }: SecuritySignals, modelOf: ModelOf): Explained[] {
  const own = withModel(row, modelOf);
  const { reasons = [], rankParts = {} } = row.said.a?.details ?? {};
  const categories = Object.keys(row.said.b?.details.categories ?? {}) as Parameters<typeof explainCategoryScore>[1][];
  return [
    ...explainSignals([row], modelOf),
    ...explainedAt('/reasons', ['bias', 'logOdds'] as const, figure => explainSignal(own, figure)),
    ...reasons.flatMap((reason, index) =>
      explainedAt(`/reasons/features/${index}`, ['value', 'standardised', 'logOdds'] as const, figure =>
        explainReason(reason, row.code, figure),
      ),
    ),
    ...Object.entries(rankParts).map(([name, value]) => ({
      at: `/reasons/rankParts/${name}`,
      why: fact('added', `${name} of ${row.code}`, {
        unit: 'ratio',
        value,
        source: words('its z among the ranked, weighted'),
      }),
    })),
    ...explainedAt('/reasons/categories', categories, category => explainCategoryScore(own, category)),
    ...history.map(({ score, model, version, asOf, abstained }, index) => ({
      at: `/history/${index}/score`,
      why: fact('score', row.code, {
        unit: 'ratio',
        value: score,
        source: words(`as ${model === 'ensemble' ? 'the ensemble' : `model ${model}`} ${version} said it on ${asOf}`),
        unknown: abstained,
      }),
    })),
  ];
}

/** Of the readings of the newest run, their bins, and the largest of each run before. */
export const explainReadings = (views: readonly DriftView[]): Explained[] => [
  ...(views[0]?.readings ?? []).flatMap((reading, index) => [
    ...explainedAt(`/readings/${index}`, driftFigures, figure => explainDrift(reading, figure)),
    ...reading.bins.flatMap((bin, place) =>
      explainedAt(`/readings/${index}/bins/${place}`, binFigures, figure =>
        fact(figure, reading.input, { unit: 'ratio', value: bin[figure], ...binFacts[figure] }),
      ),
    ),
  ]),
  ...views.flatMap(({ readings: [largest] }, index) =>
    largest === undefined ? [] : [{ at: `/history/${index}/largest/psi`, why: explainDrift(largest, 'psi') }],
  ),
];

const binFigures = ['upTo', 'baseline', 'latest'] as const;
const binFacts = {
  upTo: { source: words('a decile of the training period'), unknown: 'the last bin is open' },
  baseline: { source: words('the share of the training period in the bin') },
  latest: { source: words('the share of the latest 21 sessions in the bin') },
} as const;
