/** What model B last said of companies, the best first. */
import { z } from 'zod';
import type { Grade } from '../../domain/signals/model-b.ts';
import { refusal } from '../../http/refusal.ts';
import { viewMetrics } from '../../usecases/view-metrics.ts';
import { type SignalRow, viewSignals } from '../../usecases/view-signals.ts';
import { snapshot, snapshotOf, verdictOf } from '../model-b-record.ts';
import type { Endpoints, Parts } from '../parts.ts';
import { byRank, gradeFilter, limit, runFirst, signalFilter } from '../signal-query.ts';
import { codeIn, symbolOf } from '../ticker.ts';
import { count, date, figure, grade, instant, instantOf, ok, orNull, signalClass, text, words } from '../values.ts';

const said = {
  signal: signalClass,
  quality_score: grade,
  confidence: figure,
  expected_return: figure,
  rank: z.int().nullable(),
  fundamentals: snapshot,
};

const latestAnswer = z.object({
  status: ok,
  count,
  as_of: date.nullable(),
  filters: z.object({ signal: words, quality: words }),
  signals: z.array(z.object({ symbol: text, ...said })),
  message: text.optional(),
});

const oneAnswer = z.object({ symbol: text, as_of: date, ...said, created_at: instant.nullable() });

const latestQuery = z.object({
  signal_filter: signalFilter,
  quality_filter: gradeFilter,
  limit: limit(50),
});

const isKept = ({ b }: SignalRow, signal: string | undefined, quality: Grade | undefined): boolean =>
  b.signal !== undefined &&
  (signal === undefined || b.signal === signal) &&
  (quality === undefined || b.grade === quality);

export function addModelB(endpoints: Endpoints, { app }: Parts): void {
  endpoints.signedIn(
    {
      method: 'get',
      path: '/signals/model_b/latest',
      summary: 'Grades of model B, the best first',
      query: latestQuery,
      answer: latestAnswer,
    },
    ({ c, query: { signal_filter, quality_filter, limit: most } }) => {
      const { run, rows } = viewSignals(app);
      const kept = rows
        .filter(row => isKept(row, signal_filter, quality_filter))
        .sort(byRank(row => row.said.b?.rank))
        .slice(0, most);
      const figures = viewMetrics(
        app,
        kept.map(row => row.code),
        { asOf: run?.asOf },
      );
      const signals = kept.flatMap(({ code, b, said: { b: logged } }) =>
        b.signal === undefined
          ? []
          : {
              symbol: symbolOf(code),
              signal: b.signal,
              quality_score: b.grade,
              confidence: b.score,
              expected_return: orNull(logged?.expectedReturn),
              rank: orNull(b.rank),
              fundamentals: snapshotOf(figures.get(code)),
            },
      );
      const { signal_filter: signal, quality_filter: quality } = c.req.query();
      return {
        status: 'ok' as const,
        count: signals.length,
        as_of: orNull(run?.asOf),
        filters: { signal: orNull(signal), quality: orNull(quality) },
        signals,
        ...(run === undefined ? { message: `No Model B signals found. ${runFirst}` } : {}),
      };
    },
  );

  endpoints.signedIn(
    {
      method: 'get',
      path: '/signals/model_b/{ticker}',
      summary: 'What model B last said of a company',
      answer: oneAnswer,
    },
    ({ c }) => {
      const missing = (symbol: string) => refusal(404, `No Model B signal found for ${symbol}`);
      const code = codeIn(c.req.param('ticker'), missing);
      const found = verdictOf(app, code);
      if (found === undefined) throw missing(symbolOf(code));
      const { asOf, vote, expectedReturn, at } = found;
      return {
        symbol: symbolOf(code),
        as_of: asOf,
        signal: vote.signal,
        quality_score: vote.grade,
        confidence: vote.score,
        expected_return: orNull(expectedReturn),
        rank: orNull(vote.rank),
        fundamentals: snapshotOf(viewMetrics(app, [code], { asOf }).get(code)),
        created_at: instantOf(at),
      };
    },
  );
}
