/** The words that every schema is made of. */
import { z } from 'zod';
import { signalClasses } from '../../domain/signals/classes.ts';
import { grades } from '../../domain/signals/model-b.ts';

export const decimal = z
  .string()
  .regex(/^(?!-0$)-?(0|[1-9]\d*)(\.\d*[1-9])?$/)
  .describe('an exact decimal');
export const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .describe('a day in Sydney');
export const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/)
  .describe('an instant, in UTC');
export const code = z
  .string()
  .regex(/^[A-Z0-9]{3,6}$/)
  .describe('an ASX code');
export const text = z.string();
export const amount = decimal.nullable();
export const figure = z.number().nullable();
export const count = z.int().nonnegative();
export const reasons = z.array(z.strictObject({ code: code.nullable(), reason: text }));

/** A price and what is known of it. */
export const priced = {
  price: amount,
  priceAsOf: z.union([date, instant]).nullable(),
  priceSource: z.enum(['quote', 'close']).nullable(),
  stale: z.boolean().nullable(),
};

const signal = z.enum(signalClasses).nullable();

/** What was last said of a security; null where a model abstained or nothing was ever said. */
export const lastSaid = {
  signalA: signal,
  signalB: signal,
  signal: signal.describe('of the ensemble'),
  grade: z.enum(grades).nullable(),
  signalAsOf: date.nullable(),
  signalStale: z.boolean().nullable().describe('more than 5 sessions behind the last close'),
};
