/** Makes the backup of the day while the console is open: at its start, and when a new day has come. */
import type { App } from '../app.ts';
import { Failure } from '../failure.ts';
import { backUpToday, isBackupDue } from '../usecases/back-up.ts';
import type { MessageKind } from './components/message-line.tsx';

type Outside = {
  readonly app: App;
  readonly say: (said: { kind: MessageKind; text: string; hint?: string | undefined }) => void;
  /** Something that is no Failure: a bug. */
  readonly crash: (error: unknown) => void;
};

export function openBackupTask({ app, say, crash }: Outside) {
  let running: Promise<void> | undefined;
  let trouble: string | undefined;

  const run = async (): Promise<void> => {
    try {
      await backUpToday(app, { gently: true });
      trouble = undefined;
    } catch (error) {
      if (!(error instanceof Failure)) return crash(error);
      const { message, hint } = error;
      // The next attempt is in half a minute: told once.
      if (message !== trouble) say({ kind: 'warning', text: `No backup was made: ${message}`, hint });
      trouble = message;
    } finally {
      running = undefined;
    }
  };

  return {
    start(): void {
      if (running === undefined && isBackupDue(app)) running = run();
    },
    /** Resolves when the one under way is done: a copy is never left half made. */
    async stop(): Promise<void> {
      await running;
    },
  };
}
