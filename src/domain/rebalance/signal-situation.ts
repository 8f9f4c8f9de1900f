/**
 * Where a portfolio stands against what its signals ask for, and what each holding may do about it.
 *
 * Only what is held is traded: a rule adds to a holding or sells of it. Sales are fixed first; of a signal's sale and the
 * trim of a large weight the larger holds, and no buy takes a weight beyond the edge of the trim or the position cap. The
 * cash with the proceeds is then spent in order of confidence, ties in the order of the codes: a buy that it does not
 * cover is made smaller, or dropped. Half of five units is two, and 10% of 25 is two: a rule is never exceeded, but a trim
 * is to at most its weight. Which parcels are sold is left to the program, as in the other modes.
 *
 * Troubles a user sees: a part of a holding that is less than a unit, a sale that does not pay its brokerage, a top-up of
 * a holding under $500 that is less than $500, units of unknown cost where tax is counted.
 */
import { compareText } from '../compare-text.ts';
import {
  add,
  cost,
  type Decimal,
  decimal,
  isPositive,
  larger,
  type Money,
  noMoney,
  plain,
  ratio,
  roundCents,
  scale,
  smaller,
  subtract,
  sum,
  toFloat,
  units as unitsOf,
} from '../decimal.ts';
import type { ShortSignal } from '../signals/short-signal.ts';
import { brokerageOf, leastParcel } from './costs.ts';
import { type Asked, askedBy, type SignalRules, trimWords } from './signal-rules.ts';
import {
  type Candidate,
  type Group,
  heldValue,
  type Move,
  type RebalanceRequest,
  type Situation,
  sellable,
  unitsDown,
  unitsUp,
} from './situation.ts';

type Draft = {
  readonly candidate: Candidate;
  readonly value: Money;
  readonly said: ShortSignal | undefined;
  readonly asked: Asked;
  /** The value that the rules ask for; undefined where they ask for nothing. */
  readonly goal: Money | undefined;
  /** The weight in percent that it is trimmed to; undefined where a signal asks for less, or nothing is too large. */
  readonly limitPct: Decimal | undefined;
  readonly says: string;
};
type Limit = NonNullable<NonNullable<Move['signal']>['limitedBy']>;
type Whole = { readonly request: RebalanceRequest; readonly rules: SignalRules; readonly total: Money };

const hundred = decimal('100');
const oneCent = decimal('0.01') as Money;

export function signalSituation(request: RebalanceRequest): Situation {
  const { signals } = request;
  if (signals === undefined) throw new Error('A rebalancing by signals without signals');
  const candidates = request.candidates
    .filter(each => isPositive(each.units))
    .toSorted((a, b) => compareText(a.code, b.code));
  const cash = add(request.cash, request.amount);
  const total = candidates.reduce((all, each) => add(all, heldValue(each)), cash);
  const whole: Whole = { request, rules: signals.rules, total };
  const drafts = candidates.map(candidate => draftOf(candidate, signals.said.get(candidate.code), whole));
  const sales = new Map(drafts.filter(isSale).map(draft => [draft, saleOf(draft, whole)]));
  const proceeds = [...sales.values()].map(move => (move.kind === 'sell' ? received(move, request) : noMoney));
  const afterSales = add(cash, sum(proceeds, noMoney));
  const least = larger(request.limits.minimumCash, noMoney);
  const buys = new Map<Draft, Move>();
  let left = subtract(afterSales, least);
  const buying = drafts.filter(draft => draft.asked.share?.gt('1') === true && !isSale(draft));
  for (const draft of buying.toSorted((a, b) => b.asked.confidence - a.asked.confidence)) {
    const move = buyOf(draft, left, whole);
    buys.set(draft, move);
    if (move.kind === 'buy') left = subtract(left, spent(move.candidate, move.most, request));
  }
  const moves = drafts.map(draft => sales.get(draft) ?? buys.get(draft) ?? stayOf(draft, whole));
  const groups = moves.flatMap(move => move.group ?? []);
  return { request, total, cash, floor: smaller(least, afterSales), groups, moves };
}

