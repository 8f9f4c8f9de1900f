/** The sockets: listening, limits that the HTTP parser keeps, and an end that finishes what was begun. */
import type { Server as HttpServer } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Failure } from '../failure.ts';
import type { Server } from './endpoint.ts';

const headerLimit = 16_384;

export type Listening = {
  readonly url: string;
  /** Takes no more connections, waits for the requests under way, at most `patience` milliseconds, and closes. */
  readonly stop: (patience: number) => Promise<void>;
};

export async function listen(
  server: Pick<Server, 'fetch'>,
  { port, host }: { port: number; host: string },
): Promise<Listening> {
  const http = createAdaptorServer({
    fetch: server.fetch,
    overrideGlobalObjects: false,
    serverOptions: {
      maxHeaderSize: headerLimit,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      // Longer than a balancer keeps a connection, so that it is never the one that finds it closed.
      keepAliveTimeout: 75_000,
    },
  }) as HttpServer;
  http.maxHeadersCount = 100;
  http.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return;
    const [status, detail] = troubles[error.code ?? ''] ?? ['400 Bad Request', 'The request is not HTTP/1.1'];
    const body = JSON.stringify({ detail });
    const head = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close`;
    socket.end(`HTTP/1.1 ${status}\r\n${head}\r\n\r\n${body}`);
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', error => reject(listenFailure(error, port, host)));
    http.listen(port, host, resolve);
  });
  const address = http.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  let isStopping = false;
  http.on('request', (_request, response) => {
    if (isStopping) response.setHeader('Connection', 'close');
    // One that was under way when the end was asked for leaves its connection open, and idle.
    response.once('close', () => {
      if (isStopping) setImmediate(() => http.closeIdleConnections());
    });
  });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    stop: patience =>
      new Promise(resolve => {
        isStopping = true;
        const late = setTimeout(() => http.closeAllConnections(), patience);
        http.close(() => {
          clearTimeout(late);
          resolve();
        });
        http.closeIdleConnections();
      }),
  };
}

const troubles: Readonly<Record<string, [string, string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', `The headers are larger than ${headerLimit} bytes`],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive'],
};

function listenFailure(error: NodeJS.ErrnoException, port: number, host: string): Failure {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Failure('unavailable', `Port ${port} of ${host} is in use by another program`, {
        hint: 'Choose another one with --port, or end that program.',
        cause: error,
      });
    case 'EACCES':
      return new Failure('unavailable', `Port ${port} of ${host} may not be opened by this user`, {
        hint: 'Choose one above 1023 with --port.',
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Failure('invalid-input', `--host is "${host}", which is no address of this machine`, {
        hint: 'Use 127.0.0.1 for this machine alone, 0.0.0.0 for all its addresses.',
        cause: error,
      });
    default:
      return new Failure('unavailable', `Cannot listen on port ${port} of ${host}: ${error.message}`, { cause: error });
  }
}
