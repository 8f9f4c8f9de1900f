import type { Instant } from './date.ts';

/** Seconds, or an HTTP date, of a Retry-After header (RFC 9110, 10.2.3), as milliseconds from now. */
export function retryAfter(value: string | undefined, now: Instant): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d{1,7}\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
