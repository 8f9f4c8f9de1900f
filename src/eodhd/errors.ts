/**
 * An EODHD answer judged: its JSON, or the one Failure that says what is wrong and the way out.
 *
 * EODHD's errors are mostly plain text under text/html, some are JSON in several shapes, and the sentence about the
 * daily quota has been seen under status 200, so the words are judged along with the status. Troubles a user can see:
 * key refused (401), quota gone (402), not in the plan (403), unknown security (404), bad request (400, 422), too many
 * requests (429), out of order (5xx), a redirect, and an answer that is not JSON.
 */
import { type Instant, sydneyClock } from '../domain/date.ts';
import { Failure } from '../failure.ts';
import { nextReset } from './costs.ts';
import { excerpt } from './redact.ts';

export type Answer = { readonly status: number; readonly text: string };

/** What was asked for, in words ("the prices of BHP.AU"), and how to make a text fit to show. */
export type Asked = { readonly what: string; readonly now: Instant; readonly redact: (text: string) => string };

export type Judgement =
  | { readonly json: unknown }
  /** `status` is what the answer means, whatever its status line said; undefined is an unreadable answer. */
  | { readonly failure: Failure; readonly status: number | undefined };

export const missingKey = (): Failure =>
  new Failure('unauthorised', 'No EODHD key is set', {
    hint: 'Run `asxos key set`, set EODHD_API_TOKEN, or try `asxos --demo`.',
  });

/** The instant of the quota's reset as a Sydney clock shows it, like `11:00 AEDT`. */
function resetInSydney(now: Instant): string {
  const { minutes, zone } = sydneyClock(nextReset(now));
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')} ${zone}`;
}

const resetHint = (now: Instant): string =>
  `The quota resets at 00:00 UTC, ${resetInSydney(now)} in Sydney; stored prices are kept.`;

export const quotaGone = (now: Instant): Failure =>
  new Failure('quota', 'The EODHD quota of the day is used up', { hint: resetHint(now) });

/** The local ledger says that a request would go past the daily quota; nothing was sent. */
export const quotaTooSmall = (what: string, cost: number, left: number, now: Instant): Failure =>
  new Failure('quota', `EODHD: ${what} costs ${cost} calls, and ${Math.max(0, left)} are left today`, {
    hint: resetHint(now),
  });

export const notInPlan = (what: string, detail = ''): Failure =>
  new Failure('not-in-plan', `Your EODHD plan does not include ${what}${detail}`, {
    hint: 'It is not asked for again in this run; everything else goes on.',
  });

const quotaWords = /exceeded your daily API requests limit/i;
const planWords =
  /only EOD data allowed|FORBIDDEN_PLAN|not (?:available|included|allowed) (?:in|for|on) your (?:plan|subscription)/i;

type Parsed = { readonly value: unknown } | undefined;

function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The sentences inside any of the shapes that EODHD gives an error. */
function sentencesIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  if (depth > 4 || typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(part => sentencesIn(part, depth + 1));
}

const errorKeys = ['errorMessage', 'message', 'error', 'errors'] as const;
const tellsTrouble = (value: unknown): boolean => value === true || sentencesIn(value).length > 0;

/** The words of a JSON error, or undefined when the value is not shaped like one. */
function errorWordsIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isObject(value) || 'data' in value) return undefined;
  const present = errorKeys.filter(key => tellsTrouble(value[key]));
  if (present.length === 0) return undefined;
  const words = new Set(present.flatMap(key => sentencesIn(value[key])));
  if (typeof value.code === 'string') words.add(value.code);
  return [...words].join(' ') || 'an error without words';
}

function statusIn(value: unknown): number | undefined {
  if (!isObject(value)) return undefined;
  return [value.code, value.status]
    .map(Number)
    .find(status => Number.isInteger(status) && status >= 400 && status <= 599);
}

function statusMeant(answer: Answer, value: unknown, words: string): number | undefined {
  if (quotaWords.test(words)) return 402;
  if (answer.status < 200 || answer.status > 299) return answer.status;
  const inside = statusIn(value);
  if (inside !== undefined) return inside;
  if (planWords.test(words)) return 403;
  if (/^\W*unauthenticated\b/i.test(words)) return 401;
  if (/^\W*ticker not found/i.test(words)) return 404;
  return undefined;
}

const maintenance = 'EODHD is maintained daily from 05:30 to 06:00 UTC; try again later. Stored prices are kept.';

/** Puts an error status into one Failure. `said` is the body, fit to show. */
function failureOf(status: number | undefined, said: string, { what, now }: Asked): Failure {
  const detail = said === '' ? '' : `: ${said}`;
  if (status === 401) {
    return new Failure('unauthorised', 'EODHD did not accept the API key', {
      hint: 'Run `asxos key set` with the key shown at https://eodhd.com/cp/dashboard.',
    });
  }
  if (status === 402) return quotaGone(now);
  if (status === 403) return notInPlan(what, detail);
  if (status === 404) return new Failure('not-found', `EODHD does not have ${what}${detail}`);
  if (status === 429) {
    return new Failure('rate-limited', `EODHD refused ${what}: too many requests this minute`, {
      hint: 'Try again in a minute; stored prices are kept.',
    });
  }
  if (status === 400 || status === 422) {
    return new Failure('bad-response', `EODHD refused the request for ${what} (${status})${detail}`);
  }
  if (status !== undefined && status >= 300 && status <= 399) {
    return new Failure('bad-response', `EODHD answered ${what} with a redirect (${status}), which is not followed`, {
      hint: 'Check ASXOS_EODHD_URL; a redirect could carry the key elsewhere.',
    });
  }
  if (status === 408 || status === 502 || status === 503 || status === 504) {
    return new Failure('offline', `EODHD is not available (${status}) for ${what}${detail}`, { hint: maintenance });
  }
  if (status !== undefined) {
    return new Failure('bad-response', `EODHD failed on ${what} (${status})${detail}`, {
      hint: status >= 500 ? maintenance : undefined,
    });
  }
  return badAnswer(what, said === '' ? 'an empty answer' : `not the JSON expected${detail}`);
}

/** An answer that came but cannot be used; `why` is fit to show. */
export const badAnswer = (what: string, why: string): Failure =>
  new Failure('bad-response', `EODHD answered ${what} with ${why}`, { hint: 'Try again; stored prices are kept.' });

/** Judges a whole answer: the JSON of a good one, or the Failure and the status it stands for. */
export function judge(answer: Answer, asked: Asked): Judgement {
  const parsed = parseJson(answer.text);
  const good = answer.status >= 200 && answer.status <= 299;
  const errorWords = parsed ? errorWordsIn(parsed.value) : answer.text;
  if (good && parsed && errorWords === undefined) return { json: parsed.value };
  const said = excerpt(errorWords ?? answer.text, asked.redact);
  const status = statusMeant(answer, parsed?.value, said);
  return { failure: failureOf(status, said, asked), status };
}
