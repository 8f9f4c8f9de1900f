/** Rebalance: the trades that would bring a portfolio to its targets, why, and where each target stands. */

import { sydneyDate } from '../../domain/date.ts';
import { type Money, noMoney, type Price, plain, sum } from '../../domain/decimal.ts';
import { isSale, isTrade, standing } from '../../domain/rebalance/pending.ts';
import { harmless } from '../../domain/text.ts';
import { formatDate, formatDateShort, formatMoney, formatPrice, formatSydneyTime, formatUnits } from '../../format.ts';
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
const gap = 3;
const margin = 2;
/** The terms of the run and the rule above the list. */
const above = 2;
/** Rows that the list keeps however long reasons are: its title and some. */
const leastList = 5;
/** What the list takes with all its columns; targets have the rest, as much as they can use. */
const wholeList = 96;
const leastPane = 40;
const mostPane = 56;

const paneOf = (width: number): number => Math.max(leastPane, Math.min(mostPane, width - wholeList - gap));
const listWidthOf = (width: number): number => (width >= twoColumnsFrom ? width - paneOf(width) - gap : width);

/** Targets beneath the list, where there is no room beside it. */
const targetRows = ({ view }: RebalanceModel, { width, height }: Room): number =>
  width >= twoColumnsFrom || view === undefined || height < 19
    ? 0
    : Math.min(view.groups.length + 3, Math.floor(height / 3));

/** Rows of the selected suggestion in words: those of the longest one, so that the list stays where it is. */
function detailRows(model: RebalanceModel, room: Room): number {
  const width = listWidthOf(room.width) - 2 * margin;
  const longest = Math.max(1, ...model.open.map(row => reasonLines(row, width).length));
  // Beneath it the facts, and the cash; a blank row around them.
  return Math.min(longest + 1, Math.max(2, room.height - above - leastList - 2 - targetRows(model, room)));
}

/** Lines that the list has of the screen's room. */
export const rebalanceListHeight = (model: RebalanceModel, room: Room): number =>
  Math.max(2, room.height - above - detailRows(model, room) - 2 - targetRows(model, room));

export function rebalanceScreen(model: RebalanceModel, state: State, room: Room): Line[] {
  const { width, height } = room;
  const { view, open } = model;
  const isWithout = view === undefined || (view.groups.length === 0 && model.mode !== 'signals');
  if (isWithout || open.length === 0) {
    const targets =
      view === undefined || view.groups.length === 0 ? [] : [[], ...targetLines(model, width - 2 * margin)];
    const words = emptyRebalance(model, width);
    const terms = isWithout ? [] : [termsLine(model, width)];
    return fitBlock([...terms, ruleLine(width), ...words, ...targets.map(line => indent(line, margin))], width, height);
  }
  const isWide = width >= twoColumnsFrom;
  const listWidth = listWidthOf(width);
  const listHeight = Math.min(model.list.rows.length + 1, rebalanceListHeight(model, room));
  const list = listLines(model.list, state.lists.rebalance, state.tinted, { width: listWidth, height: listHeight });
  const chosen = open.find(row => row.id === selectedId(model.list, state.lists.rebalance));
  const details = chosen === undefined ? [] : detailLines(chosen, listWidth - 2 * margin, detailRows(model, room));
  const left = [
    ...list,
    [],
    ...details.map(line => indent(line, margin)),
    indent(cashLine(model, listWidth - 2 * margin), margin),
  ];
  const below = isWide ? [] : [[], ...targetLines(model, width - 2 * margin).map(line => indent(line, margin))];
  const body = isWide ? beside(left, targetLines(model, paneOf(width)), listWidth, gap) : [...left, ...below];
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

const titleOf = (row: SuggestionRow): string =>
  isTrade(row) ? `${row.action} ${formatUnits(row.units)} ${row.code}` : `HOLD ${row.code}`;

const reasonLines = (row: SuggestionRow, width: number): string[] =>
  wrap(`${titleOf(row)}: ${harmless(row.details.reason)}`, width);

/** The selected suggestion in words: what, why, at which price, and what it costs. */
function detailLines(row: SuggestionRow, width: number, height: number): Line[] {
  const what = titleOf(row);
  const facts = isTrade(row) ? [inline(factsOf(row), width, 2)] : [];
  const reason = reasonLines(row, width).map(
    (text, at): Line => (at === 0 ? [{ text: what, bold: true }, { text: text.slice(what.length) }] : [{ text }]),
  );
  return [...reason.slice(0, Math.max(1, height - facts.length)), ...facts];
}

function factsOf(row: SuggestionRow): Line[] {
  const { details } = row;
  const day = details.pricedOn === undefined ? '' : `, ${details.priceSource} of ${formatDate(details.pricedOn)}`;
  const isTaxed = details.plan.marginalRatePct !== undefined;
  const sold = details.parcels.length > 0;
  return [
    [{ text: `at ${formatPrice(row.price as Price | undefined)}${day}`, token: 'dim' }],
    ...(sold ? [labelled('gain', formatMoney(gainOf(row), { sign: true }))] : []),
    ...(sold && isTaxed ? [labelled('tax', formatMoney(details.tax))] : []),
    labelled('brokerage', formatMoney(details.brokerage)),
  ];
}

/** Cash before and after what stands, and what that costs; the last ones go where room is short. */
function cashLine({ view, open }: RebalanceModel, width: number): Line {
  const cash = view?.cash;
  const plan = open[0]?.details.plan;
  if (view === undefined || cash === undefined || plan === undefined) return [];
  const trades = standing(view.run);
  const total = (of: (row: SuggestionRow) => Money): Money => sum(trades.map(of), noMoney);
  // The gain is netted over the plan as a whole: it is of no use once a trade of it was rejected.
  const isWhole = view.run.every(row => row.status !== 'rejected') && trades.some(isSale);
  const isTaxed = isWhole && plan.marginalRatePct !== undefined;
  const parts: Line[] = [
    [...labelled('Cash', `${formatMoney(cash.before)} -> `), { text: formatMoney(cash.after), bold: true }],
    labelled('brokerage', formatMoney(total(row => row.details.brokerage))),
    ...(isTaxed ? [labelled('tax', formatMoney(total(row => row.details.tax ?? noMoney)))] : []),
    ...(isWhole ? [labelled('taxable gain', formatMoney(plan.taxableGain))] : []),
  ];
  return inline(parts, width);
}

function targetLines({ view }: RebalanceModel, width: number): Line[] {
  if (view === undefined || view.groups.length === 0) return [];
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
