/**
 * A loopback EODHD that replays recorded answers, and fails on request.
 *
 * Its market is the recorded bulk day 2024-09-30: that day's prices for every code, the full history of BHP, the symbol
 * list, the account, and one dividend and one split of CBA. What it lacks it answers as EODHD does: 404
 * `Ticker Not Found.`, "NA" in every field of a quote, or `[]`. Without recordings only the scripted faults answer.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';

/** Where the recordings are, when this checkout has them beside it. */
export const recordedDir: string = resolve(import.meta.dirname, '../../../shared/data/eodhd');
export const hasRecordings: boolean = existsSync(join(recordedDir, 'eod-bulk-last-day-AU-2024-09-30.json'));
/** The day of the recorded prices; 20:00 in Sydney. */
export const recordedNow: number = Date.UTC(2024, 8, 30, 10);

export type Fault = {
  /** Answered instead of the recording when the path (below the base, without a slash) starts with it; all when absent. */
  readonly path?: string;
  /** How many requests; then it is gone. For ever when absent. */
  readonly times?: number;
  readonly status?: number;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
  /** Closes the connection without an answer. */
  readonly drop?: boolean;
  /** Announces the whole body, sends half of it and closes. */
  readonly truncate?: boolean;
  /** Sends the body a byte at a time, so many milliseconds apart. */
  readonly dribbleMs?: number;
  /** Announces so many bytes more than there are, and keeps the connection open. */
  readonly announcesMore?: number;
};

export type SeenRequest = { readonly path: string; readonly query: Record<string, string> };

export type EodhdServer = {
  readonly url: string;
  readonly requests: SeenRequest[];
  /** The most requests that were open at one time. */
  readonly mostAtOnce: () => number;
  setFault(fault: Fault): void;
  clearFaults(): void;
  close(): Promise<void>;
};

type Row = Record<string, unknown> & { date: string };
type BulkRow = Row & { code: string; open: number; high: number; low: number; close: number; volume: number };
type Reply = { status?: number; json?: unknown; text?: string };

const recordedDate = '2024-09-30';
const lastTrade = Date.UTC(2024, 8, 30, 6, 10) / 1000;

const notFound: Reply = { status: 404, text: 'Ticker Not Found.' };

function openRecordings(dir: string) {
  const kept = new Map<string, unknown>();
  const load = <Value>(file: string): Value => {
    if (!kept.has(file)) kept.set(file, JSON.parse(readFileSync(join(dir, file), 'utf8')));
    return kept.get(file) as Value;
  };
  const bulk = () => load<BulkRow[]>('eod-bulk-last-day-AU-2024-09-30.json');
  const inRange = (rows: readonly Row[], { from = '', to = '9' }: Record<string, string>) =>
    rows.filter(row => row.date >= from && row.date <= to);

  function history(symbol: string): readonly Row[] | undefined {
    if (symbol === 'BHP.AU') return load<Row[]>('eod-BHP.AU-full-1993-2025.json');
    const row = symbol.endsWith('.AU') ? bulk().find(one => `${one.code}.AU` === symbol) : undefined;
    if (row === undefined) return undefined;
    const { code: _code, exchange_short_name: _exchange, ...bar } = row;
    return [bar];
  }

  function quote(symbol: string): Record<string, unknown> {
    const bar = bulk().find(one => `${one.code}.AU` === symbol);
    const na = 'NA';
    if (bar === undefined) {
      const nothing = {
        open: na,
        high: na,
        low: na,
        close: na,
        volume: na,
        previousClose: na,
        change: na,
        change_p: na,
      };
      return { code: symbol, timestamp: na, gmtoffset: 0, ...nothing };
    }
    const { open, high, low, close, volume } = bar;
    const before = symbol === 'BHP.AU' ? history(symbol)?.findLast(row => row.date < recordedDate)?.close : undefined;
    const change = typeof before === 'number' ? Math.round((close - before) * 1e4) / 1e4 : na;
    const change_p = typeof before === 'number' ? Math.round(((close - before) / before) * 1e6) / 1e4 : na;
    const fields = { open, high, low, close, volume, previousClose: before ?? na, change, change_p };
    return { code: symbol, timestamp: lastTrade, gmtoffset: 0, ...fields };
  }

  function bulkDay(exchange: string, query: Record<string, string>): Reply {
    const type = query.type;
    if (exchange === 'US' && (type === 'splits' || type === 'dividends')) {
      return { json: load(`eod-bulk-last-day-US-${type}-2026-09-29.json`) };
    }
    if (exchange !== 'AU') return { status: 404, text: 'Exchange Not Found.' };
    if (type !== undefined) return { json: [] };
    if (query.date !== undefined && query.date !== recordedDate) return { status: 404, text: 'No data for this date.' };
    return { json: bulk() };
  }

  function search(words: string, limit: number): unknown[] {
    type Listed = { Code: string; Name: string; Isin: string | null };
    const wanted = words.toUpperCase();
    const found = load<Listed[]>('exchange-symbol-list-AU-2025-10.json').filter(
      ({ Code, Name, Isin }) => Code.startsWith(wanted) || Name.toUpperCase().includes(wanted) || Isin === wanted,
    );
    return found.slice(0, limit).map(({ Isin, ...rest }) => ({ ...rest, ISIN: Isin }));
  }

  function oneSecurity(kind: 'div' | 'splits', symbol: string, query: Record<string, string>): Reply {
    if (symbol !== 'CBA.AU') return { json: [] };
    return { json: inRange(load<Row[]>(`${kind}-CBA.AU-one-row.json`), query) };
  }

  return function reply(path: string, query: Record<string, string>): Reply {
    const [endpoint = '', subject = ''] = path.split('/').map(decodeURIComponent);
    if (endpoint === 'eod') {
      const rows = history(subject);
      return rows === undefined ? notFound : { json: inRange(rows, query) };
    }
    if (endpoint === 'real-time') {
      const others = query.s === undefined || query.s === '' ? [] : query.s.split(',');
      return { json: others.length === 0 ? quote(subject) : [subject, ...others].map(quote) };
    }
    if (endpoint === 'eod-bulk-last-day') return bulkDay(subject, query);
    if (endpoint === 'div' || endpoint === 'splits') return oneSecurity(endpoint, subject, query);
    if (endpoint === 'exchange-symbol-list' && subject === 'AU') {
      return { json: query.delisted === '1' ? [] : load('exchange-symbol-list-AU-2025-10.json') };
    }
    if (endpoint === 'search') return { json: search(subject, Number(query.limit ?? 15)) };
    if (endpoint === 'user') return { json: load('user-redacted.json') };
    if (endpoint === 'internal-user') return { json: load('internal-user-redacted.json') };
    return { status: 404, text: 'Not Found' };
  };
}

