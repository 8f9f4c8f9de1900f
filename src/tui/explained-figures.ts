/** The explanations that `x` opens: of a holding's figures, or of the totals. */
import type { Explanation } from '../domain/explain/explanation.ts';
import { explainHolding, explainTotal, type HoldingFigure, type TotalFigure } from '../domain/explain/holdings.ts';
import { parcelBooks } from '../domain/explain/parcel.ts';
import { explainRun, explainSuggestion, type SuggestionFigure } from '../domain/explain/rebalance.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import type { Code } from '../domain/market/security.ts';
import type { PortfolioView } from '../usecases/view-portfolio.ts';
import type { RebalanceView } from '../usecases/view-rebalance.ts';
import { describeRecorded } from '../words/format-entry.ts';
import type { SuggestionRow } from './rebalance-list.ts';

export type Explained = {
  /** Whose figures they are. */
  readonly title: string;
  readonly explanations: readonly Explanation[];
  /** The words for a recorded entry. */
  readonly entry: (id: string) => string | undefined;
};

/** In the order in which they are asked for most. */
const ofHolding: readonly HoldingFigure[] = [
  'gain',
  'value',
  'costBase',
  'gainPct',
  'dayChange',
  'dayChangePct',
  'weightPct',
  'averageCost',
  'price',
  'units',
];
const ofTotals: readonly TotalFigure[] = ['gain', 'value', 'costBase', 'gainPct', 'dayChange', 'dayChangePct', 'cash'];

const ofSuggestion: readonly SuggestionFigure[] = [
  'units',
  'value',
  'weightPct',
  'targetPct',
  'afterPct',
  'bandPct',
  'brokerage',
  'tax',
  'price',
];

/** Of a suggestion, and of the cash that its run comes to. */
export function explainedSuggestion(
  row: SuggestionRow,
  { run, cash, portfolio }: RebalanceView,
  entries: PortfolioView['entries'],
): Explained {
  return {
    title: `${row.action} ${row.code}`,
    explanations: [
      ...ofSuggestion.map(figure => explainSuggestion(row, figure)),
      explainRun(run, cash, 'cashAfter', portfolio.name),
    ],
    entry: wordsOf(entries),
  };
}

export function explainedFigures(view: PortfolioView, code: Code | undefined): Explained {
  const { scope, holdings, totals } = view;
  const all = { name: scope.name, holdings, totals, books: parcelBooks(view.entries, scope.portfolios, view.upTo) };
  const holding = view.holdings.find(row => row.code === code);
  const explanations =
    holding === undefined
      ? ofTotals.map(figure => explainTotal(all, figure))
      : ofHolding.map(figure => explainHolding(holding, figure, all));
  return { title: holding?.code ?? scope.name, explanations, entry: wordsOf(view.entries) };
}

/** The words for one of the entries. */
export function wordsOf(entries: readonly Entry[]): Explained['entry'] {
  const byId = new Map(entries.map(entry => [entry.id, entry]));
  return id => {
    const entry = byId.get(id);
    return entry && describeRecorded(entry);
  };
}
