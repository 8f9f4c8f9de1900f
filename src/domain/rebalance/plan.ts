/**
 * A plan: what the solver chose, in exact figures.
 *
 * Trades are valued at the day's price in cents, brokerage apart; the proceeds of a sale are split over its parcels as
 * the ledger will split them. Trades and cash reconcile to the cent: cash after = cash + sales - buys - brokerage, and it
 * is never below its floor. Of parcels alike in gain per unit and discount the older is sold first.
 *
 * Troubles a user sees: cash is below its floor and no allowed sale lifts it; the cap asks for a sale whose brokerage
 * cannot be paid.
 */
import { Failure } from '../../failure.ts';
import {
  add,
  allocate,
  compare,
  cost,
  type Decimal,
  isNegative,
  isPositive,
  type Money,
  money,
  noMoney,
  plain,
  roundCents,
  scale,
  subtract,
  sum,
  toFloat,
  type Units,
  units as wholeUnits,
} from '../decimal.ts';
import { type Parcel, splitParcel, type Taken } from '../ledger/parcel.ts';
import { brokerageOf } from './costs.ts';
import { type MoveVariables, type Program, type Reached, rebalanceProgram, type Solution } from './program.ts';
import { signalSituation } from './signal-situation.ts';
import {
  heldValue,
  type RebalanceRequest,
  type Sellable,
  type Situation,
  situation,
  type TradingMove,
} from './situation.ts';
import { netGain, type OwnerShare, taxableGain } from './taxable.ts';

export type SoldParcel = {
  readonly parcel: Parcel;
  readonly units: Units;
  readonly cost: Money | undefined;
  readonly proceeds: Money;
  /** Undefined where the cost is unknown. */
  readonly gain: Money | undefined;
  readonly hasDiscount: boolean;
  /** What the deemed sale of 1 July 2027 gained on these units; undefined where there was none or it is not known. */
  readonly deferred: Money | undefined;
  /** Its part of the plan's tax. */
  readonly tax: Money | undefined;
};

export type PlannedTrade = {
  readonly move: TradingMove;
  readonly units: Units;
  /** Units x price, brokerage apart. */
  readonly value: Money;
  readonly brokerage: Money;
  /** Of a sale. */
  readonly parcels: readonly SoldParcel[];
  /** Undefined without a marginal rate; nothing for a buy. */
  readonly tax: Money | undefined;
};

export type Plan = {
  readonly situation: Situation;
  readonly trades: readonly PlannedTrade[];
  readonly cashAfter: Money;
  /** Securities and cash after all trades. */
  readonly totalAfter: Money;
  readonly brokerage: Money;
  /** What the sales add to taxable income; undefined where a cost is unknown. */
  readonly taxableGain: Money | undefined;
  /** Undefined without a marginal rate. */
  readonly tax: Money | undefined;
  readonly driftBefore: Money;
  readonly driftAfter: Money;
  readonly reached: readonly Reached[];
};

export type Solve = (program: Program) => Solution | undefined | Promise<Solution | undefined>;

const oneCent = money('0.01');

/** The best plan for the request; a Failure where no plan keeps every limit. */
export async function bestPlan(request: RebalanceRequest, solve: Solve): Promise<Plan> {
  const start = request.mode === 'signals' ? signalSituation(request) : situation(request);
  refuseNothing(start);
  // Prices under a cent's precision round per trade, which the program does not see: it is then given a little less.
  let floor = start.floor;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const { program, moves } = rebalanceProgram({ ...start, floor });
    const solution = await solve(program);
    if (solution === undefined) break;
    const plan = planOf(start, moves, solution);
    const missing = subtract(start.floor, plan.cashAfter);
    if (!isPositive(missing)) return plan;
    // No trade and cash below its floor: there was nothing to sell.
    if (plan.trades.length === 0) break;
    floor = add(floor, add(missing, oneCent));
  }
  throw impossible(start);
}

function refuseNothing({ total }: Situation): void {
  if (isPositive(total)) return;
  const worth = isNegative(total) ? `-$${plain(total.abs())}` : '$0';
  throw new Failure('refused', `Its securities and cash are worth ${worth} together, so no weight can be reached`, {
    hint: 'Bring in money with --amount, or record what is missing.',
  });
}

function impossible({ cash, floor, request }: Situation): Failure {
  const least = isPositive(floor) ? `the $${plain(floor)} that is to be kept` : 'zero';
  const way =
    request.mode === 'cash'
      ? 'Mode cash sells nothing: bring in money with --amount, or use --mode targets.'
      : 'Bring in money with --amount, or set targets under what is held.';
  return new Failure(
    'refused',
    `The cash of $${plain(cash)} is below ${least}, and no sale that the targets and the cap allow lifts it`,
    { hint: way },
  );
}

function planOf(start: Situation, moves: readonly MoveVariables[], { values, reached }: Solution): Plan {
  const drafts = moves.flatMap(each => {
    const units = Math.round(values[each.total] as number);
    return units === 0 ? [] : [draftTrade(each, units, values, start)];
  });
  const { request, total, cash } = start;
  const gains = gainsOf(drafts.flatMap(trade => trade.parcels));
  const taxable = gains === undefined ? undefined : taxableGain(gains, request.owners, request.yearSoFar);
  const rate = request.marginalRatePct;
  const tax = rate === undefined || taxable === undefined ? undefined : roundCents(scale(taxable, rate.div('100')));
  const trades = withTax(drafts, tax, request.owners);
  const brokerage = sum(
    trades.map(trade => trade.brokerage),
    noMoney,
  );
  const cashAfter = trades.reduce((left, trade) => subtract(add(left, inflow(trade)), trade.brokerage), cash);
  return {
    situation: start,
    trades,
    cashAfter,
    totalAfter: add(
      trades.reduce((held, trade) => subtract(held, inflow(trade)), subtract(total, cash)),
      cashAfter,
    ),
    brokerage,
    taxableGain: taxable,
    tax,
    driftBefore: driftOf(start, []),
    driftAfter: driftOf(start, trades),
    reached,
  };
}

