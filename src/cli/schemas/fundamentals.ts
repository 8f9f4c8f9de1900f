/** The fundamentals of a security. */
import { z } from 'zod';
import { signalClasses } from '../../domain/signals/classes.ts';
import { grades } from '../../domain/signals/model-b.ts';
import { amount, code, count, date, figure, instant, text } from './words.ts';

const metric = z.strictObject({
  name: text,
  value: figure,
  score: figure,
  sectorPercentile: figure,
  sectorMedian: figure,
  unknown: text.nullable().describe('why the value is unknown'),
});

const category = z.strictObject({ score: figure, weight: z.number(), metrics: z.array(metric) });

export const fundamentalsAnswers = {
  'fundamentals/1': z.strictObject({
    code,
    name: text,
    sector: text.nullable(),
    kind: z.enum(['general', 'bank', 'reit', 'fund', 'empty']),
    asOf: date,
    periodTo: date.nullable(),
    fetchedAt: instant.nullable(),
    model: text,
    grade: z.enum(grades).nullable(),
    description: text.nullable(),
    score: figure,
    coverage: z.number(),
    signal: z.enum(signalClasses).nullable(),
    expectedReturn: figure.describe('an assumption: (score - 0.5) x 0.2'),
    abstained: text.nullable(),
    categories: z.strictObject({
      valuation: category,
      profitability: category,
      growth: category,
      health: category,
      income: category,
    }),
    missing: z.array(text),
    piotroski: z
      .strictObject({
        score: count.nullable(),
        passed: count,
        known: count,
        tests: z.array(
          z.strictObject({
            name: text,
            says: text,
            passed: z.boolean().nullable(),
            value: figure,
            against: figure,
            unknown: text.nullable(),
          }),
        ),
      })
      .nullable(),
    years: z.array(
      z.strictObject({
        endsOn: date,
        currency: text.nullable(),
        revenue: amount,
        netIncome: amount,
        eps: figure,
        dividends: figure,
      }),
    ),
  }),
} as const;
