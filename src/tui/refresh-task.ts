/** The refresh of the console: one at a time, aborted when the console is left; what came of it, in words. */
import type { App } from '../app.ts';
import type { Code } from '../domain/market/security.ts';
import { Failure } from '../failure.ts';
import { formatCount } from '../format.ts';
import type { WatchedJob } from '../usecases/job-news.ts';
import { refreshFundamentals } from '../usecases/refresh-fundamentals.ts';
import { planRefresh, type RefreshReport, refresh } from '../usecases/refresh-prices.ts';
import { followRefresh } from '../usecases/run-due/after-refresh.ts';
import { tellOf } from '../usecases/run-due/tell-of.ts';
import { type LastRefresh, refreshedAt } from './auto-refresh.ts';
import type { MessageKind } from './components/message-line.tsx';

/** What goes on of it. */
export type Task =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly id: number; readonly done: number; readonly total: number }
  /** The last refresh did not reach the provider. */
  | { readonly kind: 'offline' };

type Said = { readonly kind: MessageKind; readonly text: string; readonly hint?: string | undefined };

export type RefreshRequest = (
  | { readonly target: 'prices' | 'all' }
  | { readonly target: 'fundamentals'; readonly codes: readonly Code[] }
) & {
  /** Asked for by the user: what came of it is said even when nothing was to do. */
  readonly asked: boolean;
};

type Outside = {
  readonly app: App;
  readonly changeTask: (task: Task) => void;
  readonly say: (said: Said) => void;
  /** Something that is no Failure: a bug. */
  readonly crash: (error: unknown) => void;
};

export function openRefreshTask({ app, changeTask, say, crash }: Outside) {
  let running: AbortController | undefined;
  let last: LastRefresh | undefined;
  let count = 0;
  let lastTrouble = '';

  /** Trouble that nobody asked about is told once, not at every attempt. */
  const tell = (said: Said, asked: boolean): void => {
    const isNew = said.text !== lastTrouble;
    if (said.kind !== 'info') lastTrouble = said.text;
    if (asked || (said.kind !== 'info' && isNew)) say(said);
  };

  const attempt = async (request: RefreshRequest, abort: AbortController): Promise<Task> => {
    const { target, asked } = request;
    if (!app.simulated && (await app.findToken()) === undefined) {
      // Nobody has to have a key: what is recorded by hand is shown without one.
      if (asked) say(noKey);
      return { kind: 'idle' };
    }
    const ifDue = !asked && target === 'all';
    if (target !== 'fundamentals' && planRefresh(app, { target, ifDue }).requests.length === 0) {
      tell({ kind: 'info', text: 'Everything is up to date' }, asked);
      return { kind: 'idle' };
    }
    const id = ++count;
    changeTask({ kind: 'running', id, done: 0, total: 0 });
    const onProgress = (done: number, total: number): void => {
      if (!abort.signal.aborted) changeTask({ kind: 'running', id, done, total });
    };
    const watched = { signal: abort.signal, onProgress };
    const report =
      request.target === 'fundamentals'
        ? await refreshFundamentals(app, { codes: request.codes, ...watched })
        : await refresh(app, { target: request.target, ifDue, ...watched });
    tellOf(app, jobOf(request), report);
    followRefresh(app);
    tell(reportWords(report), asked);
    if (report.failed.length === 0) lastTrouble = '';
    return { kind: 'idle' };
  };

  return {
    get last(): LastRefresh | undefined {
      return last;
    },
    get isRunning(): boolean {
      return running !== undefined;
    },
    /** Starts one unless one is running; resolves when it is over, whatever came of it. */
    async start(request: RefreshRequest): Promise<void> {
      if (running !== undefined) {
        if (request.asked) say({ kind: 'info', text: 'A refresh is running already' });
        return;
      }
      const abort = new AbortController();
      running = abort;
      let task: Task = { kind: 'idle' };
      try {
        task = await attempt(request, abort);
      } catch (error) {
        if (abort.signal.aborted) return;
        if (!(error instanceof Failure)) {
          crash(error);
          return;
        }
        tellOf(app, jobOf(request), error);
        if (error.code === 'offline') task = { kind: 'offline' };
        tell({ kind: request.asked ? 'failure' : 'warning', text: error.message, hint: error.hint }, request.asked);
      } finally {
        running = undefined;
        last = refreshedAt(app.now());
      }
      changeTask(task);
    },
    stop(): void {
      running?.abort();
    },
  };
}

const jobOf = ({ target }: RefreshRequest): WatchedJob => (target === 'fundamentals' ? 'fundamentals' : 'refresh');

const noKey: Said = {
  kind: 'warning',
  text: 'Prices cannot be refreshed: there is no EODHD key',
  hint: 'Store one with: asxos key set',
};

function reportWords({ updated, failed }: RefreshReport): Said {
  const [first] = failed;
  if (first === undefined) {
    return {
      kind: 'info',
      text: updated.length === 0 ? 'Nothing newer' : `${formatCount(updated.length, 'security')} updated`,
    };
  }
  const what = first.code === undefined ? first.reason : `${first.code}: ${first.reason}`;
  const more = failed.length > 1 ? `, and ${failed.length - 1} more` : '';
  return { kind: 'warning', text: `Not refreshed: ${what.replace(/[.]$/, '')}${more}` };
}
