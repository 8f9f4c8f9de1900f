/** Why the figures of a holding and of a portfolio's totals are what they are. */
import { isZero, type Money } from '../decimal.ts';
import type { Holding, HoldingTotals } from '../ledger/holding.ts';
import { type Explanation, type Input, inputOf, type Rule } from './explanation.ts';
import { given, type Made } from './made.ts';

export const holdingFigures = [
  'units',
  'averageCost',
  'costBase',
  'price',
  'value',
  'gain',
  'gainPct',
  'dayChange',
  'dayChangePct',
  'weightPct',
] as const;
export type HoldingFigure = (typeof holdingFigures)[number];

export const totalFigures = [
  'value',
  'costBase',
  'gain',
  'gainPct',
  'dayChange',
  'dayChangePct',
  'cash',
  'moved',
  'priced',
  'unpriced',
  'unknownCost',
  'stale',
] as const;
export type TotalFigure = (typeof totalFigures)[number];

/** What the explanations of one portfolio are worked out from. */
export type ExplainedHoldings = {
  readonly name: string;
  readonly holdings: readonly Holding[];
  readonly totals: HoldingTotals;
};

const valueRule: Rule = {
  says: 'A holding is worth its units times the as-traded price, in cents; the adjusted series is never used to value it.',
};
export const costRule: Rule = {
  says: 'Brokerage, GST inside, belongs to the cost base; the contract note wins over units x price.',
  source: 'ITAA 1997 s 110-25; s 110-35',
};
const totalsRule: Rule = { says: 'A total adds the holdings that have the figure, and says how many those are.' };

const unpriced = 'there is no price';
const uncosted = 'a parcel has no known cost';

const priceInput = (row: Holding): Input => {
  const { price } = row;
  if (price === undefined) return given('price', 'price', undefined, { kind: 'given', words: 'never priced' });
  return given('price', 'price', price.price, {
    kind: 'price',
    code: row.code,
    on: price.on,
    from: price.source,
    tradedAt: price.stamp.kind === 'quote' ? price.stamp.tradedAt : undefined,
    reason: price.reason,
  });
};

const previousInput = (row: Holding): Input =>
  given('previousClose', 'price', row.price?.previousClose, {
    kind: 'given',
    words: row.price?.previousClose === undefined ? 'unknown' : `the close of the session before ${row.price.on}`,
  });

const parcelInputs = (row: Holding, unit: 'units' | 'money'): Input => ({
  name: 'parcels',
  unit,
  value: row.parcels.map(parcel => (unit === 'units' ? parcel.units : parcel.cost)),
  parts: row.parcels.map(parcel => ({
    label: `acquired ${parcel.acquiredOn}`,
    source: { kind: 'entry', entry: parcel.id },
  })),
});

const priceUnknown = (row: Holding): string | undefined => (row.price === undefined ? unpriced : undefined);
const changeUnknown = (row: Holding): string | undefined =>
  priceUnknown(row) ??
  (row.price?.previousClose === undefined
    ? 'the price is not of the latest session, or no close before it is known'
    : undefined);

/** Why a figure of a holding is what it is, where the figure is not one of the whole portfolio. */
export const explainHeld = (row: Holding, figure: Exclude<HoldingFigure, 'weightPct'>): Explanation =>
  explainHolding(row, figure, { name: row.code, holdings: [row], totals: noTotals });

const noTotals: HoldingTotals = {
  value: undefined,
  costBase: undefined,
  gain: undefined,
  gainPct: undefined,
  dayChange: undefined,
  dayChangePct: undefined,
  moved: 0,
  cash: undefined,
  priced: 0,
  unpriced: 0,
  unknownCost: 0,
  stale: 0,
};

