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
import { viewInbox } from '../usecases/inbox.ts';
import { type ListedEntry, listEntries } from '../usecases/list-entries.ts';
import { viewPortfolios } from '../usecases/manage-portfolios.ts';
import { type DashboardExtras, viewDashboard, viewValueSeries } from '../usecases/view-dashboard.ts';
import { type PortfolioView, viewPortfolio } from '../usecases/view-portfolio.ts';
import { type PriceChart, type SecurityView, viewChart, viewSecurity } from '../usecases/view-security.ts';
import { type PriceRow, viewWatchlist } from '../usecases/view-watchlist.ts';
import { dividendsList } from './dividends-list.ts';
import { entriesList } from './entries-list.ts';
import { type EntryPreview, previewEntry } from './entry-preview.ts';
import { type Explained, explainedFigures, explainedSuggestion } from './explained-figures.ts';
import { holdingsDefinition, totalsRow } from './holdings-list.ts';
import { keepLast } from './keep-last.ts';
import { type ListModel, type ListRows, listModel, listRows, selectedId } from './list-model.ts';
import { discountWords, parcelsList } from './parcels-list.ts';
import { openRebalanceModel, type RebalanceModel } from './rebalance-model.ts';
import { type EntryLineOverlay, type Screen, type SecurityTab, type State, topScreen } from './state.ts';
import type { Sort } from './table.ts';
import type { TextField } from './text-field.ts';
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
export type ScreenModel = DashboardModel | HoldingsModel | WatchlistModel | RebalanceModel | SecurityModel;

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
  /** While figures are explained. */
  readonly explained: Explained | undefined;
  /** While an entry line is typed. */
  readonly preview: EntryPreview | undefined;
};

type SecurityScreen = Extract<Screen, { kind: 'security' }>;

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
  const unread = keepLast((..._: Stamp) => viewInbox(app, { unread: true, limit: 0 }).unreadCount);
  const inbox = keepLast((..._: Stamp) => viewInbox(app, { limit: shownNotifications }).notifications);
  const extras = keepLast((...[, , view]: [...Stamp, PortfolioView]) => viewDashboard(app, view));
  const series = keepLast(
    (...[, , range, name, { holdings }]: [...Stamp, ChartRange, string | undefined, PortfolioView]) =>
      viewValueSeries(app, { range, portfolio: name, holdings }),
  );
  const holdingRows = keepLast((view: PortfolioView) =>
    listRows(holdingsDefinition, view.holdings, totalsRow(view.totals), shown =>
      totalsRow(totalsOfSome(shown), view.totals),
    ),
  );
  const watched = keepLast((..._: Stamp) => {
    const { rows } = viewWatchlist(app);
    return { rows: listRows(watchlistDefinition, rows), freshness: newest(rows.map(row => row.freshness)) };
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
  const rebalanceModel = openRebalanceModel(app);

  const explainedIn = (state: State, code: Code | undefined, screen: ScreenModel, view: PortfolioView): Explained => {
    if (screen.kind !== 'rebalance' || screen.view === undefined) return explained(view, code);
    const id = selectedId(screen.list, state.lists.rebalance);
    const row = screen.open.find(each => each.id === id);
    return row === undefined ? explained(view, code) : suggestion(row, screen.view, view.entries);
  };

  const previewOf = (line: EntryLineOverlay, stamp: Stamp, name: string | undefined): EntryPreview =>
    preview(...stamp, line.field.text, line.edited, line.prefill, line.tried, name);

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
      case 'rebalance':
        return rebalanceModel(state, stamp, view);
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
        unread: unread(...stamp),
        freshness:
          screen.kind === 'watchlist'
            ? watched(...stamp).freshness
            : screen.kind === 'security'
              ? screen.view.freshness
              : view.freshness,
        screen,
        inbox: state.overlay?.kind === 'messages' ? inbox(...stamp) : undefined,
        explained: state.overlay?.kind === 'explain' ? explainedIn(state, state.overlay.code, screen, view) : undefined,
        portfolios:
          state.overlay?.kind === 'portfolios' ? choices(app, view, state.overlay.then !== undefined) : undefined,
        preview: state.overlay?.kind === 'entry-line' ? previewOf(state.overlay, stamp, state.portfolio) : undefined,
      };
    },
  };
}
