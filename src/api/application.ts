/** The local API: this console's own data over HTTP, by the use cases that the command line prints. No socket here. */
import { openEndpoints, type Server } from '../http/endpoint.ts';
import { answerTroubles, openServer } from '../http/every-request.ts';
import { guard } from './guard.ts';
import type { Parts } from './parts.ts';
import { addDrift } from './routes/drift.ts';
import { addEnsemble } from './routes/ensemble.ts';
import { addFundamentals } from './routes/fundamentals.ts';
import { addHealth } from './routes/health.ts';
import { addJobs } from './routes/jobs.ts';
import { addModelA } from './routes/model-a.ts';
import { addModelB } from './routes/model-b.ts';
import { addNotifications } from './routes/notifications.ts';
import { addPortfolio } from './routes/portfolio.ts';
import { addPreferences } from './routes/preferences.ts';
import { addPrices } from './routes/prices.ts';
import { addRebalancing } from './routes/rebalancing.ts';
import { addRisk } from './routes/risk.ts';
import { addSearch } from './routes/search.ts';
import { addUpload } from './routes/upload.ts';
import { addWatchlist } from './routes/watchlist.ts';
import { failureRefusal } from './troubles.ts';

export function buildApi(parts: Parts): Server {
  const server = openServer(parts);
  server.use(guard(parts));
  // Who asks was let in by the guard, whatever the path.
  const endpoints = openEndpoints(server, { scheme: 'key', identify: async () => ({}) });
  addHealth(endpoints, parts);
  addFundamentals(endpoints, parts);
  addModelA(endpoints, parts);
  addModelB(endpoints, parts);
  addEnsemble(endpoints, parts);
  addPortfolio(endpoints, parts);
  addUpload(endpoints, parts);
  addRebalancing(endpoints, parts);
  addRisk(endpoints, parts);
  addDrift(endpoints, parts);
  addJobs(endpoints, parts);
  addWatchlist(endpoints, parts);
  addPrices(endpoints, parts);
  addSearch(endpoints, parts);
  addNotifications(endpoints, parts);
  addPreferences(endpoints, parts);

  server.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
  });
  const info = { title: 'asxos local API', version: parts.version };
  server.doc31('/openapi.json', { openapi: '3.1.0', info });

  answerTroubles(server, failureRefusal);
  return server;
}
