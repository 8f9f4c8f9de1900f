/**
 * The mixed-integer program of a rebalancing, as data that a solver reads.
 *
 * Variables: whole units bought of each security, whole units sold of each parcel, whether a security trades at all, its
 * brokerage in cents, each group's drift in dollars, the taxable gain of each owner's share. Rows tie them together: cash
 * never below its floor, the first parcel, the cap, brokerage, drift as an absolute value, the convex form of the gain.
 * Objectives come one after another, each held at its least before the next is asked: drift, brokerage plus tax, number
 * of trades, code order; then, where tax was not compared, the parcels with the least taxable gain. A tolerance is under
 * half a cent, or under one trade, so that amounts in whole cents are compared exactly.
 *
 * A sale's brokerage lowers its capital gain by a few dollars; the program leaves that out, the plan's figures have it.
 */
import { toFloat } from '../decimal.ts';
import { type Group, isTrading, type Sellable, type Situation, type TradingMove } from './situation.ts';
import { netGain, noGains } from './taxable.ts';

export type Variable = {
  readonly name: string;
  readonly lower: number;
  readonly upper: number;
  readonly isInteger: boolean;
};
export type Term = readonly [variable: number, factor: number];
export type Row = {
  readonly name: string;
  readonly terms: readonly Term[];
  readonly lower: number;
  readonly upper: number;
};
export type Objective = {
  readonly name: string;
  readonly terms: readonly Term[];
  readonly tolerance: number;
  /** Variables that keep the value they have from here on. */
  readonly fixed?: readonly number[];
};

export type Program = {
  readonly variables: readonly Variable[];
  readonly rows: readonly Row[];
  /** In the order in which they count; each is minimised. */
  readonly objectives: readonly Objective[];
};

/** How low an objective was brought, and whether it is proved that nothing is lower. */
export type Reached = { readonly name: string; readonly value: number; readonly isProved: boolean };

/** What a solver answers: undefined where no plan keeps every row. */
export type Solution = { readonly values: readonly number[]; readonly reached: readonly Reached[] };

/** Which variables say what is traded. */
export type MoveVariables = {
  readonly move: TradingMove;
  readonly trades: number;
  /** Of all its units, and of those of each parcel of a sale. */
  readonly total: number;
  readonly parcels: readonly number[];
};

export type RebalanceProgram = { readonly program: Program; readonly moves: readonly MoveVariables[] };

const infinity = Number.POSITIVE_INFINITY;
/** Under half a cent. */
const dollars = 0.004;
const count = 0.1;

type Draft = { variables: Variable[]; rows: Row[] };
const variable = (draft: Draft, name: string, upper: number, isInteger: boolean, lower = 0): number =>
  draft.variables.push({ name, lower, upper, isInteger }) - 1;
const row = (draft: Draft, name: string, terms: readonly Term[], lower: number, upper = infinity): void => {
  draft.rows.push({ name, terms, lower, upper });
};

export function rebalanceProgram(situation: Situation): RebalanceProgram {
  const draft: Draft = { variables: [], rows: [] };
  const moves = situation.moves.filter(isTrading).map(move => moveVariables(draft, move));
  const costs = moves.map(each => brokerage(draft, each, situation));
  cashRow(draft, moves, costs, situation);
  const drifts = situation.groups
    .filter(group => moves.some(({ move }) => move.group === group))
    .map(group => drift(draft, group, moves));
  const gain = gainTerms(draft, moves, situation);
  const rate = situation.request.marginalRatePct;
  const tax = rate === undefined ? [] : scaled(gain, toFloat(rate) / 100);
  const trades = moves.map(({ trades }): Term => [trades, 1]);
  const codeOrder = moves.map(({ move, trades }): Term => [trades, situation.moves.indexOf(move) + 1]);
  const fixed = moves.flatMap(({ trades, total }) => [trades, total]);
  const objectives: Objective[] = [
    { name: 'drift', terms: drifts, tolerance: dollars },
    { name: 'cost', terms: [...costs.flat(), ...tax], tolerance: dollars },
    { name: 'trades', terms: trades, tolerance: count },
    { name: 'code order', terms: codeOrder, tolerance: count },
    { name: 'taxable gain', terms: rate === undefined ? gain : [], tolerance: dollars, fixed },
  ];
  return { program: { ...draft, objectives: objectives.filter(each => each.terms.length > 0) }, moves };
}

const scaled = (terms: readonly Term[], factor: number): Term[] => terms.map(([index, each]) => [index, each * factor]);
const priceOf = ({ candidate }: TradingMove): number => toFloat(candidate.price.price);

