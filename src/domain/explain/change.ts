/** Why the figures of two states of a portfolio side by side are what they are: each of its state, the change their difference. */
import { noMoney, noUnits } from '../decimal.ts';
import type { HoldingChange, totalsChange } from '../ledger/holdings-change.ts';
import { type Explanation, inputOf } from './explanation.ts';
import { type ExplainedHoldings, explainHolding, explainTotal } from './holdings.ts';
import { explained, fact, given, type Made, words } from './made.ts';

export const changeFigures = ['units', 'value', 'gain'] as const;
export type ChangeFigure = (typeof changeFigures)[number];
export type State = 'before' | 'now';

/** Both states, then and now. */
export type ExplainedStates = Readonly<Record<State, ExplainedHoldings>>;

const none = { units: noUnits, value: noMoney, gain: noMoney } as const;
const unitOf = { units: 'units', value: 'money', gain: 'money' } as const;

/** A figure of a security in one of the states. */
export function explainState(
  states: ExplainedStates,
  { code }: HoldingChange,
  state: State,
  figure: ChangeFigure,
): Explanation {
  const row = states[state].holdings.find(each => each.code === code);
  if (row !== undefined) return explainHolding(row, figure, states[state]);
  const when = state === 'now' ? 'is' : 'was';
  return fact(figure, code, { unit: unitOf[figure], value: none[figure], source: words(`none ${when} held`) });
}

const difference = (why: Readonly<Record<State, Explanation>>, value: Made['value']): Made => ({
  unit: why.now.unit,
  value,
  formula: 'now - before',
  inputs: [inputOf(why.now, 'now'), inputOf(why.before, 'before')],
  unknown: 'it is unknown in one of the two states',
});

/** What a security's figure changed by. */
export const explainChange = (states: ExplainedStates, row: HoldingChange, figure: ChangeFigure): Explanation =>
  explained(
    figure,
    row.code,
    difference(
      { before: explainState(states, row, 'before', figure), now: explainState(states, row, 'now', figure) },
      row.change[figure],
    ),
  );

export const totalChangeFigures = ['value', 'gain'] as const;

/** What a total changed by; where nothing has the figure it counts as nothing. */
export function explainTotalChange(
  states: ExplainedStates,
  change: ReturnType<typeof totalsChange>,
  figure: (typeof totalChangeFigures)[number],
): Explanation {
  const why = {
    before: explainTotal(states.before, figure),
    now: explainTotal(states.now, figure),
  };
  const inputs = (['now', 'before'] as const).map(state =>
    why[state].value === undefined
      ? given(state, 'money', noMoney, words('nothing held has the figure'))
      : inputOf(why[state], state),
  );
  return explained(figure, states.now.name, { ...difference(why, change[figure]), inputs });
}
