/** What was last said of securities, beside their prices: the fields of JSON and the columns of tables. */
import type { ShortSignal } from '../domain/signals/short-signal.ts';
import { unknown } from '../format.ts';
import { formatEnsemble, formatSignal } from '../words/short-signal-words.ts';
import type { Column } from './report.ts';

export const signalFields = (said: ShortSignal | undefined) => ({
  signalA: said?.signalA,
  signalB: said?.signalB,
  signal: said?.signal,
  grade: said?.grade,
  signalAsOf: said?.asOf,
  signalStale: said?.isOld,
});

/** For people only where anything was said of any row; a narrow terminal keeps the ensemble's class longest. */
export function signalColumns<Row>(
  rows: readonly Row[],
  of: (row: Row) => ShortSignal | undefined,
  ranks: { readonly both: number; readonly each: number },
): Column<Row>[] {
  const isBlank = rows.every(row => of(row) === undefined);
  const shown = (text: (row: Row) => string) => (isBlank ? () => '' : text);
  return [
    {
      title: 'A',
      field: 'signalA',
      rank: ranks.each,
      text: shown(row => formatSignal(of(row)?.signalA)),
      value: row => of(row)?.signalA,
    },
    {
      title: 'B',
      field: 'signalB',
      rank: ranks.each + 1,
      text: shown(row => formatSignal(of(row)?.signalB)),
      value: row => of(row)?.signalB,
    },
    {
      title: 'Signal',
      field: 'signal',
      rank: ranks.both,
      text: shown(row => formatEnsemble(of(row))),
      value: row => of(row)?.signal,
    },
    {
      title: 'Grade',
      field: 'grade',
      rank: ranks.both + 0.5,
      text: shown(row => of(row)?.grade ?? unknown),
      value: row => of(row)?.grade,
    },
  ];
}

/** Facts that scripts want beside what people see. */
export const signalDayColumns = <Row>(of: (row: Row) => ShortSignal | undefined): Column<Row>[] => [
  { title: '', field: 'signalAsOf', text: () => '', value: row => of(row)?.asOf },
  { title: '', field: 'signalStale', text: () => '', value: row => of(row)?.isOld },
];
