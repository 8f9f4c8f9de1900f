/** How far the inputs of model A had moved, run by run. */
import { z } from 'zod';
import { type DriftView, viewDrift } from '../../usecases/view-signals.ts';
import type { Endpoints, Parts } from '../parts.ts';
import { limit } from '../signal-query.ts';
import { count, figure, instant, instantOf, ok, orNull, text, words } from '../values.ts';

const driftAnswer = z.object({
  status: ok,
  count,
  rows: z.array(
    z.object({
      run_id: text,
      model: text,
      baseline_label: text,
      current_label: text,
      metrics: z.object({
        drifting: count,
        features: z.array(
          z.object({
            feature: text,
            psi: figure,
            band: words,
            usual: figure,
            drifting: z.boolean(),
            securities: count,
            reason: words,
          }),
        ),
      }),
      created_at: instant.nullable(),
    }),
  ),
});

export function addDrift(endpoints: Endpoints, { app }: Parts): void {
  endpoints.signedIn(
    {
      method: 'get',
      path: '/drift/summary',
      summary: 'The drift that each of the last runs found, the newest first',
      query: z.object({ limit: limit(10) }),
      answer: driftAnswer,
    },
    ({ query }) => {
      const rows = viewDrift(app, query.limit).flatMap(view => (view.readings.length === 0 ? [] : driftRow(view)));
      return { status: 'ok' as const, count: rows.length, rows };
    },
  );
}

const driftRow = ({ run, readings }: DriftView) => ({
  run_id: run.id,
  model: 'model_a',
  baseline_label: run.version,
  current_label: run.asOf,
  metrics: {
    drifting: readings.filter(each => each.drifting).length,
    features: readings.map(({ input, psi, band, usual, drifting, securities, reason }) => ({
      feature: input,
      psi: orNull(psi),
      band: orNull(band),
      usual: orNull(usual),
      drifting,
      securities,
      reason: orNull(reason),
    })),
  },
  created_at: instantOf(run.finishedAt),
});
