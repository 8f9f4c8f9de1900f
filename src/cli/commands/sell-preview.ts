import { Option } from 'commander';
import type { LocalDate } from '../../domain/date.ts';
import { type Money, type Price, plain, type Units } from '../../domain/decimal.ts';
import { type ParcelMethod, parcelMethods } from '../../domain/ledger/entry.ts';
import { type Code, parseCode } from '../../domain/market/security.ts';
import type { GainLine } from '../../domain/tax/capital-gain.ts';
import type { MethodPreview, Waiting } from '../../domain/tax/sale-preview.ts';
import { formatCount, formatDate, formatDollars, formatMoney, formatPrice, formatUnits } from '../../format.ts';
import type { SalePreview } from '../../usecases/preview-sale.ts';
import { notAdvice } from '../../words/tax-rows.ts';
import { dateOf, decimalOf, positiveOf } from '../arguments.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, type Section, table } from '../report.ts';
import { explainSalePreview } from '../tax/explained-year.ts';

type Options = { method?: ParcelMethod; price?: Price; fee?: Money; on?: LocalDate };

export const addSellPreview: AddCommands = (program, { run }) => {
  program
    .command('sell-preview')
    .helpGroup(purposes.look)
    .summary('what a sale brings: gain by method, tax, waiting')
    .description('Show what a sale would bring: proceeds, the gain by each parcel method, its tax, what waiting saves.')
    .argument('<code>', 'the security', parseCode)
    .argument('<units>', 'how many', positiveOf('UNITS'))
    .addOption(
      new Option('--method <method>', 'by this method alone').choices(
        parcelMethods.filter(each => each !== 'specific'),
      ),
    )
    .option('--price <price>', 'dollars per unit, instead of the known price', positiveOf('--price'))
    .option('--fee <amount>', "brokerage, instead of the last trade's", decimalOf('--fee', '0'))
    .option('--on <date>', 'the day of the sale, instead of today', dateOf('--on'))
    .addHelpText(
      'after',
      examples('asxos sell-preview BHP 100', 'asxos sell-preview BHP 100 --price 46.10 --method highest-cost --json'),
    )
    .action(async (code: Code, units: Units, options: Options, command) => {
      const { viewSalePreview } = await import('../../usecases/preview-sale.ts');
      await run(command, ({ app, portfolio }) => {
        const { fee: brokerage, ...rest } = options;
        return previewReport(viewSalePreview(app, { code, units, portfolio, brokerage, ...rest }), app.today());
      });
    });
};

type Part = { readonly method: ParcelMethod; readonly owner: string; readonly line: GainLine };

const partsOf = ({ methods }: SalePreview): Part[] =>
  methods.flatMap(({ method, owners }) =>
    owners.flatMap(({ owner, lines: rows }) => rows.map(line => ({ method, owner: owner.name, line }))),
  );

const partColumns: readonly Column<Part>[] = [
  { title: 'Method', field: 'method', text: row => row.method },
  {
    title: 'Owner',
    field: 'owner',
    rank: 3,
    text: row => (row.line.ownerPct.eq('100') ? '' : row.owner),
    value: row => row.owner,
  },
  { title: 'Acquired', field: 'acquiredOn', text: row => row.line.acquiredOn },
  {
    title: 'Units',
    field: 'units',
    align: 'right',
    text: row => formatUnits(row.line.units),
    value: row => row.line.units,
  },
  {
    title: 'Cost base',
    field: 'costBase',
    align: 'right',
    rank: 2,
    text: row => formatMoney(row.line.costBase),
    value: row => row.line.costBase,
  },
  {
    title: 'Gain',
    field: 'gain',
    align: 'right',
    text: row => formatMoney(row.line.gain, { sign: true }),
    value: row => row.line.gain,
    signed: row => row.line.gain,
  },
  {
    title: 'Category',
    field: 'category',
    rank: 4,
    text: row => (row.line.category === 'current' ? '' : row.line.category),
    value: row => row.line.category,
  },
  {
    title: 'Discount',
    field: 'discountEligibleFrom',
    rank: 1,
    text: ({ line }) =>
      line.discountEligible
        ? 'yes'
        : line.discountEligibleFrom === undefined
          ? 'no'
          : `from ${line.discountEligibleFrom}`,
    value: row => row.line.discountEligibleFrom,
  },
];

