/** The list of model A: what its probabilities and its ranks last said. */
import { z } from 'zod';
import { refusal } from '../../http/refusal.ts';
import { viewSignals } from '../../usecases/view-signals.ts';
import type { Endpoints, Parts } from '../parts.ts';
import { byRank, limit } from '../signal-query.ts';
import { symbolOf } from '../ticker.ts';
import { count, date, figure, ok, orNull, text } from '../values.ts';

const liveAnswer = z.object({
  status: ok,
  model: text,
  as_of: date,
  count,
  signals: z.array(
    z.object({
      symbol: text,
      rank: z.int().nullable(),
      score: figure,
      ml_prob: figure,
      ml_expected_return: figure,
    }),
  ),
});

/** The names that clients know model A by, whatever the version of theirs. */
const isModelA = (name: string, version: string): boolean => /^model_a(_|$)/.test(name) || name === version;

export function addModelA(endpoints: Endpoints, { app }: Parts): void {
  endpoints.signedIn(
    {
      method: 'get',
      path: '/signals/live',
      summary: 'Probabilities and ranks of model A, the best first',
      query: z.object({ model: z.string().default('model_a'), limit: limit(20) }),
      answer: liveAnswer,
    },
    ({ query: { model, limit: most } }) => {
      const { run, rows } = viewSignals(app);
      if (run === undefined || !isModelA(model, run.version)) throw refusal(404, 'No signals available.');
      const signals = rows
        .filter(row => row.a.signal !== undefined || row.said.a?.rank !== undefined)
        .sort(byRank(row => row.said.a?.rank))
        .slice(0, most)
        .map(({ code, a, said }) => ({
          symbol: symbolOf(code),
          rank: orNull(said.a?.rank),
          score: orNull(said.a?.details.rankScore),
          ml_prob: a.signal === undefined ? null : a.probability,
          ml_expected_return: a.signal === undefined ? null : orNull(said.a?.expectedReturn),
        }));
      return { status: 'ok' as const, model, as_of: run.asOf, count: signals.length, signals };
    },
  );
}
