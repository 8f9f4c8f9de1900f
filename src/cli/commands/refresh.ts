import { Argument, Option } from 'commander';
import type { App } from '../../app.ts';
import { units } from '../../domain/decimal.ts';
import { type Universe, universes } from '../../domain/market/universe.ts';
import { Failure } from '../../failure.ts';
import { formatCount, formatUnits, unknown } from '../../format.ts';
import type { WatchedJob } from '../../usecases/job-news.ts';
import type { RefreshPlan, RefreshReport } from '../../usecases/refresh-prices.ts';
import type { DueJob } from '../../usecases/run-due.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { progressLine } from '../progress.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

const targets = ['prices', 'history', 'fundamentals', 'universe', 'all'] as const;
type Target = (typeof targets)[number];
type Options = { ifDue?: boolean; plan?: boolean; universe?: Universe };

export const addRefresh: AddCommands = (program, { run }) => {
  program
    .command('refresh')
    .helpGroup(purposes.keep)
    .summary('fetch prices, histories, dividends, splits, fundamentals')
    .description('Fetch from EODHD what is missing or stale; what is up to date is not asked for again.')
    .addArgument(new Argument('[what]', 'what to fetch').choices(targets).default('all'))
    .option('--if-due', 'what is due and no more, with sync, fundamentals, signals and alerts: for cron')
    .addOption(
      new Option('--universe <which>', 'whose histories or fundamentals: held and watched by default').choices(
        universes,
      ),
    )
    .option('--plan', 'show the requests and what they would cost, and send none')
    .addHelpText(
      'after',
      examples(
        'asxos refresh --plan',
        'asxos refresh --if-due --quiet      (from cron)',
        'asxos refresh history --universe liquid     (what trades $5m a day and more)',
        'asxos refresh fundamentals --universe asx200     (10 calls a code; not part of all)',
      ),
    )
    .action(async (target: Target, options: Options, command) => {
      if (options.universe !== undefined && (target === 'prices' || target === 'universe')) {
        throw new Failure('invalid-input', `--universe goes with history, fundamentals and all, not with "${target}"`, {
          hint: `Write: asxos refresh history --universe ${options.universe}.`,
        });
      }
      const { plan, fetch } = await workOf(target, options);
      await run(command, async ({ app, streams, quiet, signal }) => {
        if (options.plan) return planReport(await plan(app), app.today());
        const progress = progressLine('Fetching', streams, { quiet });
        try {
          const report = await fetch(app, { signal, onProgress: progress.show });
          const answer = refreshReport(report, app.today());
          // From cron: silence means that all is well.
          return quiet && report.failed.length === 0 ? { ...answer, sections: [] } : answer;
        } finally {
          progress.end();
        }
      });
    });
};

/** With the jobs that are due, of what runs by itself. */
type Planning = RefreshPlan & { readonly jobs?: readonly DueJob[] };
type Watched = {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
};
type Work = {
  readonly plan: (app: App) => Planning | Promise<Planning>;
  readonly fetch: (app: App, watched: Watched) => Promise<Fetched>;
};
/** With the jobs that were due, of what runs by itself. */
type Fetched = RefreshReport & { readonly jobs?: readonly DueJob[] };

async function workOf(target: Target, { ifDue = false, universe }: Options): Promise<Work> {
  if (target === 'all' && ifDue) {
    const { planDue, runDue } = await import('../../usecases/run-due.ts');
    return {
      plan: app => planDue(app, { universe }),
      fetch: (app, watched) => runDue(app, { universe, ...watched }),
    };
  }
  if (target === 'fundamentals') {
    const { planFundamentals, refreshFundamentals } = await import('../../usecases/refresh-fundamentals.ts');
    return {
      plan: app => planFundamentals(app, { universe, ifDue }),
      fetch: (app, watched) =>
        told(app, 'fundamentals', watched, () => refreshFundamentals(app, { universe, ifDue, ...watched })),
    };
  }
  const { planRefresh, refresh } = await import('../../usecases/refresh-prices.ts');
  return {
    plan: app => planRefresh(app, { target, universe, ifDue }),
    fetch: (app, watched) => told(app, 'refresh', watched, () => refresh(app, { target, universe, ifDue, ...watched })),
  };
}

/** Puts what is news of a refresh into the inbox, checks alerts and sends what is due. */
async function told(
  app: App,
  job: WatchedJob,
  { signal }: Watched,
  work: () => Promise<RefreshReport>,
): Promise<RefreshReport> {
  const { tellOf } = await import('../../usecases/run-due/tell-of.ts');
  const { afterRefresh } = await import('../../usecases/run-due/after-refresh.ts');
  let updated: RefreshReport['updated'] = [];
  // Another process is at it, or writes: what follows would wait for it once more for every step, and be refused too.
  let isBusy = false;
  try {
    const report = await work();
    updated = report.updated;
    tellOf(app, job, report);
    return report;
  } catch (error) {
    isBusy = error instanceof Failure && error.code === 'locked';
    if (error instanceof Failure) tellOf(app, job, error);
    throw error;
  } finally {
    if (!signal.aborted && !isBusy) await afterRefresh(app, updated, signal);
  }
}

