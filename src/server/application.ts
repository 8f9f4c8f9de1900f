/** The HTTP application: every route, and what holds for all of them. It knows no socket: tests call its `fetch`. */
import { openEndpoints, type Server } from '../http/endpoint.ts';
import { answerTroubles, openServer } from '../http/every-request.ts';
import { refusal } from '../http/refusal.ts';
import { clientAddress } from './client.ts';
import { openIdentify } from './identity.ts';
import type { Parts } from './parts.ts';
import { addAuth } from './routes/auth.ts';
import { addHealth } from './routes/health.ts';
import { addNotifications } from './routes/notifications.ts';
import { addPreferences } from './routes/preferences.ts';
import { addSettings } from './routes/settings.ts';
import { addSync } from './routes/sync.ts';
import { addUsers } from './routes/users.ts';

export function buildApplication(parts: Parts): Server {
  const { metrics, version, proxies } = parts;
  const server = openServer({
    ...parts,
    begin: metrics.begin,
    headers: { 'Strict-Transport-Security': 'max-age=31536000' },
    about: c => ({ user: c.get('userId'), address: clientAddress(c, proxies) }),
  });

  const identify = openIdentify(parts);
  const endpoints = openEndpoints(server, { scheme: 'bearer', identify });
  addAuth(endpoints, parts, identify);
  addUsers(endpoints, parts);
  addSettings(endpoints, parts);
  addNotifications(endpoints, parts);
  addPreferences(endpoints, parts);
  addSync(endpoints, parts);
  addHealth(endpoints, parts);

  server.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
  });
  server.doc31('/openapi.json', { openapi: '3.1.0', info: { title: 'asxos account server', version } });

  answerTroubles(server, storeRefusal);
  return server;
}

/** The refusal that an error of the store means, by its SQLSTATE. */
function storeRefusal(error: Error): Error | undefined {
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (/^22.../.test(code)) return refusal(422, 'A value is out of the range that can be stored');
  // Lost connections, a server that starts or stops, too many clients; deadlocks and serialisation.
  const isPassing =
    /^(08...|57...|53...|40...|ECONN\w+|EPIPE|ETIMEDOUT)$/.test(code) || /timeout exceeded/.test(cause.message);
  return isPassing ? refusal(503, 'The store does not answer; try again', { 'Retry-After': '5' }) : undefined;
}
