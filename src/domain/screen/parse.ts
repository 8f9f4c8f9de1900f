/**
 * Reads a `where` expression: comparisons of a field with a value, joined by `and`, `or`, `not` and parentheses.
 *
 *   pe<15 and roe>12 and grade<=B
 *   (signal=BUY or signal=STRONG_BUY) and not sector="Real Estate" and name contains gold
 *
 * `not` binds closest, then `and`, then `or`. A percent sign after the value of a percentage may be left out; k, m and b
 * after a number are thousands, millions and billions.
 *
 * Troubles a user sees, each with a caret under the place: a field that there is not, with the nearest one; a value that
 * the field cannot have; a comparison without its end; an expression of over 500 characters, or more than 30 deep.
 */
import { nearestName } from '../edit-distance.ts';
import { signalClasses } from '../signals/classes.ts';
import { grades } from '../signals/model-b.ts';
import { findField, type ScreenField, screenFields } from './fields.ts';
import { type Token, tokensOf, wrongAt } from './tokens.ts';

export const operators = ['<', '<=', '>', '>=', '=', '!=', 'contains'] as const;
export type Operator = (typeof operators)[number];

export type Comparison = {
  readonly kind: 'comparison';
  readonly field: ScreenField;
  readonly operator: Operator;
  /** A grade is its place from the best, a percentage is in percent; text is in lower case. */
  readonly value: number | string;
};
export type Expression =
  | Comparison
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression };

const deepest = 30;
const example = 'Write it like pe<15 and roe>12 and grade<=B; asxos search --fields lists the names.';

export function parseScreen(expression: string): Expression {
  const tokens = tokensOf(expression);
  let at = 0;
  const peek = (): Token | undefined => tokens[at];
  const wrong = (token: Token | undefined, message: string, hint?: string) =>
    wrongAt(expression, token?.at ?? expression.trimEnd().length, token?.length ?? 1, message, hint);
  const isWord = (word: string): boolean => peek()?.kind === 'word' && peek()?.text.toLowerCase() === word;
  const take = (): Token | undefined => tokens[at++];

  const joined = (kind: 'and' | 'or', part: (depth: number) => Expression, depth: number): Expression => {
    const parts = [part(depth)];
    while (isWord(kind)) {
      take();
      parts.push(part(depth));
    }
    return parts.length === 1 ? (parts[0] as Expression) : { kind, parts };
  };
  const any = (depth: number): Expression => joined('or', all, depth);
  const all = (depth: number): Expression => joined('and', one, depth);
  const one = (depth: number): Expression => {
    const token = peek();
    if (depth > deepest) throw wrong(token, `The expression is more than ${deepest} deep`);
    if (isWord('not')) {
      take();
      return { kind: 'not', part: one(depth + 1) };
    }
    if (token?.kind !== 'open') return comparison();
    take();
    const inner = any(depth + 1);
    if (peek()?.kind !== 'close') throw wrong(peek(), 'A closing parenthesis is missing here');
    take();
    return inner;
  };
  const comparison = (): Comparison => {
    const token = take();
    if (token === undefined) throw wrong(token, 'A comparison is missing here', example);
    if (token.kind !== 'word') throw wrong(token, 'A field is missing here', example);
    const field = findField(token.text);
    if (field === undefined) throw wrong(token, `There is no field "${token.text}"`, nearest(token.text));
    const sign = take();
    const operator = sign && operatorOf(sign);
    if (operator === undefined) throw wrong(sign, `A comparison is missing after ${field.name}`, comparisonsOf(field));
    if (!isFor(operator, field))
      throw wrong(sign, `${field.name} is not compared by ${operator}`, comparisonsOf(field));
    const value = take();
    if (value === undefined) throw wrong(value, `A value is missing after ${field.name} ${operator}`, valuesOf(field));
    const read = readValue(value, field);
    if (read === undefined) throw wrong(value, `${field.name} cannot be "${value.text}"`, valuesOf(field));
    return { kind: 'comparison', field, operator, value: read };
  };

  const whole = any(0);
  if (peek() !== undefined) throw wrong(peek(), 'An and or an or is missing here', example);
  return whole;
}

function nearest(name: string): string {
  const near = nearestName(
    name,
    screenFields.map(field => field.name),
  );
  return near === undefined ? 'The fields are listed by: asxos search --fields.' : `Did you mean ${near}?`;
}

function operatorOf({ kind, text }: Token): Operator | undefined {
  if (kind === 'word') return text.toLowerCase() === 'contains' ? 'contains' : undefined;
  if (kind !== 'operator') return undefined;
  return text === '==' ? '=' : text === '<>' ? '!=' : operators.find(each => each === text);
}

const isFor = (operator: Operator, { kind }: ScreenField): boolean =>
  operator === '=' ||
  operator === '!=' ||
  (operator === 'contains' ? kind === 'text' : kind !== 'text' && kind !== 'signal');

const comparisonsOf = ({ name, kind }: ScreenField): string =>
  kind === 'text'
    ? `Compare it like ${name}="Materials" or ${name} contains gold.`
    : kind === 'signal'
      ? `Compare it like ${name}=BUY or ${name}!=SELL.`
      : `Compare it by one of < <= > >= = !=.`;

const valuesOf = ({ name, kind }: ScreenField): string =>
  ({
    number: `Give a number, like ${name}<15 or ${name}>2.5m.`,
    percent: `Give a percentage, like ${name}>12 or ${name}>12%.`,
    grade: `The grades are ${grades.join(', ')}.`,
    signal: `The signals are ${signalClasses.join(', ')}.`,
    text: 'Put the text in quotes.',
  })[kind];

const places: ReadonlyMap<string, number> = new Map(grades.map((grade, place) => [grade, place]));
/** 0 is the best; undefined of what is no grade. */
export const placeOfGrade = (grade: string): number | undefined => places.get(grade);

const thousands: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 };

function readNumber(text: string): number | undefined {
  const [, digits = '', suffix = ''] = /^(-?[\d.,]+)([kmb]?) ?%?$/i.exec(text) ?? [];
  const number = Number(digits.replaceAll(',', '')) * (thousands[suffix.toLowerCase()] ?? 1);
  return digits !== '' && Number.isFinite(number) ? number : undefined;
}

function readValue({ kind, text }: Token, field: ScreenField): number | string | undefined {
  const isText = kind === 'word' || kind === 'text';
  switch (field.kind) {
    case 'number':
      return kind === 'number' ? readNumber(text) : undefined;
    case 'percent':
      return kind === 'number' || kind === 'percent' ? readNumber(text) : undefined;
    case 'grade':
      return isText ? placeOfGrade(text.trim().toUpperCase()) : undefined;
    case 'signal': {
      const name = text.trim().toUpperCase().replaceAll(' ', '_');
      return isText ? signalClasses.find(each => each === name) : undefined;
    }
    case 'text':
      return kind === 'operator' || kind === 'open' || kind === 'close' ? undefined : text.trim().toLowerCase();
  }
}

/** The fields that an expression asks about, each once, in its order. */
export function fieldsOf(expression: Expression): ScreenField[] {
  const found = new Set<ScreenField>();
  const visit = (each: Expression): void => {
    if (each.kind === 'comparison') found.add(each.field);
    else if (each.kind === 'not') visit(each.part);
    else each.parts.forEach(visit);
  };
  visit(expression);
  return [...found];
}