const whole = (count: number): string => formatUnits(units(String(count)));
const quotaWords = (left: number | undefined): string =>
  left === undefined ? 'quota unknown' : `${whole(left)} left today`;

type Planned = RefreshPlan['requests'][number];
const planColumns: readonly Column<Planned>[] = [
  { title: 'Endpoint', field: 'endpoint', text: row => row.endpoint, total: 'Total' },
  { title: 'Requests', field: 'count', align: 'right', text: row => whole(row.count), value: row => row.count },
  { title: 'Calls', field: 'cost', align: 'right', text: row => whole(row.cost), value: row => row.cost },
];

const jobWords: Readonly<Record<DueJob, string>> = {
  sync: 'sync',
  refresh: 'prices and histories',
  fundamentals: 'fundamentals',
  signals: 'signals',
  alerts: 'alerts and deliveries',
  backup: 'the backup of the day',
};

/** Undefined is a refresh that was asked for, and does what it was asked for alone. */
const dueWords = (jobs: readonly DueJob[] | undefined): string[] =>
  jobs === undefined || jobs.length === 0 ? [] : [`Due: ${jobs.map(job => jobWords[job]).join(', ')}.`];

function planReport({ requests, totalCost, quotaLeft, more, jobs }: Planning, today: string): Report {
  const columns = planColumns.map(column =>
    column.field === 'cost' ? { ...column, total: whole(totalCost) } : column,
  );
  return {
    schema: 'refresh-plan/1',
    asOf: today,
    data: { requests, totalCost, quotaLeft, more, jobs },
    sections:
      requests.length === 0
        ? [lines('Everything is up to date: nothing would be asked for.', ...dueWords(jobs))]
        : [
            table(requests, columns),
            lines(
              ...(more === undefined ? [] : [more]),
              ...dueWords(jobs),
              `Nothing was sent; ${quotaWords(quotaLeft)}.`,
            ),
          ],
    csv: csvOf(requests, planColumns),
  };
}

type Outcome = { readonly code: string | undefined; readonly outcome: string; readonly reason: string | undefined };
const outcomeColumns: readonly Column<Outcome>[] = [
  { title: 'Code', field: 'code', text: row => row.code ?? unknown, value: row => row.code },
  { title: '', field: 'outcome', text: row => row.outcome },
  { title: 'Reason', field: 'reason', text: row => row.reason ?? '', value: row => row.reason },
];

/** Of thousands of securities the first are told by name, and how many more there are. */
const toldByName = 20;
const firstOf = (rows: readonly Outcome[]): Outcome[] =>
  rows.length <= toldByName + 1
    ? [...rows]
    : [
        ...rows.slice(0, toldByName),
        { code: undefined, outcome: rows[0]?.outcome ?? '', reason: `and ${whole(rows.length - toldByName)} more` },
      ];

function refreshReport(report: Fetched, today: string): Report {
  const { updated, unchanged, failed, waiting = 0, calls, quotaLeft, jobs } = report;
  const outcomes: Outcome[] = [
    ...updated.map(code => ({ code, outcome: 'updated', reason: undefined })),
    ...unchanged.map(each => ({ ...each, outcome: 'unchanged' })),
    ...failed.map(each => ({ ...each, outcome: 'failed' })),
  ];
  const counted = [
    `${formatCount(updated.length, 'security', 'securities')} updated`,
    ...(unchanged.length > 0 ? [`${whole(unchanged.length)} unchanged`] : []),
    ...(failed.length > waiting ? [`${whole(failed.length - waiting)} failed`] : []),
    ...(waiting > 0 ? [`${whole(waiting)} left for the next quota`] : []),
  ].join(', ');
  const cost = calls === 0 ? 'no calls' : formatCount(calls, 'call');
  const told = outcomes.filter(row => row.outcome === 'failed' || (row.reason ?? 'up to date') !== 'up to date');
  return {
    schema: 'refresh/1',
    asOf: today,
    data: { updated, unchanged, failed, calls, quotaLeft, jobs },
    sections: [
      lines(`${counted} · ${cost}, ${quotaWords(quotaLeft)}.`),
      table(
        ['failed', 'unchanged'].flatMap(outcome => firstOf(told.filter(row => row.outcome === outcome))),
        outcomeColumns,
      ),
    ],
    csv: csvOf(outcomes, outcomeColumns),
    exitCode: failed.length > 0 ? 3 : 0,
  };
}
