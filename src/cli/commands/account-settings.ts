import type { Command } from 'commander';
import { Failure } from '../../failure.ts';
import { settingsReport } from '../account-reports.ts';
import { examples } from '../help.ts';
import type { Context } from '../program.ts';

/** The settings that the server keeps for all clients of the account; those of this console are `config`. */
export function addAccountSettings(account: Command, run: Context['run']): void {
  account
    .command('settings')
    .description('Show the settings that the server keeps for all clients of the account, or set one.')
    .argument('[name]', 'one of them')
    .argument('[value]', 'what it is to be, as JSON')
    .option('--unset', 'take it out')
    .addHelpText(
      'after',
      examples(
        'asxos account settings',
        'asxos account settings sync.notifications true',
        `asxos account settings theme '"dark"'`,
        'asxos account settings theme --unset',
      ),
    )
    .action(
      async (name: string | undefined, value: string | undefined, options: { unset?: boolean }, command: Command) => {
        if (options.unset === true && (name === undefined || value !== undefined)) {
          throw new Failure('invalid-input', 'With --unset goes the name of one setting, and no value', {
            hint: 'Like this: asxos account settings theme --unset.',
          });
        }
        const { removeAccountSetting, setAccountSetting, viewAccountSettings } = await import(
          '../../usecases/manage-account.ts'
        );
        await run(command, async ({ app, signal }) => {
          if (name === undefined) return settingsReport(await viewAccountSettings(app, { signal }), app.now());
          if (options.unset === true) {
            return settingsReport(await removeAccountSetting(app, name, { signal }), app.now());
          }
          if (value !== undefined) {
            return settingsReport(await setAccountSetting(app, name, value, { signal }), app.now(), name);
          }
          const all = await viewAccountSettings(app, { signal });
          if (Object.hasOwn(all.settings, name)) return settingsReport(all, app.now(), name);
          throw new Failure('not-found', `The account has no setting "${name}"`, {
            hint: 'See asxos account settings.',
          });
        });
      },
    );
}
