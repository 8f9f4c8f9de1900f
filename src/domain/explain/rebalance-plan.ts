/** Why the figures of a rebalancing's plan are what they are: its cash, brokerage, tax, drift, the parcels it sells. */
import { add, type Decimal, isNegative, isZero, type Money, negate, noMoney, plain } from '../decimal.ts';
import { gainsOf, type Plan, type PlannedTrade, type SoldParcel, unitsAfter } from '../rebalance/plan.ts';
import { heldValue, type Move } from '../rebalance/situation.ts';
import { targetText } from '../rebalance/targets.ts';
import { addedGain, netGain, type OwnerShare } from '../rebalance/taxable.ts';
import type { Explanation, Input, Rule } from './explanation.ts';
import { inputOf } from './explanation.ts';
import { given, list, type Made, words } from './made.ts';
import { programRule } from './rebalance.ts';

export const planFigures = [
  'total',
  'cash',
  'cashAfter',
  'brokerage',
  'taxableGain',
  'tax',
  'marginalRatePct',
  'driftBefore',
  'driftAfter',
] as const;
export type PlanFigure = (typeof planFigures)[number];

const driftRule: Rule = { says: 'Drift is the dollars that all targets are away from what they ask for.' };
const netRule: Rule = {
  says:
    'Losses come off gains without the discount first, then off those with it, before the discount is taken. Of a sole ' +
    "owner whose tax is counted the year's other gains and losses are in it, those carried in among them.",
  source: 'ITAA 1997 s 102-5; ATO, How to calculate your CGT',
};
const planTaxRule: Rule = {
  says: 'At the marginal rate that was given, or that of the tax facts, on what the sales add to taxable income.',
};

const label = ({ move, units }: PlannedTrade): string => `${move.kind} ${plain(units)} ${move.candidate.code}`;
const isSelling = ({ move }: PlannedTrade): boolean => move.kind === 'sell';
export const soldParcels = ({ trades }: Plan): SoldParcel[] => trades.flatMap(trade => trade.parcels);

const trades = (name: string, all: readonly PlannedTrade[], of: (trade: PlannedTrade) => Decimal): Input =>
  list(
    name,
    'money',
    all.map(trade => ({ label: label(trade), value: of(trade) })),
  );

/** Why a figure of the plan as a whole is what it is; `name` is the portfolio's. */
export function explainPlan(plan: Plan, figure: PlanFigure, name: string): Explanation {
  const { request } = plan.situation;
  const of = (other: PlanFigure): Input => inputOf(explainPlan(plan, other, name));
  const made = ((): Made => {
    switch (figure) {
      case 'total':
        return {
          unit: 'money',
          value: plan.situation.total,
          formula: 'sum(values) + cash',
          inputs: [values('values', plan, ({ candidate }) => heldValue(candidate)), of('cash')],
          rules: [{ says: 'Securities without a price are left out.' }],
        };
      case 'cash':
        return {
          unit: 'money',
          value: plan.situation.cash,
          formula: 'balance + amount',
          inputs: [
            given('balance', 'money', request.cash, words('the cash account; nothing where there is none')),
            given('amount', 'money', request.amount, words('new money')),
          ],
        };
      case 'cashAfter':
        return {
          unit: 'money',
          value: plan.cashAfter,
          formula: 'cash + sum(sales) - sum(buys) - brokerage',
          inputs: [
            of('cash'),
            trades('sales', plan.trades.filter(isSelling), trade => trade.value),
            trades(
              'buys',
              plan.trades.filter(trade => !isSelling(trade)),
              trade => trade.value,
            ),
            of('brokerage'),
          ],
          rules: [programRule],
        };
      case 'brokerage':
        return {
          unit: 'money',
          value: plan.brokerage,
          formula: 'sum(brokerages)',
          inputs: [trades('brokerages', plan.trades, trade => trade.brokerage)],
        };
      case 'taxableGain':
        return taxableGainOf(plan);
      case 'tax':
        return {
          unit: 'money',
          value: plan.tax,
          formula: 'round(taxableGain * rate / 100, 2)',
          inputs: [of('taxableGain'), rateInput(plan)],
          rules: [planTaxRule],
          unknown: plan.tax === undefined ? taxUnknown(plan) : undefined,
        };
      case 'marginalRatePct':
        return {
          unit: 'pct',
          value: request.marginalRatePct,
          formula: 'rate',
          inputs: [rateInput(plan)],
          unknown: request.marginalRatePct === undefined ? 'no marginal rate was counted' : undefined,
        };
      case 'driftBefore':
        return drift(plan, plan.driftBefore, move => heldValue(move.candidate));
      case 'driftAfter':
        return drift(plan, plan.driftAfter, move => heldValue({ ...move.candidate, units: unitsAfter(plan, move) }));
    }
  })();
  return { figure, of: name, rules: [], ...made };
}

