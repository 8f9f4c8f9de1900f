/**
 * Tax and income: what came in, what is to come, what waits to be recorded, and the two reports of an owner's year.
 *
 * The list of the tab stands at the left; what it adds up to beside it where there is room, else beneath.
 */
import { sydneyDate } from '../../domain/date.ts';
import { harmless } from '../../domain/text.ts';
import {
  formatCount,
  formatDate,
  formatDateShort,
  formatDollars,
  formatFinancialYear,
  formatPct,
  formatUnits,
} from '../../format.ts';
import { notAdvice } from '../../tax-rows.ts';
import { incomeSteps, nettingSteps, type Step } from '../../tax-words.ts';
import type { IncomeView } from '../../usecases/view-income.ts';
import type { TaxYearView } from '../../usecases/view-tax-year.ts';
import { beside, fitBlock, indent, inline } from '../blocks.ts';
import { ruleLine } from '../components/rule.tsx';
import type { State } from '../state.ts';
import { isOfOwner, type TaxModel } from '../tax-model.ts';
import { taxTabsLine } from '../tax-tabs.ts';
import { displayWidth, type Line, lineWidth } from '../text.ts';
import { wrap } from '../wrap.ts';
import { emptyTaxTab } from './empty.ts';
import { listLines } from './list.ts';

type Room = { readonly width: number; readonly height: number };

const margin = 2;
const gap = 3;
const paneFrom = 110;
const leastList = 5;

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
  const head = [...headLines(model, width).map(line => indent(line, margin))];
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
  const year = `${formatFinancialYear(fy)}${fy === lastYear ? ', running' : ''}`;
  const who: Line =
    isOfOwner(tab) && owner !== undefined
      ? [
          { text: harmless(owner.name), bold: true },
          { text: ` ${owner.taxpayer}${owners.length > 1 ? `, one of ${owners.length} owners` : ''}`, token: 'dim' },
        ]
      : [{ text: harmless(income.portfolio), bold: true }];
  const parts: Line[] = [
    [{ text: 'Tax & income', bold: true, token: 'accent' }],
    ...(tab === 'calendar' || tab === 'confirm' ? [] : [[{ text: year }] as Line]),
    who,
  ];
  return indent(inline(parts, width - margin - 1), margin);
}

function headLines(model: TaxModel, width: number): Line[] {
  const room = width - 2 * margin;
  switch (model.tab) {
    case 'received':
      return [sumLine(model.income, room), yearsLine(model.income, model.fy, room), ...lostLines(model.income, room)];
    case 'calendar':
      return [comingLine(model.income, room), ...keepLines(model.income, room)];
    case 'confirm':
      return confirmLines(model.income, room);
    case 'gains':
    case 'assessed':
      return model.year === undefined ? [] : yearLines(model.year, model.tab, room);
  }
}

function sumLine({ year, yields }: IncomeView, room: number): Line {
  const rate = (label: string, value: number | undefined): Line[] =>
    value === undefined ? [] : [[{ text: `${label} `, token: 'dim' }, { text: formatPct(value, { places: 2 }) }]];
  const parts: Line[] = [
    [
      { text: 'received ', token: 'dim' },
      { text: formatDollars(year.amount), bold: true },
      { text: ` in ${formatCount(year.payments, 'payment')}`, token: 'dim' },
    ],
    [
      { text: 'credits ', token: 'dim' },
      { text: year.credit === undefined ? 'unknown' : formatDollars(year.credit) },
      ...(year.unknownFranking > 0
        ? [{ text: ` of ${year.payments - year.unknownFranking} of ${year.payments}`, token: 'warning' } as const]
        : []),
    ],
    ...rate('yield', yields.yieldPct),
    ...rate('grossed up', yields.grossedUpYieldPct),
    ...rate('on cost', yields.yieldOnCostPct),
  ];
  return inline(parts, room);
}

