/**
 * The closes of one security as a history is worked out from them: as traded, oldest first, in typed arrays.
 *
 * A day is the number that its digits write, 20260302, so that comparing two days is comparing two numbers. A close is
 * a whole number of 10^-`places` dollars: exact, and quick to multiply.
 */
import { type LocalDate, parseLocalDate } from '../date.ts';
import { type Price, plain } from '../decimal.ts';

export type Closes = {
  readonly days: Int32Array;
  readonly closes: Float64Array;
  readonly places: number;
};

/** 20260302 for 2 March 2026. */
export const dayKey = (date: LocalDate): number =>
  Number(date.slice(0, 4)) * 10_000 + Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10));

/** The day that 20260302 stands for. */
export const dateOfKey = (key: number): LocalDate => {
  const digits = String(key);
  return parseLocalDate(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`);
};

const fewPlaces = 4;
const manyPlaces = 8;
const zero = 48;
const point = 46;
const blank = 32;

/**
 * Reads `2026-03-0243.21 2026-03-0343.5 ...`: each date with its close, as SQLite writes a whole series into one text
 * several times faster than into rows.
 */
export function readCloses(text: string): Closes {
  let count = text === '' ? 0 : 1;
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) count += 1;
  return readPacked(text, count, fewPlaces) ?? (readPacked(text, count, manyPlaces) as Closes);
}

/** Undefined where a close has more decimals than `places`; of the most decimals the rest is left out. */
function readPacked(text: string, count: number, places: number): Closes | undefined {
  const days = new Int32Array(count);
  const closes = new Float64Array(count);
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    const year = digit(text, at) * 1000 + digit(text, at + 1) * 100 + digit(text, at + 2) * 10 + digit(text, at + 3);
    days[index] =
      year * 10_000 +
      (digit(text, at + 5) * 10 + digit(text, at + 6)) * 100 +
      digit(text, at + 8) * 10 +
      digit(text, at + 9);
    at += 10;
    let value = 0;
    let decimals = -1;
    for (; at < text.length; at += 1) {
      const letter = text.charCodeAt(at);
      if (letter === blank) break;
      if (letter === point) decimals = 0;
      else if (decimals < places) {
        value = value * 10 + letter - zero;
        if (decimals >= 0) decimals += 1;
      } else if (places < manyPlaces) return undefined;
    }
    at += 1;
    for (let missing = Math.max(decimals, 0); missing < places; missing += 1) value *= 10;
    closes[index] = value;
  }
  return { days, closes, places };
}

const digit = (text: string, at: number): number => text.charCodeAt(at) - zero;

/** The same from a list, as `readCloses` reads it. */
export const closesOf = (list: Iterable<{ readonly date: LocalDate; readonly close: Price }>): Closes =>
  readCloses([...list].map(({ date, close }) => `${date}${plain(close)}`).join(' '));

/** With the latest quote, where it is of a later day than the last close. */
export function withLatest(
  closes: Closes,
  latest: { readonly on: LocalDate; readonly price: Price; readonly source: 'quote' | 'close' } | undefined,
): Closes {
  if (latest?.source !== 'quote' || dayKey(latest.on) <= (closes.days.at(-1) ?? 0)) return closes;
  return joined(closes, closesOf([{ date: latest.on, close: latest.price }]));
}

/**
 * The closes under a security's old code and its new one. Where the old code has none before the rename (a provider
 * keeps the whole history under the new one) the new one's serve; the old one's last close is carried until the new code
 * has its first.
 */
export function acrossRename(old: Closes, renamed: Closes, on: LocalDate): { old: Closes; renamed: Closes } {
  const key = dayKey(on);
  const hadOwn = (old.days[0] ?? Number.POSITIVE_INFINITY) < key;
  const before = hadOwn ? until(old, key) : until(renamed, key);
  const hasOwn = (renamed.days[0] ?? Number.POSITIVE_INFINITY) <= key;
  return { old: before, renamed: hasOwn ? renamed : joined(before, renamed) };
}

/** The closes before a day. */
function until({ days, closes, places }: Closes, key: number): Closes {
  const end = days.findIndex(day => day >= key);
  return end < 0 ? { days, closes, places } : { days: days.slice(0, end), closes: closes.slice(0, end), places };
}

function joined(a: Closes, b: Closes): Closes {
  const places = Math.max(a.places, b.places);
  const scaled = ({ closes, places: own }: Closes): number[] => [...closes].map(close => close * 10 ** (places - own));
  return {
    days: Int32Array.from([...a.days, ...b.days]),
    closes: Float64Array.from([...scaled(a), ...scaled(b)]),
    places,
  };
}
