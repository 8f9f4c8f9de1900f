import { Option } from 'commander';
import { type Decimal, type Money, noMoney, plain, toFloat } from '../../domain/decimal.ts';
import { explainSuggestion, suggestionFigures } from '../../domain/explain/rebalance.ts';
import { explainPlan, planFigures } from '../../domain/explain/rebalance-plan.ts';
import { explainSoldParcel, explainWait, soldParcelFigures, waitFigures } from '../../domain/explain/rebalance-sale.ts';
import { type RebalanceMode, rebalanceModes } from '../../domain/rebalance/situation.ts';
import { detailsOf } from '../../domain/rebalance/stored.ts';
import { formatCount, formatDollars, formatMoney, formatPct, formatPrice, formatUnits, unknown } from '../../format.ts';
import type { Rebalancing } from '../../usecases/rebalance.ts';
import { moneyOf, percentOf } from '../arguments.ts';
import { type Explained, explainedAt } from '../explained.ts';
import { shortId } from '../figures.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, type Section, table } from '../report.ts';
import { addSuggestions, suggestionSignal } from './suggestions.ts';
import { addTargets } from './targets.ts';

type Options = { mode?: RebalanceMode; amount?: Money; marginalRate?: Decimal | 'none'; dryRun?: boolean };
type Row = Rebalancing['suggestions'][number];

export const addRebalance: AddCommands = (program, context) => {
  const rebalance = program
    .command('rebalance')
    .helpGroup(purposes.look)
    .summary('trades that bring a portfolio to its targets')
    .description(
      'Suggest trades in whole units that bring the portfolio to its targets, brokerage and parcels counted.\n' +
        'Mode cash spends new money on what is short of its target and sells nothing.\n' +
        'Mode signals follows the last signals of what is held: STRONG_SELL sells all, SELL half, STRONG_BUY adds 20%, BUY 10%,\n' +
        'each from a confidence in the settings; a weight above 15% is trimmed to 12%.',
    )
    .addOption(new Option('--mode <mode>', 'how (default: targets)').choices(rebalanceModes))
    .option('--amount <dollars>', 'new money; mode cash spends the cash account without it', moneyOf('--amount'))
    .option(
      '--marginal-rate <percent>',
      'count tax at this rate, or none (default: the one of your tax facts, else none)',
      (text): Decimal | 'none' => (text.trim().toLowerCase() === 'none' ? 'none' : percentOf('--marginal-rate')(text)),
    )
    .option('--dry-run', 'show the suggestions and store none')
    .addHelpText(
      'after',
      examples(
        'asxos rebalance targets set CBA=10 VAS=40~3 sector:Materials=20',
        'asxos rebalance --marginal-rate 39',
        'asxos rebalance --mode cash --amount 5000 --dry-run',
        'asxos rebalance --mode signals --dry-run',
      ),
    )
    .action(async (options: Options, command) => {
      const use = await import('../../usecases/rebalance.ts');
      await context.run(command, async ({ app, portfolio }) => {
        const { mode, amount, dryRun, marginalRate: marginalRatePct } = options;
        return report(await use.rebalance(app, { portfolio, mode, amount, dryRun, marginalRatePct }));
      });
    });
  addTargets(rebalance, context);
  addSuggestions(rebalance, context);
};

const suggestionData = (row: Row, stored: boolean) => ({
  id: row.id,
  code: row.code,
  name: row.name,
  action: row.action,
  units: row.units,
  price: row.price.price,
  priceAsOf: row.price.on,
  priceSource: row.price.source,
  value: row.value,
  weightPct: row.weightPct,
  target: row.target,
  targetPct: row.targetPct,
  bandPct: row.bandPct,
  afterPct: row.afterPct,
  reason: row.reason,
  ...suggestionSignal(row.signal?.said),
  priority: row.priority,
  brokerage: row.brokerage,
  tax: row.tax,
  status: stored ? 'pending' : undefined,
  parcels: row.parcels.map(each => ({
    id: each.parcel.id,
    acquiredOn: each.parcel.acquiredOn,
    units: each.units,
    costBase: each.cost,
    proceeds: each.proceeds,
    gain: each.gain,
    discountEligible: each.hasDiscount,
    tax: each.tax,
  })),
  waits: row.waits,
});

