/**
 * Why a figure is what it is: its formula, the inputs of the formula, where each comes from, and the rules it follows.
 *
 * An explanation is data. Skins print it, JSON carries it, and `evaluate` makes the figure again from its formula and
 * inputs alone: a test does so for every figure of every report. An input that is itself a figure carries its own explanation, so that
 * one can be followed down to the entries and prices it rests on.
 */
import type { Instant, LocalDate } from '../date.ts';
import type { Code } from '../market/security.ts';
import type { Scalar, Value } from './formula.ts';

/** What a value counts; `pct` is in percent (12.5 is 12.5%), `ratio` a fraction or a statistic without a unit. */
export type FigureUnit = 'money' | 'price' | 'units' | 'pct' | 'ratio' | 'count';

/** Where an input was recorded, or what it is by definition. */
export type Source =
  | { readonly kind: 'entry'; readonly entry: string }
  | {
      readonly kind: 'price';
      readonly code: Code;
      readonly on: LocalDate;
      readonly from: 'quote' | 'close' | 'user';
      readonly tradedAt?: Instant | undefined;
      /** Why it is not simply the newest price. */
      readonly reason?: string | undefined;
    }
  | { readonly kind: 'setting'; readonly key: string }
  | { readonly kind: 'given'; readonly words: string };

/** One element of an input that is a list: what it is of, where it comes from, and how it is made. */
export type Part = {
  readonly label: string;
  readonly source?: Source | undefined;
  readonly why?: Explanation | undefined;
};

export type Input = {
  /** As the formula calls it. */
  readonly name: string;
  readonly unit: FigureUnit;
  readonly value: Value;
  /** In people's words, where the name does not say it: `100 BHP of 2 Mar 2026`. */
  readonly label?: string | undefined;
  readonly source?: Source | undefined;
  /** Of a list, what its elements are, in their order. */
  readonly parts?: readonly Part[] | undefined;
  /** How it is made, where it is a figure itself. */
  readonly why?: Explanation | undefined;
};

/** A rule that a figure follows, and who says so: an act's section, a page of the ATO, a paper. */
export type Rule = { readonly says: string; readonly source?: string | undefined };

export type Explanation = {
  /** The field's name in JSON. */
  readonly figure: string;
  /** Whose: a code, a portfolio, an owner's year. */
  readonly of: string;
  readonly unit: FigureUnit;
  readonly value: Scalar | undefined;
  readonly formula: string;
  readonly inputs: readonly Input[];
  readonly rules: readonly Rule[];
  /** Why the value is unknown; absent where it is known. */
  readonly unknown?: string | undefined;
};

/** The explanation and those beneath it, the figure first. */
export function* withinExplanation(explanation: Explanation): Generator<Explanation> {
  yield explanation;
  for (const { why, parts = [] } of explanation.inputs) {
    if (why) yield* withinExplanation(why);
    for (const part of parts) if (part.why) yield* withinExplanation(part.why);
  }
}

/** A figure taken from another one, as an input of the same name. */
export const inputOf = (why: Explanation, name = why.figure): Input => ({
  name,
  unit: why.unit,
  value: why.value,
  why,
});
