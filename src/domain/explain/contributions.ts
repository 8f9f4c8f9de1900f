/** Why what each holding contributed is what it is: values, entries, and the profit between them. */
import type { LocalDate } from '../date.ts';
import { toMoney } from '../returns/cents.ts';
import type { Contribution, PortfolioDays } from '../returns/portfolio-days.ts';
import type { Move } from '../returns/trail.ts';
import { type Explanation, type Input, inputOf, type Rule } from './explanation.ts';
import { list, type Made, words } from './made.ts';
import { positionsOn } from './performance.ts';

export const contributionFigures = ['startValue', 'endValue', 'price', 'income', 'costs', 'profit'] as const;
export type ContributionFigure = (typeof contributionFigures)[number];

const profitRule: Rule = {
  says: 'The profits of all holdings and of cash sum to the profit of the window; as percentages they would not sum to the time-weighted return.',
};

/** Why a figure of one holding's contribution is what it is. */
export function explainContribution(days: PortfolioDays, row: Contribution, figure: ContributionFigure): Explanation {
  const of = (each: ContributionFigure): Input => inputOf(explainContribution(days, row, each));
  const own = days.trail.moves.filter(each => each.identity === row.code);
  const last = days.days.at(-1)?.date ?? days.trail.baseline;
  const valued = (value: number, on: LocalDate): Made => ({
    unit: 'money',
    value: toMoney(value),
    formula: 'sum(holdings)',
    inputs: [positionsOn(days, on, each => each.identity === row.code)],
  });
  const made = ((): Made => {
    switch (figure) {
      case 'startValue':
        return valued(row.startValue, days.trail.baseline);
      case 'endValue':
        return valued(row.endValue, last);
      case 'income':
        return summed(row.income, own, each => each.income);
      case 'costs':
        return { ...summed(-row.costs, own, each => each.costs), formula: '-sum(entries)' };
      case 'profit':
        return {
          unit: 'money',
          value: toMoney(row.profit),
          formula: 'endValue - startValue + sum(takenOut) - sum(putIn)',
          inputs: [
            of('endValue'),
            of('startValue'),
            movesInput('takenOut', own, each => each.takenOut),
            movesInput('putIn', own, each => each.putIn),
          ],
          rules: [profitRule],
        };
      case 'price':
        return {
          unit: 'money',
          value: toMoney(row.price),
          formula: 'profit - income - costs',
          inputs: [of('profit'), of('income'), of('costs')],
          rules: [{ says: 'Price is the gain of what was sold and the change of what was kept, before brokerage.' }],
        };
    }
  })();
  return { figure, of: row.code ?? 'cash', rules: [], ...made };
}

const movesInput = (name: string, moves: readonly Move[], of: (move: Move) => number): Input =>
  list(
    name,
    'money',
    moves
      .filter(each => of(each) !== 0)
      .map(each => ({
        label: each.on,
        value: toMoney(of(each)),
        source: each.entry === undefined ? words(each.words ?? '') : { kind: 'entry', entry: each.entry },
      })),
  );

const summed = (value: number, moves: readonly Move[], of: (move: Move) => number): Made => ({
  unit: 'money',
  value: toMoney(value),
  formula: 'sum(entries)',
  inputs: [movesInput('entries', moves, of)],
});
