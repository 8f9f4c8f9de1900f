/** Signals: what was said, how it did, how its inputs drift. Probabilities, scores and returns are fractions. */
import { z } from 'zod';
import { signalClasses } from '../../domain/signals/classes.ts';
import { modelNames } from '../../domain/signals/logged.ts';
import { grades } from '../../domain/signals/model-b.ts';
import { code, count, date, figure, instant, text } from './words.ts';

const signal = z.enum(signalClasses as readonly [string, ...string[]]).nullable();
const rank = count.nullable();
const abstained = text.nullable().describe('why it has no class');

const said = z.strictObject({
  code,
  name: text,
  asOf: date,
  signal,
  score: figure,
  rank,
  modelA: z.strictObject({
    signal,
    probability: figure.describe('of a return above 0 over 21 sessions'),
    expectedReturn: figure.describe('over 21 sessions'),
    conviction: figure,
    rank,
    version: text.nullable(),
    abstained,
  }),
  modelB: z.strictObject({
    signal,
    score: figure.describe('a score, not a probability'),
    grade: z.enum(grades).nullable(),
    rank,
    version: text.nullable(),
    abstained,
  }),
  confidence: figure,
  agree: z.boolean(),
  conflict: z.boolean(),
  conflictReason: text.nullable(),
  abstained,
});

const statistics = z.strictObject({ total: count, agreementRate: figure, conflictRate: figure });

const blocks = z.strictObject({
  value: figure,
  low: figure,
  high: figure,
  t: figure,
  blocks: count,
  reason: text.nullable(),
});

/** What said buy or sell, of all classes together. */
const sides = { count, hitRate: figure, baseRate: figure, excess: blocks };

const run = z.strictObject({
  id: text,
  asOf: date,
  universe: text,
  version: text,
  startedAt: instant,
  finishedAt: instant,
  securities: count,
  votesA: count,
  votesB: count,
  both: count,
  regime: z
    .strictObject({
      benchmark: code,
      regime: z.enum(['risk-on', 'neutral', 'risk-off']),
      close: z.number(),
      average: z.number(),
      volatility: z.number(),
    })
    .nullable(),
  cash: z.number(),
  scale: z.number(),
  turnover: figure,
  missing: text.nullable(),
  record: z.strictObject({ judged: count, open: count, ...sides, edgeShown: z.boolean() }).nullable(),
});

/** A mean over independent blocks of 21 sessions with its 95% interval. */
const reason = z.strictObject({
  feature: text,
  value: figure,
  standardised: figure,
  logOdds: z.number(),
});

const drifting = z.boolean();

export const signalAnswers = {
  'signals/1': z.strictObject({
    universe: text.nullable().optional(),
    signals: z.array(said),
    statistics,
    reasons: z
      .strictObject({
        bias: figure,
        logOdds: figure,
        features: z.array(reason),
        rankParts: z.record(z.string(), z.number()).nullable(),
        gates: z.array(text),
        categories: z.record(z.string(), z.number()).nullable(),
      })
      .optional(),
    history: z
      .array(z.strictObject({ asOf: date, model: z.enum(modelNames), version: text, signal, score: figure, abstained }))
      .optional(),
  }),
  'signals-run/1': z.strictObject({
    run,
    added: count,
    trained: text.nullable(),
    drifting: z.array(text),
    notified: count,
    troubles: z.record(z.string(), z.array(text)),
  }),
  'signal-runs/1': z.strictObject({ runs: z.array(run) }),
  'signals-drift/1': z.strictObject({
    version: text.nullable(),
    readings: z.array(
      z.strictObject({
        model: z.enum(['A', 'B']),
        input: text,
        psi: figure,
        band: z.enum(['stable', 'moderate', 'large']).nullable(),
        usual: figure,
        drifting,
        securities: count,
        reason: text.nullable(),
        bins: z.array(z.strictObject({ upTo: figure, baseline: z.number(), latest: z.number() })),
      }),
    ),
    history: z.array(
      z.strictObject({
        asOf: date,
        version: text,
        drifting: z.array(text),
        largest: z.strictObject({ input: text, psi: figure }).nullable(),
      }),
    ),
  }),
  'signals-score/1': z.strictObject({
    models: z.array(
      z.strictObject({
        model: z.enum(modelNames),
        said: count,
        judged: count,
        open: count,
        abstained: count,
        unpriced: count,
        from: date.nullable(),
        to: date.nullable(),
        auc: blocks,
        rankIc: blocks,
        byChance: figure,
        edgeShown: z.boolean(),
        brier: z.strictObject({ score: z.number(), baseRate: z.number(), uncertainty: z.number() }).nullable(),
        reliability: z.array(
          z.strictObject({
            from: z.number(),
            to: z.number(),
            count,
            meanProbability: z.number(),
            rose: z.number(),
          }),
        ),
        classes: z.array(
          z.strictObject({
            signal,
            count,
            hitRate: figure,
            baseRate: figure,
            excess: blocks.nullable(),
            meanReturn: figure,
            baseReturn: figure,
          }),
        ),
        sides: z.strictObject(sides),
        backtest: z.union([
          z.strictObject({ reason: text }),
          z.strictObject({
            from: date,
            to: date,
            netReturn: z.number(),
            grossReturn: z.number(),
            benchmarkReturn: z.number(),
            costs: z.number(),
            turnover: figure,
            periods: count,
            excess: blocks,
          }),
        ]),
      }),
    ),
  }),
} as const;
