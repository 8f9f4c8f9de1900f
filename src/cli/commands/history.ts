import { addDays, type Instant, isoInstant, type LocalDate, sydneyInstant } from '../../domain/date.ts';
import { formatEntryLine } from '../../domain/ledger/entry-text.ts';
import { type HoldingChange, holdingsChange, totalsChange } from '../../domain/ledger/holdings-change.ts';
import { toMoney } from '../../domain/returns/cents.ts';
import { isValued, type PortfolioDay, profitOfDay } from '../../domain/returns/portfolio-days.ts';
import { Failure } from '../../failure.ts';
import { formatCount, formatDate, formatMoney, formatUnits } from '../../format.ts';
import type { EntryEvent, EntryLog } from '../../usecases/view-entry-log.ts';
import type { PerformanceView } from '../../usecases/view-performance.ts';
import type { PortfolioView } from '../../usecases/view-portfolio.ts';
import { countOf, dateOf, instantOf } from '../arguments.ts';
import { formatChangePct, formatInstant, shortId } from '../figures.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

type Options = {
  values?: boolean;
  compareTo?: LocalDate;
  knownAt?: Instant;
  from?: LocalDate;
  to?: LocalDate;
  limit?: number;
};

export const addHistory: AddCommands = (program, { run }) => {
  program
    .command('history')
    .helpGroup(purposes.look)
    .summary('what was recorded when, and value over time')
    .description(
      'Show what was recorded, edited, deleted and brought back, and when. With --values the value of each day; with --compare-to a past state beside today’s.',
    )
    .option('--values', 'the value, flows and profit of each day')
    .option('--compare-to <date>', 'the holdings at the end of this day beside those of now', dateOf('--compare-to'))
    .option(
      '--known-at <when>',
      'the past state by what had been recorded by this day or instant',
      instantOf('--known-at'),
    )
    .option('--from <date>', 'from this day on', dateOf('--from'))
    .option('--to <date>', 'up to this day', dateOf('--to'))
    .option('--limit <count>', 'the last ones only', countOf('--limit', 1, 1_000_000))
    .addHelpText(
      'after',
      examples(
        'asxos history --limit 20',
        'asxos history --values --from 2026-01-01 --csv > values.csv',
        'asxos history --compare-to 2026-06-30',
        'asxos history --compare-to 2026-06-30 --known-at 2026-07-15',
      ),
    )
    .action(async (options: Options, command) => {
      checkTogether(options);
      if (options.compareTo !== undefined) {
        const { viewPortfolio } = await import('../../usecases/view-portfolio.ts');
        const { compareTo: asOf, knownAt } = options;
        await run(command, ({ app, portfolio }) =>
          comparisonReport(viewPortfolio(app, { portfolio, asOf, knownAt }), viewPortfolio(app, { portfolio })),
        );
      } else if (options.values === true) {
        const { viewPerformance } = await import('../../usecases/view-performance.ts');
        const { from, to, knownAt, limit } = options;
        await run(command, ({ app, portfolio }) =>
          valuesReport(viewPerformance(app, { portfolio, from, to, knownAt }), limit, everyDayFrom =>
            viewPerformance(app, { portfolio, from, to, knownAt, everyDayFrom }),
          ),
        );
      } else {
        const { viewEntryLog } = await import('../../usecases/view-entry-log.ts');
        const { from, to, limit } = options;
        const question = {
          from: from === undefined ? undefined : sydneyInstant(from, 0),
          to: to === undefined ? undefined : sydneyInstant(addDays(to, 1), 0) - 1,
          limit,
        };
        await run(command, ({ app, portfolio }) =>
          logReport(viewEntryLog(app, { portfolio, ...question }), app.today()),
        );
      }
    });
};

/** Options that ask two different questions at once. */
function checkTogether({ values, compareTo, knownAt, from, to }: Options): void {
  const refuse = (message: string): never => {
    throw new Failure('invalid-input', message, { hint: 'See asxos history --help.' });
  };
  if (values && compareTo !== undefined) refuse('Use --values or --compare-to, not both');
  if (compareTo !== undefined && (from ?? to) !== undefined) refuse('--compare-to takes one day, no --from or --to');
  if (knownAt !== undefined && !values && compareTo === undefined)
    refuse('--known-at goes with --compare-to or --values; the log tells what was recorded by --to');
}

