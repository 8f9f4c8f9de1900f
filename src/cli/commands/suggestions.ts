import type { Command } from 'commander';
import { isoInstant, type LocalDate, sydneyDate } from '../../domain/date.ts';
import { explainRun, explainSuggestion, runFigures, suggestionFigures } from '../../domain/explain/rebalance.ts';
import { confidenceOf } from '../../domain/rebalance/signal-rules.ts';
import type { StoredSignal } from '../../domain/rebalance/stored.ts';
import { formatDate, formatDollars, formatMoney, formatPct, formatUnits } from '../../format.ts';
import type { Accepted, SuggestionList } from '../../usecases/manage-suggestions.ts';
import { explainedAt } from '../explained.ts';
import { shortId } from '../figures.ts';
import { examples } from '../help.ts';
import type { Context } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

type Row = SuggestionList['suggestions'][number];

/** `rebalance list|accept|reject` */
export function addSuggestions(rebalance: Command, { run }: Context): void {
  rebalance
    .command('list')
    .description('List the suggestions that are pending.')
    .option('--all', 'also what was decided and what has expired')
    .addHelpText('after', examples('asxos rebalance list', 'asxos rebalance list --all --json'))
    .action(async (options: { all?: boolean }, command) => {
      const { viewSuggestions } = await import('../../usecases/manage-suggestions.ts');
      await run(command, ({ app, portfolio }) =>
        listReport(viewSuggestions(app, { portfolio, ...options }), app.today()),
      );
    });

  rebalance
    .command('accept')
    .description('Draft the entry of a suggestion; it stays pending until it is recorded.')
    .argument('<id>', 'its id, or the end of it')
    .option('--record', 'record the entry as drafted, and mark the suggestion executed')
    .addHelpText('after', examples('asxos rebalance accept 0000002a', 'asxos rebalance accept 0000002a --record'))
    .action(async (id: string, options: { record?: boolean }, command) => {
      const { acceptSuggestion } = await import('../../usecases/manage-suggestions.ts');
      await run(command, ({ app }) => acceptReport(acceptSuggestion(app, id, options), app.today()));
    });

  rebalance
    .command('reject')
    .description('Turn a suggestion down.')
    .argument('<id>', 'its id, or the end of it')
    .addHelpText('after', examples('asxos rebalance reject 0000002a', 'asxos rebalance list --all'))
    .action(async (id: string, _options, command) => {
      const { rejectSuggestion } = await import('../../usecases/manage-suggestions.ts');
      await run(command, ({ app }) => {
        const row = rejectSuggestion(app, id);
        return {
          schema: 'suggestion/1',
          asOf: app.today(),
          data: { suggestion: suggestionData(row), line: undefined, recorded: false },
          sections: [lines(`Rejected: ${row.action} ${formatUnits(row.units)} ${row.code}.`)],
          csv: csvOf([row], columns),
        };
      });
    });
}

/** What the signal behind a suggestion was; nothing in modes that ask none. */
export const suggestionSignal = (said: Pick<StoredSignal, 'signal' | 'score' | 'asOf' | 'version'> | undefined) => ({
  signal: said?.signal,
  confidence: said && confidenceOf(said),
  signalAsOf: said?.asOf,
  signalVersion: said?.version,
});

const suggestionData = (row: Row) => ({
  id: row.id,
  mode: row.mode,
  code: row.code,
  name: row.details.name,
  action: row.action,
  units: row.units,
  price: row.price,
  value: row.details.value,
  weightPct: row.details.weightPct,
  targetPct: row.details.targetPct,
  afterPct: row.details.afterPct,
  reason: row.details.reason,
  ...suggestionSignal(row.details.signal),
  priority: row.position,
  brokerage: row.details.brokerage,
  tax: row.details.tax,
  status: row.status,
  createdAt: isoInstant(row.createdAt),
  expiresAt: isoInstant(row.expiresAt),
  entry: row.entry,
});

const until = (row: Row): LocalDate => sydneyDate(row.expiresAt);

const columns: readonly Column<Row>[] = [
  { title: 'Id', field: 'id', text: row => shortId(row.id), value: row => row.id },
  { title: '', field: 'action', text: row => row.action },
  { title: 'Code', field: 'code', text: row => row.code },
  { title: 'Units', field: 'units', align: 'right', text: row => formatUnits(row.units), value: row => row.units },
  {
    title: 'Value',
    field: 'value',
    align: 'right',
    text: row => formatMoney(row.details.value),
    value: row => row.details.value,
  },
  {
    title: 'After',
    field: 'afterPct',
    align: 'right',
    rank: 2,
    text: row => formatPct(row.details.afterPct),
    value: row => row.details.afterPct,
  },
  { title: 'Status', field: 'status', text: row => row.status },
  { title: 'Until', field: 'until', rank: 3, text: row => formatDate(until(row)), value: until },
  { title: 'Reason', field: 'reason', isName: true, rank: 4, text: row => row.details.reason },
];

/** The stored figures of a suggestion as JSON has them. */
const listedFigures = suggestionFigures.filter(figure => figure !== 'bandPct');

export const listReport = ({ portfolio, suggestions, run, cash }: SuggestionList, today: string): Report => ({
  schema: 'suggestions/1',
  asOf: today,
  data: { portfolio, suggestions: suggestions.map(suggestionData), cash: cash?.before, cashAfter: cash?.after },
  explain: () => [
    ...suggestions.flatMap((row, index) =>
      explainedAt(`/suggestions/${index}`, listedFigures, figure => explainSuggestion(row, figure)),
    ),
    ...explainedAt('', runFigures, figure => explainRun(run, cash, figure, portfolio)),
  ],
  sections: [
    suggestions.length === 0
      ? lines(`${portfolio} has no pending suggestions. Make them: asxos rebalance`)
      : table(suggestions, columns),
  ],
  csv: csvOf(suggestions, columns),
});

function acceptReport({ suggestion, portfolio, line, sentence, effect, entry }: Accepted, today: string): Report {
  const gain = effect.disposal?.parcels.map(
    part =>
      `${formatUnits(part.units)} of the parcel of ${formatDate(part.acquiredOn)}: gain ${formatDollars(part.gain, { sign: true })}`,
  );
  const draft = [
    `Would record: ${sentence}.`,
    'Change the price and fee to those of your contract note, then record it:',
    `asxos add "${line}" --portfolio "${portfolio}"`,
    `or as it stands: asxos rebalance accept ${shortId(suggestion.id)} --record`,
  ];
  return {
    schema: 'suggestion/1',
    asOf: today,
    data: { suggestion: suggestionData(suggestion), line, recorded: entry !== undefined },
    sections: [
      lines(
        ...(entry === undefined ? draft : [`${sentence}.`, `${portfolio} · entry ${shortId(entry.id)}`]),
        ...(gain ?? []),
      ),
    ],
    csv: csvOf([suggestion], columns),
  };
}
