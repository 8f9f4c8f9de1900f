/** What a schema finds wrong, in the words and types that clients of the reference server read. */
import type { z } from 'zod';
import type { Problem } from '../account/messages.ts';

type Issue = z.core.$ZodIssue;

const expectedWords: Readonly<Record<string, Pick<Problem, 'msg' | 'type'>>> = {
  string: { msg: 'str type expected', type: 'type_error.str' },
  boolean: { msg: 'value could not be parsed to a boolean', type: 'type_error.bool' },
  int: { msg: 'value is not a valid integer', type: 'type_error.integer' },
  number: { msg: 'value is not a valid float', type: 'type_error.float' },
  array: { msg: 'value is not a valid list', type: 'type_error.list' },
  object: { msg: 'value is not a valid dict', type: 'type_error.dict' },
  record: { msg: 'value is not a valid dict', type: 'type_error.dict' },
};

const wrong = { msg: 'value is not valid', type: 'value_error' };

/** The value that an issue is about. */
const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  );

/**
 * The problems of a request's part, in the order of its fields. A field that nobody knows is told only where nothing
 * else is wrong: more often than not it stands there in the place of the one that is missing.
 */
export function problemsOf(issues: readonly Issue[], input: unknown, where: string): Problem[] {
  const known = issues.filter(issue => issue.code !== 'unrecognized_keys');
  if (known.length === 0) return issues.flatMap(issue => extraProblems(issue, where));
  return known.map(issue => {
    const loc = placeOf(issue, where);
    if (valueAt(input, issue.path) === undefined) return { loc, msg: 'field required', type: 'value_error.missing' };
    return { loc, ...wordsOf(issue) };
  });
}

const placeOf = (issue: Issue, where: string): Problem['loc'] => [
  where,
  ...issue.path.map(key => (typeof key === 'number' ? key : String(key))),
];

const extraProblems = (issue: Issue, where: string): Problem[] =>
  issue.code !== 'unrecognized_keys'
    ? []
    : issue.keys.slice(0, 10).map(key => ({
        loc: [...placeOf(issue, where), key.slice(0, 100)],
        msg: 'extra fields not permitted',
        type: 'value_error.extra',
      }));

function wordsOf(issue: Issue): Omit<Problem, 'loc'> {
  switch (issue.code) {
    case 'invalid_type':
      return expectedWords[issue.expected] ?? wrong;
    case 'too_small':
      return boundWords(issue, issue.origin, Number(issue.minimum), 'least');
    case 'too_big':
      return boundWords(issue, issue.origin, Number(issue.maximum), 'most');
    case 'invalid_format':
      if (issue.format === 'email') return { msg: issue.message, type: 'value_error.email' };
      return issue.message === integerWords
        ? { msg: integerWords, type: 'type_error.integer' }
        : { msg: issue.message, type: 'value_error' };
    case 'invalid_value':
      return {
        msg: `value is not a valid enumeration member; permitted: ${issue.values.map(value => `'${String(value)}'`).join(', ')}`,
        type: 'type_error.enum',
      };
    case 'custom':
      return { msg: issue.message, type: 'value_error' };
    default:
      return wrong;
  }
}

/** The words for a number that is none, where it comes as text. */
export const integerWords = 'value is not a valid integer';

function boundWords(issue: Issue, origin: string, limit: number, side: 'least' | 'most'): Omit<Problem, 'loc'> {
  if (origin === 'number' || origin === 'int') {
    const than = side === 'least' ? 'greater than or equal to' : 'less than or equal to';
    return {
      msg: `ensure this value is ${than} ${limit}`,
      type: `value_error.number.not_${side === 'least' ? 'ge' : 'le'}`,
      ctx: { limit_value: limit },
    };
  }
  if (origin === 'array') {
    return {
      msg: `ensure this value has at ${side} ${limit} items`,
      type: `value_error.list.${side === 'least' ? 'min' : 'max'}_items`,
      ctx: { limit_value: limit },
    };
  }
  return { msg: issue.message, type: 'value_error' };
}