const logColumns: readonly Column<EntryEvent>[] = [
  { title: 'When', field: 'at', text: row => formatInstant(row.at), value: row => isoInstant(row.at) },
  { title: 'What', field: 'what', text: row => row.what },
  { title: 'Id', field: 'id', text: row => shortId(row.entry.id), value: row => row.entry.id },
  { title: 'Entry', field: 'line', text: row => formatEntryLine(row.entry) },
  {
    title: 'Before',
    field: 'before',
    rank: 1,
    text: row => (row.before === undefined ? '' : formatEntryLine(row.before)),
    value: row => row.before && formatEntryLine(row.before),
  },
  { title: 'Portfolio', field: 'portfolio', rank: 2, text: row => row.portfolio },
];

function logReport({ scope, events, count }: EntryLog, today: LocalDate): Report {
  const shown = events.length < count ? `last ${events.length} of ` : '';
  return {
    schema: 'history/1',
    asOf: today,
    data: {
      portfolio: scope.name,
      count,
      events: events.map(each => ({
        at: isoInstant(each.at),
        what: each.what,
        id: each.entry.id,
        version: each.version,
        portfolio: each.portfolio,
        line: formatEntryLine(each.entry),
        before: each.before && formatEntryLine(each.before),
      })),
    },
    sections:
      events.length === 0
        ? [lines(`${scope.name}: nothing was recorded then.`)]
        : [
            lines(`${scope.name} · ${shown}${formatCount(count, 'change')}`),
            table(
              events,
              logColumns.filter(column => column.field !== 'portfolio' || scope.portfolios.length > 1),
            ),
          ],
    csv: csvOf(events, logColumns),
  };
}

type ValueRow = PortfolioDay & { readonly index: number };

const money = (cents: number) => toMoney(cents);
const knownValue = (row: ValueRow) => (isValued(row) ? money(row.value) : undefined);
const knownProfit = (row: ValueRow) => {
  const profit = profitOfDay(row);
  return profit === undefined ? undefined : money(profit);
};

const valueColumns: readonly Column<ValueRow>[] = [
  { title: 'Date', field: 'date', text: row => row.date },
  {
    title: 'Value',
    field: 'value',
    align: 'right',
    text: row => formatMoney(knownValue(row)),
    value: knownValue,
  },
  {
    title: 'In',
    field: 'deposits',
    align: 'right',
    rank: 1,
    text: row => (row.inflow === 0 ? '' : formatMoney(money(row.inflow))),
    value: row => money(row.inflow),
  },
  {
    title: 'Out',
    field: 'withdrawals',
    align: 'right',
    rank: 1,
    text: row => (row.outflow === 0 ? '' : formatMoney(money(row.outflow))),
    value: row => money(row.outflow),
  },
  {
    title: 'Profit',
    field: 'profit',
    align: 'right',
    text: row => formatMoney(knownProfit(row), { sign: true }),
    value: knownProfit,
    signed: profitOfDay,
  },
  {
    title: 'Return',
    field: 'timeWeightedPct',
    align: 'right',
    text: row => formatChangePct(percent(row.timeWeighted), 2),
    value: row => percent(row.timeWeighted),
    signed: row => row.timeWeighted,
  },
  {
    title: 'Since start',
    field: 'indexPct',
    align: 'right',
    rank: 2,
    text: row => formatChangePct((row.index - 1) * 100, 2),
    value: row => (row.index - 1) * 100,
    signed: row => row.index - 1,
  },
  {
    title: '',
    field: 'unpriced',
    text: row => (row.unpriced.length === 0 ? '' : `no price: ${row.unpriced.join(' ')}`),
  },
];

const percent = (fraction: number | undefined): number | undefined =>
  fraction === undefined ? undefined : fraction * 100;

