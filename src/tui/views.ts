/**
 * View models: what the screen in view shows, from the stored data. Each is made again only when what it depends on has
 * changed: the revision of the data, the screen's parameters, or the market's day (a price grows stale by the calendar).
 */
import type { App } from '../app.ts';
import type { Notification } from '../domain/alerts/notification.ts';
import { type Instant, type LocalDate, sydneyDate } from '../domain/date.ts';
import { type Holding, totalsOfSome } from '../domain/ledger/holding.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import { type Freshness, latestCloseDue } from '../domain/market/age.ts';
import { latestSession } from '../domain/market/calendar.ts';
import type { Code } from '../domain/market/security.ts';
import type { ChartRange } from '../domain/returns/chart-range.ts';
import type { ValueSeries } from '../domain/returns/value-series.ts';
import { unreadCount, viewInbox } from '../usecases/inbox.ts';
import { type ListedEntry, listEntries } from '../usecases/list-entries.ts';
import { viewPortfolios } from '../usecases/manage-portfolios.ts';
import { type DashboardExtras, viewDashboard, viewValueSeries } from '../usecases/view-dashboard.ts';
import { type FundamentalsView, viewFundamentals } from '../usecases/view-fundamentals.ts';
import { type PortfolioView, viewPortfolio } from '../usecases/view-portfolio.ts';
import { type PriceChart, type SecurityView, viewChart, viewSecurity } from '../usecases/view-security.ts';
import { type SecuritySignals, viewSecuritySignals } from '../usecases/view-signals.ts';
import { type PriceRow, viewWatchlist } from '../usecases/view-watchlist.ts';
import { type AccountModel, openAccountModel } from './account-model.ts';
import { dividendsList } from './dividends-list.ts';
import { entriesList } from './entries-list.ts';
import { type EntryPreview, previewEntry } from './entry-preview.ts';
import { type Explained, explainedFigures, explainedSuggestion } from './explained-figures.ts';
import { explainedComparison, explainedPerformance } from './explained-performance.ts';
import { explainedSignals, explainedVotes } from './explained-signals.ts';
import { explainedSale, explainedTax } from './explained-tax.ts';
import { explainedFundamentals, fundamentalsList } from './fundamentals-list.ts';
import { holdingsDefinition, totalsRow } from './holdings-list.ts';
import { keepLast } from './keep-last.ts';
import { type ListModel, type ListRows, listModel, listRows, selectedId } from './list-model.ts';
import { minuteOf, type NotificationsModel, openNotificationsModel } from './notifications-model.ts';
import type { EntryLineOverlay } from './overlay.ts';
import { discountWords, parcelsList } from './parcels-list.ts';
import { type CompareModel, openPerformanceModels, type PerformanceModel } from './performance-model.ts';
import { openRebalanceModel, type RebalanceModel } from './rebalance-model.ts';
import { type SaleModel, saleModel } from './sale-preview.ts';
import { openSignalsModel, type SignalsModel } from './signals-model.ts';
import { type Screen, type SecurityTab, type State, topScreen } from './state.ts';
import type { Sort } from './table.ts';
import { openTaxModel, type TaxModel } from './tax-model.ts';
import type { TextField } from './text-field.ts';
import { votesList } from './votes-list.ts';
import { watchlistDefinition } from './watchlist-list.ts';

export type DashboardModel = {
  readonly kind: 'dashboard';
  readonly portfolio: PortfolioView;
  readonly extras: DashboardExtras;
  /** Undefined in the first frame, which does not wait for it. */
  readonly series: ValueSeries | undefined;
};
export type HoldingsModel = { readonly kind: 'holdings'; readonly portfolio: PortfolioView; readonly list: ListModel };
export type WatchlistModel = { readonly kind: 'watchlist'; readonly list: ListModel };
export type SecurityListTab = {
  readonly name: Exclude<SecurityTab, 'chart'>;
  readonly list: ListModel;
  /** Of the entries tab. */
  readonly entries: readonly ListedEntry[];
  /** Of the fundamentals tab, where any are stored. */
  readonly fundamentals?: FundamentalsView | undefined;
  /** Of the signals tab, where anything was said. */
  readonly votes?: SecuritySignals | undefined;
};
export type SecurityModel = {
  readonly kind: 'security';
  readonly view: SecurityView;
  /** When what is held has the discount on capital gains; undefined where it will not. */
  readonly discount: string | undefined;
  readonly chart: PriceChart;
  /** The tab in view; undefined for the chart. */
  readonly tab: SecurityListTab | undefined;
};
export type ScreenModel =
  | DashboardModel
  | HoldingsModel
  | WatchlistModel
  | RebalanceModel
  | AccountModel
  | NotificationsModel
  | PerformanceModel
  | CompareModel
  | TaxModel
  | SignalsModel
  | SecurityModel;

