/** Why the figures of what a rebalancing would sell of each parcel are what they are, and what waiting would save. */
import { type Decimal, noMoney, subtract } from '../decimal.ts';
import type { Plan, PlannedTrade, SoldParcel } from '../rebalance/plan.ts';
import { taxWeights } from '../rebalance/plan.ts';
import { newRulesFrom, type Wait } from '../rebalance/waiting.ts';
import type { Explanation, Input } from './explanation.ts';
import { inputOf } from './explanation.ts';
import { given, list, type Made, words } from './made.ts';
import { programRule } from './rebalance.ts';
import { explainPlan, rateInput, soldParcels } from './rebalance-plan.ts';

export const soldParcelFigures = ['units', 'costBase', 'proceeds', 'gain', 'tax'] as const;
export type SoldParcelFigure = (typeof soldParcelFigures)[number];

const labelOf = ({ parcel }: SoldParcel): string => `${parcel.code} acquired ${parcel.acquiredOn}`;

/** Why a figure of a parcel that a trade of the plan sells is what it is. */
export function explainSoldParcel(
  plan: Plan,
  trade: PlannedTrade,
  sold: SoldParcel,
  figure: SoldParcelFigure,
  name: string,
): Explanation {
  const { parcel } = sold;
  const entry = { kind: 'entry', entry: parcel.id } as const;
  const of = (other: SoldParcelFigure): Input => inputOf(explainSoldParcel(plan, trade, sold, other, name));
  const noCost = sold.cost === undefined ? 'the cost of the parcel is unknown' : undefined;
  const made = ((): Made => {
    switch (figure) {
      case 'units':
        return {
          unit: 'units',
          value: sold.units,
          formula: 'chosen',
          inputs: [given('chosen', 'units', sold.units, entry)],
          rules: [programRule, { says: 'Of parcels that are taxed alike the oldest is sold first.' }],
        };
      case 'costBase':
        return {
          unit: 'money',
          value: sold.cost,
          formula: 'allocated(cost, units, 1)',
          inputs: [
            given('cost', 'money', parcel.cost, entry, 'of the whole parcel'),
            list('units', 'units', [
              { label: 'sold', value: sold.units },
              { label: 'kept', value: subtract(parcel.units, sold.units) },
            ]),
          ],
          rules: [{ says: 'A part of a parcel has its part of the cost base, to the cent.' }],
          unknown: noCost,
        };
      case 'proceeds':
        return {
          unit: 'money',
          value: sold.proceeds,
          formula: `allocated(value - brokerage, units, ${trade.parcels.indexOf(sold) + 1})`,
          inputs: [
            given('value', 'money', trade.value, words('what the sale brings at the price shown')),
            given('brokerage', 'money', trade.brokerage, words('of the sale')),
            list(
              'units',
              'units',
              trade.parcels.map(each => ({ label: labelOf(each), value: each.units })),
            ),
          ],
          rules: [{ says: 'Proceeds are net of brokerage.', source: 'ITAA 1997 s 110-35' }],
        };
      case 'gain':
        return {
          unit: 'money',
          value: sold.gain,
          formula: 'proceeds - costBase',
          inputs: [of('proceeds'), of('costBase')],
          unknown: noCost,
        };
      case 'tax':
        return taxOf(plan, sold, name);
    }
  })();
  return { figure, of: parcel.code, rules: [], ...made };
}

function taxOf(plan: Plan, sold: SoldParcel, name: string): Made {
  const all = soldParcels(plan);
  const tax = explainPlan(plan, 'tax', name);
  const weights = taxWeights(all, plan.tax ?? noMoney, plan.situation.request.owners);
  return {
    unit: 'money',
    value: sold.tax,
    formula: `allocated(tax, alone, ${all.indexOf(sold) + 1})`,
    inputs: [
      inputOf(tax),
      list(
        'alone',
        'money',
        all.map((each, index) => ({ label: labelOf(each), value: weights[index] })),
        'what each would add to taxable income alone; its loss, where losses take tax off the year',
      ),
    ],
    rules: [
      { says: "The plan's tax is divided by what each parcel would be taxed on alone; a loss bears none of it." },
    ],
    unknown: sold.tax === undefined ? (tax.unknown ?? 'tax was not counted') : undefined,
  };
}

export const waitFigures = ['days', 'gainSaved', 'taxSaved'] as const;
export type WaitFigure = (typeof waitFigures)[number];

/** Why waiting for the discount on a parcel would save what it would. */
export function explainWait(plan: Plan, wait: Wait, figure: WaitFigure, code: string): Explanation {
  const { request } = plan.situation;
  const sold = soldParcels(plan).find(each => each.parcel.id === wait.parcel);
  const isSplit = wait.deferredOnly && request.today >= newRulesFrom;
  const made = ((): Made => {
    switch (figure) {
      case 'days':
        return {
          unit: 'count',
          value: wait.days,
          formula: 'days',
          inputs: [given('days', 'count', wait.days, words(`from ${request.today} to ${wait.from}`))],
          rules: [{ says: 'The discount needs twelve months, neither end counted.', source: 'ITAA 1997 s 115-25' }],
        };
      case 'gainSaved':
        return {
          unit: 'money',
          value: wait.gainSaved,
          formula: `round(${isSplit ? 'min(gain, deferred)' : 'gain'} * sum(parts * discounts), 2)`,
          inputs: [
            given('gain', 'money', sold?.gain, words('of what would be sold of the parcel today')),
            ...(isSplit
              ? [given('deferred', 'money', sold?.deferred, words('of it up to the market value of 30 June 2027'))]
              : []),
            ownersList('parts', plan, owner => owner.part),
            ownersList('discounts', plan, owner => owner.discount),
          ],
        };
      case 'taxSaved':
        return {
          unit: 'money',
          value: wait.taxSaved,
          formula: 'round(gainSaved * rate / 100, 2)',
          inputs: [inputOf(explainWait(plan, wait, 'gainSaved', code)), rateInput(plan)],
          unknown: wait.taxSaved === undefined ? 'no marginal rate was counted' : undefined,
        };
    }
  })();
  return { figure, of: code, rules: [], ...made };
}

type Owner = Plan['situation']['request']['owners'][number];

const ownersList = (name: string, { situation }: Plan, of: (owner: Owner) => Decimal): Input =>
  list(
    name,
    'ratio',
    situation.request.owners.map(owner => ({ label: 'owners with the same discount', value: of(owner) })),
  );
