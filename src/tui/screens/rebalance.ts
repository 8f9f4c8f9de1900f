/** Rebalance: the trades that would bring a portfolio to its targets, why, and where each target stands. */

import { sydneyDate } from '../../domain/date.ts';
import { type Price, plain } from '../../domain/decimal.ts';
import { isTrade } from '../../domain/rebalance/pending.ts';
import { harmless } from '../../domain/text.ts';
import {
  formatDate,
  formatDateShort,
  formatDollars,
  formatMoney,
  formatPrice,
  formatSydneyTime,
  formatUnits,
} from '../../format.ts';
import { beside, fitBlock, heading, indent, inline } from '../blocks.ts';
import { ruleLine } from '../components/rule.tsx';
import { selectedId } from '../list-model.ts';
import { gainOf, type SuggestionRow, targetColumns, targetRow } from '../rebalance-list.ts';
import type { RebalanceModel } from '../rebalance-model.ts';
import type { State } from '../state.ts';
import { measureColumns, tableLines } from '../table.ts';
import type { Line } from '../text.ts';
import { wrap } from '../wrap.ts';
import { emptyRebalance } from './empty-rebalance.ts';
import { listLines } from './list.ts';

type Room = { readonly width: number; readonly height: number };

const twoColumnsFrom = 110;
const paneWidth = 40;
const gap = 3;
const margin = 2;
/** The terms of the run and the rule above the list. */
const above = 2;
/** What stands beneath the list: the selected suggestion in words, and the cash. */
const detailRows = ({ height }: Room): number => (height < 24 ? 5 : 7);

/** Targets beneath the list, where there is no room beside it. */
const targetRows = ({ open, view }: RebalanceModel, { width, height }: Room): number =>
  width >= twoColumnsFrom || view === undefined || open.length === 0
    ? 0
    : Math.min(view.groups.length + 2, Math.max(3, Math.floor(height / 4)));

/** Lines that the list has of the screen's room. */
export const rebalanceListHeight = (model: RebalanceModel, room: Room): number =>
  Math.max(2, room.height - above - detailRows(room) - targetRows(model, room));

export function rebalanceScreen(model: RebalanceModel, state: State, room: Room): Line[] {
  const { width, height } = room;
  const { view, open } = model;
  if (view === undefined || view.groups.length === 0 || open.length === 0) {
    const targets =
      view === undefined || view.groups.length === 0 ? [] : [[], ...targetLines(model, width - 2 * margin)];
    const words = emptyRebalance(model, width);
    const terms = view === undefined || view.groups.length === 0 ? [] : [termsLine(model, width)];
    return fitBlock([...terms, ruleLine(width), ...words, ...targets.map(line => indent(line, margin))], width, height);
  }
  const isWide = width >= twoColumnsFrom;
  const listWidth = isWide ? width - paneWidth - gap : width;
  const listHeight = Math.min(model.list.rows.length + 1, rebalanceListHeight(model, room));
  const list = listLines(model.list, state.lists.rebalance, state.tinted, { width: listWidth, height: listHeight });
  const chosen = open.find(row => row.id === selectedId(model.list, state.lists.rebalance));
  const details = chosen === undefined ? [] : detailLines(chosen, listWidth - 2 * margin, detailRows(room) - 2);
  const left = [
    ...list,
    [],
    ...details.map(line => indent(line, margin)),
    indent(cashLine(model, listWidth - 2 * margin), margin),
  ];
  const below = isWide ? [] : [[], ...targetLines(model, width - 2 * margin).map(line => indent(line, margin))];
  const body = isWide ? beside(left, targetLines(model, paneWidth), listWidth, gap) : [...left, ...below];
  return fitBlock([termsLine(model, width), ruleLine(width), ...body], width, height);
}

const labelled = (label: string, text: string): Line => [{ text: `${label} `, token: 'dim' }, { text }];

