/** Why the yields of a holding and of all of them are what they are. */
import type { HeldValue, HoldingIncome, Received, Yields } from '../income/received.ts';
import { type Explanation, inputOf } from './explanation.ts';
import { explainHeld } from './holdings.ts';
import { explained, fact, given, list, words } from './made.ts';
import type { ParcelBooks } from './parcel.ts';
import { explainYield, type YieldFigure } from './received-income.ts';

export const heldFigures = ['units', 'value', 'costBase'] as const;

/** What is held of a security that paid income. */
export const explainHeldIncome = (
  { code, held }: HoldingIncome,
  figure: (typeof heldFigures)[number],
  books: ParcelBooks,
): Explanation =>
  held === undefined
    ? fact(figure, code, {
        unit: figure === 'units' ? 'units' : 'money',
        value: undefined,
        source: words('none'),
        unknown: 'it is held no longer',
      })
    : explainHeld(held.holding, figure, books);

export function explainHoldingYield(row: HoldingIncome, figure: YieldFigure, books: ParcelBooks): Explanation {
  const held = {
    value: inputOf(explainHeldIncome(row, 'value', books)),
    costBase: inputOf(explainHeldIncome(row, 'costBase', books)),
  };
  return explainYield(row.code, { ...row, held }, figure);
}

/** The holdings that the yields of the whole are of: those with both a price and a cost. */
export const wholeHoldings = (holdings: readonly HoldingIncome[]): HoldingIncome[] =>
  holdings.filter(row => row.held?.value !== undefined && row.held.costBase !== undefined);

export type WholeYields = {
  readonly portfolio: string;
  readonly holdings: readonly HoldingIncome[];
  readonly yields: Yields;
  /** Of which holdings together, and their income. */
  readonly yieldOf: HeldValue & { readonly income: Received };
};

export function explainWholeYield(whole: WholeYields, figure: YieldFigure): Explanation {
  const { portfolio, yields, yieldOf } = whole;
  const rows = wholeHoldings(whole.holdings);
  const unknown = 'no holding has both a price and a cost';
  const of = (name: 'value' | 'costBase'): Explanation =>
    explained(name, portfolio, {
      unit: 'money',
      value: yieldOf[name],
      formula: rows.length === 0 ? 'holdings' : 'sum(holdings)',
      inputs: [
        rows.length === 0
          ? given('holdings', 'money', undefined, words(unknown))
          : list(
              'holdings',
              'money',
              rows.map(row => ({ value: row.held?.[name], label: row.code })),
            ),
      ],
      unknown,
    });
  const held = { value: inputOf(of('value')), costBase: inputOf(of('costBase')) };
  return explainYield(portfolio, { yields, lastTwelveMonths: yieldOf.income, held }, figure);
}
