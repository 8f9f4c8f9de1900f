/**
 * Sync of the open console: of its own accord by the rule of `runSyncJob`, and when it is asked for; one at a time, while
 * keys are answered. What came shows by itself, since the stored data changed. How it stands is read where it is in view.
 */
import type { App } from '../app.ts';
import type { Instant } from '../domain/date.ts';
import { Failure } from '../failure.ts';
import { formatCount } from '../format.ts';
import { isOwnSyncDue, type SyncAttempt, tryToSync } from '../usecases/run-due/sync-job.ts';
import type { SyncReport } from '../usecases/sync.ts';
import type { SyncStatus } from '../usecases/view-sync.ts';
import type { MessageKind } from './components/message-line.tsx';

type Said = { readonly kind: MessageKind; readonly text: string; readonly hint?: string | undefined };

/** What is known of sync, and what goes on of it. */
export type SyncState = {
  /** Undefined until it was looked at. */
  readonly status: SyncStatus | undefined;
  /** What ended the last attempt, or kept it from being looked at, and when. */
  readonly trouble: (Pick<Failure, 'code' | 'message' | 'hint'> & { readonly at: Instant }) | undefined;
  readonly work: { readonly done: number; readonly total: number } | undefined;
};

export const unknownSync: SyncState = { status: undefined, trouble: undefined, work: undefined };

type Outside = {
  readonly app: App;
  readonly change: (sync: Partial<SyncState>) => void;
  readonly say: (said: Said) => void;
  /** Entries, portfolios or watched securities came, of which prices may be wanted. */
  readonly arrived: () => void;
  /** Something that is no Failure: a bug. */
  readonly crash: (error: unknown) => void;
};

/** What came that has prices. */
const priced = ['entry', 'portfolio', 'watch'];

export function openSyncTask({ app, change, say, arrived, crash }: Outside) {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | undefined;
  let looking: Promise<void> | undefined;
  let isLookStale = false;
  let lastTrouble = '';

  const troubleOf = ({ code, message, hint }: Failure): SyncState['trouble'] => ({
    code,
    message,
    hint,
    at: app.now(),
  });

  /** Trouble that nobody asked about is told once of each kind, until a sync works. */
  const tell = (said: Said, kind: string, asked: boolean): void => {
    const isNew = kind !== lastTrouble;
    if (said.kind !== 'info') lastTrouble = kind;
    if (asked || (said.kind !== 'info' && isNew)) say(said);
  };

  const attempt = async (asked: boolean): Promise<void> => {
    if (asked) change({ work: { done: 0, total: 0 } });
    const onProgress = (done: number, total: number): void => {
      // A sync that finds nothing is over before it is seen.
      if (!signal.aborted && total > 0) change({ work: { done, total } });
    };
    const tried = await tryToSync(app, { signal, onProgress });
    if (signal.aborted) return;
    change({ work: undefined });
    // Another asxos that is at it is no trouble.
    if (tried.trouble?.code !== 'locked') change({ trouble: tried.trouble && troubleOf(tried.trouble) });
    const said = wordsOf(tried, asked);
    if (said !== undefined) tell(said, tried.trouble?.code ?? said.text, asked);
    if (tried.report === undefined) return;
    if (tried.report.refused.length === 0) lastTrouble = '';
    if (priced.some(kind => tried.report?.changed.has(kind))) arrived();
  };

  async function run(asked: boolean): Promise<void> {
    try {
      await attempt(asked);
    } catch (error) {
      if (!signal.aborted) crash(error);
    } finally {
      running = undefined;
    }
    await look();
  }

  const read = async (): Promise<void> => {
    try {
      const { viewSync } = await import('../usecases/view-sync.ts');
      const status = await viewSync(app);
      if (!signal.aborted) change({ status });
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Failure) change({ trouble: troubleOf(error) });
      else crash(error);
    }
  };

  /** Reads how it stands, once more where it may have changed meanwhile. */
  function look(): Promise<void> {
    if (app.simulated || signal.aborted) return Promise.resolve();
    isLookStale = looking !== undefined;
    looking ??= read().then(() => {
      looking = undefined;
      return isLookStale ? look() : undefined;
    });
    return looking;
  }

  return {
    look,
    /** Syncs where it is due, or was asked for; resolves when it is over, whatever came of it. */
    start({ asked }: { readonly asked: boolean }): Promise<void> {
      if (running !== undefined) {
        if (asked) say({ kind: 'info', text: 'A sync is running already' });
        return running;
      }
      if (!asked && !isOwnSyncDue(app)) return Promise.resolve();
      running = run(asked);
      return running;
    },
    /** Breaks off what goes on, which the next sync takes up; resolves when nothing does any more. */
    async stop(): Promise<void> {
      stopping.abort(new Error('The console was left'));
      await running;
      await looking;
    },
  };
}

const goesOn = 'Everything but sync goes on; it is tried again by itself';

function wordsOf({ report, trouble }: SyncAttempt, asked: boolean): Said | undefined {
  if (report !== undefined) return reportWords(report);
  if (trouble === undefined) return undefined;
  // Another asxos is at it.
  if (trouble.code === 'locked' && !asked) return undefined;
  const { message: text, hint } = trouble;
  return asked
    ? { kind: 'failure', text, hint }
    : { kind: 'warning', text: `Not synced: ${text}`, hint: hint ?? goesOn };
}

function reportWords({ pulled, pushed, refused, conflicts, problems }: SyncReport): Said {
  const [row] = refused;
  if (row !== undefined) {
    const text = `${formatCount(refused.length, 'row')} not taken by sync: ${row.kind}, ${row.reason}`;
    return { kind: 'warning', text, hint: 'See asxos sync status' };
  }
  const counts = `Synced: ${pulled} received, ${pushed} sent`;
  const [problem] = problems;
  if (problem !== undefined) return { kind: 'warning', text: `${counts}; left out: ${problem.message}` };
  if (conflicts.length === 0) return { kind: 'info', text: counts };
  return { kind: 'info', text: `${counts}; ${formatCount(conflicts.length, 'entry', 'entries')} in conflict` };
}
