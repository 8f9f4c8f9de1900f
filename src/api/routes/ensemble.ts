/**
 * The ensemble: what it last said of all, of one, and beside both models. `confidence` is the score, and of model A its
 * probability, whichever side the class is on. Where a model abstains the ensemble says nothing, and has no row.
 */
import { z } from 'zod';
import { ensembleStatistics } from '../../domain/signals/ensemble.ts';
import { flag } from '../../http/query.ts';
import { refusal } from '../../http/refusal.ts';
import { type SignalRow, viewSecuritySignals, viewSignals, whenSaid } from '../../usecases/view-signals.ts';
import type { Endpoints, Parts } from '../parts.ts';
import { byRank, limit, runFirst, signalFilter } from '../signal-query.ts';
import { codeIn, symbolOf, tickerQuery } from '../ticker.ts';
import { count, date, figure, grade, instant, instantOf, ok, orNull, signalClass, text, words } from '../values.ts';

const rank = z.int().nullable();
const component = z.object({ signal: signalClass.nullable(), confidence: figure, rank });
const row = {
  signal: signalClass,
  ensemble_score: figure,
  confidence: figure,
  rank,
  component_signals: z.object({ model_a: component, model_b: component }),
  agreement: z.object({ signals_agree: z.boolean(), conflict: z.boolean(), conflict_reason: words }),
};

const latestAnswer = z.object({
  status: ok,
  count,
  as_of: date.nullable(),
  statistics: z.object({ total: count, agreement_rate: figure, conflict_rate: figure }),
  filters: z.object({ signal: words, agreement_only: z.boolean(), no_conflict: z.boolean() }),
  signals: z.array(z.object({ symbol: text, ...row })),
  message: text.optional(),
});

const oneAnswer = z.object({ symbol: text, as_of: date, ...row, created_at: instant.nullable() });

const modelA = { as_of: date, signal: signalClass, confidence: figure, expected_return: figure, rank };
const compareAnswer = z.object({
  symbol: text,
  model_a: z.object(modelA).nullable(),
  model_b: z.object({ ...modelA, quality_score: grade }).nullable(),
  ensemble: z
    .object({
      as_of: date,
      signal: signalClass,
      ensemble_score: figure,
      confidence: figure,
      rank,
      conflict: z.boolean(),
      signals_agree: z.boolean(),
    })
    .nullable(),
  availability: z.object({ model_a: z.boolean(), model_b: z.boolean(), ensemble: z.boolean() }),
  comparison: z
    .object({ models_agree: z.boolean(), conflict_detected: z.boolean(), recommendation: signalClass.nullable() })
    .optional(),
});

/** A row on which the ensemble has a class. */
type Spoken = SignalRow & { readonly signal: NonNullable<SignalRow['signal']> };
const isSpoken = (found: SignalRow): found is Spoken => found.signal !== undefined;

const rowRecord = ({ signal, score, rank: place, a, b, said, agreement, conflict, reason }: Spoken) => ({
  signal,
  ensemble_score: orNull(score),
  confidence: orNull(score),
  rank: orNull(place),
  component_signals: {
    model_a: {
      signal: orNull(a.signal),
      confidence: a.signal === undefined ? null : a.probability,
      rank: orNull(said.a?.rank),
    },
    model_b: {
      signal: orNull(b.signal),
      confidence: b.signal === undefined ? null : b.score,
      rank: orNull(said.b?.rank),
    },
  },
  agreement: { signals_agree: agreement, conflict, conflict_reason: conflict ? orNull(reason) : null },
});

const latestQuery = z.object({
  signal_filter: signalFilter,
  agreement_only: flag(false),
  no_conflict: flag(false),
  limit: limit(500),
});

export function addEnsemble(endpoints: Endpoints, { app }: Parts): void {
  endpoints.signedIn(
    {
      method: 'get',
      path: '/signals/ensemble/latest',
      summary: 'What the ensemble last said of all, the best first',
      query: latestQuery,
      answer: latestAnswer,
    },
    ({ c, query: { signal_filter: signal, agreement_only, no_conflict, limit: most } }) => {
      const keep = agreement_only ? 'agreement' : no_conflict ? 'no-conflict' : 'all';
      const view = viewSignals(app, { filter: { keep, signal } });
      const spoken = view.rows
        .filter(isSpoken)
        .sort(byRank(each => each.rank))
        .slice(0, most);
      const { total, agreementRate, conflictRate } = ensembleStatistics(spoken);
      return {
        status: 'ok' as const,
        count: spoken.length,
        as_of: orNull(view.run?.asOf),
        statistics: { total, agreement_rate: orNull(agreementRate), conflict_rate: orNull(conflictRate) },
        filters: { signal: orNull(c.req.query('signal_filter')), agreement_only, no_conflict },
        signals: spoken.map(each => ({ symbol: symbolOf(each.code), ...rowRecord(each) })),
        ...(view.run === undefined ? { message: `No ensemble signals found. ${runFirst}` } : {}),
      };
    },
  );

  endpoints.signedIn(
    {
      method: 'get',
      path: '/signals/ensemble/{ticker}',
      summary: 'What the ensemble last said of a security',
      answer: oneAnswer,
    },
    ({ c }) => {
      const missing = (what: string) => refusal(404, `No ensemble signal found for ${what}`);
      const code = codeIn(c.req.param('ticker'), missing);
      const found = viewSecuritySignals(app, code)?.row;
      if (found === undefined) throw missing(symbolOf(code));
      if (!isSpoken(found)) throw missing(`${symbolOf(code)}: ${found.reason ?? 'it abstains'}`);
      return {
        symbol: symbolOf(code),
        as_of: found.asOf,
        ...rowRecord(found),
        created_at: instantOf(whenSaid(app, found.said)),
      };
    },
  );

  endpoints.signedIn(
    {
      method: 'get',
      path: '/signals/compare',
      summary: 'Model A, model B and the ensemble side by side',
      query: tickerQuery,
      answer: compareAnswer,
    },
    ({ query }) => comparison(symbolOf(query.ticker), viewSecuritySignals(app, query.ticker)?.row),
  );
}

function comparison(symbol: string, found: SignalRow | undefined): z.input<typeof compareAnswer> {
  const [a, b] = [found?.a, found?.b];
  const said = found?.said;
  const ofA =
    a?.signal === undefined || said?.a === undefined
      ? null
      : {
          as_of: said.a.asOf,
          signal: a.signal,
          confidence: a.probability,
          expected_return: orNull(said.a.expectedReturn),
          rank: orNull(said.a.rank),
        };
  const ofB =
    b?.signal === undefined || said?.b === undefined
      ? null
      : {
          as_of: said.b.asOf,
          signal: b.signal,
          quality_score: b.grade,
          confidence: b.score,
          expected_return: orNull(said.b.expectedReturn),
          rank: orNull(said.b.rank),
        };
  const both = found !== undefined && isSpoken(found) ? found : undefined;
  const ofBoth =
    both === undefined
      ? null
      : {
          as_of: both.asOf,
          signal: both.signal,
          ensemble_score: orNull(both.score),
          confidence: orNull(both.score),
          rank: orNull(both.rank),
          conflict: both.conflict,
          signals_agree: both.agreement,
        };
  return {
    symbol,
    model_a: ofA,
    model_b: ofB,
    ensemble: ofBoth,
    availability: { model_a: ofA !== null, model_b: ofB !== null, ensemble: ofBoth !== null },
    ...(both === undefined
      ? {}
      : {
          comparison: {
            models_agree: both.agreement,
            conflict_detected: both.conflict,
            recommendation: both.signal,
          },
        }),
  };
}
