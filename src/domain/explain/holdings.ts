/** Why the figures of a holding and of a portfolio's totals are what they are. */
import { isZero, type Money, noMoney } from '../decimal.ts';
import { type Holding, type HoldingTotals, valueHoldings } from '../ledger/holding.ts';
import { nothingReturned, type Returned } from '../ledger/returned.ts';
import { type Explanation, type Input, inputOf, type Rule } from './explanation.ts';
import { counted, given, type Made, missing } from './made.ts';
import { explainParcelSum, type ParcelBooks } from './parcel.ts';
import { priceInput } from './price.ts';

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
  'realisedGain',
  'income',
  'totalReturn',
  'totalReturnPct',
] as const;
export type HoldingFigure = (typeof holdingFigures)[number];

export const totalFigures = [
  'value',
  'costBase',
  'gain',
  'gainPct',
  'dayChange',
  'dayChangePct',
  'realisedGain',
  'income',
  'totalReturn',
  'totalReturnPct',
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
  readonly books: ParcelBooks;
};

const valueRule: Rule = {
  says: 'A holding is worth its units times the as-traded price, in cents; the adjusted series is never used to value it.',
};
const totalsRule: Rule = { says: 'A total adds the holdings that have the figure, and says how many those are.' };

const unpriced = 'there is no price';
const uncosted = 'a parcel has no known cost';

const previousInput = (row: Holding): Input =>
  given('previousClose', 'price', row.price?.previousClose, {
    kind: 'given',
    words: row.price?.previousClose === undefined ? 'unknown' : `the close of the session before ${row.price.on}`,
  });

const parcelInputs = (row: Holding, figure: 'units' | 'costBase', { books }: ExplainedHoldings): Input => ({
  name: 'parcels',
  unit: figure === 'units' ? 'units' : 'money',
  value: row.parcels.map(parcel => (figure === 'units' ? parcel.units : parcel.cost)),
  parts: row.parcels.map(parcel => ({
    label: `acquired ${parcel.acquiredOn}`,
    source: { kind: 'entry', entry: parcel.id },
    why: explainParcelSum(parcel, figure, books),
  })),
});

const priceUnknown = (row: Holding): string | undefined => (row.price === undefined ? unpriced : undefined);
const changeUnknown = (row: Holding): string | undefined =>
  priceUnknown(row) ??
  (row.price?.previousClose === undefined
    ? 'the price is not of the latest session, or no close before it is known'
    : undefined);

/** Why a figure of a holding is what it is, where the figure is not one of the whole portfolio. */
export const explainHeld = (
  row: Holding,
  figure: Exclude<HoldingFigure, 'weightPct'>,
  books: ParcelBooks,
): Explanation => {
  const { totals } = valueHoldings([], { prices: new Map(), names: new Map(), cash: undefined });
  return explainHolding(row, figure, { name: row.code, holdings: [row], totals, books });
};

