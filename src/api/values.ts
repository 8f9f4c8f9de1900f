/** Values as the API writes them: snake case records, money as numbers, unknown as null. */
import { z } from 'zod';
import { type Instant, isoInstant } from '../domain/date.ts';
import { type Decimal, toFloat } from '../domain/decimal.ts';
import { signalClasses } from '../domain/signals/classes.ts';
import { grades } from '../domain/signals/model-b.ts';

export const orNull = <T>(value: T | undefined): T | null => value ?? null;
export const numberOf = (value: Decimal | undefined): number | null => (value === undefined ? null : toFloat(value));
export const instantOf = (value: Instant | undefined): string | null =>
  value === undefined ? null : isoInstant(value);

export const ok = z.literal('ok');
export const text = z.string();
export const words = z.string().nullable();
export const figure = z.number().nullable();
export const count = z.int().min(0);
export const date = z.string().meta({ format: 'date' });
export const instant = z.string().meta({ format: 'date-time' });
export const signalClass = z.enum(signalClasses);
export const grade = z.enum(grades);
export const warnings = z.array(text);
