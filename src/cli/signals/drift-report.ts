/** The report of drift: how far each input of model A has moved from what it learned on. */
import { formatCount, formatDate, unknown } from '../../format.ts';
import type { DriftView } from '../../usecases/view-signals.ts';
import { formatScore } from '../../words/signal-words.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

type Reading = DriftView['readings'][number];

const columns: readonly Column<Reading>[] = [
  { title: 'Input', field: 'input', text: row => row.input },
  { title: 'PSI', field: 'psi', align: 'right', text: row => formatScore(row.psi), value: row => row.psi },
  {
    title: 'Usual up to',
    field: 'usual',
    align: 'right',
    text: row => formatScore(row.usual),
    value: row => row.usual,
  },
  { title: 'Band', field: 'band', text: row => row.band ?? unknown, value: row => row.band },
  {
    title: '',
    field: 'drifting',
    text: row => (row.drifting ? 'drifting' : (row.reason ?? '')),
    value: row => row.drifting,
  },
];

export function driftReport(views: readonly DriftView[], today: string): Report {
  const [latest] = views;
  const rows = latest?.readings ?? [];
  const drifting = rows.filter(row => row.drifting);
  const said =
    rows.length === 0
      ? 'There is nothing to compare with: model A has not been trained.'
      : drifting.length > 0
        ? `${formatCount(drifting.length, 'input')} of ${rows.length} drifting: PSI above .25 and above what the training period itself showed in 95 of 100 windows.`
        : `None of ${rows.length} inputs drifts.`;
  return {
    schema: 'signals-drift/1',
    asOf: latest?.run.asOf ?? today,
    data: {
      version: latest?.run.version,
      readings: rows.map(({ model, input, psi, band, usual, drifting: isDrifting, securities, reason, bins }) => ({
        model,
        input,
        psi,
        band,
        usual,
        drifting: isDrifting,
        securities,
        reason,
        bins: bins.map(({ upTo, baseline, latest: now }) => ({ upTo, baseline, latest: now })),
      })),
      history: views.map(({ run, readings }) => ({
        asOf: run.asOf,
        version: run.version,
        drifting: readings.filter(each => each.drifting).map(each => each.input),
        largest: readings[0] && { input: readings[0].input, psi: readings[0].psi },
      })),
    },
    explain: async () => (await import('../explained-signals.ts')).explainReadings(views),
    sections: [
      lines(
        ...(latest === undefined ? [] : [`As of ${formatDate(latest.run.asOf)} · model A ${latest.run.version}`]),
        said,
      ),
      table(rows, columns),
    ],
    csv: csvOf(rows, columns),
  };
}
