/** The words of a `where` expression, each with the place that it stands at. */
import { Failure } from '../../failure.ts';

export type Token = {
  readonly kind: 'number' | 'percent' | 'word' | 'text' | 'operator' | 'open' | 'close';
  /** As it was typed; of a quoted text what is within the quotes. */
  readonly text: string;
  readonly at: number;
  readonly length: number;
};

/** An expression that is longer is no question of a person. */
export const mostCharacters = 500;

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['percent', /-?(?:\d[\d,]*(?:\.\d+)?|\.\d+) ?%/y],
  ['number', /-?(?:\d[\d,]*(?:\.\d+)?|\.\d+)[kmb]?(?![\w.])/iy],
  ['word', /[A-Za-z][A-Za-z0-9_]*/y],
  ['text', /"[^"]*"|'[^']*'/y],
  ['operator', /<=|>=|<>|!=|==|<|>|=/y],
  ['open', /\(/y],
  ['close', /\)/y],
];

/** What is wrong, with the expression and a caret under the place. */
export function wrongAt(expression: string, at: number, length: number, message: string, hint?: string): Failure {
  const shown = expression.replace(/\p{C}/gu, ' ');
  const caret = `${' '.repeat(at)}${'^'.repeat(Math.max(1, length))}`;
  return new Failure('invalid-input', `${message}\n  ${shown}\n  ${caret}`, { hint });
}

export function tokensOf(expression: string): Token[] {
  if (expression.length > mostCharacters) {
    throw new Failure(
      'invalid-input',
      `The expression has ${expression.length} characters, and may have ${mostCharacters}`,
      {
        hint: 'Ask for less at once.',
      },
    );
  }
  const tokens: Token[] = [];
  let at = 0;
  while (at < expression.length) {
    if (/\s/.test(expression.charAt(at))) {
      at += 1;
      continue;
    }
    const token = tokenAt(expression, at);
    if (token === undefined) {
      const isQuote = /["']/.test(expression.charAt(at));
      throw wrongAt(expression, at, 1, isQuote ? 'This text has no closing quote' : 'This is no part of an expression');
    }
    tokens.push(token);
    at += token.length;
  }
  return tokens;
}

function tokenAt(expression: string, at: number): Token | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const [found] = pattern.exec(expression) ?? [];
    if (found === undefined) continue;
    return { kind, text: kind === 'text' ? found.slice(1, -1) : found, at, length: found.length };
  }
  return undefined;
}
