/**
 * Suggestions: a plan in the words of a trader, one for each security, with the reason and what stands in the way.
 *
 * BUY opens a holding and ADD enlarges one; SELL closes one and TRIM makes it smaller; HOLD leaves it as it is. Sales come
 * first, since they pay for the buys, then buys, each by the money they move; then what is held. A target that the plan
 * does not reach names the constraint that binds: the cash, the cap, a first parcel, units of unknown cost.
 */
import {
  compare,
  isZero,
  type Money,
  noMoney,
  type Price,
  plain,
  round,
  subtract,
  toFloat,
  type Units,
} from '../decimal.ts';
import type { KnownPrice } from '../market/known-price.ts';
import type { Code } from '../market/security.ts';
import { leastParcel } from './costs.ts';
import { type Plan, type PlannedTrade, type SoldParcel, unitsAfter, weightAfter } from './plan.ts';
import { type Group, heldValue, type Move, type SignalMove, type Situation, type Stay } from './situation.ts';
import { targetText } from './targets.ts';
import { type Wait, waiting } from './waiting.ts';

export const actions = ['BUY', 'SELL', 'TRIM', 'ADD', 'HOLD'] as const;
export type Action = (typeof actions)[number];

export type Suggestion = {
  readonly code: Code;
  readonly name: string | undefined;
  readonly action: Action;
  readonly units: Units;
  readonly price: KnownPrice;
  readonly value: Money;
  readonly weightPct: number;
  /** Of the target that the security is held for, which may be its sector's. */
  readonly targetPct: number | undefined;
  readonly target: string | undefined;
  readonly bandPct: number | undefined;
  readonly afterPct: number;
  readonly reason: string;
  readonly priority: number;
  readonly brokerage: Money;
  readonly tax: Money | undefined;
  readonly parcels: readonly SoldParcel[];
  readonly waits: readonly Wait[];
  /** Of mode `signals`: what was said, and what the rules ask for. */
  readonly signal: SignalMove | undefined;
};

/** What keeps a target from being reached. */
export type Binding = {
  readonly constraint: 'cash' | 'cap' | 'first-parcel' | 'unknown-cost' | 'no-sales' | 'no-holding' | 'fraction';
  readonly target: string;
  readonly words: string;
};

const dollars = (amount: Money): string => {
  const [whole = '0', cents = ''] = plain(round(amount.abs(), 2)).split('.');
  return `$${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents.padEnd(2, '0')}`;
};
const percent = (value: number): string => `${Math.round(value * 10) / 10}%`;

export function suggestions(plan: Plan): Suggestion[] {
  const rows = plan.situation.moves.map(move => {
    const trade = plan.trades.find(each => each.move === move);
    return { move, trade, rank: trade === undefined ? 2 : move.kind === 'sell' ? 0 : 1 };
  });
  const value = ({ trade }: (typeof rows)[number]): Money => trade?.value ?? noMoney;
  return rows
    .toSorted((a, b) => a.rank - b.rank || compare(value(b), value(a)))
    .map(({ move, trade }, index) => suggestion(plan, move, trade, index + 1));
}

function suggestion(plan: Plan, move: Move, trade: PlannedTrade | undefined, priority: number): Suggestion {
  const { candidate, group, signal } = move;
  const { request } = plan.situation;
  const waits = (trade?.parcels ?? []).flatMap(sold => (sold.hasDiscount ? [] : (waiting(sold, request) ?? [])));
  return {
    code: candidate.code,
    name: candidate.name,
    action: actionOf(plan, move, trade),
    units: trade?.units ?? (candidate.units.times('0') as Units),
    price: candidate.price,
    value: trade?.value ?? noMoney,
    weightPct: (toFloat(move.value) / toFloat(plan.situation.total)) * 100,
    targetPct: group && toFloat(group.target.weightPct),
    target: group && targetText(group.target),
    bandPct: group && signal === undefined ? toFloat(group.bandPct) : undefined,
    afterPct: weightAfter(plan, move),
    reason: [
      trade === undefined ? holdReason(plan, move) : tradeReason(plan.situation, move, trade),
      ...waits.map(waitText),
    ].join('; '),
    priority,
    brokerage: trade?.brokerage ?? noMoney,
    tax: trade === undefined ? noMoney : trade.move.kind === 'buy' ? noMoney : trade.tax,
    parcels: trade?.parcels ?? [],
    waits,
    signal,
  };
}

function actionOf(plan: Plan, move: Move, trade: PlannedTrade | undefined): Action {
  if (trade === undefined) return 'HOLD';
  if (move.kind === 'buy') return isZero(move.candidate.units) ? 'BUY' : 'ADD';
  return isZero(unitsAfter(plan, move)) ? 'SELL' : 'TRIM';
}

const standing = (group: Group): string =>
  `${targetText(group.target)} is at ${percent(group.weightPct)} of a target of ${plain(group.target.weightPct)}%`;

function tradeReason({ request }: Situation, move: Move, trade: PlannedTrade): string {
  const { group, signal } = move;
  const cap = request.limits.positionCapPct;
  const isCut = move.kind === 'sell' && move.least > 0 && cap !== undefined;
  const why =
    signal !== undefined
      ? signal.says
      : isCut
        ? `above the cap of ${plain(cap)}%`
        : group === undefined
          ? ''
          : standing(group);
  const unknown = trade.parcels.some(each => each.cost === undefined)
    ? '; the taxable gain is unknown, as a cost is'
    : '';
  return `${why}${unknown}`;
}

