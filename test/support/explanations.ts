/** Holds an answer with explanations to its word: every figure says why, and is made again from what it says. */
import { expect } from 'vitest';
import { decimal, plain } from '../../src/domain/decimal.ts';
import { evaluate, type Scalar, type Value } from '../../src/domain/explain/formula.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type Why = {
  readonly value: string | number | null;
  readonly formula: string;
  readonly unknown: string | null;
  readonly inputs: readonly {
    readonly name: string;
    readonly value: string | number | null | readonly (string | number | null)[];
    readonly why: Why | null;
    readonly parts: readonly { readonly why: Why | null }[] | null;
  }[];
};
export type Answer = { readonly data: Json; readonly explanations: readonly (Why & { readonly at: string })[] };

/** Fields that name or count what is listed (the days a figure is of), or repeat what was asked for. */
const isNamed =
  /\/(id|code|securities|name|portfolio|fy|financialYear|madeIn|sourceKey|parcelSourceKey|observations(\/\d+)*)$|\/lockedDifference\//;

/** The figures of an answer by their JSON pointers: exact decimals and numbers. */
function* figuresOf(value: Json, at = ''): Generator<[string, string | number]> {
  if (typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))) {
    if (!isNamed.test(at)) yield [at, value];
  } else if (value !== null && typeof value === 'object') {
    for (const [name, each] of Object.entries(value)) yield* figuresOf(each, `${at}/${name}`);
  }
}

const read = (value: string | number | null): Scalar | undefined =>
  value === null ? undefined : typeof value === 'number' ? value : decimal(value);
const readValue = (value: Why['inputs'][number]['value']): Value =>
  Array.isArray(value) ? value.map(read) : read(value as string | number | null);

/** The value that the formula gives over the inputs, as JSON writes it. */
function made({ formula, inputs }: Why): string | number | null {
  const value = evaluate(formula, new Map(inputs.map(input => [input.name, readValue(input.value)])));
  if (Array.isArray(value)) throw new Error(`${formula} is a list`);
  return value === undefined ? null : typeof value === 'number' ? value : plain(value as ReturnType<typeof decimal>);
}

function expectSame(found: string | number | null, expected: string | number | null, at: string): void {
  // A quotient of decimals is exact to twenty places; a float to what a different order of sums leaves.
  if (typeof found === 'number' || typeof expected === 'number') {
    const [a, b] = [Number(found), Number(expected)];
    expect(Math.abs(a - b), `${at}: ${a} and ${b}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(b)));
  } else expect(found, at).toBe(expected);
}

/** The explanation and all beneath it give their values. */
function checkWhy(why: Why, at: string): number {
  expectSame(made(why), why.value, `${at} = ${why.formula}`);
  expect(why.unknown === null, `${at} is unknown and says why`).toBe(why.value !== null);
  return why.inputs.reduce((checked, input) => {
    let within = checked;
    for (const [index, part] of (input.parts ?? []).entries()) {
      if (part.why === null) continue;
      expect([...(Array.isArray(input.value) ? input.value : [])][index], `${at}, ${input.name}`).toEqual(
        part.why.value,
      );
      within += checkWhy(part.why, `${at} > ${input.name} ${index}`);
    }
    if (input.why === null) return within;
    expect(input.value, `${at}, ${input.name}`).toEqual(input.why.value);
    return within + checkWhy(input.why, `${at} > ${input.name}`);
  }, 1);
}

/** Every figure of an answer, of which there are more than `least`. */
export function expectAllExplained({ data, explanations }: Answer, least: number): void {
  const byPointer = new Map(explanations.map(why => [why.at, why]));
  const figures = [...figuresOf(data)];
  expect(figures.length).toBeGreaterThan(least);
  expect(figures.filter(([at]) => !byPointer.has(at)).map(([at]) => at)).toEqual([]);
  let checked = 0;
  for (const [at, value] of figures) {
    const why = byPointer.get(at);
    if (why === undefined) continue;
    expectSame(why.value, value, at);
    checked += checkWhy(why, at);
  }
  expect(checked).toBeGreaterThanOrEqual(figures.length);
}

/** Every explanation of an answer, also those of figures that are unknown. */
export function expectEachExplained({ explanations }: Answer): void {
  for (const why of explanations) checkWhy(why, why.at);
}
