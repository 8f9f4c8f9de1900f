/**
 * One request to EODHD and its retries: the key, the pace, the quota and what is remembered of refusals.
 *
 * Retried, at most three times: a connection that fails or breaks (unless it was an answer that took too long to be whole), 408, 429 (after Retry-After, or from the next minute
 * on) and 5xx. Never retried: 400, 401, 402, 403, 404, 422. After a 402 nothing is sent until 00:00 UTC; after a 403 that
 * kind of request is not sent again. Redirects are not followed. The key is read for each request and appears in no
 * message, cause or record; a new key forgets what the old one was refused.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { type Instant, minute } from '../domain/date.ts';
import { retryAfter } from '../domain/retry-after.ts';
import { Failure } from '../failure.ts';
import { parseBase, urlOf } from './address.ts';
import { costOf, type Endpoint, nextReset } from './costs.ts';
import { badAnswer, judge, missingKey, notInPlan, quotaGone, quotaTooSmall } from './errors.ts';
import { headerCount, headerText } from './headers.ts';
import { openPacer } from './pacing.ts';
import { redactor } from './redact.ts';

/** One request that was sent. `cost` is in calls, 0 when it failed; `status` is undefined when nothing was answered. */
export type CallRecord = {
  readonly endpoint: Endpoint;
  readonly cost: number;
  readonly at: Instant;
  readonly status: number | undefined;
  readonly durationMs: number;
};

export type EodhdOptions = {
  /** Like `https://eodhd.com/api`; plain http only on this machine. */
  readonly baseUrl: string;
  readonly token: () => string | undefined | Promise<string | undefined>;
  readonly now: () => Instant;
  readonly onCall?: ((call: CallRecord) => void) | undefined;
  /** Calls left today by the local ledger, undefined when unknown; what would go past it is not sent. */
  readonly callsLeft?: (() => number | undefined) | undefined;
  readonly maxRetries?: number | undefined;
  /** Longest silence of the server; a whole answer may take ten times as long. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds before the retry after attempt 0, 1, 2. */
  readonly retryDelay?: ((attempt: number) => number) | undefined;
};

export type Question = {
  readonly endpoint: Endpoint;
  /** Below the base, like `eod/BHP.AU`; its parts are already safe in a path. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** What a 403 refuses, apart from others of the endpoint: the exchange, or the type of bulk file. */
  readonly variant?: string;
  /** In words, after "EODHD refused": "the prices of BHP.AU". */
  readonly what: string;
  readonly symbols?: number;
  readonly signal?: AbortSignal | undefined;
};

type Received =
  /** `text` is undefined when it is larger than any answer of EODHD. */
  | { readonly status: number; readonly text: string | undefined; readonly retryAfter: string | undefined }
  | { readonly status: number | undefined; readonly brokenBy: Error; readonly tookTooLong: boolean };

type Outcome =
  | { readonly json: unknown }
  | {
      readonly failure: Failure;
      readonly retry: boolean;
      readonly status?: number | undefined;
      readonly waitMs?: number | undefined;
    };

const largestAnswer = 60_000_000;
const longestWait = minute;

/** The body as text, or undefined when it is larger than any answer of EODHD. */
async function readBody(body: AsyncIterable<Buffer>, announced: number | undefined): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > largestAnswer || (announced ?? 0) > largestAnswer) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\ufeff/, '');
}

/** A cause that is safe to log: the words of the error alone, without what it carries. */
function safeCause(error: unknown, redact: (text: string) => string): Error {
  const words = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new Error(redact([code, words].filter(text => text !== '').join(': ')));
}

const wordsOf = (cause: Error): string => cause.message.split('\n')[0]?.slice(0, 200) ?? '';

