/**
 * A run of the signals from its start to its end: fetches what is due of the universe, computes with what is stored, and
 * puts what is news into the inbox. The command, the console and what is due by itself run it alike.
 */
import type { App } from '../../app.ts';
import type { Universe } from '../../domain/market/universe.ts';
import { Failure } from '../../failure.ts';
import { notify } from '../notify.ts';
import { refreshFundamentals } from '../refresh-fundamentals.ts';
import { refresh } from '../refresh-prices.ts';
import { runSignals, type SignalsReport, type SignalsRequest } from '../run-signals.ts';
import { signalNews } from '../signal-news.ts';

export type SignalsJob = {
  readonly universe: Universe;
  readonly train?: boolean | undefined;
  /** Use what is stored, and fetch nothing. */
  readonly offline?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: SignalsRequest['onProgress'];
};

export type SignalsOutcome = {
  readonly report: SignalsReport;
  /** What could not be fetched, in words: the run went on with what was stored. */
  readonly failed: readonly string[];
  /** Notifications that were written. */
  readonly notified: number;
};

export async function runSignalsJob(app: App, job: SignalsJob): Promise<SignalsOutcome> {
  const { failed, stopped } = job.offline ? { failed: [], stopped: undefined } : await fetchDue(app, job);
  const { universe, train, signal, onProgress } = job;
  const report = await runSignals(app, { universe, train, signal, onProgress }).catch((error: unknown) => {
    throw withFetchFailure(error, failed, stopped);
  });
  const notified = signalNews(app, report).filter(draft => notify(app, draft) !== undefined).length;
  return { report, failed, notified };
}

/** Where there is nothing to compute with, what could not be fetched is why; what stopped the fetching gives the code. */
function withFetchFailure(error: unknown, [first, ...more]: readonly string[], stopped: Failure | undefined): unknown {
  if (!(error instanceof Failure) || error.code !== 'refused' || first === undefined) return error;
  const others = more.length === 0 ? '' : `, and ${more.length} more`;
  return new Failure(
    stopped?.code ?? 'refused',
    `${error.message}; not fetched: ${first.replace(/[.]$/, '')}${others}`,
    {
      hint: stopped?.hint ?? error.hint,
      cause: error,
    },
  );
}

type Fetched = { readonly failed: readonly string[]; readonly stopped: Failure | undefined };

async function fetchDue(app: App, { universe, signal, onProgress }: SignalsJob): Promise<Fetched> {
  const failed: string[] = [];
  let stopped: Failure | undefined;
  if (!app.simulated && (await app.findToken()) === undefined) return { failed, stopped };
  for (const { what, work } of [
    { what: 'Fetching prices', work: refresh },
    { what: 'Fetching fundamentals', work: refreshFundamentals },
  ] as const) {
    const show = (done: number, total: number): void => onProgress?.({ what, done, total });
    show(0, 0);
    try {
      const report = await work(app, { target: 'history', universe, ifDue: true, signal, onProgress: show });
      failed.push(...report.failed.map(each => `${each.code ?? what}: ${each.reason}`));
    } catch (error) {
      if (!(error instanceof Failure) || signal?.aborted) throw error;
      failed.push(`${what}: ${error.message}`);
      stopped ??= error;
    }
  }
  return { failed, stopped };
}
