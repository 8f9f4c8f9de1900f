/** What was last said of a security as cells of a list; a signal that is too old to act on is dimmed, with its day. */
import { isBearish, isBullish, type SignalClass } from '../domain/signals/classes.ts';
import type { ShortSignal } from '../domain/signals/short-signal.ts';
import { unknown } from '../format.ts';
import { formatEnsemble, formatSignal } from '../words/short-signal-words.ts';
import type { Cell, TableColumn, TableRow } from './table.ts';
import type { Span } from './text.ts';

/** The ensemble is kept longer than what each model says. */
export const signalColumns = (both: number, each: number): TableColumn[] => [
  { id: 'signalA', title: 'A', kind: 'text', priority: each },
  { id: 'signalB', title: 'B', kind: 'text', priority: each },
  { id: 'signal', title: 'Signal', kind: 'text', priority: both },
  { id: 'grade', title: 'Grade', kind: 'text', priority: both },
];

export function signalCells(said: ShortSignal | undefined): TableRow['cells'] {
  const cell = (text: string): Cell => (said?.isOld ? { text, dim: true } : text);
  return {
    signalA: cell(formatSignal(said?.signalA)),
    signalB: cell(formatSignal(said?.signalB)),
    signal: cell(formatEnsemble(said)),
    grade: cell(said?.grade ?? unknown),
  };
}

/** A class in the colour of its side; what abstains is dim. */
export const classCell = (signal: SignalClass | undefined): Span => ({ text: formatSignal(signal), ...lookOf(signal) });

const lookOf = (signal: SignalClass | undefined): Omit<Span, 'text'> => {
  if (signal === undefined) return { token: 'dim' };
  const bold = signal.startsWith('STRONG') ? { bold: true } : {};
  if (isBullish(signal)) return { token: 'gain', ...bold };
  return isBearish(signal) ? { token: 'loss', ...bold } : {};
};
