/** Why a figure is what it is. */
import { z } from 'zod';
import { code, date, decimal, instant, text } from './words.ts';

const value = z.union([decimal, z.number()]).nullable();

const source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('entry'), entry: text }),
  z.strictObject({
    kind: z.literal('price'),
    code,
    on: date,
    from: z.enum(['quote', 'close', 'user']),
    tradedAt: instant.nullable().optional(),
    reason: text.nullable().optional(),
  }),
  z.strictObject({ kind: z.literal('setting'), key: text }),
  z.strictObject({ kind: z.literal('given'), words: text }),
]);

const unit = z.enum(['money', 'price', 'units', 'pct', 'ratio', 'count']);

const explanation = z.strictObject({
  figure: text,
  of: text,
  unit,
  value,
  formula: text,
  unknown: text.nullable(),
  get inputs() {
    return z.array(
      z.strictObject({
        name: text,
        unit,
        value: z.union([value, z.array(value)]),
        label: text.nullable(),
        source: source.nullable(),
        parts: z
          .array(z.strictObject({ label: text, source: source.nullable(), why: explanation.nullable() }))
          .nullable(),
        why: explanation.nullable(),
      }),
    );
  },
  rules: z.array(z.strictObject({ says: text, source: text.nullable() })),
});

/** What `--explain` adds to the envelope: the figures of `data` by their JSON pointers. */
export const explanations = z.array(z.strictObject({ at: text, ...explanation.shape }));

export const explanationAnswers = { 'why/1': z.strictObject({ explanations: z.array(explanation) }) } as const;