const inflow = ({ move, value }: PlannedTrade): Money => (move.kind === 'sell' ? value : (value.neg() as Money));

/** Dollars that all groups are away from their goals. */
function driftOf({ groups }: Situation, trades: readonly PlannedTrade[]): Money {
  return groups.reduce((total, group) => {
    const after = trades
      .filter(({ move }) => move.group === group)
      .reduce((value, trade) => subtract(value, inflow(trade)), group.value);
    return add(total, subtract(after, group.goal).abs() as Money);
  }, noMoney);
}

function draftTrade(
  { move, parcels }: MoveVariables,
  count: number,
  values: readonly number[],
  { request }: Situation,
): PlannedTrade {
  const units = wholeUnits(String(count));
  const value = roundCents(cost(move.candidate.price.price, units));
  const brokerage = brokerageOf(request.brokerage, value);
  const sold =
    move.kind === 'sell'
      ? olderFirst(
          move.parcels,
          parcels.map(index => Math.round(values[index] as number)),
        )
      : [];
  const proceeds = allocate(
    subtract(value, brokerage),
    sold.map(each => each.units),
  );
  return {
    move,
    units,
    value,
    brokerage,
    tax: undefined,
    parcels: sold.map(({ sellable, units: part }, at) => {
      const { taken } = splitParcel(sellable.parcel, part);
      const received = proceeds[at] as Money;
      return {
        parcel: sellable.parcel,
        units: part,
        cost: taken.cost,
        proceeds: received,
        gain: taken.cost === undefined ? undefined : subtract(received, taken.cost),
        hasDiscount: sellable.hasDiscount,
        deferred: deferredGain(taken),
        tax: undefined,
      };
    }),
  };
}

const deferredGain = ({ deemed }: Taken): Money | undefined =>
  deemed?.value === undefined || deemed.before === undefined ? undefined : subtract(deemed.value, deemed.before);

/** The units of parcels that are alike go to the oldest of them. */
function olderFirst(parcels: readonly Sellable[], counts: readonly number[]): { sellable: Sellable; units: Units }[] {
  const kindOf = (each: Sellable): string => `${each.gain} ${each.hasDiscount}`;
  const open = new Map<string, number>();
  parcels.forEach((each, at) => {
    open.set(kindOf(each), (open.get(kindOf(each)) ?? 0) + (counts[at] as number));
  });
  return parcels.flatMap(sellable => {
    const left = open.get(kindOf(sellable)) as number;
    const taken = Math.min(left, sellable.units);
    open.set(kindOf(sellable), left - taken);
    return taken === 0 ? [] : [{ sellable, units: wholeUnits(String(taken)) }];
  });
}

/** Undefined where a cost is. */
export function gainsOf(parcels: readonly SoldParcel[]) {
  const gains = { other: noMoney, discount: noMoney, losses: noMoney };
  for (const { gain, hasDiscount } of parcels) {
    if (gain === undefined) return undefined;
    const kind = isNegative(gain) ? 'losses' : hasDiscount ? 'discount' : 'other';
    gains[kind] = add(gains[kind], gain.abs() as Money);
  }
  return gains;
}

/** What a parcel would add to taxable income alone. */
function taxedAlone(parcel: SoldParcel, owners: readonly OwnerShare[]): Decimal {
  const gains = gainsOf([parcel]);
  if (gains === undefined) return noMoney;
  return owners.reduce<Decimal>(
    (total, share) => total.plus(netGain(gains, share.discount).times(share.part)),
    noMoney,
  );
}

/**
 * By what the plan's tax is divided over its parcels: what each would be taxed on alone, so that a loss bears none. Tax
 * below zero is what losses take off the year's other gains, and is divided over the losses.
 */
export function taxWeights(parcels: readonly SoldParcel[], tax: Money, owners: readonly OwnerShare[]): Decimal[] {
  const loss = ({ gain }: SoldParcel): Decimal => (gain !== undefined && isNegative(gain) ? gain.abs() : noMoney);
  return parcels.map(each => (isNegative(tax) ? loss(each) : taxedAlone(each, owners)));
}

function withTax(
  trades: readonly PlannedTrade[],
  tax: Money | undefined,
  owners: readonly OwnerShare[],
): PlannedTrade[] {
  if (tax === undefined) return [...trades];
  const parcels = trades.flatMap(trade => trade.parcels);
  const shares = parcels.length === 0 ? [] : allocate(tax, taxWeights(parcels, tax, owners));
  let at = 0;
  return trades.map(trade => {
    const taxed = trade.parcels.map(each => ({ ...each, tax: shares[at++] as Money }));
    return {
      ...trade,
      parcels: taxed,
      tax: sum(
        taxed.map(each => each.tax),
        noMoney,
      ),
    };
  });
}

/** Units of the security after the plan's trades. */
export const unitsAfter = ({ trades }: Plan, move: Situation['moves'][number]): Units => {
  const trade = trades.find(each => each.move === move);
  const held = move.candidate.units;
  if (trade === undefined) return held;
  return trade.move.kind === 'buy' ? add(held, trade.units) : subtract(held, trade.units);
};

/** Percent of the whole after all trades, by what `unitsAfter` is worth. */
export function weightAfter(plan: Plan, move: Situation['moves'][number]): number {
  const value = heldValue({ ...move.candidate, units: unitsAfter(plan, move) });
  return compare(plan.totalAfter, noMoney) === 0 ? 0 : (toFloat(value) / toFloat(plan.totalAfter)) * 100;
}