function startReply(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string | Uint8Array,
) {
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
}

/**
 * Starts the server on 127.0.0.1; port 0 (the default) is any free one. Requests must carry `token` (default `recorded`).
 * Without `dataDir` only the scripted faults answer, and all else is not found.
 */
export async function startEodhdServer({
  dataDir,
  token = 'recorded',
  port = 0,
  faults = [],
}: {
  dataDir?: string | undefined;
  token?: string;
  port?: number;
  faults?: readonly Fault[];
} = {}): Promise<EodhdServer> {
  const replay = dataDir === undefined ? undefined : openRecordings(dataDir);
  const requests: SeenRequest[] = [];
  let scripted: { fault: Fault; left: number }[] = faults.map(fault => ({ fault, left: fault.times ?? Infinity }));
  const delays = new Set<NodeJS.Timeout>();
  let open = 0;
  let most = 0;

  function takeFault(path: string): Fault | undefined {
    const found = scripted.find(({ fault, left }) => left > 0 && path.startsWith(fault.path ?? ''));
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.fault;
  }

  function dribble(ms: number, body: Buffer, response: ServerResponse, headers: Record<string, string>): void {
    startReply(response, 200, headers, body);
    let sent = 0;
    const timer = setInterval(() => {
      if (response.destroyed || sent === body.length) {
        clearInterval(timer);
        delays.delete(timer);
        response.end();
      } else response.write(body.subarray(sent, ++sent));
    }, ms);
    delays.add(timer);
  }

  function fail(fault: Fault, response: ServerResponse): void {
    if (fault.drop) {
      response.destroy();
      return;
    }
    const body = fault.body ?? '';
    const headers = { 'content-type': 'text/html; charset=UTF-8', ...fault.headers };
    if (fault.dribbleMs !== undefined) {
      dribble(fault.dribbleMs, Buffer.from(body), response, headers);
      return;
    }
    if (fault.announcesMore !== undefined) {
      const length = String(Buffer.byteLength(body) + fault.announcesMore);
      response.writeHead(200, { ...headers, 'content-length': length });
      response.write(body);
      return;
    }
    startReply(response, fault.status ?? 200, headers, body);
    if (!fault.truncate) {
      response.end(body);
      return;
    }
    response.write(Buffer.from(body).subarray(0, Math.floor(Buffer.byteLength(body) / 2)), () => response.destroy());
  }

  function answer(path: string, query: Record<string, string>, response: ServerResponse): void {
    if (query.api_token !== token) {
      startReply(response, 401, { 'content-type': 'text/html; charset=UTF-8' }, 'Unauthenticated');
      response.end('Unauthenticated');
      return;
    }
    const { status = 200, json, text } = replay?.(path, query) ?? notFound;
    const body = text ?? JSON.stringify(json);
    const type = text === undefined ? 'application/json' : 'text/html; charset=UTF-8';
    const pace = { 'x-ratelimit-limit': '1400', 'x-ratelimit-remaining': '1399' };
    startReply(response, status, { 'content-type': type, ...pace }, body);
    response.end(body);
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = url.pathname.replace(/^\/api\//, '').replace(/^\//, '');
    const query = Object.fromEntries(url.searchParams);
    requests.push({ path, query });
    open += 1;
    most = Math.max(most, open);
    response.on('close', () => {
      open -= 1;
    });
    const fault = takeFault(path);
    const respond = () =>
      fault === undefined || isOnlySlow(fault) ? answer(path, query, response) : fail(fault, response);
    if (fault?.delayMs === undefined) {
      respond();
      return;
    }
    const timer = setTimeout(() => {
      delays.delete(timer);
      if (!response.destroyed) respond();
    }, fault.delayMs);
    delays.add(timer);
  }

  const server = createServer(serve);
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    requests,
    mostAtOnce: () => most,
    setFault(fault) {
      scripted.push({ fault, left: fault.times ?? Infinity });
    },
    clearFaults() {
      scripted = [];
    },
    close() {
      for (const timer of delays) clearTimeout(timer);
      server.closeAllConnections();
      return new Promise((done, failed) => server.close(error => (error ? failed(error) : done())));
    },
  };
}

/** A fault that only delays: the recording answers, later. */
const isOnlySlow = ({ status, body, drop, truncate, headers }: Fault): boolean =>
  status === undefined && body === undefined && headers === undefined && !drop && !truncate;
