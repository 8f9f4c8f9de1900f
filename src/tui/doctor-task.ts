/** The doctor of the console: every check in turn while keys are answered, one round at a time. */
import type { App } from '../app.ts';
import type { Instant } from '../domain/date.ts';
import { Failure } from '../failure.ts';
import type { Examined } from '../usecases/examine.ts';
import type { MessageKind } from './components/message-line.tsx';

export type DoctorState = {
  /** In the order of the checks; empty before the first round. */
  readonly found: readonly Examined[];
  /** When they were looked at. */
  readonly at: Instant | undefined;
  readonly isLooking: boolean;
};

export const neverLooked: DoctorState = { found: [], at: undefined, isLooking: false };

type Outside = {
  readonly app: App;
  readonly change: (doctor: Partial<DoctorState>) => void;
  readonly say: (said: { kind: MessageKind; text: string; hint?: string | undefined }) => void;
  /** Something that is no Failure: a bug. */
  readonly crash: (error: unknown) => void;
};

export function openDoctorTask({ app, change, say, crash }: Outside) {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | undefined;

  const run = async (terminal: { readonly columns: number; readonly rows: number }): Promise<void> => {
    change({ isLooking: true });
    try {
      // With it come the account's messages, which the first frame can do without.
      const { examine } = await import('../usecases/examine.ts');
      const found = await examine(app, { signal, terminal, gently: true });
      change({ found, at: app.now() });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Failure)) return crash(error);
      say({ kind: 'failure', text: error.message, hint: error.hint });
    } finally {
      running = undefined;
      if (!signal.aborted) change({ isLooking: false });
    }
  };

  return {
    /** Looks at everything, unless that is going on; `terminal` is what is looked at in. */
    look(terminal: { readonly columns: number; readonly rows: number }): void {
      running ??= run(terminal);
    },
    /** Resolves when no check is under way any more. */
    async stop(): Promise<void> {
      stopping.abort(new Error('The console was left'));
      await running;
    },
  };
}
