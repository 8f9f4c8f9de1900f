/** What is said above the list of a tab of tax and income: sums, what to keep, the lock, what the report warns of. */
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
import type { IncomeView } from '../../usecases/view-income.ts';
import type { TaxYearView } from '../../usecases/view-tax-year.ts';
import { inline } from '../blocks.ts';
import type { TaxModel } from '../tax-model.ts';
import type { Line } from '../text.ts';
import { wrap } from '../wrap.ts';

/** Blocks in the order of what matters; each is shown whole or not at all. */
export function headBlocks(model: TaxModel, room: number): Line[][] {
  switch (model.tab) {
    case 'received':
      return [
        [sumLine(model.income, room)],
        [yearsLine(model.income, model.fy, room)],
        ...lostLines(model.income, room),
      ];
    case 'calendar':
      return [[comingLine(model.income, room)], ...keepLines(model.income, room)];
    case 'confirm':
      return [confirmLines(model.income, room)];
    case 'gains':
    case 'assessed':
      return model.year === undefined ? [] : yearBlocks(model.year, model.tab, room);
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

const lostLines = ({ owners }: IncomeView, room: number): Line[][] =>
  owners
    .filter(each => !each.denied.eq('0'))
    .map(each =>
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

const keepLines = ({ kept, owners }: IncomeView, room: number): Line[][] =>
  kept
    .slice(0, shownKept)
    .map(each =>
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
function yearBlocks(view: TaxYearView, tab: 'gains' | 'assessed', room: number): Line[][] {
  // That the year runs stands in the title.
  const all = tab === 'gains' ? view.gains.warnings : view.income.warnings;
  const [first, ...others] = all.filter(each => !each.includes(' is not over: '));
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return [...lockBlocks(view, room), ...(first === undefined ? [] : [warned(`${harmless(first)}${more}`, room)])];
}

function lockBlocks({ lockedAt, lockedDifference = [] }: TaxYearView, room: number): Line[][] {
  if (lockedAt === undefined) return [];
  const count = lockedDifference.length;
  const changed = count === 0 ? 'nothing changed since' : `${formatCount(count, 'figure')} changed since`;
  const text = `Locked as lodged on ${formatDate(sydneyDate(lockedAt))}; ${changed}.`;
  const shown = lockedDifference.slice(0, shownDifferences);
  const more = count - shown.length;
  return [
    [[{ text, token: count === 0 ? 'dim' : 'warning' }]],
    ...shown.map(({ figure, locked, now }) =>
      wrap(`  ${harmless(figure)}: locked ${wordOf(locked)}, now ${wordOf(now)}`, room).map(
        (each): Line => [{ text: each }],
      ),
    ),
    ...(more > 0 ? [[[{ text: `  and ${more} more; all of them with asxos tax cgt`, token: 'dim' }] as Line]] : []),
  ];
}

const wordOf = (value: string | null | undefined): string =>
  value === undefined ? 'not there' : value === null ? 'unknown' : value;
