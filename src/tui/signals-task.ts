/**
 * The run of the signals in the console: one at a time, with what it does now and how far it is; stopped when asked, or
 * when the console is left. It fetches what is due of the universe first, as `asxos signals run` does, and goes on with
 * what is stored where that fails.
 */
import type { App } from '../app.ts';
import { type Universe, universes } from '../domain/market/universe.ts';
import { Failure } from '../failure.ts';
import { formatCount, formatDate } from '../format.ts';
import { runSignalsJob, type SignalsOutcome } from '../usecases/run-due/signals-job.ts';
import { viewRuns } from '../usecases/view-signals.ts';
import type { MessageKind } from './components/message-line.tsx';
import type { SignalsWork } from './state.ts';

type Said = { readonly kind: MessageKind; readonly text: string; readonly hint?: string | undefined };

type Outside = {
  readonly app: App;
  readonly changeWork: (work: SignalsWork | undefined) => void;
  readonly say: (said: Said) => void;
  /** Something that is no Failure: a bug. */
  readonly crash: (error: unknown) => void;
};

/** Of the securities of the last run; of what is held and watched, or all of the demo's, where there was none. */
function universeOf(app: App): Universe {
  const last = viewRuns(app, 1)[0]?.universe;
  return universes.find(each => each === last) ?? (app.simulated ? 'all' : 'held');
}

/** Progress a few times a second: more is not seen, and each is a frame that a key may have to wait for. */
const betweenFrames = 250;

export function openSignalsTask({ app, changeWork, say, crash }: Outside) {
  let running: AbortController | undefined;
  let isLeft = false;

  const progressOf = (signal: AbortSignal) => {
    let shown: string | undefined;
    let shownAt = 0;
    return (what: string, done: number, total: number): void => {
      const at = app.elapsed();
      if (signal.aborted || (what === shown && at - shownAt < betweenFrames)) return;
      [shown, shownAt] = [what, at];
      changeWork({ what, done, total });
    };
  };

  const attempt = async (train: boolean, signal: AbortSignal): Promise<Said> => {
    const progress = progressOf(signal);
    const universe = universeOf(app);
    const { report, failed } = await runSignalsJob(app, {
      universe,
      train,
      signal,
      onProgress: ({ what, done, total }) => progress(what, done, total),
    });
    return wordsOf(report, failed);
  };

  return {
    /** Starts a run unless one goes on; resolves when it is over, whatever came of it. */
    async start(train: boolean): Promise<void> {
      if (running !== undefined) return;
      const abort = new AbortController();
      running = abort;
      changeWork({ what: 'Signals', done: 0, total: 0 });
      let said: Said | undefined;
      try {
        said = await attempt(train, abort.signal);
      } catch (error) {
        if (abort.signal.aborted) said = stopped;
        else if (error instanceof Failure) said = { kind: 'failure', text: error.message, hint: error.hint };
        else crash(error);
      } finally {
        running = undefined;
      }
      if (isLeft) return;
      changeWork(undefined);
      if (said !== undefined) say(said);
    },
    /** Stops the run that goes on; false where there is none, or it is being stopped already. */
    cancel(): boolean {
      if (running === undefined || running.signal.aborted) return false;
      running.abort();
      return true;
    },
    /** The console is left: nothing is said any more. */
    stop(): void {
      isLeft = true;
      running?.abort();
    },
  };
}

const stopped: Said = { kind: 'info', text: 'Stopped: what was fetched stays, and nothing was added to the signals' };

function wordsOf({ run, added, trained }: SignalsOutcome['report'], failed: readonly string[]): Said {
  const day = formatDate(run.asOf);
  const model = trained === undefined ? '' : `, model A trained: ${trained.version}`;
  const what =
    added.length === 0
      ? `All of this was said before, as of ${day}`
      : `Signals of ${formatCount(run.details.securities, 'security', 'securities')} as of ${day}, ${run.details.both} with both votes${model}`;
  const [first] = failed;
  if (first === undefined) return { kind: 'info', text: what };
  const more = failed.length > 1 ? `, and ${failed.length - 1} more` : '';
  return { kind: 'warning', text: `${what}; not fetched: ${first.replace(/[.]$/, '')}${more}` };
}
