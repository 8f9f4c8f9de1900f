/** What `tax lock` and `unlock` did, and what later edits changed of a locked year. */
import { type LocalDate, sydneyDate } from '../../domain/date.ts';
import { formatCount, formatDate, formatFinancialYear } from '../../format.ts';
import type { TaxLockChange, TaxYearView } from '../../usecases/view-tax-year.ts';
import { csvOf, lines, type Report } from '../report.ts';

const shown = (value: string | null | undefined): string =>
  value === undefined ? 'not there' : value === null ? 'unknown' : value;

export const differenceData = ({ lockedDifference }: TaxYearView) =>
  lockedDifference?.map(({ figure, locked, now }) => ({ figure, locked, now }));

/** One warning that says how many, then one for each. */
export function differenceWarnings({ gains, lockedAt, lockedDifference = [] }: TaxYearView): string[] {
  if (lockedAt === undefined || lockedDifference.length === 0) return [];
  const year = formatFinancialYear(gains.financialYear);
  const count = formatCount(lockedDifference.length, 'figure');
  const [most, more] = [lockedDifference.slice(0, 10), lockedDifference.length - 10];
  return [
    `${year} was locked on ${formatDate(sydneyDate(lockedAt))}, and ${count} changed since:`,
    ...most.map(each => `  ${each.figure}: locked ${shown(each.locked)}, now ${shown(each.now)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

/** Tax is of one owner: the others are named, so that nobody is forgotten. */
export const otherOwnerNotes = ({ gains, otherOwners }: TaxYearView): string[] =>
  otherOwners.length === 0
    ? []
    : [`This is of ${gains.owner.name} alone; --owner NAME for ${otherOwners.map(each => each.name).join(', ')}.`];

type Change = Pick<TaxLockChange, 'owner' | 'fy'>;

function report(schema: string, change: Change, sentence: string, today: LocalDate): Report {
  const row = { fy: change.fy, owner: change.owner.name };
  return {
    schema,
    asOf: today,
    data: { ...row, figures: 'figures' in change ? change.figures : undefined },
    sections: [lines(sentence)],
    csv: csvOf(
      [row],
      [
        { title: '', field: 'fy', text: each => String(each.fy) },
        { title: '', field: 'owner', text: each => each.owner },
      ],
    ),
  };
}

export const lockedReport = (change: TaxLockChange, today: LocalDate): Report =>
  report(
    'tax-lock/1',
    change,
    `${formatFinancialYear(change.fy)} of ${change.owner.name} is locked: ${formatCount(change.figures, 'figure')} kept as lodged. Entries can still be edited; tax cgt then shows what changed.`,
    today,
  );

export const unlockedReport = (change: Change, today: LocalDate): Report =>
  report(
    'tax-lock/1',
    change,
    `${formatFinancialYear(change.fy)} of ${change.owner.name} is unlocked: the figures kept as lodged are gone, and no later edit shows a difference. Entries and reports are as they were.`,
    today,
  );
