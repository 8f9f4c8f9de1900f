/** An entry as scripts read it: one shape for every kind, null where a kind has no such figure. */
import type { Money, Price, Units } from '../domain/decimal.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import { formatEntryLine } from '../domain/ledger/entry-text.ts';
import { formatMoney, formatPrice, formatUnits } from '../format.ts';
import { describeEntry } from '../words/format-entry.ts';
import { shortId } from './figures.ts';
import type { Column } from './report.ts';

export type EntryFacts = {
  readonly entry: Entry;
  /** The portfolio's name. */
  readonly portfolio: string;
  readonly amount: Money | undefined;
};

const unitsOf = (entry: Entry): Units | undefined => ('units' in entry ? entry.units : undefined);
const brokerageOf = (entry: Entry): Money | undefined => ('brokerage' in entry ? entry.brokerage : undefined);

/** Dollars per unit, where the entry states them. */
function priceOf(entry: Entry): Price | undefined {
  switch (entry.kind) {
    case 'buy':
    case 'sell':
    case 'drp':
      return entry.price;
    case 'return-of-capital':
      return entry.perUnit;
    case 'dividend':
    case 'distribution':
      return 'perUnit' in entry.amount ? entry.amount.perUnit : undefined;
    default:
      return undefined;
  }
}

export const entryRow = ({ entry, portfolio, amount }: EntryFacts) => ({
  id: entry.id,
  kind: entry.kind,
  code: entry.code,
  date: entry.on,
  units: unitsOf(entry),
  price: priceOf(entry),
  brokerage: brokerageOf(entry),
  amount,
  portfolio,
  batch: entry.batch,
  note: entry.note,
  line: formatEntryLine(entry),
});

export const entryColumns: readonly Column<EntryFacts>[] = [
  { title: 'Id', field: 'id', text: ({ entry }) => shortId(entry.id), value: ({ entry }) => entry.id },
  { title: 'Date', field: 'date', text: ({ entry }) => entry.on },
  { title: 'Kind', field: 'kind', text: ({ entry }) => entry.kind },
  { title: 'Code', field: 'code', text: ({ entry }) => entry.code ?? '', value: ({ entry }) => entry.code },
  {
    title: 'Units',
    field: 'units',
    align: 'right',
    text: ({ entry }) => (unitsOf(entry) === undefined ? '' : formatUnits(unitsOf(entry))),
    value: ({ entry }) => unitsOf(entry),
  },
  {
    title: 'Price',
    field: 'price',
    align: 'right',
    rank: 1,
    text: ({ entry }) => (priceOf(entry) === undefined ? '' : formatPrice(priceOf(entry))),
    value: ({ entry }) => priceOf(entry),
  },
  {
    title: 'Brokerage',
    field: 'brokerage',
    align: 'right',
    rank: 3,
    text: ({ entry }) => (brokerageOf(entry) === undefined ? '' : formatMoney(brokerageOf(entry))),
    value: ({ entry }) => brokerageOf(entry),
  },
  {
    title: 'Amount',
    field: 'amount',
    align: 'right',
    text: ({ amount }) => (amount === undefined ? '' : formatMoney(amount)),
    value: ({ amount }) => amount,
  },
  { title: 'Portfolio', field: 'portfolio', rank: 4, text: row => row.portfolio },
  {
    title: 'Note',
    field: 'note',
    rank: 5,
    isName: true,
    text: ({ entry }) => entry.note ?? '',
    value: ({ entry }) => entry.note,
  },
];

/** What only scripts read. */
export const entryCsvColumns: readonly Column<EntryFacts>[] = [
  ...entryColumns,
  { title: '', field: 'batch', text: () => '', value: ({ entry }) => entry.batch },
  { title: '', field: 'line', text: ({ entry }) => formatEntryLine(entry) },
];

export const entrySentence = (entry: Entry): string => describeEntry(entry);
