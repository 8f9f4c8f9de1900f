/** What the Rebalance screen shows, made again only when the data, the portfolio, or what is still offered changes. */
import type { App } from '../app.ts';
import type { Decimal } from '../domain/decimal.ts';
import { type RebalanceMode, rebalanceModes } from '../domain/rebalance/situation.ts';
import type { PortfolioView } from '../usecases/view-portfolio.ts';
import { type RebalanceView, viewRebalance } from '../usecases/view-rebalance.ts';
import { keepLast } from './keep-last.ts';
import type { ListModel } from './list-model.ts';
import { openRows, type SuggestionRow, suggestionsList } from './rebalance-list.ts';
import type { State } from './state.ts';

export type RebalanceModel = {
  readonly kind: 'rebalance';
  /** Undefined while not exactly one portfolio is shown. */
  readonly view: RebalanceView | undefined;
  readonly isCombined: boolean;
  /** What can still be decided, in the order of the list. */
  readonly open: readonly SuggestionRow[];
  readonly list: ListModel;
  /** How the next suggestions are made. */
  readonly mode: RebalanceMode;
  readonly marginalRatePct: Decimal | undefined;
};

export function openRebalanceModel(app: App) {
  // The first arguments only say when an answer is out of date.
  const viewOf = keepLast((...[, , name]: [revision: number, day: string, name: string]) =>
    viewRebalance(app, { portfolio: name }),
  );
  const rowsOf = keepLast((view: RebalanceView, isOver: boolean) => {
    const open = openRows(view, isOver ? Number.POSITIVE_INFINITY : 0);
    return { open, list: suggestionsList(open) };
  });
  const nothing = { open: [], list: suggestionsList([]) };
  return (state: State, stamp: readonly [revision: number, day: string], { scope }: PortfolioView): RebalanceModel => {
    const { mode, marginalRatePct } = state.rebalance;
    const [only, other] = scope.portfolios;
    const view = only === undefined || other !== undefined ? undefined : viewOf(...stamp, only.name);
    const [first] = view?.run ?? [];
    const rows = view === undefined ? nothing : rowsOf(view, first !== undefined && first.expiresAt <= state.now);
    const made = rebalanceModes.find(each => each === first?.mode) ?? 'targets';
    return {
      kind: 'rebalance',
      view,
      isCombined: other !== undefined,
      ...rows,
      mode: mode ?? made,
      marginalRatePct:
        marginalRatePct === 'none'
          ? undefined
          : (marginalRatePct ?? first?.details.plan.marginalRatePct ?? view?.marginalRatePct),
    };
  };
}