const yearsLine = ({ years }: IncomeView, fy: number, room: number): Line =>
  inline(
    [
      [{ text: 'by year', token: 'dim' }],
      ...years.map(
        (each): Line => [
          { text: `${formatFinancialYear(each.financialYear)} `, token: 'dim' },
          { text: formatDollars(each.amount), ...(each.financialYear === fy ? { bold: true } : {}) },
        ],
      ),
    ],
    room,
  );

const lostLines = ({ owners }: IncomeView, room: number): Line[] =>
  owners
    .filter(each => !each.denied.eq('0'))
    .flatMap(each =>
      warned(
        `${harmless(each.owner.name)}: ${formatDollars(each.denied)} of franking credits denied, units were sold within 45 days at risk`,
        room,
      ),
    );

const comingLine = ({ declaredTotal, estimatedTotal }: IncomeView, room: number): Line =>
  inline(
    [
      [
        { text: 'declared ', token: 'dim' },
        { text: formatDollars(declaredTotal.amount), bold: true },
        { text: ` in ${declaredTotal.payments}`, token: 'dim' },
      ],
      [
        { text: 'estimated for 12 months ', token: 'dim' },
        { text: formatDollars(estimatedTotal.amount) },
        { text: ` in ${estimatedTotal.payments}`, token: 'dim' },
      ],
      [{ text: 'never added together', token: 'dim' }],
    ],
    room,
  );

const shownKept = 3;

const keepLines = ({ kept, owners }: IncomeView, room: number): Line[] =>
  kept
    .slice(0, shownKept)
    .flatMap(each =>
      warned(
        `keep ${formatUnits(each.period.open)} ${each.code} until ${formatDate(each.keepUntil)} for ${formatDollars(each.open)} of credits, ex ${formatDateShort(each.exDate)}${owners.length > 1 ? `, ${harmless(each.owner)}` : ''}`,
        room,
      ),
    );

function confirmLines({ proposals, dismissed }: IncomeView, room: number): Line[] {
  const aside = dismissed === 0 ? '' : `; ${dismissed} put aside`;
  if (proposals.length === 0) return [];
  const count = proposals.length === 1 ? '1 dividend was' : `${proposals.length} dividends were`;
  return wrap(`${count} paid on what you held and not recorded, so in no figure of income${aside}.`, room).map(text => [
    { text },
  ]);
}

const warned = (text: string, room: number): Line[] =>
  wrap(text, room - 2).map((each, row): Line => [{ text: `${row === 0 ? '! ' : '  '}${each}`, token: 'warning' }]);

const shownDifferences = 3;

/** Whether the year is locked and what changed since, and what the report warns of. */
function yearLines(view: TaxYearView, tab: 'gains' | 'assessed', room: number): Line[] {
  const { lockedAt, lockedDifference = [] } = view;
  const lines: Line[] = [];
  if (lockedAt !== undefined) {
    const changed =
      lockedDifference.length === 0
        ? 'nothing changed since'
        : `${formatCount(lockedDifference.length, 'figure')} changed since`;
    lines.push([
      {
        text: `Locked as lodged on ${formatDate(sydneyDate(lockedAt))}; ${changed}.`,
        token: lockedDifference.length === 0 ? 'dim' : 'warning',
      },
    ]);
    const shown = lockedDifference.slice(0, shownDifferences);
    for (const { figure, locked, now } of shown) {
      lines.push(
        ...wrap(`  ${harmless(figure)}: locked ${wordOf(locked)}, now ${wordOf(now)}`, room).map(
          (text): Line => [{ text }],
        ),
      );
    }
    const more = lockedDifference.length - shown.length;
    if (more > 0) lines.push([{ text: `  and ${more} more; all of them with asxos tax cgt`, token: 'dim' }]);
  }
  const warnings = tab === 'gains' ? view.gains.warnings : view.income.warnings;
  const [first] = warnings;
  if (first !== undefined)
    lines.push(...warned(`${harmless(first)}${warnings.length > 1 ? ` (and ${warnings.length - 1} more)` : ''}`, room));
  return lines;
}

const wordOf = (value: string | null | undefined): string =>
  value === undefined ? 'not there' : value === null ? 'unknown' : value;

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
