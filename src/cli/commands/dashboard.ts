import type { LocalDate } from '../../domain/date.ts';
import { type Holding, isPricedOn } from '../../domain/ledger/holding.ts';
import {
  formatCount,
  formatCoverage,
  formatDate,
  formatDateShort,
  formatDay,
  formatDollars,
  formatFinancialYear,
  formatMoney,
  formatNoChange,
  formatUnits,
} from '../../format.ts';
import type { DashboardExtras, Need } from '../../usecases/view-dashboard.ts';
import type { PortfolioView } from '../../usecases/view-portfolio.ts';
import { explainDashboard } from '../explained-dashboard.ts';
import { formatChangePct, priceColumn } from '../figures.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands, Run } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';
import { holdingsSentence, nothingHeld, totalsOf } from './holdings.ts';

export const addDashboard: AddCommands = (program, { run }) => {
  program
    .command('dashboard')
    .helpGroup(purposes.look)
    .summary('value, gain, movers, income and what needs you')
    .description('Print the Dashboard once: value, gain, the movers of the last session, income, and what needs you.')
    .addHelpText('after', examples('asxos dashboard', 'asxos dashboard --portfolio all --json'))
    .action(async (_options, command) => {
      await run(command, dashboard);
    });
};

/** The Dashboard of a portfolio as it is now. */
export async function dashboard({ app, portfolio }: Run): Promise<Report> {
  const { viewPortfolio } = await import('../../usecases/view-portfolio.ts');
  const { viewDashboard } = await import('../../usecases/view-dashboard.ts');
  const view = viewPortfolio(app, { portfolio });
  return dashboardReport(view, viewDashboard(app, view), app.now());
}

const mostMovers = 5;

const moverRow = (row: Holding) => ({
  code: row.code,
  name: row.name,
  price: row.price?.price,
  dayChange: row.dayChange,
  dayChangePct: row.dayChangePct,
});

const moverColumns = (rows: readonly Holding[]): Column<Holding>[] => [
  { title: 'Code', field: 'code', text: row => row.code },
  {
    title: 'Price',
    field: 'price',
    align: 'right',
    text: priceColumn(rows, row => row.price?.price),
    value: row => row.price?.price,
  },
  {
    title: 'Day %',
    field: 'dayChangePct',
    align: 'right',
    text: row => formatChangePct(row.dayChangePct, 2),
    value: row => row.dayChangePct,
    signed: row => row.dayChangePct,
  },
  {
    title: 'Day',
    field: 'dayChange',
    align: 'right',
    text: row => formatMoney(row.dayChange, { sign: true }),
    value: row => row.dayChange,
    signed: row => row.dayChange,
  },
  { title: 'Name', field: 'name', isName: true, text: row => row.name ?? '', value: row => row.name },
];

/** A notification without what only this machine knows of it. */
function needRow(need: Need) {
  if (need.kind !== 'notification') return need;
  const { id, type, priority, title, message } = need.notification;
  return { kind: need.kind, id, type, priority, title, message };
}

function dashboardReport(view: PortfolioView, extras: DashboardExtras, now: number): Report {
  const { income, needs, unread } = extras;
  const movers = extras.movers.slice(0, mostMovers);
  const columns = moverColumns(movers);
  return {
    schema: 'dashboard/1',
    asOf: view.asOf,
    data: {
      portfolio: view.scope.name,
      totals: totalsOf(view),
      movers: movers.map(moverRow),
      income: {
        financialYear: income.financialYear,
        received: income.received,
        frankingCredits: income.franking,
        unknownFranking: income.unknownFranking,
        next: income.next,
      },
      needs: needs.map(needRow),
      unreadNotifications: unread,
    },
    coverage: view.coverage,
    warnings: view.warnings,
    explain: () => explainDashboard(view, extras, movers),
    sections: [
      lines(holdingsSentence(view, now), ...(view.holdings.length === 0 ? [nothingHeld(view)] : headline(view))),
      table(movers, columns, `Movers ${formatDay(view.sessionDay, view.asOf)}`),
      ...(view.entries.length === 0 ? [] : [lines(...incomeLines(extras))]),
      ...(needs.length === 0 ? [] : [lines('Needs you', ...needs.map(need => `  ${needText(need)}`))]),
      ...(unread === 0 ? [] : [lines(`${formatCount(unread, 'unread notification')}.`)]),
    ],
    csv: csvOf(movers, columns),
  };
}

function headline(view: PortfolioView): string[] {
  const { totals, sessionDay, asOf } = view;
  const label = formatDay(sessionDay, asOf);
  const part = formatCoverage(totals.moved, totals.priced);
  const change = `${formatDollars(totals.dayChange, { sign: true })} ${formatChangePct(totals.dayChangePct, 2)}`;
  const day = part === '' ? change : `${change} (${part})`;
  const gain = `${formatDollars(totals.gain, { sign: true })} ${formatChangePct(totals.gainPct)}`;
  return [
    `Value ${formatDollars(totals.value)}   ${
      totals.dayChange === undefined ? formatNoChange(label, isPricedOn(view.holdings, sessionDay)) : `${label} ${day}`
    }   gain ${totals.gain === undefined ? 'unknown' : gain}`,
  ];
}

function incomeLines({ income }: DashboardExtras): string[] {
  const franking =
    income.franking === undefined ? 'franking unknown' : `franking credits ${formatDollars(income.franking)}`;
  const next = income.next
    ? `; next ${income.next.code} ${formatDollars(income.next.amount)} on ${formatDateShort(income.next.on)}`
    : '';
  return [
    `Income of ${formatFinancialYear(income.financialYear)}: ${formatDollars(income.received)} received, ${franking}${next}.`,
  ];
}

const inDays = (days: number, on: LocalDate): string =>
  `${days === 1 ? 'tomorrow' : `in ${days} days`} (${formatDateShort(on)})`;

function list(codes: readonly string[]): string {
  const shown = codes.slice(0, 5).join(', ');
  return codes.length > 5 ? `${shown} and ${codes.length - 5} more` : shown;
}

function needText(need: Need): string {
  switch (need.kind) {
    case 'unpriced':
      return `${formatCount(need.codes.length, 'holding')} without a price: ${list(need.codes)}; run asxos refresh`;
    case 'stale': {
      const since = need.since === undefined ? '' : ` since ${formatDate(need.since)}`;
      return `No newer price${since}: ${list(need.codes)}; run asxos refresh`;
    }
    case 'quiet': {
      const since = need.since === undefined ? '' : ` since ${formatDate(need.since)}`;
      return `No price${since}: ${list(need.codes)}; EODHD has none, it may be suspended`;
    }
    case 'ahead':
      return `${formatCount(need.count, 'entry')} dated after today ${need.count === 1 ? 'is' : 'are'} counted already`;
    case 'discount':
      return `${need.code}: the CGT discount on ${formatUnits(need.units)} units begins ${inDays(need.days, need.on)}`;
    case 'ex-dividend':
      return `${need.code}: ex-dividend ${inDays(need.days, need.on)}${need.amount === undefined ? '' : `, ${formatDollars(need.amount)} on what you hold`}`;
    case 'franking':
      return `${need.code}: keep ${formatUnits(need.units)} units until ${formatDate(need.on)} to keep ${formatDollars(need.credits)} of franking credits`;
    case 'notification':
      return `${need.notification.title}: ${need.notification.message}`;
  }
}
