/**
 * The log: one JSON object a line, for whatever collects them. It is given facts one by one and never a body, a header
 * or a query string, so there is no secret in it to hide.
 */
import { type Instant, isoInstant } from '../domain/date.ts';

export type Level = 'info' | 'warning' | 'error';
export type Log = (level: Level, event: string, facts?: Readonly<Record<string, unknown>>) => void;

export function openLog(options: {
  readonly now: () => Instant;
  readonly write: (line: string) => void;
  /** Only warnings and errors. */
  readonly quiet: boolean;
}): Log {
  return (level, event, facts = {}) => {
    if (options.quiet && level === 'info') return;
    options.write(`${JSON.stringify({ time: isoInstant(options.now()), level, event, ...facts })}\n`);
  };
}

/**
 * What may be written of an error. A failed statement keeps its values, among them hashes and addresses, in its own
 * message; what the database said is its cause.
 */
export function errorFacts(error: unknown): Record<string, unknown> {
  const told = error instanceof Error && 'query' in error && error.cause !== undefined ? error.cause : error;
  if (!(error instanceof Error) || !(told instanceof Error)) return { error: 'not an error' };
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
  const code = 'code' in told && typeof told.code === 'string' ? told.code : undefined;
  return { error: told.message, code, stack: frames.slice(0, 8).map(line => line.trim()) };
}
