/** The parts that explanations are put together from. */
import type { FigureUnit, Input, Rule, Source } from './explanation.ts';
import type { Scalar } from './formula.ts';

/** How a figure is made; with whose figure it is, an explanation. */
export type Made = {
  readonly unit: FigureUnit;
  readonly value: Scalar | undefined;
  readonly formula: string;
  readonly inputs: readonly Input[];
  readonly rules?: readonly Rule[];
  readonly unknown?: string | undefined;
};

export const given = (
  name: string,
  unit: FigureUnit,
  value: Scalar | undefined,
  source: Source,
  label?: string,
): Input => ({ name, unit, value, source, ...(label === undefined ? {} : { label }) });

/** Where nothing but words say what an input is. */
export const words = (text: string): Source => ({ kind: 'given', words: text });

/** An input that is not there, so that the figure made of it is unknown. */
export const missing = (name: string, unit: FigureUnit, why: string): Input => given(name, unit, undefined, words(why));

/** An input that is a list; elements each with its label and source. */
export const listed = (
  name: string,
  unit: FigureUnit,
  elements: readonly { readonly label: string; readonly value: Scalar | undefined; readonly source?: Source }[],
  label?: string,
): Input => ({
  name,
  unit,
  value: elements.map(each => each.value),
  ...(label === undefined ? {} : { label }),
  parts: elements.map(each => ({ label: each.label, source: each.source })),
});

/** A list so long that its elements have no names. */
export const series = (name: string, unit: FigureUnit, values: readonly number[], label: string): Input => ({
  name,
  unit,
  value: values,
  label,
});

/** A count is a sum of ones: what is counted is listed. */
export const counted = (name: string, value: number, labels: readonly string[]): Made => ({
  unit: 'count',
  value,
  formula: `count(${name})`,
  inputs: [{ name, unit: 'count', value: labels.map(() => 1), parts: labels.map(label => ({ label })) }],
});
