import { type Command, Option } from 'commander';
import type { LocalDate } from '../../domain/date.ts';
import type { Decimal, Money } from '../../domain/decimal.ts';
import type { Payment } from '../../domain/income/payment.ts';
import type { PlanIssue } from '../../domain/income/proposal.ts';
import { readPayment, readPercent, readPrice, readUnits } from '../../domain/ledger/entry-words.ts';
import {
  formatCount,
  formatDate,
  formatDateShort,
  formatDollars,
  formatFinancialYear,
  formatPct,
  formatUnits,
} from '../../format.ts';
import type { IncomeView } from '../../usecases/view-income.ts';
import { countOf, dateOf } from '../arguments.ts';
import { explainCalendar, explainForecast, explainIncome } from '../explained-income.ts';
import { examples, purposes } from '../help.ts';
import {
  estimateColumns,
  estimateRow,
  holdingColumns,
  holdingRow,
  monthRow,
  monthsToCome,
  paymentColumns,
  paymentRow,
  proposalColumns,
  proposalRow,
  receivedRow,
  totalRow,
} from '../income-rows.ts';
import type { AddCommands, Context, Run } from '../program.ts';
import { type Column, csvOf, lines, type Report, type Section, table } from '../report.ts';
import { entryReport } from './add.ts';

export const addIncome: AddCommands = (program, context) => {
  const income = program
    .command('income')
    .helpGroup(purposes.look)
    .summary('dividends received, to come and to record; yields')
    .description(
      'Show the dividends of a financial year, yields, what is declared, and what was paid and waits to be recorded.',
    )
    .option('--fy <year>', 'the financial year that ends in this year', countOf('--fy', 1990, 2200))
    .addHelpText(
      'after',
      examples(
        'asxos income',
        'asxos income --fy 2026 --portfolio all --json',
        'asxos income confirm BHP-2026-08-13',
        'asxos income forecast --csv',
      ),
    )
    .action(async (options: { fy?: number }, command) => {
      await context.run(command, async run => summaryReport(await incomeOf(run, options.fy)));
    });
  addCalendar(income, context);
  addForecast(income, context);
  addConfirm(income, context);
  addDismiss(income, context);
};

export async function incomeOf({ app, portfolio }: Run, fy?: number): Promise<IncomeView> {
  const { viewPortfolio } = await import('../../usecases/view-portfolio.ts');
  const { viewIncome } = await import('../../usecases/view-income.ts');
  return viewIncome(app, viewPortfolio(app, { portfolio }), { financialYear: fy });
}

function addCalendar(income: Command, { run }: Context): void {
  income
    .command('calendar')
    .description('List the ex-dates and payments to come, month by month: declared ones, and estimates apart.')
    .addHelpText('after', examples('asxos income calendar', 'asxos income calendar --portfolio all --json'))
    .action(async (_options, command) => {
      await run(command, async given => calendarReport(await incomeOf(given)));
    });
}

function addForecast(income: Command, { run }: Context): void {
  income
    .command('forecast')
    .description('Estimate the income of the next twelve months from the last twelve, and say what each rests on.')
    .addHelpText('after', examples('asxos income forecast', 'asxos income forecast --csv'))
    .action(async (_options, command) => {
      await run(command, async given => forecastReport(await incomeOf(given)));
    });
}

type ConfirmOptions = {
  amount?: Money;
  franked?: Decimal;
  drp?: PlanIssue;
  on?: LocalDate;
  as?: 'dividend' | 'distribution';
  dryRun?: boolean;
};

/** `12.345` is a plan's price; `12@12.345` its units too. */
function planIssue(text: string): PlanIssue {
  const [before = '', after] = text.split('@');
  if (after === undefined) return { price: readPrice(before) };
  return before.trim() === ''
    ? { price: readPrice(after) }
    : { units: readUnits(before.trim()), price: readPrice(after.trim()) };
}

function addConfirm(income: Command, { run }: Context): void {
  income
    .command('confirm')
    .description('Record a dividend that waits: as declared, or as your statement has it.')
    .argument('<id>', 'the id that income lists; code and ex-date suffice where they name one')
    .option('--amount <dollars>', 'what was paid, before tax withheld', readPayment)
    .option('--franked <percent>', 'the franked part', readPercent)
    .option('--drp <price>', 'reinvested at this price: PRICE, or UNITS@PRICE', planIssue)
    .option('--on <date>', 'when it was paid, or the plan issued its units', dateOf('--on'))
    .addOption(new Option('--as <kind>', 'what it is').choices(['dividend', 'distribution']))
    .option('--dry-run', 'show the effect and record nothing')
    .addHelpText(
      'after',
      examples(
        'asxos income confirm BHP-2026-08-13',
        'asxos income confirm BHP-2026-08-13 --amount 101.20 --franked 100%',
        'asxos income confirm NAB-2026-05-08 --drp 38.12',
        'asxos income confirm NAB-2026-05-08 --drp 12@38.12 --dry-run',
      ),
    )
    .action(async (id: string, options: ConfirmOptions, command) => {
      const { confirmIncome } = await import('../../usecases/decide-income.ts');
      const said = {
        amount: options.amount,
        frankedPct: options.franked,
        issue: options.drp,
        on: options.on,
        kind: options.as,
      };
      await run(command, ({ app }) =>
        entryReport(confirmIncome(app, id, said, { dryRun: options.dryRun }), app.today()),
      );
    });
}