/** A portfolio to choose, or all of them. */
export type PortfolioChoice = { readonly label: string; readonly scope: string; readonly shown: boolean };

export type Models = {
  readonly portfolio: PortfolioView;
  readonly unread: number;
  /** Of the newest price on the screen. */
  readonly freshness: Freshness;
  readonly screen: ScreenModel;
  /** While the overlay that shows it is open. */
  readonly inbox: readonly Notification[] | undefined;
  readonly portfolios: readonly PortfolioChoice[] | undefined;
  /** What the portfolio in view can be compared with. */
  readonly others: readonly PortfolioChoice[];
  /** While figures are explained. */
  readonly explained: Explained | undefined;
  /** While a sale is thought of, or explained. */
  readonly sale: SaleModel | undefined;
  /** While an entry line is typed. */
  readonly preview: EntryPreview | undefined;
};

type SecurityScreen = Extract<Screen, { kind: 'security' }>;

const noVotes: ListModel = { columns: [], rows: [], total: 0, totals: undefined, sorts: [] };

/** What staleness is told by: it changes when a session opens, when its close is due, and at midnight. */
const marketDay = (now: Instant): string => `${sydneyDate(now)} ${latestSession(now)} ${latestCloseDue(now)}`;

const newest = (all: readonly Freshness[]): Freshness =>
  all.reduce<Freshness>(
    (best, each) => (each.kind !== 'none' && (best.kind === 'none' || each.at > best.at) ? each : best),
    { kind: 'none' },
  );

const shownNotifications = 100;

function choices(app: App, { scope }: PortfolioView, oneOnly: boolean): PortfolioChoice[] {
  const { portfolios } = viewPortfolios(app);
  const own = portfolios.map(({ name }) => ({
    label: name,
    scope: name,
    shown: scope.portfolios.length === 1 && scope.name === name,
  }));
  if (own.length < 2 || oneOnly) return own;
  return [...own, { label: 'All portfolios', scope: 'all', shown: scope.combined }];
}

