/** A server on loopback that keeps what it is sent and answers as it is told. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Post = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

export type Receiver = {
  readonly url: string;
  readonly posts: Post[];
  /** Connections that were opened. */
  readonly connections: () => number;
  /** From here on it answers so. */
  answer: (response: ServerResponse, post: Post) => void;
};

export async function openReceiver(): Promise<Receiver> {
  const posts: Post[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const post = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
      posts.push(post);
      receiver.answer(response, post);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    connections: () => connections,
    answer: response => response.end('ok'),
  };
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });
  return receiver;
}
