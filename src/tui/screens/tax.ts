/**
 * Tax and income: what came in, what is to come, what waits to be recorded, and the two reports of an owner's year.
 *
 * The list of the tab stands at the left; what it adds up to beside it where there is room, else beneath.
 */
import { harmless } from '../../domain/text.ts';
import { formatFinancialYear } from '../../format.ts';
import { incomeSteps, nettingSteps, type Step } from '../../words/format-tax.ts';
import { notAdvice } from '../../words/tax-rows.ts';
import { beside, fitBlock, indent, inline } from '../blocks.ts';
import { ruleLine } from '../components/rule.tsx';
import type { State } from '../state.ts';
import { isOfOwner, type TaxModel } from '../tax-model.ts';
import { taxTabsLine } from '../tax-tabs.ts';
import { displayWidth, type Line, lineWidth } from '../text.ts';
import { emptyTaxTab } from './empty.ts';
import { listLines } from './list.ts';
import { headBlocks } from './tax-head.ts';

type Room = { readonly width: number; readonly height: number };

const margin = 2;
const gap = 3;
const paneFrom = 110;
const leastList = 5;
/** The title, a row and the totals: what is said above the list gives way to them. */
const leastRows = 3;

/** Lines of the list of a tab; what stands around it is the same for every row that is selected. */
export const taxListHeight = (model: TaxModel, { width, height }: Room): number =>
  partsOf(model, { width, height }).list;

export function taxScreen(model: TaxModel, state: State, { width, height }: Room): Line[] {
  const { top, below, pane, list: listHeight } = partsOf(model, { width, height });
  const advice: Line = [{ text: ` ${notAdvice}`, token: 'dim' }];
  if (model.list.rows.length === 0) {
    const empty = emptyTaxTab(model.tab, { fy: formatFinancialYear(model.fy), isEmpty: model.isEmpty }, width);
    return [...fitBlock([...top, ...empty, [], ...below, ...pane], width, height - 1), advice];
  }
  const paneWidth = widthOf(pane);
  const listWidth = pane.length === 0 ? width : width - paneWidth - gap - 1;
  const list = listLines(model.list, state.lists[model.tab], new Set(), { width: listWidth, height: listHeight });
  const body = pane.length === 0 ? list : beside(fitBlock(list, listWidth, listHeight), pane, listWidth, gap);
  return [...fitBlock([...top, ...fitBlock(body, width, listHeight), ...below], width, height - 1), advice];
}

const widthOf = (lines: readonly Line[]): number => Math.max(0, ...lines.map(lineWidth));

type Parts = {
  readonly top: Line[];
  /** What the list adds up to, beneath it. */
  readonly below: Line[];
  /** The same beside it. */
  readonly pane: Line[];
  readonly list: number;
};

function partsOf(model: TaxModel, { width, height }: Room): Parts {
  const { tab, income } = model;
  const tabs = taxTabsLine(tab, income.proposals.length);
  const fits = lineWidth(tabs) + margin < width;
  const top = [titleLine(model, width), ruleLine(width), indent(fits ? tabs : shortTabs(tabs, width), margin)];
  const blocks = headBlocks(model, width - 2 * margin);
  const head = fitting(blocks, Math.max(1, height - top.length - 1 - leastRows)).map(line => indent(line, margin));
  const steps = stepsOf(model);
  const isBeside = width >= paneFrom && steps.length > 0;
  const lines = stepLines(steps);
  // The advice and the three lines above are always there.
  const room = height - top.length - head.length - 1;
  const least = Math.min(leastList, room);
  const below = isBeside || steps.length === 0 ? [] : [[] as Line, ...lines.map(line => indent(line, margin))];
  const shown = below.length > room - least ? lastOf(below, Math.max(0, room - least)) : below;
  return { top: [...top, ...head], below: shown, pane: isBeside ? lines : [], list: Math.max(1, room - shown.length) };
}

/** The last lines say most: the net gain, the assessable income. */
const lastOf = (lines: readonly Line[], count: number): Line[] => (count === 0 ? [] : lines.slice(-count));

/** Where not all tabs fit the one in view is there, and those beside it as far as there is room. */
function shortTabs(tabs: Line, width: number): Line {
  const at = tabs.findIndex(span => span.bold === true);
  const room = width - margin - 1;
  for (let from = 0; from <= at; from += 1) {
    const shown: Line = from === 0 ? tabs : tabs.slice(from);
    if (lineWidth(shown.slice(0, at - from + 1)) <= room)
      return inline(
        shown.map(span => [span]),
        room,
        0,
      );
  }
  return inline(
    tabs.slice(at).map(span => [span]),
    room,
    0,
  );
}

function titleLine({ tab, fy, lastYear, owner, owners, income }: TaxModel, width: number): Line {
  const year = `${formatFinancialYear(fy)}${fy === lastYear ? ' so far' : ''}`;
  const name = isOfOwner(tab) && owner !== undefined ? owner.name : income.portfolio;
  const about: Line[] =
    isOfOwner(tab) && owner !== undefined
      ? [
          [{ text: owner.taxpayer, token: 'dim' }],
          ...(owners.length > 1 ? [[{ text: `one of ${owners.length} owners`, token: 'dim' }] as Line] : []),
        ]
      : [];
  const parts: Line[] = [
    [{ text: 'Tax & income', bold: true, token: 'accent' }],
    ...(tab === 'calendar' || tab === 'confirm' ? [] : [[{ text: year }] as Line]),
    [{ text: harmless(name), bold: true }],
    ...about,
  ];
  return indent(inline(parts, width - margin - 1), margin);
}

/** Blocks in their order, as long as they fit whole in so many lines. */
function fitting(blocks: readonly (readonly Line[])[], room: number): Line[] {
  const lines: Line[] = [];
  for (const block of blocks) {
    if (lines.length + block.length > room) break;
    lines.push(...block);
  }
  return lines;
}

function stepsOf({ tab, year }: TaxModel): readonly Step[] {
  if (year === undefined) return [];
  return tab === 'gains' ? nettingSteps(year.gains) : incomeSteps(year.income.totals);
}

const boldSteps = /^(Net capital gain|Assessable)/;

function stepLines(steps: readonly Step[]): Line[] {
  const label = Math.max(0, ...steps.map(([text]) => displayWidth(text)));
  const amount = Math.max(0, ...steps.map(([, text]) => displayWidth(text)));
  return steps.map(([text, value]): Line => {
    const bold = boldSteps.test(text) ? { bold: true } : {};
    return [
      { text: text.padEnd(label), token: 'dim', ...bold },
      { text: `  ${value.padStart(amount)}`, ...bold },
    ];
  });
}