export function openTransport(options: EodhdOptions) {
  const { now, onCall, callsLeft, maxRetries = 3, timeoutMs = 30_000 } = options;
  const retryDelay = options.retryDelay ?? ((attempt: number) => 500 * 2 ** attempt);
  const base = parseBase(options.baseUrl);
  const agent = new Agent({
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connections: 4,
  });
  const pacer = openPacer();
  const closing = new AbortController();
  const refused = { token: '', families: new Set<string>(), quotaUntil: 0 };
  let reserved = 0;
  let serverAhead: number | undefined;
  let closed: Promise<void> | undefined;

  async function readToken(): Promise<string> {
    const token = (await options.token())?.trim() ?? '';
    if (token === '') throw missingKey();
    if (token !== refused.token) {
      refused.token = token;
      refused.families.clear();
      refused.quotaUntil = 0;
    }
    return token;
  }

  /** Reserves the cost of a request, or throws what is known without sending it: quota gone, not in the plan. */
  function admit(question: Question, cost: number): void {
    if (now() < refused.quotaUntil) throw quotaGone(now());
    if (refused.families.has(familyOf(question))) throw notInPlan(question.what);
    const left = callsLeft?.();
    if (left !== undefined && cost > left - reserved) {
      throw quotaTooSmall(question.what, cost, left - reserved, now());
    }
    reserved += cost;
  }

  /** Sends once; the answer whole, or what broke it off. */
  async function exchange(question: Question, token: string, signal: AbortSignal): Promise<Received> {
    let status: number | undefined;
    // Not AbortSignal.timeout: that one, and the request with it, would be kept until it is over, however soon the answer is.
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new Error('it took too long')), 10 * timeoutMs);
    try {
      const response = await request(urlOf(base, question.path, question.query ?? {}, token), {
        dispatcher: agent,
        signal: AbortSignal.any([signal, deadline.signal]),
        headers: { accept: 'application/json', 'user-agent': 'asxos' },
      });
      status = response.statusCode;
      const { headers } = response;
      const told = Date.parse(headerText(headers.date) ?? '');
      if (!Number.isNaN(told)) serverAhead = told - now();
      pacer.learn({
        limit: headerCount(headers['x-ratelimit-limit']),
        remaining: headerCount(headers['x-ratelimit-remaining']),
        untilNextMinuteMs: minute - (now() % minute),
      });
      const text = await readBody(response.body, headerCount(headers['content-length']));
      return { status, text, retryAfter: headerText(headers['retry-after']) };
    } catch (error) {
      signal.throwIfAborted();
      return { status, brokenBy: safeCause(error, redactor(token)), tookTooLong: deadline.signal.aborted };
    } finally {
      clearTimeout(timer);
    }
  }

  function judgeReceived(received: Received, question: Question, token: string): Outcome {
    const { what } = question;
    if ('brokenBy' in received) {
      // What dribbled in for so long would do so again, and hold up whoever waits for this refresh.
      const isDribble = received.status !== undefined && received.tookTooLong;
      return { failure: brokenOff(what, received.status, received.brokenBy), retry: !isDribble };
    }
    const { status, text } = received;
    if (text === undefined) return { failure: badAnswer(what, 'more than 60 MB'), retry: false, status };
    const judged = judge({ status, text }, { what, now: now(), redact: redactor(token) });
    if ('json' in judged) return judged;
    const meant = judged.status;
    if (meant === 402) refused.quotaUntil = nextReset(now());
    if (meant === 403) refused.families.add(familyOf(question));
    const wait = retryAfter(received.retryAfter, now()) ?? (meant === 429 ? minute - (now() % minute) : undefined);
    const retry = meant !== undefined && (meant === 408 || meant === 429 || meant >= 500);
    return { failure: judged.failure, status: meant, retry, waitMs: wait };
  }

  async function send(question: Question, token: string, cost: number, signal: AbortSignal): Promise<Outcome> {
    const at = now();
    let status: number | undefined;
    let spent = 0;
    try {
      const received = await exchange(question, token, signal);
      status = received.status;
      const outcome = judgeReceived(received, question, token);
      if ('json' in outcome) spent = cost;
      return outcome;
    } finally {
      reserved -= cost;
      onCall?.({ endpoint: question.endpoint, cost: spent, at, status, durationMs: Math.max(0, now() - at) });
    }
  }

  return {
    /** The JSON that EODHD answers with. Throws a Failure, or the reason of the question's signal when aborted. */
    async ask(question: Question): Promise<unknown> {
      const signal = question.signal ? AbortSignal.any([question.signal, closing.signal]) : closing.signal;
      const cost = costOf(question.endpoint, question.symbols);
      for (let attempt = 0; ; attempt += 1) {
        const token = await readToken();
        const outcome = await pacer.run(
          signal,
          () => admit(question, cost),
          () => send(question, token, cost, signal),
        );
        if ('json' in outcome) return outcome.json;
        const wait = outcome.waitMs ?? retryDelay(attempt);
        if (!outcome.retry || attempt >= maxRetries || wait > longestWait) throw outcome.failure;
        if (outcome.status === 429) pacer.pause(wait);
        else await waitFor(wait, signal);
      }
    },
    /** Milliseconds that EODHD's clock was ahead of this one at its last answer; undefined before one that told. */
    serverAhead: (): number | undefined => serverAhead,
    /** Breaks off what is under way and frees the connections. */
    async close(): Promise<void> {
      closing.abort(new Failure('offline', 'The connection to EODHD was closed'));
      pacer.close();
      closed ??= agent.close();
      await closed;
    },
  };
}

const familyOf = ({ endpoint, variant }: Question): string => `${endpoint} ${variant ?? ''}`;

function brokenOff(what: string, status: number | undefined, cause: Error): Failure {
  const why = wordsOf(cause);
  if (status !== undefined)
    return new Failure('bad-response', `EODHD broke off its answer for ${what} (${why})`, { cause });
  return new Failure('offline', `EODHD could not be reached for ${what} (${why})`, {
    hint: 'Check the connection and try again; stored prices are kept.',
    cause,
  });
}

async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
