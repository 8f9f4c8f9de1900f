/** What an expected trouble of a use case means over HTTP. */
import { Failure, type FailureCode } from '../failure.ts';
import { refusal } from '../http/refusal.ts';

const statuses: Readonly<Record<FailureCode, Parameters<typeof refusal>[0]>> = {
  'invalid-input': 400,
  'bad-file': 400,
  'not-found': 404,
  refused: 409,
  locked: 503,
  offline: 503,
  unavailable: 503,
  'rate-limited': 503,
  quota: 503,
  'bad-response': 502,
  unauthorised: 502,
  'not-in-plan': 502,
  corrupt: 500,
  'newer-database': 500,
  'cannot-write': 500,
};

/** The refusal that says a Failure; undefined for anything else, which is a bug. */
export function failureRefusal(error: Error): Error | undefined {
  if (!(error instanceof Failure)) return undefined;
  const { code, message, hint } = error;
  const status = statuses[code];
  const detail = hint === undefined ? message : `${message}. ${hint}`;
  return refusal(status, detail, status === 503 ? { 'Retry-After': '5' } : {});
}