/** How the next suggestions are made, and when those in view were. */
function termsLine({ mode, marginalRatePct, view, open }: RebalanceModel, width: number): Line {
  const [first] = open;
  const decided = view?.run.filter(row => isTrade(row) && row.status !== 'pending') ?? [];
  const done = decided.filter(row => row.status === 'executed').length;
  const rejected = decided.length - done;
  const counts = [done > 0 ? `${done} recorded` : '', rejected > 0 ? `${rejected} rejected` : ''].filter(Boolean);
  const made =
    first === undefined
      ? []
      : [
          labelled(
            'made',
            `${formatDateShort(sydneyDate(first.createdAt))} ${formatSydneyTime(first.createdAt)}, until ${formatDateShort(sydneyDate(first.expiresAt))}`,
          ),
        ];
  const parts: Line[] = [
    labelled('mode', mode),
    ...made,
    labelled('tax', marginalRatePct === undefined ? 'not counted' : `at ${plain(marginalRatePct)}%`),
    ...(counts.length === 0 || first === undefined ? [] : [[{ text: counts.join(', '), token: 'dim' } as const]]),
  ];
  return indent(inline(parts, width - 2 * margin), margin);
}

/** The selected suggestion in words: what, why, at which price, and what it costs. */
function detailLines(row: SuggestionRow, width: number, height: number): Line[] {
  const { details } = row;
  const what = isTrade(row) ? `${row.action} ${formatUnits(row.units)} ${row.code}` : `HOLD ${row.code}`;
  const facts = isTrade(row) ? factsOf(row) : '';
  const [first = '', ...rest] = wrap(`${what}  ${harmless(details.reason)}`, width);
  const reason: Line[] = [
    [{ text: what, bold: true }, { text: first.slice(what.length) }],
    ...rest.map((text): Line => [{ text }]),
  ];
  const lines = [...reason, ...wrap(facts, width).map((text): Line => [{ text, token: 'dim' }])];
  return lines.slice(0, Math.max(1, height));
}

function factsOf(row: SuggestionRow): string {
  const { details } = row;
  const day = details.pricedOn === undefined ? '' : `, ${details.priceSource} of ${formatDate(details.pricedOn)}`;
  const sold = details.parcels.length > 0;
  const gain = sold ? `; gain ${formatDollars(gainOf(row), { sign: true })}` : '';
  const tax = !sold || details.plan.marginalRatePct === undefined ? '' : `, tax ${formatDollars(details.tax)}`;
  return `at ${formatPrice(row.price as Price | undefined)}${day}; brokerage ${formatDollars(details.brokerage)}${gain}${tax}`;
}

/** Cash before and after, and what all trades cost; those at the end go where room is short. */
function cashLine({ view, open }: RebalanceModel, width: number): Line {
  const cash = view?.cash;
  const plan = open[0]?.details.plan;
  if (cash === undefined || plan === undefined) return [];
  const sold = open.some(row => row.details.parcels.length > 0);
  const parts: Line[] = [
    [...labelled('Cash', `${formatMoney(cash.before)} -> `), { text: formatMoney(cash.after), bold: true }],
    labelled('brokerage', formatMoney(plan.brokerage)),
    ...(sold ? [labelled('taxable gain', formatMoney(plan.taxableGain))] : []),
  ];
  return inline(parts, width);
}

function targetLines({ view }: RebalanceModel, width: number): Line[] {
  if (view === undefined) return [];
  const rows = view.groups.map(targetRow);
  const table = tableLines(measureColumns(targetColumns, rows), rows, { width: width + 3 });
  const unpriced: Line[] =
    view.unpriced.length === 0
      ? []
      : [[{ text: `left out for want of a price: ${view.unpriced.join(', ')}`, token: 'warning' }]];
  return [
    [...heading('Targets'), { text: ` ${plain(view.sumPct)}% in all`, token: 'dim' }],
    ...table.map(withoutGutter),
    ...unpriced,
  ];
}

/** Tables begin with room for a selection mark; here there is none. */
const withoutGutter = ([first, ...rest]: Line): Line =>
  first === undefined ? [] : [{ ...first, text: first.text.slice(3) }, ...rest];