const values = (name: string, { situation }: Plan, of: (move: Move) => Decimal): Input =>
  list(
    name,
    'money',
    situation.moves.map(move => ({ label: move.candidate.code, value: of(move) })),
  );

function drift(plan: Plan, value: Decimal, of: (move: Move) => Decimal): Made {
  const { groups, moves } = plan.situation;
  const held = groups.map(group => ({
    label: targetText(group.target),
    value: moves
      .filter(move => move.group === group)
      .map(of)
      .reduce<Decimal>((total, each) => add(total, each), noMoney),
  }));
  const wanted = groups.map(group => ({
    label: `${plain(group.target.weightPct)}% in ${targetText(group.target)}`,
    value: group.goal,
  }));
  return {
    unit: 'money',
    value,
    formula: 'sum(abs(values - goals))',
    inputs: [list('values', 'money', held), list('goals', 'money', wanted)],
    rules: [driftRule],
  };
}

export const rateInput = ({ situation: { request } }: Plan): Input =>
  given(
    'rate',
    'pct',
    request.marginalRatePct,
    words(
      request.marginalRatePct === undefined
        ? 'none was given'
        : 'the marginal rate that was given, or that of the tax facts',
    ),
  );

const noCost = 'the cost of a parcel that is sold is unknown';

/** Without a rate nothing is taxed; from 1 July 2027 on individuals' gains follow rules that the program does not hold. */
const taxUnknown = (plan: Plan): string =>
  plan.situation.request.marginalRatePct === undefined
    ? 'no marginal rate was counted'
    : (gainUnknown(plan) ?? 'the taxable gain is unknown');

const gainUnknown = (plan: Plan): string | undefined =>
  plan.taxableGain !== undefined
    ? undefined
    : soldParcels(plan).some(each => each.gain === undefined)
      ? noCost
      : 'the rules from 1 July 2027 are not counted in a rebalancing';

function taxableGainOf(plan: Plan): Made {
  const { owners } = plan.situation.request;
  const unknown = gainUnknown(plan);
  const value = plan.taxableGain;
  if (unknown !== undefined) {
    return {
      unit: 'money',
      value,
      formula: 'gain',
      inputs: [given('gain', 'money', undefined, words(unknown))],
      unknown,
    };
  }
  const whys = owners.map(owner => explainOwnerGain(plan, owner));
  return {
    unit: 'money',
    value,
    formula: 'round(sum(owners), 2)',
    inputs: [
      {
        name: 'owners',
        unit: 'money',
        value: whys.map(why => why.value),
        parts: whys.map(why => ({ label: why.of, why })),
      },
    ],
    rules: [netRule],
  };
}

const netFormula =
  'max(sum(other) + sum(losses) + sum(discounted) * (1 - discount), (sum(other) + sum(discounted) + sum(losses)) * (1 - discount), 0)';

/** What one part of the ownership adds to taxable income, before it is rounded. */
function explainOwnerGain(plan: Plan, { part, discount }: OwnerShare): Explanation {
  const year = plan.situation.request.yearSoFar;
  const gains = (name: string, is: (each: SoldParcel) => boolean, before: Money | undefined): Input =>
    list(name, 'money', [
      ...soldParcels(plan)
        .filter(is)
        .map(each => ({ label: `${each.parcel.code} acquired ${each.parcel.acquiredOn}`, value: each.gain })),
      ...(before === undefined || isZero(before) ? [] : [{ label: 'of the year so far', value: before }]),
    ]);
  const all = gainsOf(soldParcels(plan));
  const isLoss = ({ gain }: SoldParcel): boolean => gain !== undefined && isNegative(gain);
  return {
    figure: 'ownerGain',
    of: `${plain(part.times('100'))}% of it`,
    unit: 'money',
    value: all && addedGain(all, { part, discount }, year),
    formula: `part * ${year === undefined ? netFormula : `(${netFormula} - before)`}`,
    inputs: [
      given('part', 'ratio', part, words('of the owners with this discount')),
      gains('other', each => !isLoss(each) && !each.hasDiscount, year?.other),
      gains('losses', isLoss, year && negate(year.losses)),
      gains('discounted', each => !isLoss(each) && each.hasDiscount, year?.discount),
      ...(year === undefined
        ? []
        : [given('before', 'money', netGain(year, discount), words('the same of the year so far, without the plan'))]),
      given(
        'discount',
        'ratio',
        discount,
        words('half for a person or trust, a third for a super fund, none for a company'),
      ),
    ],
    rules: [netRule],
  };
}