export function openViews(app: App) {
  // The first arguments only say when an answer is out of date.
  type Stamp = readonly [revision: number, day: string];
  const portfolio = keepLast((...[, , name]: [...Stamp, string | undefined]) =>
    viewPortfolio(app, { portfolio: name }),
  );
  // One that expires is counted no more.
  const unread = keepLast((..._: [...Stamp, minute: number]) => unreadCount(app));
  const notifications = openNotificationsModel(app);
  const inbox = keepLast((..._: Stamp) => viewInbox(app, { limit: shownNotifications }).notifications);
  const extras = keepLast((...[, , view]: [...Stamp, PortfolioView]) => viewDashboard(app, view));
  const series = keepLast(
    (...[, , range, name, { holdings }]: [...Stamp, ChartRange, string | undefined, PortfolioView]) =>
      viewValueSeries(app, { range, portfolio: name, holdings }),
  );
  const holdingRows = keepLast((view: PortfolioView) =>
    listRows(holdingsDefinition(view.signals), view.holdings, totalsRow(view.totals), shown =>
      totalsRow(totalsOfSome(shown), view.totals),
    ),
  );
  const watched = keepLast((..._: Stamp) => {
    const { rows } = viewWatchlist(app);
    return { rows: listRows(watchlistDefinition(rows), rows), freshness: newest(rows.map(row => row.freshness)) };
  });
  const security = keepLast((...[, , code, name]: [...Stamp, Code, string | undefined]) =>
    viewSecurity(app, code, { portfolio: name }),
  );
  const chart = keepLast((...[, , code, range, name]: [...Stamp, Code, ChartRange, string | undefined]) =>
    viewChart(app, code, { range, portfolio: name }),
  );
  const sortedHoldings = keepLast((rows: ListRows<Holding>, sort: Sort, filter: TextField) =>
    listModel(rows, { sort, filter }),
  );
  const sortedWatchlist = keepLast((rows: ListRows<PriceRow>, sort: Sort, filter: TextField) =>
    listModel(rows, { sort, filter }),
  );

  const parcels = keepLast((rows: SecurityView['parcels'], portfolios: readonly Portfolio[], today: LocalDate) =>
    parcelsList(rows, { portfolios, today }),
  );
  const entries = keepLast((...[, , code, name]: [...Stamp, Code, string | undefined]) => {
    const { rows, scope } = listEntries(app, { code, portfolio: name });
    return { entries: rows, list: entriesList(rows, scope.portfolios.length > 1) };
  });
  const dividends = keepLast(dividendsList);
  const fundamentals = keepLast((...[, , code]: [...Stamp, Code]) => {
    const view = viewFundamentals(app, code);
    return { view, list: fundamentalsList(view) };
  });
  const votes = keepLast((...[, , code]: [...Stamp, Code]) => {
    const said = viewSecuritySignals(app, code);
    return { said, list: said === undefined ? noVotes : votesList(said.row.said.a) };
  });
  const signals = openSignalsModel(app);
  const preview = keepLast(
    (
      ...[, , text, edited, prefill, tried, name]: [
        ...Stamp,
        string,
        EntryLineOverlay['edited'],
        string,
        boolean,
        string | undefined,
      ]
    ) => previewEntry(app, text, { edited, prefill, tried }, name),
  );

  const explained = keepLast(explainedFigures);
  const suggestion = keepLast(explainedSuggestion);
  const signalsExplained = keepLast(explainedSignals);
  const votesExplained = keepLast(explainedVotes);
  const rebalanceModel = openRebalanceModel(app);
  const explainedWindow = keepLast(explainedPerformance);
  const explainedPair = keepLast(explainedComparison);
  const accountModel = openAccountModel(app);
  const returns = openPerformanceModels(app);
  const comparable = keepLast((...[, , view]: [...Stamp, PortfolioView]) =>
    choices(app, view, false).filter(each => !each.shown),
  );
  const tax = openTaxModel(app);
  const taxExplained = keepLast((...[, , model, selected]: [...Stamp, TaxModel, string | undefined]) =>
    explainedTax(model, selected),
  );
  const sale = keepLast((...[, , code, units, name]: [...Stamp, Code, string, string | undefined]) =>
    saleModel(app, code, units, name),
  );
  const saleOf = ({ overlay }: State, stamp: Stamp): SaleModel | undefined => {
    const of = overlay?.kind === 'explain' ? overlay.under : overlay?.kind === 'sale' ? overlay : undefined;
    return of && sale(...stamp, of.code, of.field.text, of.portfolio);
  };

  const explainedOf = (state: State, stamp: Stamp, view: PortfolioView, screen: ScreenModel): Explained | undefined => {
    const { overlay, lists } = state;
    if (overlay?.kind !== 'explain') return undefined;
    const recorded = (id: string): string | undefined => tax.words(...stamp).get(id);
    if (overlay.under !== undefined) {
      const model = saleOf(state, stamp);
      const explanations = model !== undefined && 'preview' in model ? explainedSale(model.preview) : [];
      const title = `of a sale of ${overlay.under.code}`;
      return { title, explanations, entry: id => recorded(id) ?? 'the sale thought of' };
    }
    switch (screen.kind) {
      case 'tax': {
        const selected = selectedId(screen.list, lists[screen.tab]);
        return {
          title: 'of tax & income',
          explanations: taxExplained(...stamp, screen, selected),
          entry: recorded,
        };
      }
      case 'rebalance': {
        const id = selectedId(screen.list, lists.rebalance);
        const row = screen.open.find(each => each.id === id);
        return row === undefined || screen.view === undefined
          ? explained(view, overlay.code)
          : suggestion(row, screen.view, view.entries);
      }
      case 'security': {
        const said = screen.tab?.votes;
        if (said !== undefined && screen.tab !== undefined) {
          const version = said.row.said.a?.version;
          const selected = selectedId(screen.tab.list, lists.votes);
          return votesExplained(said.row, selected, version === undefined ? undefined : signals.model(version));
        }
        const told = screen.tab?.fundamentals;
        return told === undefined || screen.tab === undefined
          ? explained(view, overlay.code)
          : explainedFundamentals(told, selectedId(screen.tab.list, lists.fundamentals));
      }
      case 'signals':
        return signalsExplained(screen, selectedId(screen.list, lists[screen.tab]), signals.model);
      case 'compare':
        return explainedPair(screen);
      case 'performance':
        return explainedWindow(screen, screen.list && selectedId(screen.list.model, lists[screen.list.name]));
      default:
        return explained(view, overlay.code);
    }
  };

  const previewOf = (line: EntryLineOverlay, stamp: Stamp, name: string | undefined): EntryPreview =>
    preview(...stamp, line.field.text, line.edited, line.prefill, line.tried, line.portfolio ?? name);

  const tabModel = (state: State, { code, tab }: SecurityScreen, stamp: Stamp): SecurityListTab | undefined => {
    const view = security(...stamp, code, state.portfolio);
    const today = sydneyDate(state.now);
    switch (tab) {
      case 'parcels': {
        const { portfolios } = portfolio(...stamp, state.portfolio).scope;
        return { name: tab, list: parcels(view.parcels, portfolios, today), entries: [] };
      }
      case 'entries':
        return { name: tab, ...entries(...stamp, code, state.portfolio) };
      case 'fundamentals': {
        const { view: told, list } = fundamentals(...stamp, code);
        return { name: tab, list, entries: [], fundamentals: told };
      }
      case 'votes': {
        const { said, list } = votes(...stamp, code);
        return { name: tab, list, entries: [], votes: said };
      }
      case 'dividends':
        return { name: tab, list: dividends(view.dividends, today), entries: [] };
      default:
        return undefined;
    }
  };

  const screenModel = (state: State, screen: Screen, stamp: Stamp, view: PortfolioView): ScreenModel => {
    switch (screen.kind) {
      case 'dashboard':
        return {
          kind: 'dashboard',
          portfolio: view,
          extras: extras(...stamp, view),
          series: state.isFirst ? undefined : series(...stamp, state.range, state.portfolio, view),
        };
      case 'holdings':
        return {
          kind: 'holdings',
          portfolio: view,
          list: sortedHoldings(holdingRows(view), state.lists.holdings.sort, state.lists.holdings.filter),
        };
      case 'watchlist':
        return {
          kind: 'watchlist',
          list: sortedWatchlist(watched(...stamp).rows, state.lists.watchlist.sort, state.lists.watchlist.filter),
        };
      case 'performance':
        return returns.performance(stamp, screen.tab ?? 'value', state.performanceRange, state.portfolio);
      case 'compare': {
        const own = view.scope.combined ? 'all' : view.scope.name;
        return returns.compare(stamp, state.performanceRange, own, screen.other);
      }
      case 'tax':
        return tax.of(screen, stamp, view, state.portfolio);
      case 'signals':
        return signals.of(state, screen, stamp);
      case 'notifications':
        return notifications(state, screen, stamp[0]);
      case 'rebalance':
        return rebalanceModel(state, stamp, view);
      case 'account':
        return accountModel(state);
      case 'security': {
        const held = security(...stamp, screen.code, state.portfolio);
        return {
          kind: 'security',
          view: held,
          discount: discountWords(held.parcels, view.scope.portfolios, sydneyDate(state.now)),
          chart: chart(...stamp, screen.code, state.range, state.portfolio),
          tab: tabModel(state, screen, stamp),
        };
      }
    }
  };

  return {
    /** What the state shows. Throws a Failure where its portfolio is not there (any more). */
    of(state: State): Models {
      const stamp: Stamp = [state.revision, marketDay(state.now)];
      const view = portfolio(...stamp, state.portfolio);
      const screen = screenModel(state, topScreen(state), stamp, view);
      return {
        portfolio: view,
        unread: unread(...stamp, minuteOf(state.now)),
        freshness:
          screen.kind === 'watchlist'
            ? watched(...stamp).freshness
            : screen.kind === 'security'
              ? screen.view.freshness
              : view.freshness,
        screen,
        inbox: state.overlay?.kind === 'messages' ? inbox(...stamp) : undefined,
        explained: explainedOf(state, stamp, view, screen),
        sale: saleOf(state, stamp),
        others: comparable(...stamp, view),
        portfolios:
          state.overlay?.kind === 'compare-with'
            ? comparable(...stamp, view)
            : state.overlay?.kind === 'portfolios'
              ? choices(app, view, state.overlay.then !== undefined)
              : undefined,
        preview: state.overlay?.kind === 'entry-line' ? previewOf(state.overlay, stamp, state.portfolio) : undefined,
      };
    },
  };
}
