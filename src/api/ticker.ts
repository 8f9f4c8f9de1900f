/**
 * Securities as the API names them. Portfolios and prices say `BHP.AX`, signals and fundamentals `BHP.AU`; what is asked
 * for may be written in any way that a person writes it.
 */
import { z } from 'zod';
import { type Code, readCode } from '../domain/market/security.ts';

export const tickerOf = (code: Code): string => `${code}.AX`;
export const symbolOf = (code: Code): string => `${code}.AU`;

/** A ticker of a query or a body. */
export const ticker = z
  .string()
  .transform(text => readCode(text))
  .refine(code => code !== undefined, 'value is not an ASX code, like BHP, BHP.AX or BHP.AU')
  .transform(code => code as Code);

export const tickerQuery = z.object({ ticker });

/** The code that a path names; where it is none, `otherwise` is thrown, given what to call it. */
export function codeIn(text: string | undefined, otherwise: (named: string) => Error): Code {
  const code = readCode(text ?? '');
  if (code === undefined) throw otherwise((text ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 20));
  return code;
}
