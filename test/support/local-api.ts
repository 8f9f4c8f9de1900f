/** The local API of an App, without a socket: `send` is a request with the key. */

import { buildApi } from '../../src/api/application.ts';
import type { App } from '../../src/app.ts';
import { openLog } from '../../src/http/log.ts';
import { newApiKey, openApiKeyCheck } from '../../src/usecases/manage-api-key.ts';

export type Asked = {
  readonly body?: unknown;
  /** Sent as it is, in the place of a body as JSON. */
  readonly text?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Another key than the right one; null is none. */
  readonly key?: string | null;
};
// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the test is about
export type Reply = { readonly status: number; readonly headers: Headers; readonly body: any };

export type LocalApi = {
  readonly app: App;
  readonly key: string;
  readonly log: string[];
  readonly send: (method: string, path: string, asked?: Asked) => Promise<Reply>;
  readonly get: (path: string) => Promise<Reply['body']>;
};

export function openLocalApi(app: App, options: { portfolio?: string; host?: string } = {}): LocalApi {
  const { key } = newApiKey(app);
  const log: string[] = [];
  const api = buildApi({
    app,
    portfolio: options.portfolio,
    host: options.host ?? '127.0.0.1',
    isKey: openApiKeyCheck(app),
    log: openLog({ now: app.now, write: line => log.push(line), quiet: false }),
    newId: app.newId,
    elapsed: app.elapsed,
    version: '1.2.3',
  });
  const send: LocalApi['send'] = async (method, path, asked = {}) => {
    const body = asked.text ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body));
    const headers = new Headers(asked.headers);
    if (body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
    if (asked.key !== null) headers.set('x-api-key', asked.key ?? key);
    const sent = body === undefined ? {} : { body: Buffer.from(body) };
    const response = await api.fetch(new Request(`http://localhost${path}`, { method, headers, ...sent }));
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true && text !== '';
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  return { app, key, log, send, get: async path => (await send('GET', path)).body };
}
