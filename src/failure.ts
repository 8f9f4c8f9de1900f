/**
 * Expected trouble: the user's input or the state of the world, never a bug.
 *
 * One `Failure` ends one request. It carries a code (which decides the exit code), one sentence that names the
 * offending value, and a hint that says the way out. Anything that is not a `Failure` is a bug and ends the process
 * with exit code 70. `describe` is the only place that turns an error into words.
 */
export type FailureCode =
  | 'invalid-input'
  | 'not-found'
  | 'refused'
  | 'bad-file'
  | 'corrupt'
  | 'newer-database'
  | 'offline'
  | 'unavailable'
  | 'bad-response'
  | 'cannot-write'
  | 'rate-limited'
  | 'quota'
  | 'locked'
  | 'unauthorised'
  | 'not-in-plan';

export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  /** The way out, as one sentence; undefined when the message says it all. */
  readonly hint: string | undefined;

  constructor(code: FailureCode, message: string, options: { hint?: string | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}

/** Exit codes follow sysexits.h; 0, 1 and 3 are results, not failures. */
const exitCodes: Record<FailureCode, number> = {
  'invalid-input': 64,
  'not-found': 64,
  refused: 64,
  'bad-file': 65,
  corrupt: 65,
  'newer-database': 65,
  offline: 69,
  unavailable: 69,
  'bad-response': 69,
  'cannot-write': 73,
  'rate-limited': 75,
  quota: 75,
  locked: 75,
  unauthorised: 77,
  'not-in-plan': 77,
};

export const exitCodeOf = (error: unknown): number => (error instanceof Failure ? exitCodes[error.code] : 70);

export type Description = { code: FailureCode | 'bug'; message: string; hint: string | undefined };

/** Puts any thrown value into words. A bug keeps its own message so that it can be reported. */
export function describe(error: unknown): Description {
  if (error instanceof Failure) return { code: error.code, message: error.message, hint: error.hint };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'bug', message: `Internal error: ${message}`, hint: 'This is a bug in asxos; nothing was saved.' };
}
