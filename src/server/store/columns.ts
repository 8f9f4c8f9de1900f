/** How values lie in PostgreSQL: instants as `timestamptz`, JSON as the text that was sent. */
import { customType } from 'drizzle-orm/pg-core';
import { type Instant, isoInstant } from '../../domain/date.ts';

/** Whole milliseconds. PostgreSQL writes `2026-11-22 07:44:43.27+00`, in whatever zone the session has. */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: isoInstant,
  fromDriver: written => Date.parse(written),
});

/**
 * `json`, not `jsonb`: it keeps what was sent, such as an escaped NUL, which jsonb refuses. Nothing looks into it in
 * SQL.
 */
export const document = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'json',
  toDriver: value => JSON.stringify(value),
  fromDriver: written => (typeof written === 'string' ? JSON.parse(written) : written),
});