/** Compared exactly: a weight of 15% is not above 15%. */
const isAbove = (value: Money, total: Money, pct: Parameters<Money['times']>[0]): boolean =>
  value.times(hundred).gt(total.times(pct));

function draftOf(candidate: Candidate, said: ShortSignal | undefined, { request, rules, total }: Whole): Draft {
  const value = heldValue(candidate);
  const asked = askedBy(said, rules);
  const cap = request.limits.positionCapPct;
  const isLarge = isAbove(value, total, rules.trimAbovePct);
  const isTrim = isLarge || (cap !== undefined && isAbove(value, total, cap));
  const weightPct = (ratio(value, total) ?? 0) * 100;
  const limit = isLarge && (cap === undefined || rules.trimToPct.lte(cap)) ? rules.trimToPct : cap;
  const bySignal =
    asked.share === undefined
      ? undefined
      : roundCents(cost(candidate.price.price, scale(candidate.units, asked.share)));
  if (!isTrim || limit === undefined) {
    return { candidate, value, said, asked, goal: bySignal, limitPct: undefined, says: asked.words };
  }
  const byTrim = roundCents(scale(total, limit.times('0.01')));
  const isSignalLower = bySignal?.lt(byTrim) === true;
  const words = isLarge ? trimWords(weightPct, rules) : `above the cap of ${plain(limit)}%`;
  const says = isSignalLower
    ? asked.words
    : asked.share === undefined
      ? words
      : `${words}; that comes before ${asked.words}`;
  return isSignalLower
    ? { candidate, value, said, asked, goal: bySignal, limitPct: undefined, says }
    : { candidate, value, said, asked, goal: byTrim, limitPct: limit, says };
}

const isSale = ({ goal, value }: Draft): boolean => goal?.lt(value) === true;

/** What a move knows of the rule behind it, with what is said beyond it. */
function ruled(draft: Draft, { request, total }: Whole, beyond?: string, constraint?: Limit['constraint']) {
  const { candidate, value, said, asked, goal, limitPct, says } = draft;
  const words = beyond === undefined ? says : `${says}; ${beyond}`;
  const limitedBy = beyond === undefined || constraint === undefined ? undefined : { constraint, words: beyond };
  const asks: NonNullable<Move['signal']>['asks'] =
    limitPct !== undefined
      ? { kind: 'weight', value: limitPct }
      : asked.share !== undefined
        ? { kind: 'share', value: asked.share }
        : undefined;
  const group: Group | undefined =
    goal === undefined
      ? undefined
      : {
          target: { kind: 'code', name: candidate.code, weightPct: goal.times(hundred).div(total), bandPct: undefined },
          codes: [candidate.code],
          value,
          goal,
          weightPct: (ratio(value, total) ?? 0) * 100,
          bandPct: request.limits.bandPct,
          side: goal.eq(value) ? 'met' : goal.lt(value) ? 'over' : 'short',
          actedOn: true,
        };
  return { candidate, value, group, signal: { said, says: words, asks, limitedBy } } as const;
}

const stayOf = (draft: Draft, whole: Whole): Move => ({ ...ruled(draft, whole), kind: 'stay', why: 'signal' });

