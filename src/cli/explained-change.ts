/** Why the figures of a past state beside today's are what they are. */
import {
  changeFigures,
  explainChange,
  explainState,
  explainTotalChange,
  totalChangeFigures,
} from '../domain/explain/change.ts';
import { explainTotal } from '../domain/explain/holdings.ts';
import { holdingsChange, totalsChange } from '../domain/ledger/holdings-change.ts';
import type { PortfolioView } from '../usecases/view-portfolio.ts';
import { type Explained, explainedAt } from './explained.ts';
import { explained } from './explained-holdings.ts';

export function explainChanges(then: PortfolioView, now: PortfolioView): Explained[] {
  const states = { before: explained(then), now: explained(now) };
  const total = totalsChange(then.totals, now.totals);
  return [
    ...holdingsChange(then.holdings, now.holdings).flatMap((row, index) => [
      ...(['before', 'now'] as const).flatMap(state =>
        explainedAt(`/holdings/${index}/${state}`, changeFigures, figure => explainState(states, row, state, figure)),
      ),
      ...explainedAt(`/holdings/${index}/change`, changeFigures, figure => explainChange(states, row, figure)),
    ]),
    ...totalChangeFigures.flatMap(figure => [
      { at: `/totals/${figure}Before`, why: explainTotal(states.before, figure) },
      { at: `/totals/${figure}Now`, why: explainTotal(states.now, figure) },
    ]),
    ...explainedAt('/totals', totalChangeFigures, figure => explainTotalChange(states, total, figure)),
  ];
}
