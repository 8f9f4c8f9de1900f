/** What explanations are put together from: a formula over facts, lists and other figures. */
import type { Explanation, FigureUnit, Input, Rule, Source } from './explanation.ts';
import type { Scalar } from './formula.ts';

export type Made = {
  readonly unit: FigureUnit;
  readonly value: Scalar | undefined;
  readonly formula: string;
  readonly inputs: readonly Input[];
  readonly rules?: readonly Rule[];
  /** Why the value is unknown; it counts only where it is. */
  readonly unknown?: string | undefined;
};

export const explained = (figure: string, of: string, made: Made): Explanation => ({
  figure,
  of,
  rules: [],
  ...made,
  unknown: made.value === undefined ? (made.unknown ?? 'it is not known') : undefined,
});

export const words = (text: string): Source => ({ kind: 'given', words: text });
export const byEntry = (entry: string): Source => ({ kind: 'entry', entry });

export const given = (
  name: string,
  unit: FigureUnit,
  value: Scalar | undefined,
  source: Source,
  label?: string,
): Input => ({
  name,
  unit,
  value,
  source,
  ...(label === undefined ? {} : { label }),
});

export type Element = {
  readonly value: Scalar | undefined;
  readonly label: string;
  readonly source?: Source | undefined;
};

export const list = (name: string, unit: FigureUnit, elements: readonly Element[], label?: string): Input => ({
  name,
  unit,
  value: elements.map(each => each.value),
  parts: elements.map(({ label: what, source }) => ({ label: what, source })),
  ...(label === undefined ? {} : { label }),
});

/** A figure that is a fact: its explanation is where it comes from. */
export const fact = (
  figure: string,
  of: string,
  made: Pick<Made, 'unit' | 'value' | 'rules' | 'unknown'> & { readonly source: Source },
): Explanation => {
  const { source, ...rest } = made;
  return explained(figure, of, { ...rest, formula: figure, inputs: [given(figure, made.unit, made.value, source)] });
};