function addDismiss(income: Command, { run }: Context): void {
  income
    .command('dismiss')
    .description('Put a proposed dividend aside; it can still be confirmed.')
    .argument('<id>', 'the id that income lists')
    .addHelpText('after', examples('asxos income dismiss BHP-2026-08-13', 'asxos income dismiss BHP-2026-08-13 --json'))
    .action(async (id: string, _options, command) => {
      const { dismissIncome } = await import('../../usecases/decide-income.ts');
      await run(command, ({ app }) => {
        const { proposal, portfolio } = dismissIncome(app, id);
        const { code, exDate } = proposal;
        return {
          schema: 'income-dismissed/1',
          asOf: app.today(),
          data: { id: proposal.id, code, exDate, portfolio },
          sections: [lines(`Dismissed ${code} ex ${formatDate(exDate)} of ${portfolio}.`)],
          csv: { fields: ['id', 'code', 'exDate', 'portfolio'], rows: [[proposal.id, code, exDate, portfolio]] },
        };
      });
    });
}

const shownProposals = 15;

export function summaryReport(view: IncomeView): Report {
  const { holdings, proposals, declared } = view;
  const columns = holdingColumns(view);
  const shown = proposals.slice(0, shownProposals);
  const more = proposals.length - shown.length;
  const isEmpty = view.years.length === 0 && declared.length === 0 && proposals.length === 0;
  return {
    schema: 'income/1',
    asOf: view.asOf,
    data: summaryData(view),
    coverage: view.coverage,
    explain: () => explainIncome(view),
    warnings: view.warnings,
    sections: isEmpty
      ? [lines('No income yet. Record a payment: asxos add "dividend BHP 65.00 franked 100% ex 2026-03-05".')]
      : [
          lines(...headline(view)),
          table(
            holdings.filter(row => row.year.payments > 0 || row.held !== undefined),
            columns,
          ),
          ...(holdings.some(row => row.partYear) ? [lines('* held for less than 12 months')] : []),
          table(declared, paymentColumns<Payment>(view), 'Declared'),
          table(shown, proposalColumns(view), 'Paid and not recorded'),
          ...(more > 0 ? [lines(`and ${formatCount(more, 'older one')}; all of them with --json`)] : []),
          ...(shown[0] === undefined ? [] : [lines(`Record one: asxos income confirm ${shown[0].id}`)]),
          ...frankingSections(view),
        ],
    csv: csvOf(holdings, columns),
  };
}

function headline({ portfolio, year, financialYear, lastTwelveMonths, yields, estimatedTotal }: IncomeView): string[] {
  const credits = year.credit === undefined ? 'franking unknown' : `franking credits ${formatDollars(year.credit)}`;
  const grossed =
    yields.grossedUpYieldPct === undefined ? '' : `, ${formatPct(yields.grossedUpYieldPct, { places: 2 })} grossed up`;
  const rate =
    yields.yieldPct === undefined
      ? ''
      : `: a yield of ${formatPct(yields.yieldPct, { places: 2 })}${grossed}, ${formatPct(yields.yieldOnCostPct, { places: 2 })} on cost`;
  return [
    `${portfolio} · ${formatFinancialYear(financialYear)} · ${formatDollars(year.amount)} in ${formatCount(year.payments, 'payment')}, ${credits}`,
    `Last 12 months ${formatDollars(lastTwelveMonths.amount)}${rate}. Estimated for the next 12: ${formatDollars(estimatedTotal.amount)}.`,
  ];
}

/** What a sale would lose of franking credits, and what sales have lost. */
function frankingSections({ kept, owners }: IncomeView): Section[] {
  const keep = kept.map(
    ({ code, exDate, open, keepUntil, period, owner }) =>
      `  ${code}: keep ${formatUnits(period.open)} units until ${formatDate(keepUntil)} for ${formatDollars(open)} of credits (ex ${formatDateShort(exDate)}, ${owner})`,
  );
  const lost = owners
    .filter(each => !each.denied.eq('0'))
    .map(
      each =>
        `${each.owner.name}: ${formatDollars(each.denied)} of franking credits denied in ${formatFinancialYear(each.financialYear)}: units sold within 45 days at risk.`,
    );
  return [
    ...(keep.length === 0 ? [] : [lines('Franking credits that a sale would lose', ...keep)]),
    ...(lost.length === 0 ? [] : [lines(...lost)]),
  ];
}

