/** An import: the path being typed, then what the file would do. */
import { harmless } from '../../domain/text.ts';
import { formatCount, formatMoney, formatPrice, formatUnits } from '../../format.ts';
import type { ImportReport } from '../../usecases/import-entries.ts';
import { describeEntry } from '../../words/format-entry.ts';
import { heading, indent } from '../blocks.ts';
import type { ImportOverlay } from '../overlay.ts';
import { measureColumns, type TableColumn, type TableRow, tableLines } from '../table.ts';
import { displayWidth, type Line, shorten } from '../text.ts';
import { fieldLine } from '../text-field.ts';
import type { Token } from '../theme.ts';
import { wrap } from '../wrap.ts';

type Room = { readonly width: number; readonly height: number };

const prompt = '  › ';
const margin = 4;
const widest = 110;
/** Of a long list; the command line shows it whole. */
const mostRows = 200;

const paragraph = (text: string, width: number, token?: Token): Line[] =>
  wrap(harmless(text), Math.min(widest, width) - margin - 1).map(line => [
    token === undefined ? { text: ' '.repeat(margin) + line } : { text: ' '.repeat(margin) + line, token },
  ]);

/** Names side by side, as many as there is room for. */
function nameLines(names: readonly string[], { width, height }: Room): Line[] {
  const cell = Math.min(40, Math.max(...names.map(displayWidth)) + 2);
  const across = Math.max(1, Math.floor((width - margin) / cell));
  const room = Math.max(1, height) * across;
  const shown = names.length > room ? names.slice(0, room - across) : names;
  const lines: Line[] = [];
  for (let at = 0; at < shown.length; at += across) {
    const row = shown.slice(at, at + across).map(name => shorten(name, cell - 2));
    lines.push([{ text: ' '.repeat(margin) + row.map(name => name + ' '.repeat(cell - displayWidth(name))).join('') }]);
  }
  const more = names.length - shown.length;
  return more > 0 ? [...lines, [{ text: `${' '.repeat(margin)}and ${more} more`, token: 'dim' }]] : lines;
}

const purpose =
  'The path of a CSV that your broker exports, or of a list of holdings; drag it here, or complete it with tab. ' +
  'What it would add is shown first. Importing a file again adds nothing.';

export function importLines({ field, names, trouble }: ImportOverlay, room: Room): Line[] {
  const width = Math.min(widest, room.width - 2);
  const input: Line = [{ text: prompt, token: 'accent', bold: true }, ...fieldLine(field, width - margin)];
  const wrong =
    trouble === undefined
      ? []
      : [
          ...paragraph(trouble.message, room.width, 'loss'),
          ...(trouble.hint === undefined ? [] : paragraph(trouble.hint, room.width)),
        ];
  const below =
    names.length > 0
      ? nameLines(names, { width: room.width, height: room.height - 3 })
      : wrong.length > 0
        ? wrong
        : paragraph(purpose, room.width, 'dim');
  return [input, [], ...below];
}

function sentencesOf(report: ImportReport, width: number): Line[] {
  const { added, duplicates, rejected, skipped, portfolio, title, verified, createdPortfolio } = report;
  const others = [
    ...(duplicates > 0 ? [`${formatCount(duplicates, 'row')} there already`] : []),
    ...(rejected.length > 0 ? [`${formatCount(rejected.length, 'row')} refused`] : []),
    ...(skipped.length > 0 ? [`${formatCount(skipped.length, 'line')} without an entry`] : []),
  ];
  const made = createdPortfolio ? ', which is made for it' : '';
  const first = `${added === 0 ? 'Nothing' : formatCount(added, 'entry')} to add to ${portfolio}${made}`;
  return [
    ...paragraph(`Read as ${title}${verified ? '' : ' (layout unverified)'}`, width),
    ...wrap([first, ...others].join(' · '), width - margin - 1).map(
      (text): Line => [{ text: ' '.repeat(margin) + text, bold: true }],
    ),
  ];
}

/** A heading and its lines, the first `mostRows` of them; nothing where there are none. */
function section<T>(title: string, rows: readonly T[], lineOf: (row: T) => Line[]): Line[] {
  if (rows.length === 0) return [];
  const more = rows.length - mostRows;
  return [
    [],
    indent(heading(title), margin - 2),
    ...rows.slice(0, mostRows).flatMap(lineOf),
    ...(more > 0 ? [[{ text: `${' '.repeat(margin)}and ${more} more`, token: 'dim' } as const]] : []),
  ];
}

const holdingColumns: readonly TableColumn[] = [
  { id: 'code', title: 'Code', kind: 'text', priority: 1 },
  { id: 'units', title: 'Units', kind: 'number', priority: 2 },
  { id: 'costBase', title: 'Cost base', kind: 'number', priority: 3 },
  { id: 'averageCost', title: 'Avg cost', kind: 'number', priority: 4 },
];

/** The holdings of the file's securities as they would be; the others stay as they are. */
function holdingLines({ holdings, portfolio, entries }: ImportReport, width: number): Line[] {
  const codes = [...new Set(entries.flatMap(entry => entry.code ?? []))].sort();
  if (codes.length === 0) return [];
  const rows = codes.map((code): TableRow => {
    const held = holdings.find(each => each.code === code);
    if (held === undefined) return { id: code, cells: { code, units: '0' }, dim: true };
    const { units, costBase, averageCost } = held;
    return {
      id: code,
      cells: {
        code,
        units: formatUnits(units),
        costBase: formatMoney(costBase),
        averageCost: formatPrice(averageCost, { places: 4 }),
      },
    };
  });
  const table = tableLines(measureColumns(holdingColumns, rows), rows, { width: width - 1 });
  return [[], indent(heading(`${portfolio} would then hold`), margin - 2), ...table.map(line => indent(line, 1))];
}

/** What an import would do: what matters first. */
export function importPreviewLines(report: ImportReport, width: number): Line[] {
  const numbered = ({ line, reason }: { readonly line: number; readonly reason: string }): Line[] => {
    const label = `${' '.repeat(margin)}line ${line}`.padEnd(margin + 11);
    return wrap(harmless(reason), width - label.length - 1).map(
      (text, row): Line => [{ text: row === 0 ? label : ' '.repeat(label.length), token: 'dim' }, { text }],
    );
  };
  return [
    ...sentencesOf(report, width),
    ...section('Refused', report.rejected, numbered),
    ...section('Warnings', report.warnings, text => paragraph(text, width, 'warning')),
    ...holdingLines(report, width),
    ...section('To add', report.entries, entry => paragraph(describeEntry(entry), width)),
    ...section('No entries', report.skipped, numbered),
  ];
}
