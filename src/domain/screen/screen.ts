/**
 * Which securities an expression keeps. A value that is not known never matches, nor does its opposite: `pe<15` and
 * `not pe<15` both leave out what has no pe (the logic of three values of Kleene and of SQL). How many are left without a
 * value is counted for each field.
 */
import type { ScreenField } from './fields.ts';
import { type Comparison, type Expression, fieldsOf, placeOfGrade } from './parse.ts';

/** A number as it is compared, or a text; undefined is not known. Percentages are in percent. */
export type ScreenValue = number | string | undefined;

export type Screened<Row> = {
  readonly matches: readonly Row[];
  readonly all: number;
  /** Each field of the expression that some have no value of. */
  readonly unknown: readonly { readonly field: ScreenField; readonly count: number }[];
};

export function screen<Row>(
  expression: Expression,
  rows: readonly Row[],
  read: (row: Row, field: ScreenField) => ScreenValue,
): Screened<Row> {
  const fields = fieldsOf(expression);
  return {
    matches: rows.filter(row => holds(expression, field => read(row, field)) === true),
    all: rows.length,
    unknown: fields.flatMap(field => {
      const count = rows.filter(row => read(row, field) === undefined).length;
      return count === 0 ? [] : [{ field, count }];
    }),
  };
}

type Truth = boolean | undefined;

function holds(expression: Expression, read: (field: ScreenField) => ScreenValue): Truth {
  switch (expression.kind) {
    case 'comparison':
      return compared(expression, read(expression.field));
    case 'not': {
      const truth = holds(expression.part, read);
      return truth === undefined ? undefined : !truth;
    }
    case 'and':
    case 'or': {
      const decides = expression.kind === 'or';
      let truth: Truth = !decides;
      for (const part of expression.parts) {
        const own = holds(part, read);
        if (own === decides) return decides;
        if (own === undefined) truth = undefined;
      }
      return truth;
    }
  }
}

/** As written by a person: an edge that a float misses by a trace is met. */
const trace = (value: number): number => Number(value.toPrecision(12));

function compared({ field, operator, value }: Comparison, found: ScreenValue): Truth {
  if (found === undefined) return undefined;
  if (typeof value === 'string') {
    const text = String(found).toLowerCase();
    const given = field.kind === 'signal' ? value.toLowerCase() : value;
    if (operator === 'contains') return text.includes(given);
    return operator === '!=' ? text !== given : text === given;
  }
  const own = field.kind === 'grade' ? placeOfGrade(String(found)) : Number(found);
  if (own === undefined || !Number.isFinite(own)) return undefined;
  const order = trace(own) - trace(value);
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '!=':
      return order !== 0;
    default:
      return order === 0;
  }
}
