import { Failure } from '../../failure.ts';
import { countOf } from '../arguments.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands, Outside } from '../program.ts';
import { progressLine } from '../progress.ts';
import { enrolledReport, passphraseReport, settledReport, statusReport, syncReport } from '../sync-reports.ts';

type Secrets = { passphraseStdin?: boolean };
const fromStdin = ['--passphrase-stdin', 'read what would be asked for from standard input, a line each'] as const;

/** Asks for each of these in turn, or takes it from a line of standard input. */
function askFor(outside: Outside, { passphraseStdin }: Secrets): (prompt: string) => Promise<string> {
  if (!passphraseStdin && !outside.stdinIsTerminal) {
    throw new Failure('invalid-input', 'There is no terminal to ask for the passphrase on', {
      hint: 'Pipe it in: asxos sync enrol --passphrase-stdin < passphrase.txt. It is never given as an argument.',
    });
  }
  if (!passphraseStdin) return outside.readSecret;
  let rest: Promise<string[]> | undefined;
  return async () => {
    rest ??= outside.readStdin().then(bytes => Buffer.from(bytes).toString('utf8').split(/\r?\n/));
    return (await rest).shift() ?? '';
  };
}

/** A new passphrase: on a terminal it is typed twice. */
async function newPassphrase(ask: (prompt: string) => Promise<string>, { passphraseStdin }: Secrets): Promise<string> {
  const passphrase = await ask('New passphrase (not shown): ');
  if (!passphraseStdin && (await ask('The same again: ')) !== passphrase) {
    throw new Failure('invalid-input', 'The two passphrases differ; nothing was changed');
  }
  return passphrase;
}

export const addSync: AddCommands = (program, { outside, run: runFilled }) => {
  // The demo is refused, and need not be filled for that.
  const run: typeof runFilled = (command, work) => runFilled(command, work, { prices: 'none' });
  const sync = program
    .command('sync')
    .helpGroup(purposes.set)
    .summary('the same on all your devices, sealed: enrol, status')
    .description('Send what changed here, sealed, and receive what changed on your other devices.')
    .addHelpText('after', examples('asxos sync', 'asxos sync status', 'asxos sync enrol'))
    .action(async (_options, command) => {
      if (command.args.length > 0) {
        throw new Failure('invalid-input', `There is no command "sync ${command.args[0]}"`, {
          hint: 'See asxos sync --help.',
        });
      }
      const { syncNow } = await import('../../usecases/sync.ts');
      await run(command, async ({ app, signal, streams, quiet }) => {
        const progress = progressLine('Syncing', streams, { quiet });
        try {
          return syncReport(await syncNow(app, { signal, onProgress: progress.show }), app.now());
        } finally {
          progress.end();
        }
      });
    })
    .allowExcessArguments();

  sync
    .command('status')
    .description('How sync stands: devices, what waits, conflicts, rows that were not taken. Asks no server.')
    .addHelpText('after', examples('asxos sync status', 'asxos sync status --json'))
    .action(async (_options, command) => {
      const { viewSync } = await import('../../usecases/view-sync.ts');
      await run(command, async ({ app }) => statusReport(await viewSync(app), app.now()));
    });

  sync
    .command('enrol')
    .description('Take part with this device: the first one chooses the passphrase, a later one is asked for it.')
    .option(...fromStdin)
    .addHelpText('after', examples('asxos sync enrol', 'pass show asxos | asxos sync enrol --passphrase-stdin'))
    .action(async (options: Secrets, command) => {
      const { joinSync, lookForKey, startSync } = await import('../../usecases/enrol-sync.ts');
      await run(command, async ({ app, signal }) => {
        const ask = askFor(outside, options);
        const key = await lookForKey(app, { signal });
        const enrolled =
          key === undefined
            ? await startSync(app, await newPassphrase(ask, options), { signal })
            : await joinSync(app, key, await ask('Passphrase (not shown): '));
        return enrolledReport(enrolled, app.now());
      });
    });

  sync
    .command('recover')
    .description('Take part with the recovery code where the passphrase is forgotten, and choose a new passphrase.')
    .option(...fromStdin)
    .addHelpText(
      'after',
      examples('asxos sync recover', 'asxos sync recover --passphrase-stdin < code-and-passphrase.txt'),
    )
    .action(async (options: Secrets, command) => {
      const { lookForKey, recoverSync } = await import('../../usecases/enrol-sync.ts');
      await run(command, async ({ app, signal }) => {
        const ask = askFor(outside, options);
        const key = await lookForKey(app, { signal });
        if (key === undefined) {
          throw new Failure('refused', 'The account has no key yet, so there is nothing to recover', {
            hint: 'Set sync up: asxos sync enrol.',
          });
        }
        const code = await ask('Recovery code (not shown): ');
        const passphrase = await newPassphrase(ask, options);
        return enrolledReport(await recoverSync(app, key, { code, passphrase }, { signal }), app.now());
      });
    });

  sync
    .command('passphrase')
    .description('Give the account another passphrase, from a device that takes part.')
    .option('--new-code', 'make another recovery code too; the one that was printed no longer holds')
    .option(...fromStdin)
    .addHelpText('after', examples('asxos sync passphrase', 'asxos sync passphrase --new-code'))
    .action(async (options: Secrets & { newCode?: boolean }, command) => {
      const { changePassphrase } = await import('../../usecases/enrol-sync.ts');
      await run(command, async ({ app, signal }) => {
        const passphrase = await newPassphrase(askFor(outside, options), options);
        const { recoveryCode } = await changePassphrase(app, passphrase, { newCode: options.newCode, signal });
        return passphraseReport(recoveryCode, app.now());
      });
    });

  sync
    .command('settle')
    .description('Keep one of the versions that two devices have made of an entry, as a new version.')
    .argument('<entry>', 'its id, or the end of it')
    .requiredOption('--keep <version>', 'the number of the version to keep', countOf('--keep', 1, 100_000))
    .addHelpText('after', examples('asxos sync status', 'asxos sync settle 0000002a --keep 2'))
    .action(async (entry: string, options: { keep: number }, command) => {
      const { settleConflict } = await import('../../usecases/view-sync.ts');
      await run(command, async ({ app }) => settledReport(await settleConflict(app, entry, options.keep), app.now()));
    });
};
