/** What is held, with its prices and signals. */
import type { Endpoints, Parts } from '../parts.ts';
import { portfolioAnswer, portfolioIn, portfolioQuery, portfolioRecord } from '../portfolio-record.ts';

const paths = [
  { method: 'get', path: '/portfolio', summary: 'The holdings, valued' },
  { method: 'get', path: '/portfolio/holdings', summary: 'The same' },
  { method: 'post', path: '/portfolio/analyze', summary: 'The same, valued anew' },
] as const;

export function addPortfolio(endpoints: Endpoints, parts: Parts): void {
  for (const path of paths) {
    endpoints.signedIn({ ...path, query: portfolioQuery, answer: portfolioAnswer }, ({ query }) =>
      portfolioRecord(parts.app, portfolioIn(parts, query.portfolio_name)),
    );
  }
}
