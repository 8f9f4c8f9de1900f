/** Makes the backup of the day while the console is open: at its start, and when a new day has come. */
import type { App } from '../app.ts';
import { Failure } from '../failure.ts';
import { backUpToday, isBackupDue } from '../usecases/back-up.ts';

type Outside = {
  readonly app: App;
  /** Trouble that a user can mend; told once, for the next attempt is in half a minute. */
  readonly refused: (failure: Failure) => void;
  /** Something that is no Failure: a bug. */
  readonly crash: (error: unknown) => void;
};

export function openBackupTask({ app, refused, crash }: Outside) {
  let running: Promise<void> | undefined;
  let trouble: string | undefined;

  const run = async (): Promise<void> => {
    try {
      await backUpToday(app, { gently: true });
      trouble = undefined;
    } catch (error) {
      if (!(error instanceof Failure)) return crash(error);
      if (error.message !== trouble) refused(error);
      trouble = error.message;
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
