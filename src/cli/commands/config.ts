import { Failure } from '../../failure.ts';
import { unknown } from '../../format.ts';
import type { Setting } from '../../usecases/manage-config.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, table } from '../report.ts';

export const addConfig: AddCommands = (program, { run }) => {
  const config = program
    .command('config')
    .helpGroup(purposes.set)
    .summary('settings: list, get, set, path')
    .description('Show and change the settings.')
    .addHelpText('after', examples('asxos config list', 'asxos config set theme safe', 'asxos config path'));

  config
    .command('list')
    .description('List every setting, its value and where it comes from.')
    .addHelpText('after', examples('asxos config list', 'asxos config list --json'))
    .action(async (_options, command) => {
      const { viewSettings } = await import('../../usecases/manage-config.ts');
      await run(command, ({ app }) => {
        // A list is what goes into a report of a bug.
        const settings = viewSettings(app).map(setting => ({ ...told(setting), value: setting.shown }));
        return {
          schema: 'settings/1',
          asOf: app.today(),
          data: { settings },
          sections: [table(settings, columns)],
          csv: csvOf(settings, columns),
        };
      });
    });

  config
    .command('get')
    .description('Print the value of one setting.')
    .argument('<key>', 'the setting')
    .addHelpText('after', examples('asxos config get theme', 'asxos config get dataDir --json'))
    .action(async (key: string, _options, command) => {
      const { viewSetting } = await import('../../usecases/manage-config.ts');
      await run(command, ({ app }) => {
        const setting = told(viewSetting(app, key));
        return {
          schema: 'setting/1',
          asOf: app.today(),
          data: setting,
          sections: setting.value === undefined ? [] : [lines(setting.value)],
          csv: csvOf([setting], columns),
        };
      });
    });

  config
    .command('set')
    .description('Change a setting in the config file, or take it out.')
    .argument('<key>', 'the setting')
    .argument('[value]', 'its value; an empty one takes it out')
    .option('--unset', 'take it out, back to its default')
    .addHelpText(
      'after',
      examples(
        'asxos config set theme safe',
        'asxos config set chart block',
        'asxos config set defaultPortfolio --unset',
      ),
    )
    .action(async (key: string, value: string | undefined, options: { unset?: boolean }, command) => {
      if ((options.unset === true) === (value !== undefined)) {
        throw new Failure(
          'invalid-input',
          options.unset ? 'Give a value or --unset, not both' : `No value for "${key}" was given`,
          {
            hint: `Write asxos config set ${key} VALUE, or asxos config set ${key} --unset.`,
          },
        );
      }
      const { changeSetting } = await import('../../usecases/manage-config.ts');
      const wanted = value === '' ? undefined : value;
      await run(command, ({ app }) => {
        const { value: now, before } = changeSetting(app, key, wanted);
        const said = now === undefined ? `${key} is back at its default.` : `${key} is now ${now}.`;
        return {
          schema: 'setting-changed/1',
          asOf: app.today(),
          data: { key, value: now, before },
          sections: [lines(said)],
          csv: { fields: ['key', 'value', 'before'], rows: [[key, now, before]] },
        };
      });
    });

  config
    .command('path')
    .description('Print where the config file is, whether or not it is there.')
    .addHelpText('after', examples('asxos config path', 'cat "$(asxos config path)"'))
    .action(async (_options, command) => {
      await run(command, ({ app }) => ({
        schema: 'config-path/1',
        asOf: app.today(),
        data: { configPath: app.config.configPath, dataDir: app.dataDir },
        sections: [lines(app.config.configPath)],
        csv: { fields: ['configPath', 'dataDir'], rows: [[app.config.configPath, app.dataDir]] },
      }));
    });
};

/** What a script is told of a setting. */
const told = ({ key, value, source, default: fallback, env, description, allowed }: Setting) => ({
  ...{ key, value, source, default: fallback, env, description, allowed },
});

const columns: readonly Column<ReturnType<typeof told>>[] = [
  { title: 'Setting', field: 'key', text: row => row.key },
  { title: 'Value', field: 'value', text: row => row.value ?? unknown, value: row => row.value },
  { title: 'From', field: 'source', text: row => (row.source === 'environment' ? (row.env ?? '') : row.source) },
  { title: 'It can be', field: 'allowed', rank: 2, text: row => row.allowed },
  { title: 'What for', field: 'description', rank: 1, isName: true, text: row => row.description },
];
