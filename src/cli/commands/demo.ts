import { rmSync } from 'node:fs';
import type { App } from '../../app.ts';
import { Failure } from '../../failure.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands, GlobalOptions } from '../program.ts';
import { dashboard } from './dashboard.ts';

export const addDemo: AddCommands = (program, { outside, run, runApp }) => {
  program
    .command('demo')
    .helpGroup(purposes.set)
    .summary('try everything on a simulated market; no key, no network')
    .description('Open the console on a simulated market with data of its own; it needs no key and no network.')
    .option('--reset', "start afresh: throw the demo's own data away first")
    .addHelpText('after', examples('asxos demo', 'asxos demo --reset', 'asxos holdings --demo'))
    .action(async (options: { reset?: boolean }, command) => {
      const { json, csv } = program.opts<GlobalOptions>();
      const prepare = (app: App): void => {
        if (options.reset && app.simulated) removeFolder(app.dataDir);
      };
      if (outside.screen === 'terminal' && !json && !csv) {
        const open = ({ app, portfolio }: { app: App; portfolio: string | undefined }) =>
          outside.openConsole(app, { portfolio });
        await runApp(command, open, { demo: true, prepare });
      } else await run(command, dashboard, { demo: true, prepare, prices: 'due' });
    });
};

function removeFolder(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (cause) {
    throw new Failure('cannot-write', `Cannot remove the demo's data in ${path}`, {
      hint: 'Close the demo where it is still open, and check that the folder is yours.',
      cause,
    });
  }
}
