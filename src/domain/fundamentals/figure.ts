/**
 * A figure made of statements, with all that it is made of.
 *
 * Ratios of statements are statistics, so they are floats. A figure is a fact (an amount of a statement, a price, a
 * number of shares) or is worked out by a formula over other figures. What cannot be known has no value and says why in
 * words, and so does all that rests on it: never NaN, never a nought in its place. The tree is what `why` prints.
 */
import type { Statement } from './statement.ts';

export type FigureUnit = 'money' | 'price' | 'units' | 'ratio' | 'count';

export type Figure = {
  /** As a formula calls it: letters and digits. */
  readonly name: string;
  readonly unit: FigureUnit;
  readonly value: number | undefined;
  /** Why there is no value; absent where there is one. */
  readonly unknown?: string | undefined;
  /** Over the names of the inputs; a fact's is its own name. */
  readonly formula: string;
  readonly inputs: readonly Figure[];
  /** Where a fact is from: the field of a statement, or words. */
  readonly from?: { readonly statement: Statement; readonly field: string } | string | undefined;
};

type Unknown = { readonly unknown: string };
/** What a formula makes, or why it makes nothing. */
export type Outcome = number | Unknown;

export const because = (unknown: string): Unknown => ({ unknown });

const outcome = (made: Outcome): Pick<Figure, 'value' | 'unknown'> => {
  if (typeof made !== 'number') return { value: undefined, unknown: made.unknown };
  return Number.isFinite(made) ? { value: made } : { value: undefined, unknown: 'it is no number' };
};

/** A fact in words of its own. */
export const told = (name: string, unit: FigureUnit, value: Outcome, from: string): Figure => ({
  name,
  unit,
  ...outcome(value),
  formula: name,
  inputs: [],
  from,
});

export const nothing = (name: string, unit: FigureUnit, why: string): Figure => told(name, unit, because(why), why);

/** A figure by a formula; where an input is unknown it is unknown for the same reason. */
export function worked(
  name: string,
  unit: FigureUnit,
  formula: string,
  inputs: readonly Figure[],
  work: (...values: number[]) => Outcome,
): Figure {
  const missing = inputs.find(input => input.value === undefined);
  const made = missing ? because(missing.unknown ?? 'it is not known') : work(...inputs.map(input => input.value ?? 0));
  return { name, unit, ...outcome(made), formula, inputs };
}

/** The same figure under another name. */
export const named = (figure: Figure, name: string): Figure =>
  figure.inputs.length === 0 ? { ...figure, name, formula: name } : { ...figure, name };
