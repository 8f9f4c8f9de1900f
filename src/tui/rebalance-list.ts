/** The suggestions that are open, and the targets they serve, as rows. */
import type { Instant } from '../domain/date.ts';
import { type Money, noMoney, type Price, plain, sum } from '../domain/decimal.ts';
import { isTrade } from '../domain/rebalance/pending.ts';
import type { Group } from '../domain/rebalance/situation.ts';
import { targetText } from '../domain/rebalance/targets.ts';
import { formatMoney, formatNumber, formatPct, formatPrice, formatUnits } from '../format.ts';
import type { RebalanceView } from '../usecases/view-rebalance.ts';
import { moneyChange } from './figures.ts';
import { type ListModel, listRows, plainList } from './list-model.ts';
import type { TableColumn, TableRow } from './table.ts';

export type SuggestionRow = RebalanceView['run'][number];

/** What is still to decide of the newest run: its trades, then what is held as it is. */
export const openRows = ({ run }: RebalanceView, now: Instant): SuggestionRow[] =>
  run.filter(row => row.status === 'pending' && row.expiresAt > now);

const columns: readonly TableColumn[] = [
  { id: 'action', title: '', kind: 'text', priority: 1 },
  { id: 'code', title: 'Code', kind: 'text', priority: 2 },
  { id: 'units', title: 'Units', kind: 'number', priority: 3 },
  { id: 'price', title: 'Price', kind: 'number', priority: 9 },
  { id: 'value', title: 'Value', kind: 'number', priority: 4 },
  { id: 'now', title: 'Now', kind: 'number', priority: 5 },
  { id: 'target', title: 'Target', kind: 'number', priority: 7 },
  { id: 'after', title: 'After', kind: 'number', priority: 6 },
  { id: 'brokerage', title: 'Brokerage', kind: 'number', priority: 10 },
];

/** Of a sale: its part of the tax, or the gain where no tax was counted. */
const taxColumn = (isTaxed: boolean): TableColumn => ({
  id: 'tax',
  title: isTaxed ? 'Tax' : 'Gain',
  kind: 'number',
  priority: 8,
});

/** The capital gain of what a sale takes; undefined where a cost is unknown. */
export function gainOf({ details: { parcels } }: SuggestionRow): Money | undefined {
  const gains = parcels.map(each => each.gain);
  return gains.some(gain => gain === undefined) ? undefined : sum(gains as Money[], noMoney);
}

function taxCell(row: SuggestionRow, isTaxed: boolean): TableRow['cells'][string] {
  if (row.details.parcels.length === 0) return '';
  return isTaxed ? formatMoney(row.details.tax) : moneyChange(gainOf(row));
}

export function suggestionsList(rows: readonly SuggestionRow[]): ListModel {
  const isTaxed = rows.some(row => row.details.plan.marginalRatePct !== undefined);
  const rowOf = (row: SuggestionRow): TableRow => {
    const { details } = row;
    const traded = isTrade(row);
    return {
      id: row.id,
      dim: !traded,
      cells: {
        action: row.action,
        code: row.code,
        units: traded ? formatUnits(row.units) : '',
        price: traded ? formatPrice(row.price as Price | undefined) : '',
        value: traded ? formatMoney(details.value) : '',
        now: formatPct(details.weightPct),
        target: formatPct(details.targetPct),
        after: formatPct(details.afterPct),
        brokerage: traded ? formatMoney(details.brokerage) : '',
        tax: taxCell(row, isTaxed),
      },
    };
  };
  const all = rows.some(row => row.details.parcels.length > 0) ? [...columns, taxColumn(isTaxed)] : columns;
  return plainList(listRows({ columns: all, rowOf, sorts: [] }, rows));
}

export const targetColumns: readonly TableColumn[] = [
  { id: 'target', title: 'Target', kind: 'name', priority: 1, min: 6 },
  { id: 'now', title: 'Now', kind: 'number', priority: 3 },
  { id: 'weight', title: 'Wanted', kind: 'number', priority: 2 },
  { id: 'band', title: 'Band', kind: 'text', priority: 5 },
  { id: 'away', title: 'Away', kind: 'number', priority: 4 },
];

/** A target with its band and how far it is, in points: in the colour of a warning outside its band. */
export const targetRow = ({ target, weightPct, bandPct, actedOn }: Group): TableRow => {
  const away = formatNumber(weightPct - Number(plain(target.weightPct)), { sign: true, places: 1 });
  return {
    id: targetText(target),
    cells: {
      target: targetText(target),
      now: formatPct(weightPct),
      weight: `${plain(target.weightPct)}%`,
      band: `±${plain(bandPct)}`,
      away: actedOn ? { text: away, token: 'warning' } : away,
    },
  };
};
