/** What `alerts` prints: the rules and where they stand, what a check found, what fired before. */
import { standingMet } from '../domain/alerts/standing.ts';
import { figureOf } from '../domain/alerts/step.ts';
import { type Instant, isoInstant, type LocalDate } from '../domain/date.ts';
import { datesInWords, formatCount } from '../format.ts';
import type { AlertCheck, FiredAlert } from '../usecases/check-alerts.ts';
import type { AlertHistory, AlertList, AlertView } from '../usecases/manage-alerts.ts';
import { standingWords, stateWords } from '../words/alert-words.ts';
import { ruleWords } from '../words/rule-words.ts';
import { formatInstant } from './figures.ts';
import { type Column, csvOf, lines, type Report, table } from './report.ts';

type Time = { readonly now: Instant; readonly today: LocalDate };

const instantOrNothing = (instant: Instant | undefined): string | undefined =>
  instant === undefined ? undefined : isoInstant(instant);

/** One rule as a row, as JSON, and in words. */
export function alertView(view: AlertView, { now, today }: Time) {
  const { alert, watched, isPaused } = view;
  const { id, text: rule, priority, origin, createdAt } = alert;
  const securities = watched.map(({ code, standing, state }) => ({
    code,
    armed: state?.armed ?? true,
    firedAt: instantOrNothing(state?.firedAt),
    met: standingMet(standing),
    value: figureOf(standing),
    now: standingWords(standing, today),
    state: stateWords(state, alert.rule, now),
  }));
  return {
    ...{ id, rule, priority, origin },
    ...ruleWords(view, { now, today }),
    data: { id, rule, priority, origin, paused: isPaused, createdAt: isoInstant(createdAt), securities },
  };
}

type Row = ReturnType<typeof alertView>;

const listColumns: readonly Column<Row>[] = [
  { title: 'No', field: 'id', align: 'right', text: row => String(row.id), value: row => row.id },
  { title: 'Rule', field: 'rule', text: row => row.rule },
  { title: 'Priority', field: 'priority', rank: 1, text: row => row.priority },
  { title: 'Now', field: 'now', text: row => row.now },
  { title: 'State', field: 'state', isName: true, text: row => row.state },
];

export function listReport({ alerts, ...time }: AlertList): Report {
  const rows = alerts.map(view => alertView(view, time));
  return {
    schema: 'alerts/1',
    asOf: isoInstant(time.now),
    data: { alerts: rows.map(row => row.data) },
    sections:
      rows.length === 0
        ? [lines('There are no alerts. Add one: asxos alerts add "BHP above 50"')]
        : [table(rows, listColumns)],
    csv: csvOf(rows, listColumns),
  };
}

const firedColumns: readonly Column<FiredAlert>[] = [
  { title: 'No', field: 'alertId', align: 'right', text: row => String(row.alert.id), value: row => row.alert.id },
  { title: 'Code', field: 'code', text: row => row.code },
  { title: 'Rule', field: 'rule', rank: 2, text: row => row.alert.text },
  { title: 'Priority', field: 'priority', rank: 1, text: row => row.alert.priority },
  { title: 'Told', field: 'message', isName: true, text: row => row.message },
];

const mostCodes = 8;
const codesInWords = (codes: readonly string[]): string =>
  codes.length <= mostCodes
    ? codes.join(', ')
    : `${codes.slice(0, mostCodes).join(', ')} and ${codes.length - mostCodes} more`;

/** A rule of one security has it in its words. */
const subjectsInWords = (of: AlertCheck['unjudged']): string =>
  of[0]?.alert.rule.of === 'any' ? ` (${codesInWords(of.map(each => each.code))})` : '';

/** Beyond these a list of what could not be judged is for a program. */
const mostReasons = 20;

export function checkReport(check: AlertCheck): Report {
  const { rules, pairs, fired, unjudged, notifications } = check;
  const groups = [...Map.groupBy(unjudged, ({ alert, why }) => `${alert.text}: ${datesInWords(why)}`)];
  const reasons = groups.slice(0, mostReasons).map(([why, of]) => `${why}${subjectsInWords(of)}.`);
  const left = groups.length - reasons.length;
  const many = (count: number): string => (count === 0 ? 'none' : String(count));
  return {
    schema: 'alerts-check/1',
    asOf: isoInstant(check.at),
    coverage: pairs === 0 ? 1 : (pairs - unjudged.length) / pairs,
    data: {
      rules,
      checked: pairs,
      fired: fired.map(({ alert, code, value, message, notificationId }) => ({
        ...{ alertId: alert.id, rule: alert.text, code, priority: alert.priority },
        ...{ value, message, notificationId },
      })),
      notJudged: unjudged.map(({ alert, code, why }) => ({
        ...{ alertId: alert.id, rule: alert.text, code },
        reason: why,
      })),
      notifications,
    },
    sections: [
      lines(
        `${formatCount(rules, 'rule')}, ${formatCount(pairs, 'check')}: ${many(fired.length)} fired, ${many(unjudged.length)} could not be judged.`,
      ),
      table(fired, firedColumns),
      ...(reasons.length === 0
        ? []
        : [lines('Not judged:', ...reasons, ...(left === 0 ? [] : [`And ${left} more; --json has all.`]))]),
    ],
    csv: csvOf(fired, firedColumns),
  };
}

type Past = AlertHistory['firings'][number];

const historyColumns: readonly Column<Past>[] = [
  { title: 'When', field: 'at', text: row => formatInstant(row.at), value: row => isoInstant(row.at) },
  {
    title: 'No',
    field: 'alertId',
    align: 'right',
    rank: 3,
    text: row => String(row.alertId),
    value: row => row.alertId,
  },
  { title: 'Code', field: 'code', text: row => row.code },
  { title: 'Rule', field: 'rule', rank: 2, text: row => row.rule },
  { title: 'Told', field: 'message', isName: true, text: row => row.message },
];

export const historyReport = ({ firings, totalCount }: AlertHistory, now: Instant): Report => ({
  schema: 'alerts-history/1',
  asOf: isoInstant(now),
  data: { firings: firings.map(row => ({ ...row, at: isoInstant(row.at) })), totalCount },
  sections: [
    firings.length === 0
      ? lines('No alert has fired yet.')
      : lines(
          `${formatCount(totalCount, 'firing')}${firings.length < totalCount ? `, the last ${firings.length}` : ''}`,
        ),
    table(firings, historyColumns),
  ],
  csv: csvOf(firings, historyColumns),
});
