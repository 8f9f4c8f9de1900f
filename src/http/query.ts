/** Values of query strings: text that is checked and read. */
import { z } from 'zod';
import { integerWords } from './problems.ts';

/** A whole number within bounds. */
export const count = ({ least, most, otherwise }: { least: number; most: number; otherwise: number }) =>
  z
    .string()
    .regex(/^-?\d{1,15}$/, integerWords)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .default(otherwise)
    // The document tells what is meant, not that it comes as text.
    .meta({ type: 'integer', minimum: least, maximum: most, default: otherwise, pattern: undefined });

const yes = ['true', '1', 'yes', 'y', 'on', 't'];
const no = ['false', '0', 'no', 'n', 'off', 'f'];

/** Yes or no, in the words that clients of the reference server may use. */
export const flag = (otherwise: boolean) =>
  z
    .string()
    .transform(text => text.toLowerCase())
    .refine(text => yes.includes(text) || no.includes(text), 'value could not be parsed to a boolean')
    .transform(text => yes.includes(text))
    .default(otherwise)
    .meta({ type: 'boolean', default: otherwise });
