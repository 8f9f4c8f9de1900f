/**
 * What a cell says: text without control characters, amounts as brokers print them, and Australian dates.
 */
import { type LocalDate, readDate, readInstant, sydneyDate } from '../domain/date.ts';
import { type Decimal, readDecimal } from '../domain/decimal.ts';

const escapeSequence = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?)/g;
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** Any character that plain printable ASCII does not have; most cells have none and need no work. */
const unusual = /[^\x20-\x7e]/;

/** The cell's text: no escape sequences, control or invisible characters, blanks folded and trimmed. */
export function cleanText(cell: string): string {
  if (!unusual.test(cell)) return cell.trim();
  return cell.replace(escapeSequence, '').replace(/\s/g, ' ').replace(unseen, '').trim();
}

/** At most 40 characters, for a message. */
export const cut = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 39).trimEnd()}…`);

const absent = /^(?:|[-\u2013\u2014]|n\/?a|null)$/i;
/** Whether a cell says that it has no value: empty, a dash, `N/A`. */
export const isAbsent = (text: string): boolean => absent.test(text);

/**
 * An amount as brokers print it: `$1,234.50`, `(12.30)` for a negative, a Unicode minus, blanks between groups, `AUD`
 * before or after. Undefined when it is anything else.
 */
export function readAmount(text: string): Decimal | undefined {
  const plain = readDecimal(text);
  if (plain !== undefined || text.length > 60) return plain;
  const bare = text.replace(/\s|^A(?:UD)?(?=\s*[-(\u2212$\d])|AUD$/gi, '');
  const negative = /^\$?\((.+)\)$/.exec(bare);
  const inner = (negative?.[1] ?? bare).replace(/^\$([-\u2212])/, '$1$');
  const value = readDecimal(inner);
  return value !== undefined && negative ? value.neg() : value;
}

export type DateOrder = 'day-first' | 'month-first';

const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const clock = '(?:(?:T|[ ,;]+)\\d{1,2}:?\\d{2}(?::?\\d{2})?(?:\\.\\d+)?(?: ?[ap]m)?)?';
const yearFirst = new RegExp(`^(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})${clock}$`, 'i');
const numbers = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})${clock}$`, 'i');
const compact = new RegExp(`^(\\d{4})(\\d{2})(\\d{2})${clock}$`, 'i');
const named = new RegExp(`^(\\d{1,2})[- ]([a-z]{3,9})\\.?,?[- ](\\d{4})${clock}$`, 'i');

/**
 * The day in `text`: ISO, d/m/yyyy (m/d only where asked for), `02 Jan 2024`, yyyymmdd, each with or without a clock
 * time; a UTC or offset instant is its day in Sydney. Undefined when there is no such day.
 */
export function readDay(text: string, order: DateOrder = 'day-first'): LocalDate | undefined {
  const iso = yearFirst.exec(text) ?? compact.exec(text);
  if (iso) return readDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const plain = numbers.exec(text);
  if (plain) {
    const [day, month] = order === 'day-first' ? [plain[1], plain[2]] : [plain[2], plain[1]];
    return readDate(Number(plain[3]), Number(month), Number(day));
  }
  const words = named.exec(text);
  if (words) {
    const name = (words[2] ?? '').toLowerCase();
    return readDate(Number(words[3]), monthNames.findIndex(month => month.startsWith(name)) + 1, Number(words[1]));
  }
  const instant = readInstant(text);
  return instant === undefined ? undefined : sydneyDate(instant);
}
