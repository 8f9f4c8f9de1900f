/** What every route is handed: the store, and what was opened once when the server started. */
import type { Instant } from '../domain/date.ts';
import type { Log } from '../http/log.ts';
import type { Limits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import type { Passwords } from './passwords.ts';
import type { Database } from './store/store.ts';
import type { Tokens } from './tokens.ts';

export type Parts = {
  readonly db: Database;
  readonly tokens: Tokens;
  readonly passwords: Passwords;
  readonly limits: Limits;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly now: () => Instant;
  /** A UUIDv7. */
  readonly newId: () => string;
  /** Milliseconds since some moment. */
  readonly elapsed: () => number;
  readonly version: string;
  readonly accessTtl: number;
  readonly refreshTtl: number;
  readonly proxies: number;
};
