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

/** As many as are named; the rest are counted. */
const named = 10;

function missingLines(missing: Drill['missing']): string[] {
  if (missing.length === 0) return [];
  const rows = missing.slice(0, named).map(({ recordedAt, deleted, line }) => {
    const what = deleted ? 'the deletion of ' : '';
    return `  ${what}${line} (recorded ${formatInstant(recordedAt)})`;
  });
  const more = missing.length > named ? [`  and ${missing.length - named} more`] : [];
  return ['Recorded before it was taken, and not in it:', ...rows, ...more];
}

function comparedAsOf({ takenAt, knownAt }: Drill): string {
  if (takenAt !== undefined) return `Compared as of when it was taken, ${formatInstant(takenAt)}.`;
  const unsaid = 'It does not say when it was taken: that it lacks what came after is not noticed.';
  return knownAt === undefined
    ? `It holds no entry. ${unsaid}`
    : `Compared as of its last entry, ${formatInstant(knownAt)}. ${unsaid}`;
}

export function drillReport(drill: Drill, now: number, quiet: boolean): Report {
  const { backup, takenAt, knownAt, missing, reports, changedSince } = drill;
  const different = reports.filter(each => !each.equal).map(each => each.report);
  const changed = changedSince.map(name => name.replaceAll('_', ' ')).join(', ');
  const said =
    different.length === 0
      ? ['Restored, every report is what it was.']
      : [
          `Different: ${different.join(', ')}.`,
          ...missingLines(missing),
          changed === ''
            ? 'Nothing else was changed since: look at both with asxos restore FILE, and keep both.'
            : `Changed since, and kept without a history: ${changed}. That may be all of it.`,
        ];
  return {
    schema: 'restore-drill/1',
    asOf: isoInstant(now),
    data: {
      backup,
      takenAt: takenAt === undefined ? undefined : isoInstant(takenAt),
      knownAt: knownAt === undefined ? undefined : isoInstant(knownAt),
      missing: missing.map(each => ({ ...each, recordedAt: isoInstant(each.recordedAt) })),
      reports,
      changedSince,
    },
    sections:
      quiet && different.length === 0
        ? []
        : [lines(`The backup ${backup}.`, comparedAsOf(drill)), table(reports, columns), lines(...said)],
    csv: csvOf(reports, columns),
    exitCode: different.length === 0 ? 0 : 1,
  };
}
