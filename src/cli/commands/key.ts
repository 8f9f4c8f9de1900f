import { Failure } from '../../failure.ts';
import type { KeyStatus, KeyStored } from '../../usecases/manage-key.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { lines, type Report } from '../report.ts';

export const addKey: AddCommands = (program, { outside, run }) => {
  const key = program
    .command('key')
    .helpGroup(purposes.set)
    .summary('the EODHD key in the keychain: set, status, remove')
    .description('Store the EODHD key in the keychain of the operating system, see where it is, remove it.')
    .addHelpText('after', examples('asxos key set', 'asxos key set --file', 'asxos key status'));

  key
    .command('set')
    .description('Store the key: asked for on a terminal, read from standard input in a pipe, never an argument.')
    .option('--file', 'store it in a file that only you can read, where there is no keychain')
    .allowExcessArguments()
    .addHelpText(
      'after',
      examples('asxos key set', 'asxos key set < key.txt', 'pass show eodhd | asxos key set --file'),
    )
    .action(async (options: { file?: boolean }, command) => {
      if (command.args.length > 0) {
        throw new Failure('invalid-input', 'The key is never given as an argument: others could see it there', {
          hint: 'Run asxos key set and paste it, or pipe it: asxos key set < key.txt. Clear it from your shell history.',
        });
      }
      const { setKey } = await import('../../usecases/manage-key.ts');
      const { decodeText } = await import('../../usecases/read-file.ts');
      await run(command, async ({ app, signal }) => {
        const text = outside.stdinIsTerminal
          ? await outside.readSecret('EODHD key (not shown): ')
          : decodeText(await outside.readStdin());
        return storedReport(await setKey(app, text, options.file ? 'file' : 'keychain', signal), app.today());
      });
    });

  key
    .command('status')
    .description('Say where the key is. The key itself is never shown.')
    .addHelpText('after', examples('asxos key status', 'asxos key status --json'))
    .action(async (_options, command) => {
      const { keyStatus } = await import('../../usecases/manage-key.ts');
      await run(command, async ({ app }) => statusReport(await keyStatus(app), app.today()));
    });

  key
    .command('remove')
    .description('Remove the stored key from the keychain and from its file.')
    .addHelpText('after', examples('asxos key remove', 'asxos key remove --json'))
    .action(async (_options, command) => {
      const { removeKey } = await import('../../usecases/manage-key.ts');
      await run(command, async ({ app }) => {
        const removed = await removeKey(app);
        return {
          schema: 'key-removed/1',
          asOf: app.today(),
          data: { removed },
          sections: [
            lines(removed.length === 0 ? 'No key was stored.' : `Removed the key from: ${removed.join(', ')}.`),
          ],
          csv: { fields: ['removed'], rows: removed.map(each => [each]) },
        };
      });
    });
};

function storedReport({ where, accepted, reason }: KeyStored, today: string): Report {
  const place = where === 'file' ? 'in a file that only you can read' : 'in the keychain';
  const checked = accepted ? 'EODHD accepted it' : `not checked: ${reason ?? 'EODHD was not asked'}`;
  return {
    schema: 'key-stored/1',
    asOf: today,
    data: { stored: where, accepted, reason },
    sections: [lines(`Stored the key ${place}; ${checked}.`)],
    csv: { fields: ['stored', 'accepted', 'reason'], rows: [[where, accepted, reason]] },
  };
}

const places: Record<NonNullable<KeyStatus['source']>, string> = {
  environment: 'in the environment (EODHD_API_TOKEN), which comes before any stored one',
  keychain: 'in the keychain',
  file: 'in a file',
};

const elsewhere = 'Set EODHD_API_TOKEN, or store one in a file that only you can read: asxos key set --file';

function statusReport({ source, keychain, file }: KeyStatus, today: string): Report {
  return {
    schema: 'key/1',
    asOf: today,
    data: { source, keychain, file },
    sections: [
      lines(
        source === undefined
          ? `There is no EODHD key. ${keychain.available ? 'Store one: asxos key set' : elsewhere}`
          : `The EODHD key is ${places[source]}${source === 'file' ? `: ${file}` : ''}.`,
        keychain.available ? 'The keychain works.' : `There is no keychain: ${keychain.reason ?? 'it did not answer'}.`,
      ),
    ],
    csv: {
      fields: ['source', 'keychainAvailable', 'keychainReason', 'file'],
      rows: [[source, keychain.available, keychain.reason, file]],
    },
  };
}
