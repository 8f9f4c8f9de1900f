/**
 * One request to the account server and its answer: bounded in time and in size, and no redirect followed, which would
 * carry a password or a token to somewhere else. What breaks it off is one Failure in words, without what was sent.
 */
import { Agent, request } from 'undici';
import { harmless } from '../domain/text.ts';
import { Failure } from '../failure.ts';

export type Question = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the server's address, with its query. */
  readonly path: string;
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of the answer, at most. */
  readonly largest?: number | undefined;
};

export type Answer = {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | undefined;
};

export type ExchangeOptions = {
  readonly server: string;
  readonly deviceId: () => string;
  readonly newId: () => string;
  /** Longest silence of the server; a whole answer may take four times as long. */
  readonly timeoutMs?: number | undefined;
};

const usualAnswer = 1_048_576;

export function openExchange({ server, deviceId, newId, timeoutMs = 30_000 }: ExchangeOptions) {
  const agent = new Agent({
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connections: 4,
  });
  const { host } = new URL(server);
  const closing = new AbortController();
  let closed: Promise<void> | undefined;

  /** Throws a Failure, or the reason of the question's signal when it is aborted. */
  async function exchange({ method, path, body, token, signal, largest = usualAnswer }: Question): Promise<Answer> {
    const asked = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
    asked.throwIfAborted();
    const deadline = AbortSignal.timeout(4 * timeoutMs);
    let status: number | undefined;
    try {
      const answer = await request(`${server}${path}`, {
        method,
        dispatcher: agent,
        signal: AbortSignal.any([asked, deadline]),
        body: body === undefined ? null : JSON.stringify(body),
        headers: {
          accept: 'application/json',
          'user-agent': 'asxos',
          'x-device-id': deviceId(),
          'x-request-id': newId(),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
      });
      status = answer.statusCode;
      const text = await readBody(answer.body, largest);
      if (text === undefined) throw tooLarge(host, largest);
      const after = answer.headers['retry-after'];
      return { status, text, retryAfter: Array.isArray(after) ? after[0] : after };
    } catch (error) {
      asked.throwIfAborted();
      if (error instanceof Failure) throw error;
      throw brokenOff(host, { error, status, timeoutMs });
    }
  }

  return {
    exchange,
    /** Breaks off what is under way and frees the connections. */
    async close(): Promise<void> {
      closing.abort(new Failure('unavailable', 'The connection to the account server was closed'));
      closed ??= agent.destroy();
      await closed;
    },
  };
}

/** The body as text, or undefined where it is larger than that. */
async function readBody(body: AsyncIterable<Buffer>, largest: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > largest) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const tooLarge = (host: string, largest: number): Failure =>
  new Failure('bad-response', `The account server at ${host} answered with more than ${largest} bytes`, {
    hint: 'Check accountUrl: something else may answer there.',
  });

const late = /^(TimeoutError|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/;
const untrusted = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH)/;
const untouched = 'Everything but the account goes on without it.';

function brokenOff(
  host: string,
  { error, status, timeoutMs }: { error: unknown; status: number | undefined; timeoutMs: number },
): Failure {
  const { code, words } = reasonOf(error);
  if (late.test(code)) {
    return new Failure('unavailable', `The account server at ${host} did not answer within ${timeoutMs / 1000} s`, {
      hint: `Try again later. ${untouched}`,
    });
  }
  if (untrusted.test(code)) {
    return new Failure('unavailable', `The certificate of the account server at ${host} is not trusted (${code})`, {
      hint: 'Nothing was sent. NODE_EXTRA_CA_CERTS names the certificate of your own authority.',
    });
  }
  if (status !== undefined) {
    return new Failure('bad-response', `The account server at ${host} broke off its answer (${words})`, {
      hint: `Try again. ${untouched}`,
    });
  }
  return new Failure('unavailable', `The account server at ${host} could not be reached (${words})`, {
    hint: `Check accountUrl and the connection. ${untouched}`,
  });
}

/** The code of an error, and what is said of it: nothing that was sent is among that. */
function reasonOf(error: unknown): { code: string; words: string } {
  if (!(error instanceof Error)) return { code: '', words: harmless(String(error)).slice(0, 100) };
  // Several addresses of one name were tried.
  const first = error instanceof AggregateError ? error.errors.find(each => each instanceof Error) : undefined;
  const cause: Error = first ?? error;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
  return { code, words: code === 'Error' ? harmless(cause.message).slice(0, 100) : code };
}
