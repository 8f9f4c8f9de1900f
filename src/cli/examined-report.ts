/** What the doctor found, as a report: what is wrong first to the eye, in the order of the checks. */
import { isoInstant } from '../domain/date.ts';
import { harmless } from '../domain/text.ts';
import { formatCount } from '../format.ts';
import type { Examined, Status } from '../usecases/examine.ts';
import { type Column, csvOf, lines, type Report, table } from './report.ts';

const marks: Readonly<Record<Status, string>> = {
  ok: '✓ ok',
  warning: '! warning',
  problem: '✗ problem',
  unknown: '? unknown',
};

const columns: readonly Column<Examined>[] = [
  { title: '', field: 'status', text: row => marks[row.status], value: row => row.status },
  { title: 'Check', field: 'id', text: row => row.id },
  { title: 'Finding', field: 'finding', isName: true, text: row => harmless(row.finding), value: row => row.finding },
];
const forScripts: readonly Column<Examined>[] = [
  ...columns,
  { title: 'Why', field: 'why', text: row => row.why },
  { title: 'Fix', field: 'fix', text: row => row.fix ?? '', value: row => row.fix },
];

const isWrong = ({ status }: Examined): boolean => status === 'warning' || status === 'problem';

const mending = ({ id, finding, why, fix }: Examined): string[] => [
  `${id}: ${harmless(finding)}`,
  `  ${why}`,
  ...(fix === undefined ? [] : [`  Mend it: ${fix}`]),
];

/** With `quiet` nothing is said where nothing is wrong: for cron. */
export function examinedReport(checks: readonly Examined[], now: number, quiet: boolean): Report {
  const wrong = checks.filter(isWrong);
  const unknowns = checks.filter(({ status }) => status === 'unknown').length;
  const problems = checks.filter(({ status }) => status === 'problem').length;
  const counted = [
    formatCount(checks.length, 'check'),
    ...(problems > 0 ? [formatCount(problems, 'problem')] : []),
    ...(wrong.length > problems ? [formatCount(wrong.length - problems, 'warning')] : []),
    ...(unknowns > 0 ? [`${unknowns} unknown`] : []),
  ];
  return {
    schema: 'doctor/1',
    asOf: isoInstant(now),
    data: { checks },
    sections:
      quiet && wrong.length === 0
        ? []
        : [
            table(checks, columns),
            ...wrong.map(each => lines(...mending(each))),
            lines(`${counted.join(', ')}${wrong.length === 0 ? ': nothing is wrong' : ''}.`),
          ],
    csv: csvOf(checks, forScripts),
    exitCode: wrong.length === 0 ? 0 : 1,
  };
}