/** Why a figure of one holding is what it is. */
export function explainHolding(row: Holding, figure: HoldingFigure, all: ExplainedHoldings): Explanation {
  const of = (name: HoldingFigure): Input => inputOf(explainHolding(row, name, all));
  const made = ((): Made => {
    switch (figure) {
      case 'units':
        return { unit: 'units', value: row.units, formula: 'sum(parcels)', inputs: [parcelInputs(row, 'units')] };
      case 'costBase':
        return {
          unit: 'money',
          value: row.costBase,
          formula: 'sum(parcels)',
          inputs: [parcelInputs(row, 'money')],
          rules: [costRule],
          unknown: row.costBase === undefined ? uncosted : undefined,
        };
      case 'averageCost':
        return {
          unit: 'price',
          value: row.averageCost,
          formula: 'costBase / units',
          inputs: [of('costBase'), of('units')],
          unknown: row.averageCost === undefined ? uncosted : undefined,
        };
      case 'price':
        return {
          unit: 'price',
          value: row.price?.price,
          formula: 'price',
          inputs: [priceInput(row)],
          unknown: priceUnknown(row),
        };
      case 'value':
        return {
          unit: 'money',
          value: row.value,
          formula: 'round(units * price, 2)',
          inputs: [of('units'), priceInput(row)],
          rules: [valueRule],
          unknown: priceUnknown(row),
        };
      case 'gain':
        return {
          unit: 'money',
          value: row.gain,
          formula: 'value - costBase',
          inputs: [of('value'), of('costBase')],
          unknown: row.gain === undefined ? (priceUnknown(row) ?? uncosted) : undefined,
        };
      case 'gainPct':
        return {
          unit: 'pct',
          value: row.gainPct,
          formula: 'percent(gain, costBase)',
          inputs: [of('gain'), of('costBase')],
          unknown: row.gainPct === undefined ? undefinedGain(row) : undefined,
        };
      case 'dayChange':
        return {
          unit: 'money',
          value: row.dayChange,
          formula: 'value - round(units * previousClose, 2)',
          inputs: [of('value'), of('units'), previousInput(row)],
          unknown: changeUnknown(row),
        };
      case 'dayChangePct':
        return {
          unit: 'pct',
          value: row.dayChangePct,
          formula: 'percent(dayChange, value - dayChange)',
          inputs: [of('dayChange'), of('value')],
          unknown: row.dayChangePct === undefined ? (changeUnknown(row) ?? 'it was worth nothing before') : undefined,
        };
      case 'weightPct':
        return {
          unit: 'pct',
          value: row.weightPct,
          formula: all.totals.cash === undefined ? 'percent(value, total)' : 'percent(value, total + cash)',
          inputs: [
            of('value'),
            inputOf(explainTotal(all, 'value'), 'total'),
            ...(all.totals.cash === undefined ? [] : [cashInput(all)]),
          ],
          rules: [{ says: 'Weights are of priced securities plus the cash account.' }],
          unknown: priceUnknown(row),
        };
    }
  })();
  return { figure, of: row.code, rules: [], ...made };
}

const undefinedGain = (row: Holding): string =>
  row.costBase !== undefined && isZero(row.costBase) ? 'the cost base is nothing' : (priceUnknown(row) ?? uncosted);

const cashInput = (all: ExplainedHoldings): Input =>
  given('cash', 'money', all.totals.cash, { kind: 'given', words: 'the balance of the cash account by its entries' });

/** The holdings that have a figure, as a list. */
function column(all: ExplainedHoldings, name: string, of: (row: Holding) => Money | undefined): Input {
  const present = all.holdings.filter(row => of(row) !== undefined);
  return {
    name,
    unit: 'money',
    value: present.map(of),
    label: `${present.length} of ${all.holdings.length} holdings`,
    parts: present.map(row => ({ label: row.code })),
  };
}

/** Counts are sums of ones: what is counted is listed. */
function counted(all: ExplainedHoldings, value: number, is: (row: Holding) => boolean): Made {
  const present = all.holdings.filter(is);
  return {
    unit: 'count',
    value,
    formula: 'count(holdings)',
    inputs: [
      {
        name: 'holdings',
        unit: 'count',
        value: present.map(() => 1),
        parts: present.map(row => ({ label: row.code })),
      },
    ],
  };
}

/** Why a figure of the totals is what it is. */
export function explainTotal(all: ExplainedHoldings, figure: TotalFigure): Explanation {
  const { totals } = all;
  const made = ((): Made => {
    switch (figure) {
      case 'value':
      case 'costBase':
      case 'dayChange':
      case 'gain':
        return {
          unit: 'money',
          value: totals[figure],
          formula: 'sum(holdings)',
          inputs: [column(all, 'holdings', row => row[figure])],
          rules: [totalsRule],
          unknown: totals[figure] === undefined ? 'no holding has it' : undefined,
        };
      case 'gainPct':
        return {
          unit: 'pct',
          value: totals.gainPct,
          formula: 'percent(gain, sum(costBases))',
          inputs: [
            inputOf(explainTotal(all, 'gain')),
            column(all, 'costBases', row => (row.gain === undefined ? undefined : row.costBase)),
          ],
          rules: [totalsRule],
          unknown: totals.gainPct === undefined ? 'no holding has both a value and a cost base' : undefined,
        };
      case 'dayChangePct':
        return {
          unit: 'pct',
          value: totals.dayChangePct,
          formula: 'percent(dayChange, sum(values) - dayChange)',
          inputs: [
            inputOf(explainTotal(all, 'dayChange')),
            column(all, 'values', row => (row.dayChange === undefined ? undefined : row.value)),
          ],
          rules: [totalsRule],
          unknown:
            totals.dayChangePct === undefined
              ? 'no holding has a price of the latest session and one before it'
              : undefined,
        };
      case 'cash':
        return {
          unit: 'money',
          value: totals.cash,
          formula: 'cash',
          inputs: [cashInput(all)],
          unknown: totals.cash === undefined ? 'the portfolio runs without a cash account' : undefined,
        };
      case 'moved':
        return counted(all, totals.moved, row => row.dayChange !== undefined);
      case 'priced':
        return counted(all, totals.priced, row => row.value !== undefined);
      case 'unpriced':
        return counted(all, totals.unpriced, row => row.value === undefined);
      case 'unknownCost':
        return counted(all, totals.unknownCost, row => row.costBase === undefined);
      case 'stale':
        return counted(all, totals.stale, row => row.price?.stale === true);
    }
  })();
  return { figure, of: all.name, rules: [], ...made };
}