function summaryData(view: IncomeView) {
  const { portfolios } = view;
  return {
    portfolio: view.portfolio,
    fy: view.financialYear,
    year: receivedRow(view.year),
    lastTwelveMonths: receivedRow(view.lastTwelveMonths),
    yieldPct: view.yields.yieldPct,
    yieldOnCostPct: view.yields.yieldOnCostPct,
    grossedUpYieldPct: view.yields.grossedUpYieldPct,
    reasons: view.yields.reasons,
    yieldOf: { holdings: view.priced, held: view.held },
    years: view.years.map(each => ({ fy: each.financialYear, ...receivedRow(each) })),
    holdings: view.holdings.map(holdingRow),
    months: view.months.map(monthRow),
    declared: view.declared.map(each => paymentRow(each, portfolios)),
    declaredTotal: totalRow(view.declaredTotal),
    estimatedTotal: totalRow(view.estimatedTotal),
    proposals: view.proposals.map(each => proposalRow(each, portfolios)),
    dismissed: view.dismissed,
    franking: view.owners.map(each => ({
      owner: each.owner.name,
      taxpayer: each.owner.taxpayer,
      credits: each.creditsOfYear,
      unknownFranking: each.unknownFranking,
      exempt: each.exempt,
      allowed: each.allowed,
      denied: each.denied,
      open: each.open,
    })),
    keep: view.kept.map(each => ({
      owner: each.owner,
      code: each.code,
      exDate: each.exDate,
      units: each.period.open,
      credits: each.open,
      keepUntil: each.keepUntil,
      daysNeeded: each.period.daysNeeded,
    })),
  };
}

type CalendarRow = Payment & { readonly month: string };

function calendarReport(view: IncomeView): Report {
  const all = [...view.declared, ...view.estimated].map(
    (each): CalendarRow => ({ ...each, month: (each.paidOn ?? each.exDate).slice(0, 7) }),
  );
  all.sort((a, b) => ((a.paidOn ?? a.exDate) < (b.paidOn ?? b.exDate) ? -1 : 1));
  const columns: Column<CalendarRow>[] = [
    { title: 'Month', field: 'month', text: row => row.month },
    { title: '', field: 'kind', text: row => row.kind },
    ...paymentColumns<CalendarRow>(view),
  ];
  const { portfolios } = view;
  return {
    schema: 'income-calendar/1',
    asOf: view.asOf,
    data: {
      portfolio: view.portfolio,
      months: monthsToCome(view).map(monthRow),
      declared: view.declared.map(each => paymentRow(each, portfolios)),
      estimated: view.estimated.map(each => estimateRow(each, portfolios)),
      declaredTotal: totalRow(view.declaredTotal),
      estimatedTotal: totalRow(view.estimatedTotal),
    },
    explain: () => explainCalendar(view),
    sections:
      all.length === 0
        ? [lines('Nothing is declared on what is held, and nothing can be estimated.')]
        : [table(all, columns), lines(...totalLines(view))],
    csv: csvOf(all, columns),
  };
}

function totalLines({ declaredTotal, estimatedTotal }: IncomeView): string[] {
  const foreign = declaredTotal.foreign + estimatedTotal.foreign;
  return [
    `Declared ${formatDollars(declaredTotal.amount)} in ${formatCount(declaredTotal.payments, 'payment')}; estimated ${formatDollars(estimatedTotal.amount)} in ${formatCount(estimatedTotal.payments, 'payment')}. The two are not added.`,
    ...(foreign === 0 ? [] : [`${formatCount(foreign, 'payment')} in another currency, in neither total.`]),
  ];
}

function forecastReport(view: IncomeView): Report {
  const { estimated, portfolios } = view;
  const columns = estimateColumns(view);
  return {
    schema: 'income-forecast/1',
    asOf: view.asOf,
    data: {
      portfolio: view.portfolio,
      estimated: estimated.map(each => estimateRow(each, portfolios)),
      estimatedTotal: totalRow(view.estimatedTotal),
      declaredTotal: totalRow(view.declaredTotal),
    },
    explain: () => explainForecast(view),
    sections:
      estimated.length === 0
        ? [lines('Nothing can be estimated: no security that is held has paid twice in the last 24 months.')]
        : [
            lines('Estimates: each payment of the last twelve months again, on the units held now.'),
            table(estimated, columns),
            lines(...totalLines(view)),
          ],
    csv: csvOf(estimated, columns),
  };
}