/** Why a figure of one holding is what it is. */
export function explainHolding(row: Holding, figure: HoldingFigure, all: ExplainedHoldings): Explanation {
  const of = (name: HoldingFigure): Input => inputOf(explainHolding(row, name, all));
  const made = ((): Made => {
    switch (figure) {
      case 'units':
        return { unit: 'units', value: row.units, formula: 'sum(parcels)', inputs: [parcelInputs(row, 'units', all)] };
      case 'costBase':
        return {
          unit: 'money',
          value: row.costBase,
          formula: 'sum(parcels)',
          inputs: [parcelInputs(row, 'costBase', all)],
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
          inputs: [priceInput(row.code, row.price)],
          unknown: priceUnknown(row),
        };
      case 'value':
        return {
          unit: 'money',
          value: row.value,
          formula: 'round(units * price, 2)',
          inputs: [of('units'), priceInput(row.code, row.price)],
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
      case 'realisedGain':
      case 'income':
      case 'totalReturn':
      case 'totalReturnPct':
        return explainReturn(
          row,
          figure,
          () => of('gain'),
          () => of('costBase'),
        );
    }
  })();
  return { figure, of: row.code, rules: [], ...made };
}

type ReturnFigure = 'realisedGain' | 'income' | 'totalReturn' | 'totalReturnPct';

const returnRules: Readonly<Record<ReturnFigure, Rule>> = {
  realisedGain: { says: 'Proceeds net of brokerage less the cost base of what was sold, parcel by parcel.' },
  income: { says: 'Dividends and distributions received or reinvested, before tax withheld.' },
  totalReturn: { says: 'The gain of what is held, the gains of what was sold, and income, since the first entry.' },
  totalReturnPct: { says: 'In percent of all that was paid: the cost base of what is held and of what was sold.' },
};

/** The figures of total return, of a holding or of all of them. */
function explainReturn(
  row: Pick<Holding, ReturnFigure | 'returned'>,
  figure: ReturnFigure,
  gain: () => Input,
  costBase: () => Input,
): Made {
  const { returned = nothingReturned } = row;
  const parts = (name: string, list: Returned['gains']): Input => ({
    name,
    unit: 'money',
    value: list.map(part => part.amount),
    parts: list.map(part => ({ label: 'entry', source: { kind: 'entry', entry: part.entry } })),
  });
  const rules = [returnRules[figure]];
  const value = row[figure];
  const unknown = value === undefined ? returnUnknown(row, figure) : undefined;
  switch (figure) {
    case 'realisedGain':
      return { unit: 'money', value, formula: 'sum(gains)', inputs: [parts('gains', returned.gains)], rules, unknown };
    case 'income':
      return {
        unit: 'money',
        value,
        formula: 'sum(income)',
        inputs: [parts('income', returned.income)],
        rules,
        unknown,
      };
    case 'totalReturn':
      return {
        unit: 'money',
        value,
        formula: 'gain + sum(gains) + sum(income)',
        inputs: [gain(), parts('gains', returned.gains), parts('income', returned.income)],
        rules,
        unknown,
      };
    case 'totalReturnPct': {
      const paid = costBase();
      const formula = `percent(totalReturn, ${Array.isArray(paid.value) ? 'sum(costBase)' : 'costBase'} + sum(sold))`;
      const total = given('totalReturn', 'money', row.totalReturn, {
        kind: 'given',
        words: 'gain, realised gain and income',
      });
      return { unit: 'pct', value, formula, inputs: [total, paid, parts('sold', returned.costs)], rules, unknown };
    }
  }
}

const returnUnknown = ({ totalReturn }: Pick<Holding, ReturnFigure>, figure: ReturnFigure): string =>
  figure === 'totalReturnPct' && totalReturn !== undefined
    ? 'nothing was paid'
    : figure === 'realisedGain'
      ? 'what was sold has no known cost'
      : 'the gain of what is held or of what was sold is unknown';

const undefinedGain = (row: Holding): string =>
  row.costBase !== undefined && isZero(row.costBase) ? 'the cost base is nothing' : (priceUnknown(row) ?? uncosted);

const cashInput = (all: Omit<ExplainedHoldings, 'books'>): Input =>
  given('cash', 'money', all.totals.cash, { kind: 'given', words: 'the balance of the cash account by its entries' });

/** The holdings that have a figure, as a list. */
function column(all: Omit<ExplainedHoldings, 'books'>, name: string, of: (row: Holding) => Money | undefined): Input {
  const present = all.holdings.filter(row => of(row) !== undefined);
  // The sum of none would be zero, and it is unknown.
  if (present.length === 0) return missing(name, 'money', 'no holding has it');
  return {
    name,
    unit: 'money',
    value: present.map(of),
    label: `${present.length} of ${all.holdings.length} holdings`,
    parts: present.map(row => ({ label: row.code })),
  };
}

/** How many of the holdings it is so of. */
const countedHoldings = (all: Omit<ExplainedHoldings, 'books'>, value: number, is: (row: Holding) => boolean): Made =>
  counted(
    'holdings',
    value,
    all.holdings.filter(is).map(row => row.code),
  );

/** Why a figure of the totals is what it is. */
export function explainTotal(all: Omit<ExplainedHoldings, 'books'>, figure: TotalFigure): Explanation {
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
      case 'realisedGain':
      case 'income':
      case 'totalReturn':
      case 'totalReturnPct':
        return explainReturn(
          totals,
          figure,
          () =>
            all.holdings.length === 0
              ? given('gain', 'money', noMoney, { kind: 'given', words: 'nothing is held' })
              : inputOf(explainTotal(all, 'gain')),
          () => ({
            ...column(all, 'costBases', row => (row.gain === undefined ? undefined : row.costBase)),
            name: 'costBase',
          }),
        );
      case 'cash':
        return {
          unit: 'money',
          value: totals.cash,
          formula: 'cash',
          inputs: [cashInput(all)],
          unknown: totals.cash === undefined ? 'the portfolio runs without a cash account' : undefined,
        };
      case 'moved':
        return countedHoldings(all, totals.moved, row => row.dayChange !== undefined);
      case 'priced':
        return countedHoldings(all, totals.priced, row => row.value !== undefined);
      case 'unpriced':
        return countedHoldings(all, totals.unpriced, row => row.value === undefined);
      case 'unknownCost':
        return countedHoldings(all, totals.unknownCost, row => row.costBase === undefined);
      case 'stale':
        return countedHoldings(all, totals.stale, row => row.price?.stale === true);
    }
  })();
  return { figure, of: all.name, rules: [], ...made };
}
