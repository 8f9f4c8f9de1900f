/** The explanations that `x` opens on the signals: of the selected row, or of the selected input. */
import { explainDrift } from '../domain/explain/drift.ts';
import type { Explanation } from '../domain/explain/explanation.ts';
import { type ExplainedSignal, explainReason, explainSignal, type SignalFigure } from '../domain/explain/signal.ts';
import type { SignalRow } from '../usecases/view-signals.ts';
import type { Explained } from './explained-figures.ts';
import type { SignalsModel, StoredModel } from './signals-model.ts';

/** In the order in which they are asked for most. */
const ofTab: Readonly<Record<'modelA' | 'modelB' | 'ensemble', readonly SignalFigure[]>> = {
  modelA: [
    'modelA/probability',
    'modelA/expectedReturn',
    'logOdds',
    'bias',
    'modelA/conviction',
    'rankScore',
    'modelA/rank',
  ],
  modelB: ['modelB/score', 'modelB/coverage', 'modelB/expectedReturn', 'modelB/rank'],
  ensemble: ['score', 'confidence', 'rank', 'modelA/probability', 'modelA/expectedReturn', 'modelB/score'],
};

const explained = (title: string, explanations: readonly Explanation[]): Explained => ({
  title,
  explanations,
  entry: () => undefined,
});

const withModel = (row: SignalRow, model: StoredModel | undefined): ExplainedSignal => ({
  ...row,
  learned: model?.trained,
});

export function explainedSignals(
  { tab, rows, drift }: SignalsModel,
  selected: string | undefined,
  modelOf: (version: string) => StoredModel | undefined,
): Explained {
  if (tab === 'drift') {
    const reading = drift[0]?.readings.find(each => each.input === selected);
    const both = reading === undefined ? [] : [explainDrift(reading, 'psi'), explainDrift(reading, 'usual')];
    return explained(`of the drift of ${selected ?? 'the inputs'}`, both);
  }
  const row = rows.find(each => each.code === selected);
  if (row === undefined || tab === 'card') return explained('of the signals', []);
  const own = withModel(row, row.said.a && modelOf(row.said.a.version));
  return explained(
    `of the signal of ${row.code}`,
    ofTab[tab].map(figure => explainSignal(own, figure)),
  );
}

/** Of a security: the selected input first, then all that was said of it. */
export function explainedVotes(
  row: SignalRow,
  selected: string | undefined,
  model: StoredModel | undefined,
): Explained {
  const own = withModel(row, model);
  const reason = row.said.a?.details.reasons?.find(each => each.feature === selected);
  const ofReason =
    reason === undefined
      ? []
      : (['logOdds', 'value', 'standardised'] as const).map(figure => explainReason(reason, row.code, figure));
  const figures = [...new Set([...ofTab.ensemble, ...ofTab.modelA, ...ofTab.modelB])];
  return explained(`of the signal of ${row.code}`, [...ofReason, ...figures.map(figure => explainSignal(own, figure))]);
}