/** Why the figures of the plan, of its suggestions, and of what they sell are what they are. */
function explainRebalancing({ plan, suggestions, portfolio: { name } }: Rebalancing): Explained[] {
  const ofRow = (row: Row, at: string): Explained[] => {
    const stored = { ...row, price: row.price.price, position: row.priority, status: 'pending', createdAt: 0 } as const;
    const details = detailsOf(row, plan);
    const trade = plan.trades.find(each => each.move.candidate.code === row.code);
    return [
      ...explainedAt(at, suggestionFigures, figure => explainSuggestion({ ...stored, details }, figure)),
      ...row.parcels.flatMap((sold, index) =>
        trade === undefined
          ? []
          : explainedAt(`${at}/parcels/${index}`, soldParcelFigures, figure =>
              explainSoldParcel(plan, trade, sold, figure, name),
            ),
      ),
      ...row.waits.flatMap((wait, index) =>
        explainedAt(`${at}/waits/${index}`, waitFigures, figure => explainWait(plan, wait, figure, row.code)),
      ),
    ];
  };
  return [
    ...explainedAt('', planFigures, figure => explainPlan(plan, figure, name)),
    ...suggestions.flatMap((row, index) => ofRow(row, `/suggestions/${index}`)),
  ];
}

const columns: readonly Column<Row>[] = [
  {
    title: 'Id',
    field: 'id',
    rank: 5,
    text: row => (row.id === undefined ? '' : shortId(row.id)),
    value: row => row.id,
  },
  { title: '', field: 'action', text: row => row.action },
  { title: 'Code', field: 'code', text: row => row.code },
  {
    title: 'Units',
    field: 'units',
    align: 'right',
    text: row => (row.action === 'HOLD' ? '' : formatUnits(row.units)),
    value: row => row.units,
  },
  {
    title: 'Price',
    field: 'price',
    align: 'right',
    rank: 2,
    text: row => formatPrice(row.price.price),
    value: row => row.price.price,
  },
  {
    title: 'Value',
    field: 'value',
    align: 'right',
    text: row => (row.action === 'HOLD' ? '' : formatMoney(row.value)),
    value: row => row.value,
  },
  {
    title: 'Now',
    field: 'weightPct',
    align: 'right',
    text: row => formatPct(row.weightPct),
    value: row => row.weightPct,
  },
  {
    title: 'Target',
    field: 'targetPct',
    align: 'right',
    rank: 4,
    text: row => formatPct(row.targetPct),
    value: row => row.targetPct,
  },
  {
    title: 'After',
    field: 'afterPct',
    align: 'right',
    text: row => formatPct(row.afterPct),
    value: row => row.afterPct,
  },
  {
    title: 'Brokerage',
    field: 'brokerage',
    align: 'right',
    rank: 3,
    text: row => (row.action === 'HOLD' ? '' : formatMoney(row.brokerage)),
    value: row => row.brokerage,
  },
  {
    title: 'Tax',
    field: 'tax',
    align: 'right',
    rank: 1,
    text: row => (row.parcels.length === 0 ? '' : formatMoney(row.tax)),
    value: row => row.tax,
  },
];

/** For scripts only: what the lines under the table say to people. */
const csvColumns: readonly Column<Row>[] = [
  ...columns,
  { title: 'Priority', field: 'priority', text: row => String(row.priority), value: row => row.priority },
  { title: 'Reason', field: 'reason', text: row => row.reason },
];

