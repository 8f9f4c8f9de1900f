/** Why the figures of the Dashboard are what they are. */
import {
  type AtStake,
  type Entitled,
  explainAhead,
  explainCount,
  explainDays,
  explainEntitled,
  explainIncome,
  explainParcelUnits,
  explainStake,
  holdingRule,
  incomeFigures,
} from '../domain/explain/dashboard.ts';
import type { Explanation } from '../domain/explain/explanation.ts';
import { explainHolding } from '../domain/explain/holdings.ts';
import type { Holding } from '../domain/ledger/holding.ts';
import { discountEligibleFrom } from '../domain/tax/discount.ts';
import type { DashboardExtras, Need } from '../usecases/view-dashboard.ts';
import type { PortfolioView } from '../usecases/view-portfolio.ts';
import { type Explained, explainedAt } from './explained.ts';
import { explained, explainTotals } from './explained-holdings.ts';

const moverFigures = ['price', 'dayChange', 'dayChangePct'] as const;

/** `movers` are those of the report. */
export function explainDashboard(
  view: PortfolioView,
  extras: DashboardExtras,
  movers: readonly Holding[],
): Explained[] {
  const { income, grounds, needs, unread } = extras;
  const { name } = view.scope;
  const next = income.next && entitledOf(grounds.entitlements.find(each => isPaidAs(each, income.next)));
  const summary = { ...income, payments: grounds.payments };
  return [
    ...explainTotals(view),
    ...movers.flatMap((row, index) =>
      explainedAt(`/movers/${index}`, moverFigures, figure => explainHolding(row, figure, explained(view))),
    ),
    ...explainedAt('/income', incomeFigures, figure => explainIncome(summary, figure, name)),
    ...(next === undefined ? [] : [{ at: '/income/next/amount', why: explainEntitled(next) }]),
    ...needs.flatMap((need, index) =>
      needFigures(need, view, extras).map(why => ({ at: `/needs/${index}/${why.figure}`, why })),
    ),
    {
      at: '/unreadNotifications',
      why: explainCount('unreadNotifications', name, unread, 'notifications that were not read and have not expired'),
    },
  ];
}

type Entitlement = DashboardExtras['grounds']['entitlements'][number];

const isPaidAs = ({ dividend, amount }: Entitlement, next: DashboardExtras['income']['next']): boolean =>
  dividend.code === next?.code && dividend.paidOn === next.on && amount?.eq(next.amount) === true;

const entitledOf = (found: Entitlement | undefined): Entitled | undefined => {
  if (found === undefined) return undefined;
  const { code, exDate, perUnit, currency } = found.dividend;
  return { code, exDate, perUnit, currency, units: found.units, amount: found.amount };
};

function needFigures(need: Need, view: PortfolioView, { grounds }: DashboardExtras): Explanation[] {
  const today = view.asOf;
  switch (need.kind) {
    case 'ahead':
      return [
        explainAhead(
          view.scope.name,
          view.entries.filter(entry => entry.on > today),
        ),
      ];
    case 'discount': {
      const parcel = view.holdings
        .find(row => row.code === need.code)
        ?.parcels.find(each => each.units.eq(need.units) && discountEligibleFrom(each.acquiredOn) === need.on);
      const rule = {
        says: 'The discount begins twelve months after the parcel was acquired.',
        source: 'ITAA 1997 s 115-25',
      };
      return [
        ...(parcel === undefined ? [] : [explainParcelUnits(need.code, parcel)]),
        explainDays(need.code, need.days, today, need.on, rule),
      ];
    }
    case 'ex-dividend': {
      const found = entitledOf(
        grounds.entitlements.find(({ dividend }) => dividend.code === need.code && dividend.exDate === need.on),
      );
      const rule = { says: 'Who buys on the ex-date or later is not paid the dividend.' };
      return [
        ...(found === undefined ? [] : [explainEntitled(found)]),
        explainDays(need.code, need.days, today, need.on, rule),
      ];
    }
    case 'franking': {
      const owners = stakesOf(need, grounds.credits);
      return [
        explainStake(need.code, 'units', need.units, owners),
        explainStake(need.code, 'credits', need.credits, owners),
        explainDays(need.code, need.days, today, need.on, holdingRule),
      ];
    }
    case 'unpriced':
    case 'stale':
    case 'quiet':
    case 'notification':
      return [];
  }
}

/** Two dividends may be kept by the same day: those meant are the ones that come to the credits. */
function stakesOf(
  { code, on, credits }: Extract<Need, { kind: 'franking' }>,
  all: DashboardExtras['grounds']['credits'],
): AtStake[] {
  const own = all.filter(each => each.code === code && each.keepUntil === on);
  const groups = [...Map.groupBy(own, each => each.exDate).values()];
  const meant = groups.find(group => group.reduce((left, each) => left.minus(each.open), credits.plus('0')).eq('0'));
  return (meant ?? []).map(({ owner, exDate, period, open }) => ({ owner, exDate, units: period.open, credits: open }));
}
