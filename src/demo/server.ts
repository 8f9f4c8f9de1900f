/**
 * The simulated market as an EODHD server on loopback, so that the console's own client is what fetches from it.
 *
 * It listens on 127.0.0.1 only, answers GET with the token it was started with, and ends with the process or `close`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Instant } from '../domain/date.ts';
import { Failure } from '../failure.ts';
import { type Answer, endpoints } from './eodhd-answers.ts';
import { type Market, simulateMarket } from './market.ts';

/** The token that the simulated market accepts; it opens nothing else. */
const demoToken = 'simulated-market';
const requestsAMinute = 10_000;

export type DemoMarket = {
  /** The base address, to which `/eod/BHP.AU` is added. */
  readonly url: string;
  readonly token: string;
  readonly close: () => Promise<void>;
};

type Refusal = { readonly status: 401 | 404 | 405; readonly text: string };

function answerTo(request: IncomingMessage, market: Market, now: Instant, calls: number): Answer | Refusal {
  if (request.method !== 'GET') return { status: 405, text: 'Method Not Allowed' };
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (url.searchParams.get('api_token') !== demoToken) return { status: 401, text: 'Unauthenticated' };
  const [, base, family, subject, ...rest] = url.pathname.split('/');
  const endpoint = endpoints.get(family ?? '');
  if (base !== 'api' || endpoint === undefined || rest.length > 0) return { status: 404, text: 'Not Found' };
  return endpoint({ market, subject: decoded(subject ?? ''), query: url.searchParams, now, calls });
}

/** The text of a path part; a malformed escape is taken as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}

function send(response: ServerResponse, reply: Answer | Refusal): void {
  const isJson = 'json' in reply;
  const body = isJson ? JSON.stringify(reply.json) : reply.text;
  const headers: Record<string, string | number> = {
    'Content-Type': isJson ? 'application/json' : 'text/html; charset=UTF-8',
    'Content-Length': Buffer.byteLength(body),
  };
  if (reply.status !== 401) {
    headers['X-RateLimit-Limit'] = requestsAMinute;
    headers['X-RateLimit-Remaining'] = requestsAMinute - 1;
  }
  response.writeHead(reply.status, headers).end(body);
}

/**
 * Starts the simulated market. `now` is asked at every request; `port` 0 takes any free one. Throws a Failure when the
 * port cannot be had.
 */
export async function startDemoMarket(options: { now: () => Instant; port?: number }): Promise<DemoMarket> {
  const { createServer } = await import('node:http');
  const market = simulateMarket();
  let calls = 0;
  const server = createServer((request, response) => {
    const reply = answerTo(request, market, options.now(), calls);
    if ('cost' in reply) calls += reply.cost;
    send(response, reply);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', cause => {
      const message = `The simulated market cannot listen on 127.0.0.1:${options.port ?? 0}`;
      reject(new Failure('offline', message, { cause }));
    });
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  server.unref();
  server.on('connection', socket => socket.unref());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://127.0.0.1:${port}/api`,
    token: demoToken,
    close: () =>
      new Promise((resolve, reject) => {
        server.close(error => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
