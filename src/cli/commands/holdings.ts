import { type Instant, isoInstant, type LocalDate, sydneyDate } from '../../domain/date.ts';
import type { Holding } from '../../domain/ledger/holding.ts';
import type { KnownPrice } from '../../domain/market/known-price.ts';
import type { ShortSignal } from '../../domain/signals/short-signal.ts';
import { formatCount, formatDate, formatFreshness, formatMoney, formatPct, formatUnits } from '../../format.ts';
import type { PortfolioView } from '../../usecases/view-portfolio.ts';
import { dateOf, instantOf } from '../arguments.ts';
import { formatChangePct, noEntriesYet, priceColumn } from '../figures.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';
import { signalColumns, signalDayColumns, signalFields } from '../signal-columns.ts';

export const addHoldings: AddCommands = (program, { run }) => {
  program
    .command('holdings')
    .helpGroup(purposes.look)
    .summary('units, cost, price, value and gain of what is held')
    .description(
      'Show what is held: units, cost base, price, value, gain, day change and weight, and what the signals last said of it.',
    )
    .option('--as-of <date>', 'as it was at the end of this day', dateOf('--as-of'))
    .option('--known-at <when>', 'by what had been recorded by this day or instant', instantOf('--known-at'))
    .addHelpText(
      'after',
      examples(
        'asxos holdings',
        'asxos holdings --portfolio all --json',
        'asxos holdings --as-of 2026-06-30 --csv > 30-june.csv',
      ),
    )
    .action(async (options: { asOf?: LocalDate; knownAt?: Instant }, command) => {
      const { viewPortfolio } = await import('../../usecases/view-portfolio.ts');
      await run(command, ({ app, portfolio }) =>
        holdingsReport(viewPortfolio(app, { portfolio, ...options }), app.now(), options.knownAt),
      );
    });
};

const priceAsOf = (price: KnownPrice): string =>
  price.stamp.kind === 'quote' ? isoInstant(price.stamp.tradedAt) : price.stamp.on;

const holdingRow = (row: Holding, said: ShortSignal | undefined) => ({
  code: row.code,
  name: row.name,
  units: row.units,
  averageCost: row.averageCost,
  costBase: row.costBase,
  price: row.price?.price,
  priceAsOf: row.price && priceAsOf(row.price),
  priceSource: row.price?.source,
  stale: row.price?.stale,
  value: row.value,
  gain: row.gain,
  gainPct: row.gainPct,
  dayChange: row.dayChange,
  dayChangePct: row.dayChangePct,
  weightPct: row.weightPct,
  realisedGain: row.realisedGain,
  income: row.income,
  totalReturn: row.totalReturn,
  totalReturnPct: row.totalReturnPct,
  priceReason: row.price?.reason,
  ...signalFields(said),
});

const holdingColumns = ({ holdings, totals, signals }: PortfolioView): Column<Holding>[] => [
  { title: 'Code', field: 'code', text: row => row.code, total: 'Total' },
  {
    title: 'Units',
    field: 'units',
    align: 'right',
    rank: 1,
    text: row => formatUnits(row.units),
    value: row => row.units,
  },
  {
    title: 'Avg cost',
    field: 'averageCost',
    align: 'right',
    rank: 6,
    text: priceColumn(holdings, row => row.averageCost),
    value: row => row.averageCost,
  },
  {
    title: 'Cost base',
    field: 'costBase',
    align: 'right',
    rank: 4,
    text: row => formatMoney(row.costBase),
    value: row => row.costBase,
    total: formatMoney(totals.costBase),
  },
  {
    title: 'Price',
    field: 'price',
    align: 'right',
    rank: 2,
    text: priceColumn(holdings, row => row.price?.price),
    value: row => row.price?.price,
  },
  {
    title: 'Value',
    field: 'value',
    align: 'right',
    text: row => formatMoney(row.value),
    value: row => row.value,
    total: formatMoney(totals.value),
  },
  {
    title: 'Gain',
    field: 'gain',
    align: 'right',
    rank: 3,
    text: row => formatMoney(row.gain, { sign: true }),
    value: row => row.gain,
    signed: row => row.gain,
    total: formatMoney(totals.gain, { sign: true }),
  },
  {
    title: 'Gain %',
    field: 'gainPct',
    align: 'right',
    text: row => formatChangePct(row.gainPct),
    value: row => row.gainPct,
    signed: row => row.gainPct,
    total: formatChangePct(totals.gainPct),
  },
  {
    title: 'Day',
    field: 'dayChange',
    align: 'right',
    rank: 5,
    text: row => formatMoney(row.dayChange, { sign: true }),
    value: row => row.dayChange,
    signed: row => row.dayChange,
    total: formatMoney(totals.dayChange, { sign: true }),
  },
  {
    title: 'Total return',
    field: 'totalReturn',
    align: 'right',
    rank: 9,
    text: row => formatMoney(row.totalReturn, { sign: true }),
    value: row => row.totalReturn,
    signed: row => row.totalReturn,
    total: formatMoney(totals.totalReturn, { sign: true }),
  },
  {
    title: 'Weight',
    field: 'weightPct',
    align: 'right',
    rank: 7,
    text: row => formatPct(row.weightPct),
    value: row => row.weightPct,
  },
  ...signalColumns(holdings, row => signals.get(row.code), { both: 6.2, each: 10 }),
  {
    title: 'Name',
    field: 'name',
    rank: 8,
    isName: true,
    text: row => row.name ?? '',
    value: row => row.name,
  },
];

