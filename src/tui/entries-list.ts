/** The entries of one security as a list, newest first, and how a sentence names one. */
import { plain } from '../domain/decimal.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import { cleanText } from '../domain/ledger/entry-words.ts';
import { formatDate, formatFinancialYear, formatMoney, formatPrice, formatUnits } from '../format.ts';
import type { ListedEntry } from '../usecases/list-entries.ts';
import { type ListModel, listRows, plainList } from './list-model.ts';
import type { TableColumn, TableRow } from './table.ts';

const columns: readonly TableColumn[] = [
  { id: 'date', title: 'Date', kind: 'text', priority: 1 },
  { id: 'kind', title: 'Kind', kind: 'text', priority: 2 },
  { id: 'units', title: 'Units', kind: 'number', priority: 3 },
  { id: 'price', title: 'Price', kind: 'price', priority: 4 },
  { id: 'brokerage', title: 'Brokerage', kind: 'number', priority: 7 },
  { id: 'amount', title: 'Amount', kind: 'number', priority: 5 },
  { id: 'detail', title: 'Detail', kind: 'text', priority: 8 },
  { id: 'note', title: 'Note', kind: 'name', priority: 9 },
];
const portfolioColumn: TableColumn = { id: 'portfolio', title: 'Portfolio', kind: 'name', priority: 6, min: 8 };

const unitsOf = (entry: Entry): string =>
  'units' in entry && entry.units !== undefined ? formatUnits(entry.units) : '';

function priceOf(entry: Entry): string {
  switch (entry.kind) {
    case 'buy':
    case 'sell':
    case 'drp':
      return formatPrice(entry.price);
    case 'return-of-capital':
      return formatPrice(entry.perUnit);
    case 'dividend':
    case 'distribution':
      return 'perUnit' in entry.amount ? formatPrice(entry.amount.perUnit) : '';
    default:
      return '';
  }
}

/** What the columns do not say. */
function detailOf(entry: Entry): string {
  const parts: string[] = [];
  if ('newUnits' in entry) parts.push(`${plain(entry.newUnits)}:${plain(entry.oldUnits)}`);
  if ('newCode' in entry) parts.push(`${entry.code} ${entry.kind === 'rename' ? 'to' : 'into'} ${entry.newCode}`);
  if (entry.kind === 'demerger') parts.push(`${plain(entry.costPct)}% of cost`);
  if (entry.kind === 'amit' || entry.kind === 'statement') parts.push(formatFinancialYear(entry.financialYear));
  if ('frankedPct' in entry && entry.frankedPct !== undefined) parts.push(`${plain(entry.frankedPct)}% franked`);
  if ('exDate' in entry && entry.exDate !== undefined) parts.push(`ex ${formatDate(entry.exDate)}`);
  if ('acquiredOn' in entry && entry.acquiredOn !== undefined) parts.push(`acquired ${formatDate(entry.acquiredOn)}`);
  if ('method' in entry && entry.method !== undefined) parts.push(entry.method);
  return parts.join(', ');
}

const rowOf = ({ entry, portfolio, amount }: ListedEntry): TableRow => ({
  id: entry.id,
  cells: {
    date: formatDate(entry.on),
    kind: entry.kind,
    units: unitsOf(entry),
    price: priceOf(entry),
    brokerage: 'brokerage' in entry && entry.brokerage !== undefined ? formatMoney(entry.brokerage) : '',
    amount: amount === undefined ? '' : formatMoney(amount),
    portfolio,
    detail: detailOf(entry),
    note: entry.note === undefined ? '' : cleanText(entry.note),
  },
});

/** `rows` are oldest first. The portfolio is told where there are several. */
export function entriesList(rows: readonly ListedEntry[], combined: boolean): ListModel {
  const hasNotes = rows.some(({ entry }) => entry.note !== undefined);
  const shown = [...columns.filter(column => column.id !== 'note' || hasNotes), ...(combined ? [portfolioColumn] : [])];
  return plainList(listRows({ columns: shown, rowOf, sorts: [] }, rows.toReversed()));
}

/** What an income or cash entry is about in dollars, where it says so. */
function statedAmount(entry: Entry): string {
  switch (entry.kind) {
    case 'dividend':
    case 'distribution':
      return 'total' in entry.amount ? formatMoney(entry.amount.total) : '';
    case 'deposit':
    case 'withdraw':
    case 'interest':
    case 'fee':
      return formatMoney(entry.amount);
    default:
      return '';
  }
}

/** `buy 100 BHP of 2 Mar 2026`, for the middle of a sentence: enough to know which one is meant. */
export function entryTitle(entry: Entry): string {
  const ratio = 'newUnits' in entry ? `${plain(entry.newUnits)}:${plain(entry.oldUnits)}` : '';
  const words = [entry.kind.replaceAll('-', ' '), unitsOf(entry), entry.code ?? '', ratio, statedAmount(entry)];
  return `${words.filter(Boolean).join(' ')} of ${formatDate(entry.on)}`;
}
