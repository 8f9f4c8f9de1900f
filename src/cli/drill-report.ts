/** What came of restoring the newest backup beside the data. */
import { isoInstant } from '../domain/date.ts';
import type { Drill } from '../usecases/drill-restore.ts';
import { formatInstant } from './figures.ts';
import { type Column, csvOf, lines, type Report, table } from './report.ts';

type Row = Drill['reports'][number];
const columns: readonly Column<Row>[] = [
  { title: 'Report', field: 'report', text: row => row.report },
  { title: '', field: 'equal', text: row => (row.equal ? '✓ equal' : '✗ differs'), value: row => row.equal },
];

export function drillReport({ backup, knownAt, reports, changedSince }: Drill, now: number, quiet: boolean): Report {
  const different = reports.filter(each => !each.equal).map(each => each.report);
  const until =
    knownAt === undefined ? 'It holds no entry.' : `Compared as of its last entry, ${formatInstant(knownAt)}.`;
  const changed = changedSince.map(name => name.replaceAll('_', ' ')).join(', ');
  const said =
    different.length === 0
      ? ['Restored, every report is what it was.']
      : [
          `Different: ${different.join(', ')}.`,
          changed === ''
            ? 'Nothing else was changed since: look at both with asxos restore FILE, and keep both.'
            : `Changed since, and kept without a history: ${changed}. That may be all of it.`,
        ];
  return {
    schema: 'restore-drill/1',
    asOf: isoInstant(now),
    data: { backup, knownAt: knownAt === undefined ? undefined : isoInstant(knownAt), reports, changedSince },
    sections:
      quiet && different.length === 0
        ? []
        : [lines(`The backup ${backup}.`, until), table(reports, columns), lines(...said)],
    csv: csvOf(reports, columns),
    exitCode: different.length === 0 ? 0 : 1,
  };
}