function report(made: Rebalancing): Report {
  const { plan, suggestions, portfolio } = made;
  const { situation } = plan;
  return {
    schema: 'rebalance/1',
    asOf: made.today,
    data: {
      portfolio: portfolio.name,
      mode: made.mode,
      suggestions: suggestions.map(row => suggestionData(row, made.stored)),
      bindings: made.bindings,
      unpriced: made.unpriced,
      total: situation.total,
      cash: situation.cash,
      cashAfter: plan.cashAfter,
      brokerage: plan.brokerage,
      taxableGain: plan.taxableGain,
      tax: plan.tax,
      marginalRatePct: made.marginalRate && toFloat(made.marginalRate.pct),
      driftBefore: plan.driftBefore,
      driftAfter: plan.driftAfter,
      proved: plan.reached.every(each => each.isProved),
      stored: made.stored,
    },
    coverage: made.coverage,
    warnings: made.warnings,
    explain: () => explainRebalancing(made),
    sections: sectionsOf(made),
    csv: csvOf(suggestions, csvColumns),
  };
}

function sectionsOf(made: Rebalancing): Section[] {
  const { plan, suggestions } = made;
  const traded = suggestions.filter(row => row.action !== 'HOLD');
  const where = `${made.portfolio.name} · ${formatDollars(plan.situation.total)}`;
  const head =
    traded.length === 0
      ? `${where} · nothing to do`
      : made.mode === 'signals'
        ? `${where} · ${formatCount(traded.length, 'trade')} for the signals and large weights`
        : `${where} · ${formatCount(traded.length, 'trade')} · drift ${formatDollars(plan.driftBefore)} -> ${formatDollars(plan.driftAfter)}`;
  const byReason = Map.groupBy(suggestions, row => row.reason);
  const reasons = [...byReason].map(([reason, rows]) => `${rows.map(row => row.code).join(', ')}: ${reason}.`);
  const missed = made.bindings.filter(each => !suggestions.some(row => row.reason.includes(each.words)));
  return [
    lines(head),
    ...(suggestions.length === 0 ? [] : [table(suggestions, columns)]),
    lines(...reasons, ...missed.map(missedSentence)),
    lines(totalsLine(made), ...rateLines(made)),
    ...(made.stored && traded.length > 0
      ? [lines('Pending for 7 days. Draft an entry: asxos rebalance accept ID')]
      : []),
  ];
}

const missedSentence = ({ target, words }: Rebalancing['bindings'][number]): string =>
  words.startsWith(target) ? `${words}.` : `${target}: ${words}.`;

/** Said where the rate was not given with the question, and where the year has more than the plan. */
function rateLines({ marginalRate, plan }: Rebalancing): string[] {
  if (marginalRate === undefined || !plan.trades.some(({ move }) => move.kind === 'sell')) return [];
  const { pct, from, yearSoFar } = marginalRate;
  const counts = yearSoFar !== undefined && Object.values(yearSoFar).some(amount => !amount.eq(noMoney));
  const rate = from === 'facts' ? [`at the marginal rate of ${plain(pct)}% of your tax facts`] : [];
  const year = counts ? ["after the year's other gains, its losses and those carried in"] : [];
  return rate.length + year.length === 0 ? [] : [`Tax counts ${[...rate, ...year].join(', ')}.`];
}

function totalsLine({ plan }: Rebalancing): string {
  const sold = plan.trades.some(({ move }) => move.kind === 'sell');
  const gain = sold ? ` · taxable gain ${formatDollars(plan.taxableGain)}` : '';
  const tax = !sold
    ? ''
    : plan.tax === undefined
      ? ` · tax ${unknown} (--marginal-rate counts it)`
      : ` · tax ${formatDollars(plan.tax)}`;
  const brokerage = plan.brokerage.eq(noMoney) ? '' : ` · brokerage ${formatDollars(plan.brokerage)}`;
  return `Cash ${formatDollars(plan.situation.cash)} -> ${formatDollars(plan.cashAfter)}${brokerage}${gain}${tax}`;
}
