/**
 * Keys of imported rows, so that importing a file twice adds nothing while two equal real trades stay two.
 *
 * A row with the broker's own number is `family:number`; files of one broker share it. The same number twice with the
 * same content is one trade repeated; with other content it is another fill, and gets `#2` in the order of content. A
 * row without a number is its content and its occurrence, `...|#1`. Neither depends on where in the file a row is, nor
 * on how it was written (blanks, thousands, case).
 */
import { plain } from '../domain/decimal.ts';
import type { CashAmount, Draft } from '../domain/ledger/entry.ts';
import { cut } from './cell.ts';
import type { Format } from './format.ts';
import type { Found, Problem } from './reading.ts';

/** A draft and where it came from. `line` is the line of the file, from 1. */
export type ImportedRow = { line: number; draft: Draft; sourceKey: string };

const amountText = (amount: CashAmount): string =>
  'total' in amount ? plain(amount.total) : `@${plain(amount.perUnit)}`;

/** What the row says, as text that equal rows share. */
function contentOf({ draft, undated }: Found): string[] {
  const on = undated ? '' : draft.on;
  switch (draft.kind) {
    case 'buy':
    case 'sell': {
      const total = draft.total === undefined ? '' : plain(draft.total);
      return [on, draft.code, draft.kind, plain(draft.units), plain(draft.price), total];
    }
    case 'opening':
    case 'transfer-in': {
      const paid = draft.cost === undefined ? '' : plain(draft.cost);
      return [on, draft.code, draft.kind, plain(draft.units), paid];
    }
    case 'transfer-out':
    case 'bonus':
      return [on, draft.code, draft.kind, plain(draft.units)];
    case 'dividend':
    case 'distribution':
      return [on, draft.code, draft.kind, amountText(draft.amount)];
    default:
      return [on, draft.code ?? '', draft.kind];
  }
}

/** The content with what the key leaves out, to tell rows of one key apart. */
function detailOf(found: Found): string {
  const { draft } = found;
  const brokerage = 'brokerage' in draft && draft.brokerage !== undefined ? plain(draft.brokerage) : '';
  const withheld = 'withheld' in draft && draft.withheld !== undefined ? plain(draft.withheld) : '';
  return [...contentOf(found), brokerage, withheld, draft.note ?? ''].join('|');
}

/** The broker's number without blanks and, before digits alone, without CommSec's and nabtrade's letter. */
const numberOf = (reference: string): string =>
  reference
    .replace(/\s+/g, '')
    .toUpperCase()
    .replace(/^C(?=\d+$)/, '');

const baseOf = (row: Found, format: Format): string =>
  row.reference === undefined
    ? `${format.id}|${contentOf(row).join('|')}`
    : `${format.family}:${numberOf(row.reference)}`;

/** Gives each row its key, in the order of lines; repeats of a number come back as problems. */
export function assignKeys(found: readonly Found[], format: Format): { rows: ImportedRow[]; repeats: Problem[] } {
  const groups = new Map<string, Found[]>();
  for (const row of found) {
    const base = baseOf(row, format);
    const group = groups.get(base);
    if (group) group.push(row);
    else groups.set(base, [row]);
  }
  const rows: ImportedRow[] = [];
  const repeats: Problem[] = [];
  for (const [base, group] of groups) keyGroup(base, group, rows, repeats);
  rows.sort((a, b) => a.line - b.line);
  repeats.sort((a, b) => a.line - b.line);
  return { rows, repeats };
}

/** Keys the rows that share a number or a content. */
function keyGroup(base: string, group: readonly Found[], rows: ImportedRow[], repeats: Problem[]): void {
  const detailed = group.map(row => ({ row, detail: group.length === 1 ? '' : detailOf(row) }));
  detailed.sort((a, b) => (a.detail < b.detail ? -1 : a.detail > b.detail ? 1 : a.row.line - b.row.line));
  let ordinal = 0;
  let previous: (typeof detailed)[number] | undefined;
  for (const keyed of detailed) {
    const { line, draft, reference } = keyed.row;
    if (reference !== undefined && previous?.detail === keyed.detail) {
      repeats.push({ line, reason: `repeats line ${previous.row.line}: number ${cut(numberOf(reference))}` });
      continue;
    }
    ordinal += 1;
    previous = keyed;
    const suffix = reference === undefined ? `|#${ordinal}` : ordinal === 1 ? '' : `#${ordinal}`;
    rows.push({ line, draft, sourceKey: `${base}${suffix}` });
  }
}
