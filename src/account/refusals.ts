/**
 * An answer of the account server judged: what it says by its schema, or the one Failure that says what is wrong. Its
 * words are shown as they are, harmless and short; what was sent is not, but for a field that is no secret.
 *
 * Troubles a user can see: wrong input (422, 400), not signed in or not allowed (401, 403), not there (404), a cursor
 * that is out of date (409), too many attempts (429), out of order (5xx), and an answer that is no account server's.
 */
import type { z } from 'zod';
import type { Instant } from '../domain/date.ts';
import { retryAfter } from '../domain/retry-after.ts';
import { harmless } from '../domain/text.ts';
import { Failure, type FailureCode } from '../failure.ts';
import type { Answer, Question } from './exchange.ts';
import { type Problem, refusalAnswer } from './messages.ts';

type Asked = Pick<Question, 'body' | 'token'> & { readonly server: string; readonly now: Instant };

/** The HTTP status of a refusal by the account server; undefined for any other trouble. */
export function refusedWith(error: unknown): number | undefined {
  if (!(error instanceof Failure) || typeof error.cause !== 'object' || error.cause === null) return undefined;
  return 'status' in error.cause && typeof error.cause.status === 'number' ? error.cause.status : undefined;
}

/** What a good answer says. */
export function readAnswer<Schema extends z.ZodType>(answer: Answer, schema: Schema, asked: Asked): z.output<Schema> {
  const { status } = answer;
  const json = parseJson(answer.text);
  if (status < 200 || status >= 300) throw refusalOf(answer, json?.value, asked);
  const { host } = new URL(asked.server);
  if (json === undefined) {
    throw new Failure('bad-response', `The account server at ${host} did not answer in JSON`, { hint: elsewhere });
  }
  const read = schema.safeParse(json.value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue?.path.join('.') ?? '';
  throw new Failure(
    'bad-response',
    `The account server at ${host} answered in a shape that is not known${place === '' ? '' : ` (${place})`}`,
    { hint: 'It may be of another version, or something else may answer at accountUrl.' },
  );
}

/** A body that the server would refuse is refused before it is sent. */
export function checkBody(schema: z.ZodType, body: unknown): void {
  const read = schema.safeParse(body);
  if (read.success) return;
  const problems = read.error.issues.map(({ path, message }) => ({
    loc: ['body', ...path.map(key => (typeof key === 'number' ? key : String(key)))],
    msg: message,
    type: '',
  }));
  throw new Failure('invalid-input', problemWords(problems, body));
}

const elsewhere = 'Check accountUrl: something else may answer there.';

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const shown = (text: string): string => harmless(text).slice(0, 300);

/** What a status means, and what to say where the server gives no reason. */
const meanings: Readonly<Record<number, { code: FailureCode; otherwise: string }>> = {
  400: { code: 'refused', otherwise: 'it refused the request' },
  401: { code: 'unauthorised', otherwise: 'it asks who you are' },
  403: { code: 'unauthorised', otherwise: 'it does not allow that' },
  404: { code: 'not-found', otherwise: 'it is not there' },
  409: { code: 'refused', otherwise: 'it holds another state' },
  413: { code: 'invalid-input', otherwise: 'that is too large' },
  422: { code: 'invalid-input', otherwise: 'something in the request is wrong' },
  429: { code: 'rate-limited', otherwise: 'too many attempts' },
};

function refusalOf({ status, retryAfter: after }: Answer, json: unknown, { server, body, token, now }: Asked): Failure {
  const { host } = new URL(server);
  const cause = { status };
  if (status >= 300 && status < 400) {
    return new Failure(
      'bad-response',
      `The account server at ${host} leads elsewhere (${status}); nothing follows it`,
      {
        hint: 'Set accountUrl to the address that it leads to.',
        cause,
      },
    );
  }
  const read = refusalAnswer.safeParse(json);
  const detail = read.success ? read.data.detail : undefined;
  const said = typeof detail === 'string' ? shown(detail) : detail && problemWords(detail, body);
  if (status >= 500) {
    const words = said === undefined ? String(status) : `${status}: ${said}`;
    return new Failure('unavailable', `The account server at ${host} is out of order (${words})`, {
      hint: 'Try again later. Everything but the account goes on without it.',
      cause,
    });
  }
  const meaning = meanings[status];
  if (meaning === undefined || (said === undefined && status === 404)) {
    return new Failure('bad-response', `The account server at ${host} answered ${status}, which is not known here`, {
      hint: elsewhere,
      cause,
    });
  }
  const { code, otherwise } = meaning;
  const hint = status === 401 && token !== undefined ? 'Sign in again: asxos account login.' : undefined;
  const wait = status === 429 ? retryAfter(after, now) : undefined;
  return new Failure(code, `The account server says: ${said ?? otherwise}`, {
    hint: wait === undefined ? hint : `Try again in ${waitWords(wait)}.`,
    cause,
  });
}

function waitWords(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds < 120) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

const secret = /password|token/;

/** `email "nope": value is not a valid email address`; of a secret the name alone. */
function problemWords(problems: readonly Problem[], body: unknown): string {
  const words = problems.slice(0, 3).map(({ loc, msg }) => {
    const path = loc.slice(1);
    const name = path.join('.');
    if (name === '') return msg;
    const value = path.reduce<unknown>(
      (inside, key) =>
        typeof inside === 'object' && inside !== null ? (inside as Record<string, unknown>)[key] : undefined,
      body,
    );
    const isShown = typeof value === 'string' && value.length <= 100 && !secret.test(name);
    return `${name}${isShown ? ` "${value}"` : ''}: ${msg}`;
  });
  return shown(words.join('; '));
}
