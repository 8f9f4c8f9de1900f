/** What came of importing an export of JSON lines. */
import { isoInstant, readInstant } from '../domain/date.ts';
import { formatCount } from '../format.ts';
import type { OwnImport } from '../usecases/import-own.ts';
import { formatInstant } from './figures.ts';
import { type Column, csvOf, lines, type Report, table } from './report.ts';

type Conflict = OwnImport['conflicts'][number];
const columns: readonly Column<Conflict>[] = [
  { title: 'What', field: 'table', text: row => row.table.replaceAll('_', ' ') },
  { title: 'Which', field: 'key', text: row => row.key },
  { title: 'Reason', field: 'reason', text: row => row.reason },
];

const shownConflicts = 40;

/** What people call the rows of a table. */
const wordsOf = (table: string): string => (table === 'watchlist' ? 'watched codes' : table.replaceAll('_', ' '));
const singularOf = (table: string): string =>
  wordsOf(table)
    .replace(/ies$/, 'ys')
    .replace(/(x|ch)es$/, '$1s')
    .replace(/s$/, '');

export function ownImportReport(report: OwnImport, now: number): Report {
  const { added, there, conflicts, exportedAt, written, before } = report;
  const counts = Object.entries(added).map(([name, count]) => formatCount(count, singularOf(name), wordsOf(name)));
  const total = Object.values(added).reduce((sum, count) => sum + count, 0);
  const others = [
    ...(there > 0 ? [`${formatCount(there, 'row')} there already`] : []),
    ...(conflicts.length > 0 ? [`${conflicts.length} differ and stay as they are here`] : []),
  ];
  const made = readInstant(exportedAt);
  const verb = written ? 'Added' : 'Would add';
  const more = conflicts.length - shownConflicts;
  return {
    schema: 'import-export/1',
    asOf: isoInstant(now),
    data: report,
    sections: [
      lines(
        `An export of ${made === undefined ? exportedAt : formatInstant(made)}.`,
        `${verb} ${[formatCount(total, 'row'), ...others].join('; ')}.`,
        ...(counts.length > 0 ? [`  ${counts.join(', ')}`] : []),
      ),
      table(conflicts.slice(0, shownConflicts), columns),
      lines(
        ...(more > 0 ? [`... and ${more} more; --csv lists them all`] : []),
        ...(before === undefined || total === 0 ? [] : [`Take it back with: asxos restore ${before} --yes`]),
        ...(written ? [] : ['Nothing was recorded.']),
      ),
    ].filter(section => section.kind === 'table' || section.lines.length > 0),
    csv: csvOf(conflicts, columns),
    exitCode: conflicts.length > 0 ? 3 : 0,
  };
}