/** Facts that scripts want beside what people see. */
const csvOnly = ({ signals }: PortfolioView): Column<Holding>[] => [
  { title: '', field: 'priceAsOf', text: () => '', value: row => row.price && priceAsOf(row.price) },
  { title: '', field: 'priceSource', text: () => '', value: row => row.price?.source },
  { title: '', field: 'stale', text: () => '', value: row => row.price?.stale },
  { title: '', field: 'dayChangePct', text: () => '', value: row => row.dayChangePct },
  { title: '', field: 'realisedGain', text: () => '', value: row => row.realisedGain },
  { title: '', field: 'income', text: () => '', value: row => row.income },
  { title: '', field: 'totalReturnPct', text: () => '', value: row => row.totalReturnPct },
  { title: '', field: 'priceReason', text: () => '', value: row => row.price?.reason },
  ...signalDayColumns<Holding>(row => signals.get(row.code)),
];

/** The one line above a table of holdings: whose, how many, how fresh. */
export function holdingsSentence(view: PortfolioView, now: Instant): string {
  const { totals, freshness, scope, simulated } = view;
  const count = totals.priced + totals.unpriced;
  const at = freshness.kind === 'none' ? undefined : freshness.at;
  const isToday = view.asOf === sydneyDate(now);
  const when = isToday ? formatFreshness({ at, now, simulated }) : `as of ${formatDate(view.asOf)}`;
  const missing = totals.unpriced > 0 ? ` · ${totals.unpriced} of ${count} unpriced` : '';
  const cash = totals.cash === undefined ? '' : ` · cash ${formatMoney(totals.cash)}`;
  return `${scope.name} · ${formatCount(count, 'holding')} · ${when}${missing}${cash}`;
}

export const totalsOf = ({ totals }: PortfolioView) => ({
  value: totals.value,
  costBase: totals.costBase,
  gain: totals.gain,
  gainPct: totals.gainPct,
  dayChange: totals.dayChange,
  dayChangePct: totals.dayChangePct,
  realisedGain: totals.realisedGain,
  income: totals.income,
  totalReturn: totals.totalReturn,
  totalReturnPct: totals.totalReturnPct,
  cash: totals.cash,
  moved: totals.moved,
  priced: totals.priced,
  unpriced: totals.unpriced,
  unknownCost: totals.unknownCost,
  stale: totals.stale,
});

/** What people and spreadsheets read is made when it is printed: JSON does without. */
export function holdingsReport(view: PortfolioView, now: Instant, knownAt?: Instant): Report {
  const { holdings } = view;
  return {
    schema: 'holdings/1',
    asOf: view.asOf,
    data: {
      portfolio: view.scope.name,
      holdings: holdings.map(row => holdingRow(row, view.signals.get(row.code))),
      totals: totalsOf(view),
    },
    coverage: view.coverage,
    warnings: view.warnings,
    explain: async () => (await import('../explained-holdings.ts')).explainHoldings(view),
    get sections() {
      return holdings.length === 0
        ? [lines(nothingHeld(view, knownAt))]
        : [lines(holdingsSentence(view, now)), table(holdings, holdingColumns(view))];
    },
    get csv() {
      return csvOf(holdings, [...holdingColumns(view), ...csvOnly(view)]);
    },
  };
}

/** Why there is nothing to show. `knownAt`: by what had been recorded by this instant. */
export function nothingHeld(view: PortfolioView, knownAt?: Instant): string {
  if (view.entries.length > 0) return `${view.scope.name} holds nothing on ${formatDate(view.asOf)}.`;
  if (knownAt !== undefined) return `Nothing was recorded by ${formatDate(sydneyDate(knownAt))}.`;
  return noEntriesYet;
}
