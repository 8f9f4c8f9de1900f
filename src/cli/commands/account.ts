import { Failure } from '../../failure.ts';
import { profileReport, signedInReport, signedOutReport, statusReport } from '../account-reports.ts';
import { examples, purposes } from '../help.ts';
import { readNewPassword, readPasswords, refuseArguments } from '../password-input.ts';
import type { AddCommands } from '../program.ts';
import { addAccountSettings } from './account-settings.ts';

const asked = 'asked for on a terminal, read from standard input with --password-stdin, never an argument';

type Keeping = { readonly passwordStdin?: boolean; readonly file?: boolean };
const placeOf = ({ file }: Keeping): 'file' | undefined => (file === true ? 'file' : undefined);

export const addAccount: AddCommands = (program, { outside, run }) => {
  const account = program
    .command('account')
    .helpGroup(purposes.set)
    .summary('your account on a server: sign in and out, settings')
    .description('The account on a server of your own or of somebody else. Nothing but sync needs one.')
    .addHelpText(
      'after',
      examples(
        'asxos config set accountUrl https://accounts.example.com',
        'asxos account register ann --email ann@example.com',
        'asxos account login ann',
        'asxos account status',
      ),
    );

  account
    .command('register')
    .description(`Open an account and sign in to it. The password is ${asked}.`)
    .argument('<username>', 'letters, digits, _ and -')
    .requiredOption('--email <address>', 'also a name to sign in by')
    .option('--name <name>', 'your full name, if you want')
    .option('--password-stdin', 'read the password from standard input')
    .option('--file', 'keep the sign-in in a file that only you can read, where there is no keychain')
    .allowExcessArguments()
    .addHelpText(
      'after',
      examples(
        'asxos account register ann --email ann@example.com',
        'pass show asxos | asxos account register ann --email ann@example.com --password-stdin --file',
      ),
    )
    .action(async (username: string, options: Keeping & { email: string; name?: string }, command) => {
      refuseArguments(command.args, 1, 'asxos account register');
      const { register } = await import('../../usecases/sign-in.ts');
      await run(command, async ({ app, signal }) => {
        await app.accountServer();
        const password = await readNewPassword(outside, options.passwordStdin === true);
        const { email, name: fullName } = options;
        const opened = await register(
          app,
          { username, email, fullName, password },
          { place: placeOf(options), signal },
        );
        return signedInReport(opened, app.now(), 'Opened the account of');
      });
    });

  account
    .command('login')
    .description(`Sign in. The password is ${asked}.`)
    .argument('[username]', 'or the email address; who was signed in last, where left out')
    .option('--password-stdin', 'read the password from standard input')
    .option('--file', 'keep the sign-in in a file that only you can read, where there is no keychain')
    .allowExcessArguments()
    .addHelpText(
      'after',
      examples('asxos account login ann', 'pass show asxos | asxos account login ann --password-stdin --file'),
    )
    .action(async (username: string | undefined, options: Keeping, command) => {
      refuseArguments(command.args, 1, 'asxos account login');
      const { lastName, login } = await import('../../usecases/sign-in.ts');
      await run(command, async ({ app, signal }) => {
        const { server } = await app.accountServer();
        const name = username ?? (await lastName(app));
        if (name === undefined) {
          throw new Failure('invalid-input', 'Nobody was signed in before, so say who you are', {
            hint: 'Like this: asxos account login ann.',
          });
        }
        const prompt = `Password of ${name} at ${new URL(server).host}`;
        const [password = ''] = await readPasswords(outside, [prompt], options.passwordStdin === true);
        const signedIn = await login(app, { username: name, password }, { place: placeOf(options), signal });
        return signedInReport(signedIn, app.now(), 'Signed in as');
      });
    });

  account
    .command('logout')
    .description('Sign out: forget the sign-in here and end it at the server. Exit 3 when the server cannot be told.')
    .addHelpText('after', examples('asxos account logout', 'asxos account logout --json'))
    .action(async (_options, command) => {
      const { logout } = await import('../../usecases/sign-in.ts');
      await run(command, async ({ app, signal }) => signedOutReport(await logout(app, signal), app.now()));
    });

  account
    .command('status', { isDefault: true })
    .description('Say who is signed in, where, until when, and whether the server answers.')
    .addHelpText('after', examples('asxos account status', 'asxos account status --json'))
    .action(async (_options, command) => {
      const { viewAccount } = await import('../../usecases/view-account.ts');
      await run(command, async ({ app, signal }) => statusReport(await viewAccount(app, signal), app.now()));
    });

  account
    .command('profile')
    .description('Show the account as the server has it, or change its email address or name.')
    .option('--email <address>', 'the new email address')
    .option('--name <name>', 'the new full name')
    .addHelpText('after', examples('asxos account profile', 'asxos account profile --name "Ann Lee"'))
    .action(async (options: { email?: string; name?: string }, command) => {
      const { changeProfile, viewProfile } = await import('../../usecases/manage-account.ts');
      const { email, name: fullName } = options;
      const isChange = email !== undefined || fullName !== undefined;
      await run(command, async ({ app, signal }) => {
        const profile = isChange ? changeProfile(app, { email, fullName }, { signal }) : viewProfile(app, { signal });
        return profileReport(await profile, app.now(), isChange);
      });
    });

  account
    .command('password')
    .description(
      'Change the password, which ends all sessions but this one. Both are asked for or piped, in two lines.',
    )
    .option('--password-stdin', 'read the present password and the new one from standard input, a line each')
    .allowExcessArguments()
    .addHelpText('after', examples('asxos account password', 'asxos account password --password-stdin < two-lines.txt'))
    .action(async (options: { passwordStdin?: boolean }, command) => {
      refuseArguments(command.args, 0, 'asxos account password');
      const { changePassword } = await import('../../usecases/sign-in.ts');
      await run(command, async ({ app, signal }) => {
        await app.account();
        const isPiped = options.passwordStdin === true;
        const prompts = ['Present password', 'New password'];
        const [current = '', piped = ''] = await readPasswords(
          outside,
          outside.stdinIsTerminal ? prompts.slice(0, 1) : prompts,
          isPiped,
        );
        const next = outside.stdinIsTerminal ? await readNewPassword(outside, isPiped) : piped;
        const signedIn = await changePassword(app, { current, next }, signal);
        return signedInReport(signedIn, app.now(), 'Changed the password, which ended all other sessions, of');
      });
    });

  addAccountSettings(account, run);

  account
    .command('delete')
    .description('Close the account at the server. What is on this device stays.')
    .option('--yes', 'do not ask; needed in a pipe')
    .addHelpText('after', examples('asxos account delete', 'asxos account delete --yes'))
    .action(async (options: { yes?: boolean }, command) => {
      const { closeAccount } = await import('../../usecases/sign-in.ts');
      await run(command, async ({ app, signal }) => {
        const { user, server } = await (await app.account()).signIn();
        const { host } = new URL(server);
        if (options.yes !== true) await confirm(user.username, host);
        const closed = await closeAccount(app, signal);
        return {
          schema: 'account-closed/1',
          asOf: app.today(),
          data: closed,
          sections: [
            {
              kind: 'text',
              lines: [`Closed the account of ${closed.username} at ${host}. What is on this device stays.`],
            },
          ],
          csv: { fields: ['server', 'username'], rows: [[closed.server, closed.username]] },
        };
      });
    });

  /** Throws unless the account's name is typed. */
  async function confirm(username: string, host: string): Promise<void> {
    if (!outside.stdinIsTerminal) {
      throw new Failure('invalid-input', 'Closing an account is asked about on a terminal, and there is none', {
        hint: 'Add --yes if it is meant.',
      });
    }
    const typed = await outside.readSecret(
      `The account of ${username} at ${host} will be closed, and its sync with it. Type ${username} to go on: `,
    );
    if (typed.trim() !== username) {
      throw new Failure('refused', `"${username}" was not typed, so the account stays`);
    }
  }
};