/** `every`: the same view with the positions of every day from one on. */
function valuesReport(
  view: PerformanceView,
  limit: number | undefined,
  every: (from: LocalDate) => PerformanceView,
): Report {
  const all = view.stored.days.map((day, at) => ({ ...day, index: view.index[at] ?? 1 }));
  const rows = limit === undefined ? all : all.slice(-limit);
  return {
    schema: 'history-values/1',
    asOf: view.to,
    data: {
      portfolio: view.scope.name,
      from: view.from,
      to: view.to,
      days: rows.map(row => ({
        date: row.date,
        tradingDay: row.isTradingDay,
        value: knownValue(row),
        deposits: money(row.inflow),
        withdrawals: money(row.outflow),
        income: money(row.income),
        profit: knownProfit(row),
        timeWeightedPct: percent(row.timeWeighted),
        indexPct: (row.index - 1) * 100,
        unpriced: row.unpriced,
      })),
    },
    coverage: view.coverage,
    warnings: view.warnings,
    explain: async () => {
      const { explainDays } = await import('../explained-days.ts');
      return explainDays(every(rows[0]?.date ?? view.from), rows.length);
    },
    sections:
      rows.length === 0
        ? [lines(`${view.scope.name} has no days to show up to ${formatDate(view.to)}.`)]
        : [lines(`${view.scope.name} · ${formatDate(view.from)} to ${formatDate(view.to)}`), table(rows, valueColumns)],
    csv: csvOf(rows, valueColumns),
  };
}

const changeColumns: readonly Column<HoldingChange>[] = [
  { title: 'Code', field: 'code', text: row => row.code, total: 'Total' },
  {
    title: 'Units then',
    field: 'unitsBefore',
    align: 'right',
    rank: 2,
    text: row => formatUnits(row.before.units),
    value: row => row.before.units,
  },
  {
    title: 'Units now',
    field: 'unitsNow',
    align: 'right',
    rank: 1,
    text: row => formatUnits(row.now.units),
    value: row => row.now.units,
  },
  {
    title: 'Value then',
    field: 'valueBefore',
    align: 'right',
    text: row => formatMoney(row.before.value),
    value: row => row.before.value,
  },
  {
    title: 'Value now',
    field: 'valueNow',
    align: 'right',
    text: row => formatMoney(row.now.value),
    value: row => row.now.value,
  },
  {
    title: 'Change',
    field: 'valueChange',
    align: 'right',
    text: row => formatMoney(row.change.value, { sign: true }),
    value: row => row.change.value,
    signed: row => row.change.value,
  },
  {
    title: 'Gain',
    field: 'gainChange',
    align: 'right',
    rank: 3,
    text: row => formatMoney(row.change.gain, { sign: true }),
    value: row => row.change.gain,
    signed: row => row.change.gain,
  },
];

function comparisonReport(then: PortfolioView, now: PortfolioView): Report {
  const rows = holdingsChange(then.holdings, now.holdings);
  const total = totalsChange(then.totals, now.totals);
  const totals: Readonly<Record<string, string>> = {
    valueBefore: formatMoney(then.totals.value),
    valueNow: formatMoney(now.totals.value),
    valueChange: formatMoney(total.value, { sign: true }),
    gainChange: formatMoney(total.gain, { sign: true }),
  };
  const columns = changeColumns.map(column => {
    const text = totals[column.field ?? ''];
    return text === undefined ? column : { ...column, total: text };
  });
  return {
    schema: 'history-comparison/1',
    asOf: now.asOf,
    data: {
      portfolio: now.scope.name,
      before: then.asOf,
      now: now.asOf,
      holdings: rows,
      totals: {
        valueBefore: then.totals.value,
        valueNow: now.totals.value,
        value: total.value,
        gainBefore: then.totals.gain,
        gainNow: now.totals.gain,
        gain: total.gain,
      },
    },
    coverage: Math.min(then.coverage, now.coverage),
    explain: async () => (await import('../explained-change.ts')).explainChanges(then, now),
    warnings: [...new Set([...then.warnings.map(warning => `Then: ${warning}`), ...now.warnings])],
    sections:
      rows.length === 0
        ? [lines(`${now.scope.name} held nothing on ${formatDate(then.asOf)} and holds nothing now.`)]
        : [lines(`${now.scope.name} · ${formatDate(then.asOf)} beside ${formatDate(now.asOf)}`), table(rows, columns)],
    csv: csvOf(rows, columns),
  };
}
