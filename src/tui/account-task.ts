/** The account of the console: the server is asked while keys are answered, one thing after the other. */
import type { App } from '../app.ts';
import { Failure } from '../failure.ts';
import type { AccountStatus } from '../usecases/view-account.ts';
import type { MessageKind } from './components/message-line.tsx';
import type { AccountAnswers, Trouble } from './overlay.ts';

type Said = { readonly kind: MessageKind; readonly text: string; readonly hint?: string | undefined };

/** What is known of the account, and what goes on with it. */
export type AccountState = {
  /** Undefined until it was looked at. */
  readonly status: AccountStatus | undefined;
  readonly work: string | undefined;
};

/** With them come the account's messages, which the first frame can do without. */
const signingIn = () => import('../usecases/sign-in.ts');
const viewing = () => import('../usecases/view-account.ts');

type Outside = {
  readonly app: App;
  readonly change: (account: Partial<AccountState>) => void;
  readonly say: (said: Said) => void;
  /** What was typed was refused: it is asked for again. */
  readonly askAgain: (answers: AccountAnswers, trouble: Trouble) => void;
  /** Something that is no Failure: a bug. */
  readonly crash: (error: unknown) => void;
};

export function openAccountTask({ app, change, say, askAgain, crash }: Outside) {
  const stopping = new AbortController();
  const { signal } = stopping;
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;

  /** Does it when what goes on is done; what is no Failure ends the console, but for leaving it. */
  function start(work: string, run: () => Promise<void>): Promise<void> {
    waiting += 1;
    last = last.then(async () => {
      try {
        if (signal.aborted) return;
        change({ work });
        await run();
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Failure) say({ kind: 'failure', text: error.message, hint: error.hint });
        else crash(error);
      } finally {
        waiting -= 1;
        if (!signal.aborted) change({ work: undefined });
      }
    });
    return last;
  }

  const show = async (): Promise<void> => {
    const { viewAccount } = await viewing();
    change({ status: await viewAccount(app, signal) });
  };

  return {
    /** What is kept at once, then what the server says. */
    look: (): Promise<void> =>
      waiting > 0
        ? last
        : start('asking the server', async () => {
            const { viewSignIn } = await viewing();
            change({ status: await viewSignIn(app) });
            await show();
          }),
    signIn: (answers: AccountAnswers): Promise<void> =>
      start(answers.does === 'login' ? 'signing in' : 'opening the account', async () => {
        const { does, username, email, password, inFile } = answers;
        const how = { place: inFile ? ('file' as const) : undefined, signal };
        const { login, register } = await signingIn();
        try {
          const signedIn =
            does === 'login'
              ? await login(app, { username, password }, how)
              : await register(app, { username, email, password }, how);
          say({ kind: 'info', text: `Signed in as ${signedIn.username}` });
          await show();
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          askAgain({ ...answers, password: '' }, { message: error.message, hint: error.hint });
        }
      }),
    signOut: (): Promise<void> =>
      start('signing out', async () => {
        const { logout } = await signingIn();
        const out = await logout(app, signal);
        if (out?.endedAtServer === false) {
          say({
            kind: 'warning',
            text: `Signed out here, but the server was not told: ${out.trouble ?? ''}`,
            hint: 'The session ends there by itself',
          });
        } else say({ kind: 'info', text: 'Signed out' });
        await show();
      }),
    /** Breaks off what goes on; resolves when nothing does any more. */
    async stop(): Promise<void> {
      stopping.abort(new Error('The console was left'));
      await last;
    },
  };
}
