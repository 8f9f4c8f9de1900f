/** The HTTP application: every route, and what holds for all of them. It knows no socket: tests call its `fetch`. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import { clientAddress } from './client.ts';
import { openEndpoints, type Server, type Variables } from './endpoint.ts';
import { openIdentify } from './identity.ts';
import { errorFacts } from './log.ts';
import type { Parts } from './parts.ts';
import { refusal, refusalOf } from './refusal.ts';
import { addAuth } from './routes/auth.ts';
import { addHealth } from './routes/health.ts';
import { addNotifications } from './routes/notifications.ts';
import { addPreferences } from './routes/preferences.ts';
import { addSettings } from './routes/settings.ts';
import { addSync } from './routes/sync.ts';
import { addUsers } from './routes/users.ts';

/** On every answer. Nothing here is a page: a browser is to show, frame, sniff and keep none of it. */
const securityHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

export function buildApplication(parts: Parts): Server {
  const { log, metrics, newId, elapsed, version, proxies } = parts;
  const server: Server = new OpenAPIHono<{ Variables: Variables }>();

  server.use(async (c, next) => {
    const started = elapsed();
    const end = metrics.begin();
    const given = c.req.header('x-request-id');
    // Another's id is kept, so that one request can be followed through all it passes; not where it may be more than that.
    const id = given !== undefined && /^[\w.-]{1,64}$/.test(given) ? given : newId();
    c.header('X-Request-Id', id);
    for (const [name, value] of Object.entries(securityHeaders)) c.header(name, value);
    await next();
    if (c.error !== undefined && refusalOf(c.error) === undefined)
      log('error', 'failed', { id, ...errorFacts(c.error) });
    const { method } = c.req;
    const { status } = c.res;
    const ms = elapsed() - started;
    end({ method, route: routeOf(c), status, ms });
    log('info', 'request', {
      id,
      method,
      path: c.req.path.slice(0, 200),
      status,
      ms: Math.round(ms * 10) / 10,
      user: c.get('userId'),
      address: clientAddress(c, proxies),
    });
  });

  const identify = openIdentify(parts);
  const endpoints = openEndpoints(server, identify);
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

  server.notFound(c => answerError(c, missing(server, c)));
  server.onError((error, c) => answerError(c, error));
  return server;
}

/** The pattern of the route that was asked for: what holds for all of them matches every path. */
const routeOf = (c: Context): string | undefined => matchedRoutes(c).find(({ path }) => path !== '/*')?.path;

/** A path that is there for other methods is not missing. */
function missing(server: Server, c: Context): Error {
  const methods = server.routes
    .filter(({ method, path }) => method !== 'ALL' && matches(path, c.req.path))
    .map(({ method }) => method);
  if (methods.length === 0) return refusal(404, 'Not Found');
  return refusal(405, 'Method Not Allowed', { Allow: [...new Set(methods)].sort().join(', ') });
}

const matches = (route: string, path: string): boolean => {
  const [want, have] = [route.split('/'), path.split('/')];
  return want.length === have.length && want.every((part, index) => part.startsWith(':') || part === have[index]);
};

/** Every refusal and every failure as an answer. What failed inside is said in the log and to nobody else. */
function answerError(c: Context, error: Error) {
  const { status, detail, headers = {} } = refusalOf(error) ?? refusalOf(storeRefusal(error)) ?? internal;
  return c.json({ detail }, status, { ...headers });
}

const internal = { status: 500, detail: 'Internal server error', headers: {} } as const;

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
