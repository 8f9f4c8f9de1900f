/**
 * Where a portfolio stands against its targets, and what each security may do about it.
 *
 * Weights are of priced securities plus cash, before trading costs. A group is what one target holds for: a code, or the
 * securities of a sector without a target of their own. In mode `targets` a group is acted on when its weight is further
 * from the target than its band; mode `cash` spends new money on whatever is short of its target, band or not, and sells
 * nothing. A security is only ever bought where its group is short and sold where it is over, and one above the position
 * cap is cut to it: units = ceil((V - wT) / price). A security without a target is left alone. Mode `signals` has a
 * situation of its own: see `signal-situation`.
 */
import { compareText } from '../compare-text.ts';
import type { LocalDate } from '../date.ts';
import {
  add,
  compare,
  cost,
  type Decimal,
  decimal,
  larger,
  type Money,
  noMoney,
  ratio,
  roundCents,
  scale,
  subtract,
  sum,
  toFloat,
  type Units,
} from '../decimal.ts';
import type { Parcel } from '../ledger/parcel.ts';
import type { KnownPrice } from '../market/known-price.ts';
import type { Code } from '../market/security.ts';
import type { ShortSignal } from '../signals/short-signal.ts';
import { isDiscountEligible } from '../tax/discount.ts';
import { type BrokerageModel, leastParcel } from './costs.ts';
import type { SignalRules } from './signal-rules.ts';
import { type Target, targetOf } from './targets.ts';
import type { Gains, OwnerShare } from './taxable.ts';

export const rebalanceModes = ['targets', 'cash', 'signals'] as const;
export type RebalanceMode = (typeof rebalanceModes)[number];

/** A security that may be traded: one that is held, or one that a target wants. */
export type Candidate = {
  readonly code: Code;
  readonly name: string | undefined;
  readonly sector: string | undefined;
  readonly price: KnownPrice;
  readonly units: Units;
  /** Oldest first. */
  readonly parcels: readonly Parcel[];
};

export type Limits = {
  /** Cash that is to be left. */
  readonly minimumCash: Money;
  /** Percent of the whole that one security may be; undefined is no cap. */
  readonly positionCapPct: Decimal | undefined;
  /** The band of targets without one. */
  readonly bandPct: Decimal;
};

export type RebalanceRequest = {
  readonly mode: RebalanceMode;
  readonly today: LocalDate;
  readonly candidates: readonly Candidate[];
  readonly targets: readonly Target[];
  /** The cash account's balance; nothing where the portfolio keeps none. */
  readonly cash: Money;
  /** New money that is brought in beside it. */
  readonly amount: Money;
  readonly limits: Limits;
  readonly brokerage: BrokerageModel;
  readonly owners: readonly OwnerShare[];
  /** Percent; undefined leaves tax out of the comparison. */
  readonly marginalRatePct: Decimal | undefined;
  /** The only owner's other gains and losses of the year, with the losses carried into it. */
  readonly yearSoFar?: Gains | undefined;
  /** Of mode `signals`: what was last said of each holding, and the rules; targets are not asked. */
  readonly signals?: { readonly said: ReadonlyMap<Code, ShortSignal>; readonly rules: SignalRules } | undefined;
};

export type Group = {
  readonly target: Target;
  readonly codes: readonly Code[];
  readonly value: Money;
  /** The target in dollars. */
  readonly goal: Money;
  readonly weightPct: number;
  readonly bandPct: Decimal;
  readonly side: 'over' | 'short' | 'met';
  readonly actedOn: boolean;
};

/** A parcel that may be sold, in whole units. */
export type Sellable = {
  readonly parcel: Parcel;
  readonly units: number;
  /** Price less cost base per unit; undefined where the cost is unknown. */
  readonly gain: number | undefined;
  readonly hasDiscount: boolean;
};

/** Why a security is left as it is. */
export type Stay =
  | 'no-target'
  | 'within-band'
  | 'met'
  | 'no-sales'
  | 'cap'
  | 'first-parcel'
  | 'unknown-cost'
  | 'fraction'
  | 'signal';

/** Of mode `signals`: what is behind a move. */
export type SignalMove = {
  readonly said: ShortSignal | undefined;
  /** What the rules ask for, and what keeps it from being done in whole. */
  readonly says: string;
  /** The share of the units that is to be held, or the weight in percent; undefined where nothing is asked for. */
  readonly asks: { readonly kind: 'share' | 'weight'; readonly value: Decimal } | undefined;
  readonly limitedBy:
    | { readonly constraint: 'cash' | 'cap' | 'first-parcel' | 'unknown-cost' | 'fraction'; readonly words: string }
    | undefined;
};

/** What a security may do: buy from `least` to `most` whole units, sell from `least` to all that is sellable, or stay. */
export type Move = {
  readonly candidate: Candidate;
  readonly value: Money;
  readonly group: Group | undefined;
  readonly signal?: SignalMove;
} & (
  | { readonly kind: 'buy'; readonly least: number; readonly most: number }
  | { readonly kind: 'sell'; readonly least: number; readonly most: number; readonly parcels: readonly Sellable[] }
  | { readonly kind: 'stay'; readonly why: Stay }
);

export type TradingMove = Exclude<Move, { kind: 'stay' }>;
export const isTrading = (move: Move): move is TradingMove => move.kind !== 'stay';

export type Situation = {
  readonly request: RebalanceRequest;
  /** Priced securities, cash and new money. */
  readonly total: Money;
  /** Cash and new money. */
  readonly cash: Money;
  /** What cash may not fall below. */
  readonly floor: Money;
  readonly groups: readonly Group[];
  /** By code. */
  readonly moves: readonly Move[];
};

