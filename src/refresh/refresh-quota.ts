/** What a refresh would send and what that costs; and as much of it as the quota of the day allows. */
import type { App } from '../app.ts';
import { type RefreshNeed, type RefreshTarget, readRefreshNeed } from '../db/refresh-need.ts';
import type { Code } from '../domain/market/security.ts';
import type { Universe } from '../domain/market/universe.ts';
import { costOf, type PlannedRequests, plannedRequests } from '../eodhd/costs.ts';

export type Wanted = {
  readonly target: RefreshTarget;
  /** Whose histories are kept beside those of what is held, watched and measured against. */
  readonly universe?: Universe | undefined;
  /** Spare a quote that is younger than 15 minutes, as a cron line wants. */
  readonly ifDue?: boolean | undefined;
};

export const refreshNeed = (app: App, { target, universe, ifDue = false }: Wanted, byDay = true): RefreshNeed =>
  readRefreshNeed(app.db, target, app.now(), { ifDue, universe, benchmark: app.config.benchmark, byDay });

export function requestsOf(need: RefreshNeed): PlannedRequests[] {
  const { symbols, members, calendar, quotes, bulkDays, actions, bars } = need;
  return [
    plannedRequests('exchange-symbol-list', symbols ? 1 : 0),
    plannedRequests('fundamentals', members ? 1 : 0),
    plannedRequests('exchange-details', calendar ? 1 : 0),
    plannedRequests('real-time', quotes.length),
    plannedRequests('eod-bulk-last-day', bulkDays.length * 3),
    plannedRequests('div', actions.length),
    plannedRequests('splits', actions.length),
    plannedRequests('eod', bars.length),
  ].filter(each => each.count > 0);
}

export const costOfNeed = (need: RefreshNeed): number => requestsOf(need).reduce((total, each) => total + each.cost, 0);

export type Affordable = {
  readonly need: RefreshNeed;
  /** What has to wait. */
  readonly waiting: { readonly quotes: readonly Code[]; readonly histories: readonly Code[] };
};

const noneWaiting: Affordable['waiting'] = { quotes: [], histories: [] };

/**
 * The need, cut to what the quota allows: quotes first, then the user's own histories with their dividends and splits,
 * then those of the universe. Where days of the whole exchange are too dear, as many securities as fit come by themselves.
 */
export const affordableNeed = (app: App, wanted: Wanted): Affordable =>
  affordable(app, byDay => refreshNeed(app, wanted, byDay));

/** As `affordableNeed`, when the lists and quotes have been asked for; `hasDays` where the plan has bulk days. */
export const affordableHistories = (app: App, wanted: Wanted, hasDays = true): Affordable =>
  affordable(app, byDay => ({
    ...refreshNeed(app, wanted, byDay && hasDays),
    ...{ quotes: [], symbols: false, members: false, calendar: false },
  }));

function affordable(app: App, needOf: (byDay: boolean) => RefreshNeed): Affordable {
  const need = needOf(true);
  const callsLeft = app.callsLeft();
  if (callsLeft === undefined || costOfNeed(need) <= callsLeft) return { need, waiting: noneWaiting };
  const cut = cutTo(need, callsLeft);
  return cut.need.bulkDays.length === need.bulkDays.length ? cut : cutTo(needOf(false), callsLeft);
}

const callsOfDay = 3 * costOf('eod-bulk-last-day');

function cutTo(need: RefreshNeed, callsLeft: number): Affordable {
  let budget = callsLeft;
  const take = (cost: number): boolean => {
    if (cost > budget) return false;
    budget -= cost;
    return true;
  };
  const [bars, actions] = [new Set(need.bars.map(each => each.code)), new Set(need.actions)];
  const fits = (code: Code): boolean => take((bars.has(code) ? 1 : 0) + (actions.has(code) ? 2 : 0));
  const isAsked = (code: Code): boolean => bars.has(code) || actions.has(code);
  const quotes = need.quotes.filter(() => take(1));
  const symbols = need.symbols && take(1);
  const members = need.members && take(costOf('fundamentals'));
  const own = need.own.filter(code => isAsked(code) && fits(code));
  const bulkDays = take(callsOfDay * need.bulkDays.length) ? need.bulkDays : [];
  const others = need.followed.slice(need.own.length).filter(code => isAsked(code) && fits(code));
  const allowed = new Set([...own, ...others]);
  return {
    need: {
      ...need,
      quotes,
      symbols,
      members,
      // The built-in calendar serves until the quota is plenty.
      calendar: need.calendar && budget > costOf('exchange-details') * 10,
      bulkDays,
      bars: need.bars.filter(each => allowed.has(each.code)),
      actions: need.actions.filter(code => allowed.has(code)),
    },
    waiting: {
      quotes: need.quotes.slice(quotes.length),
      histories: need.followed.filter(code => isAsked(code) && !allowed.has(code)),
    },
  };
}
