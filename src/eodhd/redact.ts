/** Texts from EODHD made fit to show: no tags, no control characters, and never the API key. */
import { stripVTControlCharacters } from 'node:util';

/** Control characters, direction overrides and zero-width marks: what could move a cursor or disguise a text. */
const invisible = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** One line of plain text: escape sequences gone, every kind of blank a single space, none at the ends. */
export const plainLine = (text: string): string =>
  stripVTControlCharacters(text).replace(invisible, ' ').replace(/\s+/g, ' ').trim();

/** Matches one character as it is or percent-encoded, in either case of its hexadecimal digits. */
function inAnyEncoding(character: string): string {
  const literal = character.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  const bytes = [...Buffer.from(character, 'utf8')].map(byte => {
    const hex = byte.toString(16).padStart(2, '0');
    return `%${[...hex].map(digit => `[${digit}${digit.toUpperCase()}]`).join('')}`;
  });
  const plus = character === ' ' ? '|\\+' : '';
  return `(?:\\\\?${literal}|${bytes.join('')}${plus})`;
}

/**
 * A function that hides `token` in a text, as written, percent-encoded or backslash-escaped, and any `api_token=...`,
 * whoever's it is.
 */
export function redactor(token: string | undefined): (text: string) => string {
  const parameter = /(api_?token["']?\s*(?:=|:|%3d)\s*["']?)[^&\s"'<>]+/gi;
  const known = token ? new RegExp([...token].map(inAnyEncoding).join(''), 'g') : undefined;
  return text => {
    const hidden = known ? text.replace(known, '[key]') : text;
    return hidden.replace(parameter, '$1[key]');
  };
}

/** The first 200 characters of a body that should have been something else, without tags and without the key. */
export function excerpt(body: string, redact: (text: string) => string): string {
  const words = body
    .slice(0, 65_536)
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ');
  const clean = redact(plainLine(words));
  return clean.length > 200 ? `${clean.slice(0, 199)}…` : clean;
}
