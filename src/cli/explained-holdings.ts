/** Why the figures of the holdings' report are what they are. Apart from the report, which is printed without it. */
import { explainHolding, explainTotal, holdingFigures, totalFigures } from '../domain/explain/holdings.ts';
import { parcelBooks } from '../domain/explain/parcel.ts';
import type { PortfolioView } from '../usecases/view-portfolio.ts';
import { type Explained, explainedAt } from './explained.ts';

/** Why the figures of the holdings and of their totals are what they are. */
export const explainHoldings = (view: PortfolioView): Explained[] => [
  ...view.holdings.flatMap((row, index) =>
    explainedAt(`/holdings/${index}`, holdingFigures, figure => explainHolding(row, figure, explained(view))),
  ),
  ...explainTotals(view),
];

export const explained = ({ scope, holdings, totals, entries, upTo }: PortfolioView) => ({
  name: scope.name,
  holdings,
  totals,
  books: parcelBooks(entries, scope.portfolios, upTo),
});

export const explainTotals = (view: PortfolioView): Explained[] =>
  explainedAt('/totals', totalFigures, figure => explainTotal(explained(view), figure));
