import { type Command, Option } from 'commander';
import { alertTypes } from '../../domain/alerts/notification.ts';
import { type Frequency, frequencies, type Preference } from '../../domain/alerts/preferences.ts';
import { readDecimal, toFloat } from '../../domain/decimal.ts';
import { Failure } from '../../failure.ts';
import { formatPct } from '../../format.ts';
import { examples } from '../help.ts';
import type { Context } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

type SetOptions = {
  readonly enabled?: 'yes' | 'no';
  readonly frequency?: Frequency;
  readonly minConfidence?: number;
  readonly lossPct?: number;
  readonly gainPct?: number;
};

/** Adds to `alerts` what the owner wants to be told, and how. */
export function addPreferences(alerts: Command, run: Context['run']): void {
  const preferences = alerts
    .command('preferences')
    .description('What you are told, and how often: by type of alert.')
    .addHelpText(
      'after',
      examples('asxos alerts preferences', 'asxos alerts preferences set signal_change --frequency daily'),
    );

  preferences
    .command('list', { isDefault: true })
    .description('List the preferences of all types.')
    .addHelpText('after', examples('asxos alerts preferences', 'asxos alerts preferences list --json'))
    .action(async (_options, command) => {
      const { viewPreferences } = await import('../../usecases/manage-preferences.ts');
      await run(command, ({ app }) => preferencesReport(viewPreferences(app), app.today()));
    });

  preferences
    .command('set')
    .description('Change the preference of one type, or of all of them.')
    .argument('<type>', `${alertTypes.join(', ')}, or all`)
    .addOption(new Option('--enabled <yes|no>', 'whether you are told at all').choices(['yes', 'no']))
    .addOption(
      new Option('--frequency <how>', 'at once, or summed up each evening or each Monday').choices(frequencies),
    )
    .option('--min-confidence <number>', 'how sure the models must be, 0 to 1', numberOf('--min-confidence'))
    .option('--loss-pct <percent>', 'of portfolio_alert: a loss beyond it is told', numberOf('--loss-pct'))
    .option('--gain-pct <percent>', 'of portfolio_alert: a gain beyond it is told', numberOf('--gain-pct'))
    .addHelpText(
      'after',
      examples(
        'asxos alerts preferences set signal_change --frequency daily',
        'asxos alerts preferences set portfolio_alert --loss-pct 12 --gain-pct 25',
        'asxos alerts preferences set model_update --enabled no',
        'asxos alerts preferences set all --frequency weekly',
      ),
    )
    .action(async (type: string, options: SetOptions, command) => {
      const { enabled, frequency, minConfidence, lossPct, gainPct } = options;
      if (Object.keys(options).length === 0) {
        throw new Failure('invalid-input', `What to change of "${type}" is not said`, {
          hint: 'Give --enabled, --frequency, --min-confidence, --loss-pct or --gain-pct.',
        });
      }
      const { changePreferences } = await import('../../usecases/manage-preferences.ts');
      const told = enabled === undefined ? undefined : enabled === 'yes';
      const change = { enabled: told, frequency, minConfidence, lossPct, gainPct };
      await run(command, ({ app }) => preferencesReport(changePreferences(app, type, change), app.today()));
    });
}

/** Reads the number of `option`; its range is checked where it is used. */
const numberOf =
  (option: string) =>
  (text: string): number => {
    const value = readDecimal(text.trim().replace(/%$/, ''));
    if (value !== undefined) return toFloat(value);
    throw new Failure('invalid-input', `${option} is "${text}", which is not a number`);
  };

function preferencesReport(preferences: readonly Preference[], today: string): Report {
  return {
    schema: 'alert-preferences/1',
    asOf: today,
    data: { preferences },
    sections: [
      table(preferences, columns),
      lines('The system tells you of its troubles whatever is off. Everything told is in the inbox at once.'),
    ],
    csv: csvOf(preferences, columns),
  };
}

const pctOrNothing = (value: number | undefined): string =>
  value === undefined ? '' : formatPct(value, { places: Number.isInteger(value) ? 0 : 1 });

const columns: readonly Column<Preference>[] = [
  { title: 'Type', field: 'type', text: row => row.type },
  { title: 'Told', field: 'enabled', text: row => (row.enabled ? 'yes' : 'no'), value: row => row.enabled },
  { title: 'How often', field: 'frequency', text: row => row.frequency },
  {
    title: 'Confidence',
    field: 'minConfidence',
    align: 'right',
    text: row => row.minConfidence.toFixed(2),
    value: row => row.minConfidence,
  },
  {
    title: 'Loss',
    field: 'lossPct',
    align: 'right',
    text: row => pctOrNothing(row.lossPct),
    value: row => row.lossPct,
  },
  {
    title: 'Gain',
    field: 'gainPct',
    align: 'right',
    text: row => pctOrNothing(row.gainPct),
    value: row => row.gainPct,
  },
];
