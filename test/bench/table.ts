/** The outcomes of all areas as one table of text. */
import { isMet, isSkipped, type Measured, type Outcome, ratioOf, type Target, type Unit } from './outcome.ts';
import type { Area } from './report.ts';

const decimals: Record<Unit, number> = {
  ms: 1,
  s: 2,
  MB: 0,
  bytes: 0,
  '%': 2,
  'rows/s': 0,
  'requests/s': 0,
  'round trips': 2,
};

const grouped = (value: number, places: number): string =>
  value.toLocaleString('en-AU', { minimumFractionDigits: places, maximumFractionDigits: places });

const figure = (value: number, unit: Unit): string => `${grouped(value, decimals[unit])} ${unit}`;

const targetText = (target: Target, unit: Unit): string =>
  target.of === 'ratio'
    ? `${target.is} ${target.value} x`
    : `${target.is} ${target.value.toLocaleString('en-AU')} ${unit}`;

function cells(outcome: Outcome): string[] {
  if (isSkipped(outcome)) return [outcome.name, '', '', '', '', '', 'skipped', outcome.skipped];
  const { name, unit, measured, against, target, note = '' } = outcome;
  const ratio = ratioOf(outcome);
  return [
    name,
    figure(measured, unit),
    against?.name ?? '',
    against === undefined ? '' : figure(against.value, unit),
    ratio === undefined ? '' : `${grouped(ratio, 2)} x`,
    target === undefined ? '' : targetText(target, unit),
    verdict(outcome),
    note,
  ];
}

function verdict(outcome: Measured): string {
  const met = isMet(outcome);
  return met === undefined ? '' : met ? 'ok' : 'SHORT';
}

/** An area's name stands at its first figure. */
const areaRows = ({ name, outcomes, trouble }: Area): string[][] => [
  ...outcomes.map((outcome, index) => [index === 0 ? name : '', ...cells(outcome)]),
  ...(trouble === undefined ? [] : [[name, '', '', '', '', '', '', 'FAILED', trouble]]),
];

const titles = ['area', 'figure', 'measured', 'against', '', 'ratio', 'target', '', ''];
const toTheRight = new Set([2, 4, 5]);

/** One line each under a line of titles; figures to the right, no blanks at the end of a line. */
export function table(areas: readonly Area[]): string {
  const rows = [titles, ...areas.flatMap(areaRows)];
  const widths = titles.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return toTheRight.has(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return `${rows.map(line).join('\n')}\n`;
}
