/** Prices of securities as scripts and people read them: quotes and the watchlist. */
import { isoInstant } from '../domain/date.ts';
import { formatFreshness, unknown } from '../format.ts';
import type { PriceRow } from '../usecases/view-watchlist.ts';
import { formatChangePct, priceColumn } from './figures.ts';
import type { Column } from './report.ts';
import { signalColumns, signalDayColumns, signalFields } from './signal-columns.ts';

const asOf = ({ price }: PriceRow): string | undefined =>
  price === undefined ? undefined : price.stamp.kind === 'quote' ? isoInstant(price.stamp.tradedAt) : price.stamp.on;

export const priceRow = (row: PriceRow) => ({
  code: row.code,
  name: row.name,
  sector: row.sector,
  price: row.price?.price,
  priceAsOf: asOf(row),
  priceSource: row.price?.source,
  stale: row.price?.stale,
  previousClose: row.price?.previousClose,
  change: row.change,
  changePct: row.changePct,
  open: row.quote?.open,
  high: row.quote?.high,
  low: row.quote?.low,
  volume: row.quote?.volume,
  low52w: row.low52w,
  high52w: row.high52w,
  ...signalFields(row.said),
  note: row.note,
});

export const priceColumns = (
  rows: readonly PriceRow[],
  facts: { readonly now: number; readonly simulated: boolean },
): Column<PriceRow>[] => [
  { title: 'Code', field: 'code', text: row => row.code },
  {
    title: 'Price',
    field: 'price',
    align: 'right',
    text: priceColumn(rows, row => row.price?.price),
    value: row => row.price?.price,
  },
  {
    title: 'Change',
    field: 'change',
    align: 'right',
    text: priceColumn(rows, row => row.change, { sign: true }),
    value: row => row.change,
    signed: row => row.change,
  },
  {
    title: 'Change %',
    field: 'changePct',
    align: 'right',
    text: row => formatChangePct(row.changePct, 2),
    value: row => row.changePct,
    signed: row => row.changePct,
  },
  {
    title: 'As of',
    field: 'priceAsOf',
    rank: 1,
    text: row =>
      row.freshness.kind === 'none'
        ? unknown
        : formatFreshness({ at: row.freshness.at, now: facts.now }).replace(/^prices as of /, ''),
    value: asOf,
  },
  ...signalColumns(rows, row => row.said, { both: 4, each: 5 }),
  ...signalDayColumns<PriceRow>(row => row.said),
  { title: 'Name', field: 'name', rank: 2, isName: true, text: row => row.name ?? '', value: row => row.name },
];
