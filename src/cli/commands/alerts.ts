import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { addPreferences } from './alert-preferences.ts';

export const addAlerts: AddCommands = (program, { run }) => {
  const alerts = program
    .command('alerts')
    .helpGroup(purposes.look)
    .summary('what you are told: preferences')
    .description('What you are told, and how.')
    .addHelpText('after', examples('asxos alerts preferences', 'asxos alerts preferences set all --frequency daily'));
  addPreferences(alerts, run);
};
