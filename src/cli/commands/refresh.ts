import { Argument, Option } from 'commander';
import type { App } from '../../app.ts';
import { units } from '../../domain/decimal.ts';
import { type Universe, universes } from '../../domain/market/universe.ts';
import { Failure } from '../../failure.ts';
import { formatCount, formatUnits, unknown } from '../../format.ts';
import type { RefreshPlan, RefreshReport } from '../../usecases/refresh-prices.ts';
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
    .option('--if-due', 'spare quotes younger than 15 minutes, fundamentals younger than 7 days, as a cron line wants')
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
        if (options.plan) return planReport(plan(app), app.today());
        const progress = progressLine('Fetching', streams, { quiet });
        try {
          const report = await fetch(app, { signal, onProgress: progress.show }).catch(async (error: unknown) => {
            if (error instanceof Failure) await tell(app, target, error, signal);
            throw error;
          });
          await tell(app, target, report, signal);
          const answer = refreshReport(report, app.today());
          // From cron: silence means that all is well.
          return quiet && report.failed.length === 0 ? { ...answer, sections: [] } : answer;
        } finally {
          progress.end();
        }
      });
    });
};

type Watched = {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
};
type Work = {
  readonly plan: (app: App) => RefreshPlan;
  readonly fetch: (app: App, watched: Watched) => Promise<RefreshReport>;
};

async function workOf(target: Target, { ifDue = false, universe }: Options): Promise<Work> {
  if (target === 'fundamentals') {
    const { planFundamentals, refreshFundamentals } = await import('../../usecases/refresh-fundamentals.ts');
    return {
      plan: app => planFundamentals(app, { universe, ifDue }),
      fetch: (app, watched) => refreshFundamentals(app, { universe, ifDue, ...watched }),
    };
  }
  const { planRefresh, refresh } = await import('../../usecases/refresh-prices.ts');
  return {
    plan: app => planRefresh(app, { target, universe, ifDue }),
    fetch: (app, watched) => refresh(app, { target, universe, ifDue, ...watched }),
  };
}

/** Puts what is news of a refresh into the inbox, and sends what is due. */
async function tell(app: App, target: Target, outcome: RefreshReport | Failure, signal: AbortSignal): Promise<void> {
  const { jobNews } = await import('../../usecases/job-news.ts');
  const { notify } = await import('../../usecases/notify.ts');
  const news = jobNews(app, target === 'fundamentals' ? 'fundamentals' : 'refresh', outcome);
  if (news !== undefined) notify(app, news);
  const { deliverNotifications, isAnythingDue } = await import('../../usecases/deliver-notifications.ts');
  // A receiver's trouble is in the inbox, and none of the refresh.
  if (isAnythingDue(app)) await deliverNotifications(app, { signal });
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

function planReport({ requests, totalCost, quotaLeft, more }: RefreshPlan, today: string): Report {
  const columns = planColumns.map(column =>
    column.field === 'cost' ? { ...column, total: whole(totalCost) } : column,
  );
  return {
    schema: 'refresh-plan/1',
    asOf: today,
    data: { requests, totalCost, quotaLeft, more },
    sections:
      requests.length === 0
        ? [lines('Everything is up to date: nothing would be asked for.')]
        : [
            table(requests, columns),
            lines(...(more === undefined ? [] : [more]), `Nothing was sent; ${quotaWords(quotaLeft)}.`),
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

function refreshReport(report: RefreshReport, today: string): Report {
  const { updated, unchanged, failed, waiting = 0, calls, quotaLeft } = report;
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
    data: { updated, unchanged, failed, calls, quotaLeft },
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