const methodColumns: readonly Column<MethodPreview>[] = [
  { title: 'Method', text: row => row.method },
  { title: 'Gain', align: 'right', text: row => formatMoney(row.gain, { sign: true }), signed: row => row.gain },
  { title: 'Taxable gain', align: 'right', text: row => formatMoney(row.taxableGain, { sign: true }) },
  { title: 'Tax', align: 'right', text: row => (row.tax === undefined ? '' : formatMoney(row.tax)) },
];

const saving = ({ saves, savesTax }: Waiting): string =>
  savesTax === undefined ? `${formatDollars(saves)} of taxable gain` : `${formatDollars(savesTax)} of tax`;

function waitLines({ methods }: SalePreview): string[] {
  return methods.flatMap(({ method, waiting }) =>
    waiting
      .filter(each => each.saves !== undefined)
      .slice(0, 3)
      .map(
        each =>
          `${method}: waiting ${formatCount(each.days, 'day')}, to ${formatDate(each.on)}, for the discount saves ${saving(each)} at this price.`,
      ),
  );
}

function yearLines({ methods }: SalePreview): string[] {
  return methods.flatMap(({ method, owners }) =>
    owners.map(
      each =>
        `${method}: ${each.owner.name}'s net capital gain of FY${each.financialYear} goes from ${formatDollars(each.netCapitalGainBefore)} to ${formatDollars(each.netCapitalGainAfter)}.`,
    ),
  );
}

const dataOf = (preview: SalePreview) => ({
  portfolio: preview.portfolio.name,
  code: preview.code,
  units: preview.units,
  held: preview.held,
  on: preview.on,
  price: preview.price,
  priceSource: preview.known?.source ?? 'user',
  priceAsOf: preview.known?.on,
  brokerage: preview.brokerage,
  brokerageFrom: preview.brokerageFrom,
  proceeds: preview.proceeds,
  methods: preview.methods.map(({ method, gain, taxableGain, tax, owners, waiting }) => ({
    method,
    gain,
    taxableGain,
    tax,
    parcels: owners.flatMap(({ owner, lines: rows }) =>
      rows.map(line => ({
        owner: owner.name,
        parcel: line.parcel,
        acquiredOn: line.acquiredOn,
        units: line.units,
        category: line.category,
        proceeds: line.proceeds,
        costBase: line.costBase,
        gain: line.gain,
        discountEligible: line.discountEligible,
        discountEligibleFrom: line.discountEligibleFrom,
      })),
    ),
    owners: owners.map(each => ({
      owner: each.owner.name,
      taxpayer: each.owner.taxpayer,
      fy: each.financialYear,
      gain: each.gain,
      netCapitalGainBefore: each.netCapitalGainBefore,
      netCapitalGainAfter: each.netCapitalGainAfter,
      taxableGain: each.taxableGain,
      marginalRatePct: each.marginalRatePct === undefined ? undefined : Number(plain(each.marginalRatePct)),
      tax: each.tax,
    })),
    waiting: waiting.map(({ on, days, saves, savesTax }) => ({ on, days, saves, savesTax })),
  })),
});

export function previewReport(preview: SalePreview, today: string): Report {
  const { code, units, on, price, brokerage, proceeds, portfolio } = preview;
  const isRated = preview.methods.some(each => each.tax !== undefined);
  const from = preview.brokerageFrom === 'last trade' ? ", the last trade's" : '';
  const parts = partsOf(preview);
  const waits = waitLines(preview);
  const sections: Section[] = [
    lines(
      `${portfolio.name} · sell ${formatUnits(units)} ${code} @ ${formatPrice(price)} on ${formatDate(on)}`,
      `Brokerage ${formatMoney(brokerage)}${from}; proceeds ${formatDollars(proceeds)}`,
    ),
    table(preview.methods, methodColumns),
    table(parts, partColumns),
    ...(waits.length === 0 ? [] : [lines(...waits)]),
    lines(...yearLines(preview)),
    ...(isRated
      ? []
      : [lines('Tax is shown once a marginal rate is set: asxos tax facts set marginal-rate-pct RATE --fy YEAR')]),
    lines(notAdvice),
  ];
  return {
    schema: 'sell-preview/1',
    asOf: today,
    data: dataOf(preview),
    explain: () => explainSalePreview(preview),
    warnings: preview.warnings,
    sections,
    csv: csvOf(parts, partColumns),
  };
}
