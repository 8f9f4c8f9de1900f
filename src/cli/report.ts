/**
 * What a one-shot command answers: one record, printed as a table, as JSON or as CSV.
 *
 * The `data` of the JSON envelope is the contract with scripts: camel case, decimals as plain strings, unknown as null.
 * The table and the CSV are drawn from the same record. Tables round, JSON never does.
 */
import type { Cell, CsvRows } from '../csv.ts';
import type { Decimal } from '../domain/decimal.ts';
import type { Explained } from './explained.ts';

export type Column<Row> = {
  readonly title: string;
  /** The CSV field; absent where the column is for people only. */
  readonly field?: string;
  readonly align?: 'left' | 'right';
  /** As people read it. */
  readonly text: (row: Row) => string;
  /** As CSV carries it; the text where absent. */
  readonly value?: (row: Row) => Cell;
  /** Colour by sign. */
  readonly signed?: (row: Row) => Decimal | number | undefined;
  /** What stands in the line of totals. */
  readonly total?: string;
  /** On a terminal too narrow for the table the column of the highest rank is left out first; never, where absent. */
  readonly rank?: number;
  /** Names alone may be cut, with an ellipsis. */
  readonly isName?: boolean;
};

export type Section =
  | { readonly kind: 'text'; readonly lines: readonly string[] }
  | {
      readonly kind: 'table';
      readonly title?: string;
      readonly columns: readonly TableHead[];
      readonly rows: readonly (readonly TableCell[])[];
      readonly totals?: readonly TableCell[];
    };

export type TableHead = {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly rank: number | undefined;
  readonly isName: boolean;
};
export type TableCell = { readonly text: string; readonly sign?: -1 | 0 | 1 };

export type Report = {
  /** The schema's name and version, like `holdings/1`. */
  readonly schema: string;
  /** The day or instant that the answer holds for, ISO. */
  readonly asOf: string;
  readonly data: unknown;
  /** The part of what was asked that the answer covers, 0 to 1; absent where everything is covered by nature. */
  readonly coverage?: number | undefined;
  readonly warnings?: readonly string[];
  /** Why each figure of `data` is what it is; made only where it is asked for. */
  readonly explain?: () => readonly Explained[] | Promise<readonly Explained[]>;
  /** Said on stderr whatever the format: what was done beside what was asked for. */
  readonly notes?: readonly string[];
  readonly sections: readonly Section[];
  readonly csv: CsvRows;
  /** 0 by default; 1 a check found something, 3 done in part. */
  readonly exitCode?: 0 | 1 | 3;
};

const signOf = (value: Decimal | number | undefined): -1 | 0 | 1 => {
  if (value === undefined) return 0;
  const number = typeof value === 'number' ? value : value.cmp('0');
  return number > 0 ? 1 : number < 0 ? -1 : 0;
};

/**
 * A table section from rows and columns; with a line of totals where a column has one. Columns that are blank in every
 * row are left out.
 */
export function table<Row>(rows: readonly Row[], all: readonly Column<Row>[], title?: string): Section {
  const columns = all.filter(column => rows.some(row => column.text(row) !== ''));
  return {
    kind: 'table',
    ...(title === undefined ? {} : { title }),
    columns: columns.map(({ title, align = 'left', rank, isName = false }) => ({ title, align, rank, isName })),
    rows: rows.map(row =>
      columns.map(column => ({
        text: column.text(row),
        ...(column.signed ? { sign: signOf(column.signed(row)) } : {}),
      })),
    ),
    ...(columns.some(column => column.total !== undefined)
      ? { totals: columns.map(column => ({ text: column.total ?? '' })) }
      : {}),
  };
}

/** The CSV of the same rows: the columns that name a field. */
export function csvOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): CsvRows {
  const fields = columns.filter(column => column.field !== undefined);
  return {
    fields: fields.map(column => column.field ?? ''),
    rows: rows.map(row => fields.map(column => (column.value ? column.value(row) : column.text(row)))),
  };
}

export const lines = (...text: readonly string[]): Section => ({ kind: 'text', lines: text });