const one = decimal('1');
const hundredth = decimal('0.01');

export const heldValue = ({ price, units }: Candidate): Money => roundCents(cost(price.price, units));

export function situation(request: RebalanceRequest): Situation {
  const candidates = request.candidates.toSorted((a, b) => compareText(a.code, b.code));
  const cash = add(request.cash, request.amount);
  const total = candidates.reduce((whole, each) => add(whole, heldValue(each)), cash);
  const groups = request.targets.map(target => groupOf(target, candidates, total, request));
  const moves = candidates.map(candidate => {
    const target = targetOf(request.targets, candidate);
    return moveOf(
      candidate,
      groups.find(group => group.target === target),
      total,
      request,
    );
  });
  return { request, total, cash, floor: floorOf(request), groups, moves };
}

/** With new money in mode `cash` that money alone is spent, and the account keeps its balance. */
function floorOf({ mode, cash, amount, limits }: RebalanceRequest): Money {
  const least = larger(limits.minimumCash, noMoney);
  return mode === 'cash' && compare(amount, noMoney) > 0 ? larger(least, cash) : least;
}

function groupOf(target: Target, candidates: readonly Candidate[], total: Money, request: RebalanceRequest): Group {
  const members = candidates.filter(candidate => targetOf(request.targets, candidate) === target);
  const value = sum(members.map(heldValue), noMoney);
  const goal = roundCents(scale(total, target.weightPct.times(hundredth)));
  const weightPct = (ratio(value, total) ?? 0) * 100;
  const bandPct = target.bandPct ?? request.limits.bandPct;
  // Compared exactly: |value - weight x total| against band x total.
  const away = subtract(value, scale(total, target.weightPct.times(hundredth))).abs();
  const isOutside = away.gt(total.times(bandPct).times(hundredth));
  const order = compare(value, goal);
  const side = order === 0 ? 'met' : order > 0 ? 'over' : 'short';
  const actedOn = request.mode === 'cash' ? side === 'short' : side !== 'met' && isOutside;
  return { target, codes: members.map(each => each.code), value, goal, weightPct, bandPct, side, actedOn };
}

function moveOf(candidate: Candidate, group: Group | undefined, total: Money, request: RebalanceRequest): Move {
  const value = heldValue(candidate);
  const fixed = { candidate, value, group };
  const capPct = request.limits.positionCapPct;
  const cap = capPct === undefined ? undefined : scale(total, capPct.times(hundredth));
  const overCap = cap === undefined ? noMoney : larger(subtract(value, cap), noMoney);
  const mustSell = overCap.gt(noMoney) && request.mode !== 'cash';
  const wantsSale = group?.actedOn === true && group.side === 'over';
  if (mustSell || wantsSale) {
    const least = mustSell ? unitsUp(overCap, candidate) : 0;
    const parcels = sellable(candidate, request);
    const held = parcels.reduce((units, each) => units + each.units, 0);
    if (held === 0) return { ...fixed, kind: 'stay', why: hasWholeUnits(candidate) ? 'unknown-cost' : 'fraction' };
    // What the cap alone asks for is sold, and no more: the rest has no reason to go.
    const most = wantsSale ? held : Math.min(held, least);
    return { ...fixed, kind: 'sell', least: Math.min(held, least), most, parcels };
  }
  if (group === undefined) return { ...fixed, kind: 'stay', why: 'no-target' };
  if (group.side === 'over' && request.mode === 'cash') return { ...fixed, kind: 'stay', why: 'no-sales' };
  if (!group.actedOn) return { ...fixed, kind: 'stay', why: group.side === 'met' ? 'met' : 'within-band' };
  return { ...fixed, ...buying(candidate, value, group, cap) };
}

/** Up to the unit that reaches the goal, or to a first parcel where that is more; never beyond the cap. */
function buying(candidate: Candidate, value: Money, group: Group, cap: Money | undefined) {
  const least = compare(value, leastParcel) < 0 ? unitsUp(leastParcel, candidate) : 1;
  const wanted = Math.max(unitsUp(subtract(group.goal, group.value), candidate), least);
  const room = cap === undefined ? wanted : unitsDown(subtract(cap, value), candidate);
  if (room < least) return { kind: 'stay', why: room < 1 || least === 1 ? 'cap' : 'first-parcel' } as const;
  return { kind: 'buy', least, most: Math.min(wanted, room) } as const;
}

export const unitsUp = (amount: Money, { price }: Candidate): number =>
  Math.ceil(toFloat(amount.div(price.price).round(9)));
export const unitsDown = (amount: Money, { price }: Candidate): number =>
  Math.max(0, Math.floor(toFloat(amount.div(price.price).round(9))));
const wholeUnits = (units: Units): number => Math.floor(toFloat(units));
const hasWholeUnits = ({ parcels }: Candidate): boolean => parcels.some(parcel => parcel.units.gte(one));

/** Parcels of at least a whole unit. Where tax is compared, one of unknown cost cannot be: it stays. */
export function sellable({ price, parcels }: Candidate, { today, marginalRatePct }: RebalanceRequest): Sellable[] {
  return parcels.flatMap(parcel => {
    const units = wholeUnits(parcel.units);
    if (units === 0 || (parcel.cost === undefined && marginalRatePct !== undefined)) return [];
    const perUnit = parcel.cost === undefined ? undefined : toFloat(parcel.cost) / toFloat(parcel.units);
    return {
      parcel,
      units,
      gain: perUnit === undefined ? undefined : toFloat(price.price) - perUnit,
      hasDiscount: isDiscountEligible(parcel.acquiredOn, today),
    };
  });
}
