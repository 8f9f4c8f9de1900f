/** The headers of an answer that the client reads: the allowance a minute, the size, and when to come back. */

type Header = string | string[] | undefined;

export const headerText = (value: Header): string | undefined => (Array.isArray(value) ? value[0] : value);

/** A whole number of a header, or undefined. */
export function headerCount(value: Header): number | undefined {
  const text = headerText(value);
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined;
}
