/** Securities by code or name, from the stored symbol list: the API asks nobody outside. */
import { z } from 'zod';
import { count as within } from '../../http/query.ts';
import { hasStoredSecurities, storedSecurities } from '../../usecases/search-securities.ts';
import { viewMetrics } from '../../usecases/view-metrics.ts';
import type { Endpoints, Parts } from '../parts.ts';
import { tickerOf } from '../ticker.ts';
import { count, figure, orNull, text, words } from '../values.ts';

const searchQuery = z.object({
  q: z.string().trim().min(1, 'must have at least 1 character').max(100, 'must have at most 100 characters'),
  limit: within({ least: 1, most: 100, otherwise: 10 }),
});

const searchAnswer = z.object({
  query: text,
  results: z.array(
    z.object({
      symbol: text,
      name: text,
      kind: text,
      sector: words,
      market_cap: figure,
      exchange: z.literal('ASX'),
    }),
  ),
  count,
  message: text.optional(),
});

export function addSearch(endpoints: Endpoints, { app }: Parts): void {
  endpoints.signedIn(
    { method: 'get', path: '/search', summary: 'Find a security', query: searchQuery, answer: searchAnswer },
    ({ query: { q, limit } }) => {
      const found = storedSecurities(app, q, limit);
      const figures = viewMetrics(
        app,
        found.map(each => each.code),
      );
      return {
        query: q,
        results: found.map(({ code, name, kind, sector }) => ({
          symbol: tickerOf(code),
          name,
          kind,
          sector: orNull(sector),
          market_cap: orNull(figures.get(code)?.marketCap),
          exchange: 'ASX' as const,
        })),
        count: found.length,
        ...(hasStoredSecurities(app)
          ? {}
          : { message: 'There is no stored symbol list. Run asxos refresh universe first.' }),
      };
    },
  );
}