function saleOf(draft: Draft, whole: Whole): Move {
  const { candidate, value, asked, goal, limitPct } = draft;
  const { request } = whole;
  const parcels = sellable(candidate, request);
  const most = parcels.reduce((count, each) => count + each.units, 0);
  const kept = goal ?? value;
  const share = asked.share ?? decimal('1');
  const wanted =
    limitPct !== undefined
      ? unitsUp(subtract(value, kept), candidate)
      : Math.floor(toFloat(candidate.units) - toFloat(candidate.units.times(share)) + 1e-9);
  const count = Math.min(wanted, most);
  const stays = (beyond: string, constraint: Limit['constraint']): Move => ({
    ...ruled(draft, whole, beyond, constraint),
    kind: 'stay',
    why: 'signal',
  });
  const isUnknown = request.marginalRatePct !== undefined && candidate.parcels.some(each => each.cost === undefined);
  if (count === 0) {
    return isUnknown && wanted > 0
      ? stays('it cannot be sold without units of unknown cost', 'unknown-cost')
      : stays('that is less than a whole unit of a parcel', 'fraction');
  }
  const brings = worth(candidate, count);
  const fee = brokerageOf(request.brokerage, brings);
  if (brings.lte(fee)) {
    return stays(`${counted(count)} would bring $${plain(brings)}, and the brokerage is $${plain(fee)}`, 'cash');
  }
  const left = candidate.units.minus(String(count));
  const rest =
    count < wanted && isUnknown
      ? ruled(draft, whole, `${plain(left)} units stay, as a cost is unknown`, 'unknown-cost')
      : count < wanted || (share.eq('0') && limitPct === undefined && left.gt('0'))
        ? ruled(draft, whole, `${plain(left)} units stay, which are no whole ones of a parcel`, 'fraction')
        : ruled(draft, whole);
  return { ...rest, kind: 'sell', least: count, most: count, parcels };
}

function buyOf(draft: Draft, left: Money, whole: Whole): Move {
  const { candidate, value, asked } = draft;
  const { request, rules, total } = whole;
  const stays = (beyond: string, constraint: Limit['constraint']): Move => ({
    ...ruled(draft, whole, beyond, constraint),
    kind: 'stay',
    why: 'signal',
  });
  const share = (asked.share ?? decimal('1')).minus('1');
  const wanted = Math.floor(toFloat(candidate.units.times(share)) + 1e-9);
  if (wanted < 1) return stays('that is less than a whole unit', 'fraction');
  const least = value.lt(leastParcel) ? unitsUp(leastParcel, candidate) : 1;
  if (wanted < least) return stays(`a top-up of a holding under $500 is at least $500`, 'first-parcel');
  const cap = request.limits.positionCapPct;
  const limit = cap === undefined ? rules.trimAbovePct : smaller(cap, rules.trimAbovePct);
  const room = Math.min(wanted, unitsDown(subtract(scale(total, limit.times('0.01')), value), candidate));
  if (room < least) return stays(`a weight may be no more than ${plain(limit)}%`, 'cap');
  const affordable = coveredBy(left, room, candidate, request);
  const cash = `$${plain(larger(left, noMoney))}`;
  if (affordable < least) return stays(`the cash of ${cash} that is left to it buys none`, 'cash');
  const fixed =
    affordable < room
      ? ruled(draft, whole, `the cash of ${cash} that is left to it buys ${affordable} of ${counted(wanted)}`, 'cash')
      : room < wanted
        ? ruled(draft, whole, `a weight may be no more than ${plain(limit)}%, so ${room} of ${counted(wanted)}`, 'cap')
        : ruled(draft, whole);
  return { ...fixed, kind: 'buy', least: affordable, most: affordable };
}

const counted = (units: number): string => `${units} ${units === 1 ? 'unit' : 'units'}`;
const worth = ({ price }: Candidate, count: number): Money => roundCents(cost(price.price, unitsOf(String(count))));

/** What a buy takes from the cash; a cent more, for prices of a part of a cent are rounded in the program's rows. */
function spent(candidate: Candidate, count: number, { brokerage }: RebalanceRequest): Money {
  const value = worth(candidate, count);
  return add(add(value, brokerageOf(brokerage, value)), oneCent);
}

function received({ candidate, most }: Extract<Move, { kind: 'sell' }>, { brokerage }: RebalanceRequest): Money {
  const value = worth(candidate, most);
  return subtract(subtract(value, brokerageOf(brokerage, value)), oneCent);
}

/** The most units, `most` at most, that an amount pays with their brokerage. */
function coveredBy(amount: Money, most: number, candidate: Candidate, request: RebalanceRequest): number {
  let count = Math.min(most, unitsDown(larger(amount, noMoney), candidate));
  while (count > 0 && spent(candidate, count, request).gt(amount)) count -= 1;
  return count;
}