function moveVariables(draft: Draft, move: TradingMove): MoveVariables {
  const { code } = move.candidate;
  const trades = variable(draft, `trades ${code}`, 1, true);
  const total = variable(draft, `${move.kind} ${code}`, move.most, true);
  row(
    draft,
    `${code} trades`,
    [
      [total, 1],
      [trades, -move.most],
    ],
    -infinity,
    0,
  );
  row(
    draft,
    `${code} least`,
    move.kind === 'buy'
      ? [
          [total, 1],
          [trades, -move.least],
        ]
      : [[total, 1]],
    move.kind === 'buy' ? 0 : move.least,
  );
  if (move.kind === 'buy') return { move, trades, total, parcels: [] };
  const parcels = move.parcels.map(each =>
    variable(draft, `sell ${code} ${each.parcel.id}`, Math.min(each.units, move.most), true),
  );
  row(draft, `${code} parcels`, [[total, -1], ...parcels.map((index): Term => [index, 1])], 0, 0);
  return { move, trades, total, parcels };
}

/** The cost of a trade: the fee where it trades, or a variable of cents where a percentage may be more. */
function brokerage(draft: Draft, { move, trades, total }: MoveVariables, { request }: Situation): Term[] {
  const flat = toFloat(request.brokerage.flat);
  const share = toFloat(request.brokerage.pct) / 100;
  if (share * move.most * priceOf(move) <= flat) return [[trades, flat]];
  const { code } = move.candidate;
  const cents = variable(draft, `brokerage ${code}`, infinity, true);
  row(
    draft,
    `${code} fee`,
    [
      [cents, 1],
      [trades, -flat * 100],
    ],
    0,
  );
  row(
    draft,
    `${code} percentage`,
    [
      [cents, 1],
      [total, -share * priceOf(move) * 100],
    ],
    0,
  );
  return [[cents, 0.01]];
}

/** What a move does to the value that is held; cash moves the other way. */
const change = ({ move, total }: MoveVariables): Term => [total, move.kind === 'buy' ? priceOf(move) : -priceOf(move)];

function cashRow(draft: Draft, moves: readonly MoveVariables[], costs: readonly Term[][], { cash, floor }: Situation) {
  const spent = [...moves.map(change), ...costs.flat()];
  row(draft, 'cash', scaled(spent, -1), toFloat(floor) - toFloat(cash));
}

/** |value - goal|, as a variable that is at least both differences. */
function drift(draft: Draft, group: Group, moves: readonly MoveVariables[]): Term {
  const { kind, name } = group.target;
  const away = variable(draft, `drift ${kind} ${name}`, infinity, false);
  const now = toFloat(group.value) - toFloat(group.goal);
  const changes = moves.filter(({ move }) => move.group === group).map(change);
  row(draft, `over ${kind} ${name}`, [[away, 1], ...scaled(changes, -1)], now);
  row(draft, `short ${kind} ${name}`, [[away, 1], ...changes], -now);
  return [away, 1];
}

/** A parcel of unknown cost is taken as all gain, so that those of known cost are sold before it. */
const gainOf = (each: Sellable, move: TradingMove): number => each.gain ?? priceOf(move);

/**
 * The taxable gain of all owners, as variables that are at least both sides of its convex form; where the owner's year is
 * known, what it adds to the year's own.
 */
function gainTerms(draft: Draft, moves: readonly MoveVariables[], { request }: Situation): Term[] {
  const sales = moves.flatMap(({ move, parcels }) =>
    move.kind === 'sell'
      ? move.parcels.map((each, at) => ({
          index: parcels[at] as number,
          gain: gainOf(each, move),
          hasDiscount: each.hasDiscount,
        }))
      : [],
  );
  if (sales.length === 0) return [];
  const soFar = request.yearSoFar ?? noGains;
  const [short, long] = [toFloat(soFar.other) - toFloat(soFar.losses), toFloat(soFar.discount)];
  return request.owners.map(({ part, discount }, at): Term => {
    const kept = 1 - toFloat(discount);
    const before = toFloat(netGain(soFar, discount));
    const net = variable(draft, `gain ${at + 1}`, infinity, false, -before);
    const first = sales.map(
      ({ index, gain, hasDiscount }): Term => [index, -gain * (gain > 0 && hasDiscount ? kept : 1)],
    );
    row(draft, `gain ${at + 1} before the discount`, [[net, 1], ...first], short + kept * long - before);
    row(
      draft,
      `gain ${at + 1} after it`,
      [[net, 1], ...sales.map(({ index, gain }): Term => [index, -gain * kept])],
      kept * (short + long) - before,
    );
    return [net, toFloat(part)];
  });
}
