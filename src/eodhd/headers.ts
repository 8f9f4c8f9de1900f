/** The headers of an answer that the client reads: the allowance a minute, the size, and when to come back. */
import type { Instant } from '../domain/date.ts';

type Header = string | string[] | undefined;

/** Seconds, or an HTTP date, of a Retry-After header, as milliseconds from now. */
export function retryAfter(value: string | undefined, now: Instant): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d{1,7}\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

export const headerText = (value: Header): string | undefined => (Array.isArray(value) ? value[0] : value);

/** A whole number of a header, or undefined. */
export function headerCount(value: Header): number | undefined {
  const text = headerText(value);
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined;
}
