/** What comes from the market: quotes, charts, refreshes. */
import { z } from 'zod';
import { chartRanges } from '../../domain/returns/chart-range.ts';
import { amount, code, count, date, figure, instant, lastSaid, priced, reasons, text } from './words.ts';

const quoteRow = z.strictObject({
  code,
  name: text.nullable(),
  sector: text.nullable(),
  ...priced,
  previousClose: amount,
  change: amount,
  changePct: figure,
  open: amount,
  high: amount,
  low: amount,
  volume: amount,
  low52w: figure,
  high52w: figure,
  ...lastSaid,
  note: text.nullable(),
});

const dueJobs = z.array(z.enum(['sync', 'refresh', 'fundamentals', 'signals', 'alerts', 'backup']));

export const marketAnswers = {
  'quotes/1': z.strictObject({ quotes: z.array(quoteRow), fetched: z.array(code), failed: reasons }),
  'chart/1': z.strictObject({
    code,
    range: z.enum(chartRanges),
    bars: z.array(z.strictObject({ date, close: z.number(), volume: z.number() })),
    marks: z.array(z.strictObject({ date, kind: z.enum(['buy', 'sell', 'dividend']) })),
  }),
  'search/1': z.strictObject({
    securities: z.array(
      z.strictObject({
        code,
        name: text,
        kind: text,
        isin: text.nullable(),
        sector: text.nullable(),
        currency: text.nullable(),
      }),
    ),
    source: z.enum(['stored', 'EODHD']),
  }),
  'screen/1': z.strictObject({
    where: text,
    matches: z.array(
      z.strictObject({
        code,
        name: text,
        sector: text.nullable(),
        values: z.record(text, z.union([z.number(), text, z.null()])).describe('by field; percentages in percent'),
      }),
    ),
    matched: count,
    screened: count,
    unknown: z.array(z.strictObject({ field: text, count })),
  }),
  'screen-fields/1': z.strictObject({
    fields: z.array(
      z.strictObject({ name: text, kind: z.enum(['number', 'percent', 'grade', 'signal', 'text']), title: text }),
    ),
  }),
  'watchlist/1': z.strictObject({ watchlist: z.array(quoteRow) }),
  'watch-changed/1': z.strictObject({ changed: z.array(code), unchanged: z.array(code) }),
  'refresh/1': z.strictObject({
    updated: z.array(code),
    unchanged: reasons,
    failed: reasons,
    calls: count,
    quotaLeft: count.nullable(),
    /** What was due, of `--if-due`. */
    jobs: dueJobs.nullable(),
  }),
  'refresh-plan/1': z.strictObject({
    requests: z.array(z.strictObject({ endpoint: text, count, cost: count })),
    totalCost: count,
    quotaLeft: count.nullable(),
    /** What cannot be counted before some of it has come. */
    more: text.nullable(),
    /** With --if-due: what is due by itself, of which some asks the provider nothing. */
    jobs: dueJobs.nullable(),
  }),
  'jobs/1': z.strictObject({
    jobs: z.array(
      z.strictObject({
        id: count,
        job: text,
        startedAt: instant,
        finishedAt: instant.nullable(),
        seconds: figure,
        outcome: z.enum(['done', 'partly', 'failed']).nullable(),
        calls: count,
        message: text.nullable(),
      }),
    ),
  }),
  'jobs-summary/1': z.strictObject({
    jobs: z.array(
      z.strictObject({
        job: text,
        runs: count,
        done: count,
        medianSeconds: figure,
        slowestSeconds: figure,
        calls: count,
        lastDoneAt: instant.nullable(),
        lastTrouble: text.nullable(),
      }),
    ),
  }),
} as const;