const stays: Record<Stay, (move: Move, plan: Plan) => string> = {
  'no-target': () => 'has no target',
  'within-band': ({ group }) => (group ? `${standing(group)}, within its band of ${plain(group.bandPct)}` : ''),
  met: () => 'is at its target',
  'no-sales': ({ group }) => (group ? `${standing(group)}; mode cash sells nothing` : ''),
  cap: (_, { situation }) => `is held back by the cap of ${plain(situation.request.limits.positionCapPct ?? noMoney)}%`,
  'first-parcel': () => `a first parcel of ${dollars(leastParcel)} would pass the cap`,
  'unknown-cost': ({ candidate }) => `${candidate.code} cannot be sold without units of unknown cost`,
  fraction: () => 'has no whole unit to sell',
  signal: ({ signal }) => signal?.says ?? '',
};

function holdReason(plan: Plan, move: Move): string {
  if (move.kind === 'stay') return stays[move.why](move, plan);
  const binding = move.group && bindingOf(plan, move.group);
  return binding?.words ?? `${move.group ? standing(move.group) : ''}; a whole unit more or less would be no nearer`;
}

function waitText({ days, from, gainSaved, taxSaved, deferredOnly }: Wait): string {
  const saves =
    taxSaved === undefined ? `takes ${dollars(gainSaved)} off the taxable gain` : `saves ${dollars(taxSaved)}`;
  const part = deferredOnly ? ' on the gain up to 30 June 2027, no later one' : '';
  return `wait ${days} ${days === 1 ? 'day' : 'days'} for the discount (${from}): ${saves}${part}`;
}

/** For each target that is missed by more than whole units explain, what keeps the plan from it. */
export const bindings = (plan: Plan): Binding[] =>
  plan.situation.request.mode === 'signals'
    ? plan.situation.moves.flatMap(({ candidate, signal }) =>
        signal?.limitedBy === undefined ? [] : [{ ...signal.limitedBy, target: candidate.code }],
      )
    : plan.situation.groups.flatMap(group => bindingOf(plan, group) ?? []);

function bindingOf(plan: Plan, group: Group): Binding | undefined {
  const { situation } = plan;
  const members = situation.moves.filter(move => move.group === group);
  const after = members.reduce(
    (total, move) => total.plus(heldValue({ ...move.candidate, units: unitsAfter(plan, move) })),
    noMoney.plus('0'),
  ) as Money;
  const short = subtract(group.goal, after);
  const target = targetText(group.target);
  const says = (constraint: Binding['constraint'], words: string): Binding => ({ constraint, target, words });
  const whys = new Set(members.flatMap(move => (move.kind === 'stay' ? [move.why] : [])));
  if (group.side === 'short' && group.actedOn) {
    if (members.length === 0) {
      const lacks = group.target.kind === 'code' ? 'has no price to buy it at' : 'has no security with a price to buy';
      return says('no-holding', `${target} ${lacks}`);
    }
    const nearer = members.filter(move => move.kind === 'buy' && isNearer(plan, move, short));
    const codes = nearer.map(move => move.candidate.code).join(', ');
    if (nearer.length > 0)
      return says(
        'cash',
        `the cash of ${dollars(subtract(situation.cash, situation.floor))} buys ${plan.trades.some(trade => trade.move.group === group) ? 'no more' : 'none'} of ${codes}`,
      );
    if (whys.has('cap') && isPositiveGap(short, members))
      return says(
        'cap',
        `the cap of ${plain(situation.request.limits.positionCapPct ?? noMoney)}% holds ${target} at ${percent((toFloat(after) / toFloat(situation.total)) * 100)}`,
      );
    if (whys.has('first-parcel'))
      return says('first-parcel', `a first parcel of ${dollars(leastParcel)} of ${target} would pass the cap`);
    return undefined;
  }
  if (group.side !== 'over' || compare(short, noMoney) >= 0) return undefined;
  const share = percent((toFloat(after) / toFloat(situation.total)) * 100);
  if (situation.request.mode === 'cash')
    return says('no-sales', `${target} stays at ${share}: mode cash sells nothing`);
  if (!group.actedOn) return undefined;
  const hasUnknown =
    situation.request.marginalRatePct !== undefined &&
    members.some(({ candidate }) => candidate.parcels.some(parcel => parcel.cost === undefined));
  if (hasUnknown && isPositiveGap(short.neg() as Money, members))
    return says('unknown-cost', `${target} cannot go below ${share} without selling units of unknown cost`);
  return undefined;
}

/** Whether the next units of a buy would bring its group nearer to its goal. */
function isNearer(plan: Plan, move: Move, short: Money): boolean {
  if (move.kind !== 'buy') return false;
  const bought = toFloat(plan.trades.find(trade => trade.move === move)?.units ?? noMoney);
  const step = bought === 0 ? move.least : 1;
  return bought + step <= move.most && move.candidate.price.price.times(String(step)).lt(short.times('2'));
}

/** Whether a gap is more than half a unit of some security of the group: less than that is a matter of whole units. */
const isPositiveGap = (gap: Money, members: readonly Move[]): boolean =>
  members.some(({ candidate }) => gap.times('2').gt(candidate.price.price as Price));
