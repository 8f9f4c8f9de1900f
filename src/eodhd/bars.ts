/** Daily bars: one security's history (`eod`) and one day of the whole exchange (`eod-bulk-last-day`). */
import { z } from 'zod';
import { larger, smaller } from '../domain/decimal.ts';
import type { Bar } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import { field, isOtherCode, readRows } from './responses.ts';

type Sent = Omit<Bar, 'adjustedClose'> & { readonly adjusted_close: Bar['adjustedClose'] };

const sentBar = {
  date: field.day,
  open: field.price,
  high: field.price,
  low: field.price,
  close: field.price,
  adjusted_close: field.price,
  volume: field.volume,
};

const isOrdered = ({ open, high, low, close }: Sent): boolean =>
  high.gte(larger(open, close)) && low.lte(smaller(open, close));

const toBar = ({ date, open, high, low, close, adjusted_close, volume }: Sent): Bar => ({
  date,
  open,
  high,
  low,
  close,
  adjustedClose: adjusted_close,
  volume,
});

const barRow = z.object(sentBar).refine(isOrdered).transform(toBar);
const bulkRow = z
  .object({ ...sentBar, code: field.code })
  .refine(isOrdered)
  .transform(sent => ({ code: sent.code, bar: toBar(sent) }));

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Bars in order of date; of two for one date the later row wins. Bad rows are dropped and counted. */
export function barsOf(list: readonly unknown[]): { bars: Bar[]; dropped: number } {
  const { rows, dropped } = readRows(list, barRow);
  const byDate = new Map(rows.map(bar => [bar.date, bar]));
  return { bars: [...byDate.values()].sort((a, b) => compareText(a.date, b.date)), dropped };
}

export type BulkBars = {
  readonly rows: { readonly code: Code; readonly bar: Bar }[];
  readonly dropped: number;
  /** Rows of funds and of codes no longer used. */
  readonly ignored: number;
};

export function bulkBarsOf(list: readonly unknown[]): BulkBars {
  const ours = list.filter(row => !isOtherCode(row));
  return { ...readRows(ours, bulkRow), ignored: list.length - ours.length };
}
