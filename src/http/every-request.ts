/**
 * What holds for every request of a server of ours: an id, the security headers, one line of log, and errors as
 * `{"detail": ...}`. What failed inside is said in the log and to nobody else.
 */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Server, Variables } from './endpoint.ts';
import { errorFacts, type Log } from './log.ts';
import { type Refusal, refusal, refusalOf } from './refusal.ts';

/** On every answer. Nothing here is a page: a browser is to show, frame, sniff and keep none of it. */
const securityHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

export type Answered = {
  readonly method: string;
  /** The pattern, like `/notifications/:id/read`; undefined where no route was meant. */
  readonly route: string | undefined;
  readonly status: number;
  readonly ms: number;
};

export type EveryRequest = {
  readonly log: Log;
  readonly newId: () => string;
  /** Milliseconds since some moment. */
  readonly elapsed: () => number;
  /** Told of each request as it begins; what it answers is told of its end. */
  readonly begin?: () => (answered: Answered) => void;
  /** More headers of every answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** More facts of a request, for the log. */
  readonly about?: (c: Context<{ Variables: Variables }>) => Readonly<Record<string, unknown>>;
};

/** A server without endpoints. */
export function openServer({ log, newId, elapsed, begin, headers = {}, about }: EveryRequest): Server {
  const server: Server = new OpenAPIHono<{ Variables: Variables }>();
  const always = Object.entries({ ...securityHeaders, ...headers });
  server.use(async (c, next) => {
    const started = elapsed();
    const end = begin?.();
    const given = c.req.header('x-request-id');
    // Another's id is kept, so that one request can be followed through all it passes; not where it may be more than that.
    const id = given !== undefined && /^[\w.-]{1,64}$/.test(given) ? given : newId();
    c.header('X-Request-Id', id);
    for (const [name, value] of always) c.header(name, value);
    await next();
    if (c.error !== undefined && refusalOf(c.error) === undefined && c.res.status >= 500)
      log('error', 'failed', { id, ...errorFacts(c.error) });
    const { method } = c.req;
    const { status } = c.res;
    const ms = elapsed() - started;
    end?.({ method, route: routeOf(c), status, ms });
    const path = c.req.path.slice(0, 200);
    log('info', 'request', { id, method, path, status, ms: Math.round(ms * 10) / 10, ...about?.(c) });
  });
  return server;
}

/** The pattern of the route that was asked for: what holds for all of them matches every path. */
const routeOf = (c: Context): string | undefined => matchedRoutes(c).find(({ path }) => path !== '/*')?.path;

type Refused = Refusal & { readonly status: Parameters<typeof refusal>[0] };

/** Answers what no endpoint answered, and every error; `known` is the refusal that an error of the server's own means. */
export function answerTroubles(server: Server, known: (error: Error) => Error | undefined): void {
  const answer = (c: Context, error: Error) => {
    const refused: Refused = refusalOf(error) ?? refusalOf(known(error)) ?? internal;
    return c.json({ detail: refused.detail }, refused.status, { ...refused.headers });
  };
  server.notFound(c => {
    const methods = methodsOf(server, c.req.path);
    if (methods.length === 0) return answer(c, refusal(404, 'Not Found'));
    if (c.req.method !== 'OPTIONS') return answer(c, refusal(405, 'Method Not Allowed', { Allow: methods.join(', ') }));
    const more = methods.includes('GET') ? ['HEAD', 'OPTIONS'] : ['OPTIONS'];
    return c.body(null, 204, { Allow: [...methods, ...more].join(', ') });
  });
  server.onError((error, c) => answer(c, error));
}

const internal: Refused = { status: 500, detail: 'Internal server error' };

/** A path that is there for other methods is not missing. */
function methodsOf(server: Server, path: string): string[] {
  const methods = server.routes
    .filter(route => route.method !== 'ALL' && matches(route.path, path))
    .map(({ method }) => method);
  return [...new Set(methods)].sort();
}

const matches = (route: string, path: string): boolean => {
  const [want, have] = [route.split('/'), path.split('/')];
  return want.length === have.length && want.every((part, index) => part.startsWith(':') || part === have[index]);
};
