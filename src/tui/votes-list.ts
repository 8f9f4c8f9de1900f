/**
 * What model A's word on a security is made of, as a list: bias and reasons in log-odds, which sum; of what only the rank
 * knows its weighted z; of what has neither the gates that it failed.
 */
import type { LoggedSignal } from '../domain/signals/logged.ts';
import type { Reason } from '../domain/signals/model-a.ts';
import { datesInWords, formatNumber, unknown } from '../format.ts';
import { featureTitle, formatFeature, formatScore } from '../words/signal-words.ts';
import { type ListModel, listRows, plainList } from './list-model.ts';
import type { Cell, TableColumn, TableRow } from './table.ts';

const half = 8;

/** `      ██│        ` for what speaks against, `        │████    ` for what speaks for it. */
function bar(value: number, most: number): Cell {
  const cells = most === 0 ? 0 : Math.min(half, Math.round((Math.abs(value) / most) * half));
  const drawn = '█'.repeat(value === 0 ? 0 : Math.max(1, cells));
  const text = value < 0 ? `${drawn.padStart(half)}│${' '.repeat(half)}` : `${' '.repeat(half)}│${drawn.padEnd(half)}`;
  return value === 0 ? { text, token: 'dim' } : { text, token: value < 0 ? 'loss' : 'gain' };
}

const dim = (text: string): Cell => ({ text, token: 'dim' });
const signed = (value: number | undefined, places: number): string =>
  value === undefined ? unknown : formatNumber(value, { places, sign: true });

const reasonColumns: readonly TableColumn[] = [
  { id: 'input', title: 'Input', kind: 'text', priority: 1 },
  { id: 'value', title: 'Value', kind: 'number', priority: 4 },
  { id: 'away', title: 'σ', kind: 'number', priority: 5 },
  { id: 'bar', title: '   against│for', kind: 'text', priority: 3 },
  { id: 'adds', title: 'Adds', kind: 'number', priority: 2 },
  { id: 'name', title: 'What it is', kind: 'name', priority: 6, min: 16 },
];

type Element = Pick<Reason, 'feature'> & Partial<Reason> & { readonly added: number };

/** The id of the row of the bias, which is no input and has no bar. */
const biasRow = 'bias';

function reasonRow({ feature, value, standardised, added }: Element, most: number): TableRow {
  const isBias = feature === biasRow;
  return {
    id: feature,
    cells: {
      input: isBias ? dim(feature) : feature,
      value: isBias ? '' : formatFeature(feature, value),
      away: isBias || standardised === undefined ? '' : dim(signed(standardised, 1)),
      bar: isBias ? '' : bar(added, most),
      adds: signed(added, 3),
      name: dim(isBias ? 'before anything is asked' : featureTitle(feature)),
    },
  };
}

function reasonList(elements: readonly Element[], total: TableRow['cells']): ListModel {
  const inputs = elements.filter(each => each.feature !== biasRow);
  const most = Math.max(0, ...inputs.map(each => Math.abs(each.added)));
  const definition = { columns: reasonColumns, rowOf: (each: Element) => reasonRow(each, most), sorts: [] };
  return plainList(listRows(definition, elements, { id: 'total', bold: true, cells: total }));
}

const gateColumns: readonly TableColumn[] = [{ id: 'input', title: 'What keeps it out', kind: 'name', priority: 1 }];

export function votesList(row: LoggedSignal<'A'> | undefined): ListModel {
  const { reasons, bias, logOdds, rankParts, rankScore, gates } = row?.details ?? {};
  if (reasons !== undefined && bias !== undefined) {
    const elements = [{ feature: biasRow, added: bias }, ...reasons.map(each => ({ ...each, added: each.logOdds }))];
    const name = `of ${formatScore(row?.score)} once calibrated`;
    return reasonList(elements, { input: 'log-odds', adds: signed(logOdds, 3), name: dim(name) });
  }
  if (rankParts !== undefined) {
    const elements = Object.entries(rankParts).map(([feature, added]) => ({ feature, added }));
    return reasonList(
      elements.map(each => ({ ...each, value: undefined })),
      { input: 'rank score', adds: signed(rankScore, 3), name: dim('weighted z, among the ranked') },
    );
  }
  const words = gates ?? [row?.abstained ?? 'model A was not asked of it'];
  const definition = {
    columns: gateColumns,
    rowOf: (each: string): TableRow => ({ id: each, cells: { input: datesInWords(each) } }),
    sorts: [],
  };
  return plainList(listRows(definition, words));
}
