/** Entries written as their lines, so that a ledger test reads like a contract note. */
import { type LocalDate, parseLocalDate } from '../../src/domain/date.ts';
import { plain } from '../../src/domain/decimal.ts';
import type { Entry } from '../../src/domain/ledger/entry.ts';
import { parseEntryLine } from '../../src/domain/ledger/entry-line.ts';
import { type FoldOptions, foldLedger, type Ledger } from '../../src/domain/ledger/ledger.ts';
import type { Parcel } from '../../src/domain/ledger/parcel.ts';

export const on = (text: string): LocalDate => parseLocalDate(text);

/** Ids are `entry-001`, `entry-002`, ... in the order of the lines. */
export const entriesOf = (lines: readonly string[], portfolio = 'main'): Entry[] =>
  lines.map((line, index) => ({
    ...parseEntryLine(line, { today: on('2030-01-01') }),
    id: `entry-${String(index + 1).padStart(3, '0')}`,
    portfolio,
  }));

export const ledgerOf = (lines: readonly string[], options: FoldOptions = {}): Ledger =>
  foldLedger(entriesOf(lines), options);

/** One parcel as `CODE units cost acquired`, with `?` for an unknown cost. */
export const parcelText = (parcel: Parcel): string =>
  `${parcel.code} ${plain(parcel.units)} ${parcel.cost === undefined ? '?' : plain(parcel.cost)} ${parcel.acquiredOn}`;

export const parcelsText = (ledger: Ledger): string[] => ledger.parcels.map(parcelText);
