import { formatBytes } from '../../format.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { lines } from '../report.ts';

export const addBackup: AddCommands = (program, { run }) => {
  program
    .command('backup')
    .helpGroup(purposes.keep)
    .summary('copy everything into a file; restore brings it back')
    .description(
      'Copy the database into a file: consistent while the console is open and a refresh writes, checked, readable by you alone. Keys and passwords are not in it. A copy a day is made by itself, into backups/ of the data directory.',
    )
    .argument('<file>', 'the file to write')
    .option('--force', 'replace a file that is there')
    .addHelpText('after', examples('asxos backup /media/usb/asxos.db', 'asxos backup asxos.db --force'))
    .action(async (file: string, { force = false }: { force?: boolean }, command) => {
      const { backUp } = await import('../../usecases/back-up.ts');
      await run(
        command,
        async ({ app }) => {
          const { path, bytes, schema } = await backUp(app, file, { force });
          return {
            schema: 'backup/1',
            asOf: app.today(),
            data: { file: path, bytes, schema },
            sections: [lines(`Backed up to ${path}: ${formatBytes(bytes)}, checked.`)],
            csv: { fields: ['file', 'bytes', 'schema'], rows: [[path, bytes, schema]] },
          };
        },
        { prices: 'none' },
      );
    });
};
