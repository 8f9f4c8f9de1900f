/**
 * The accountant pack: the two tax reports of a year as files. Nothing in them depends on the clock, so the same data
 * gives the same bytes. Every line names its entry, the row of the imported file it came from, and the rules it follows.
 */
import { csvText } from '../csv.ts';
import { addDays, type LocalDate, localDate } from '../domain/date.ts';
import { type Decimal, type Money, plain } from '../domain/decimal.ts';
import type { CapitalGains, SourceRow } from '../domain/tax/capital-gains.ts';
import type { IncomeYear } from '../domain/tax/income-year.ts';
import { totalOf } from '../domain/tax/net-capital-gain.ts';
import { lossesCarriedIn, lossesCarriedOut } from '../domain/tax/tax-year.ts';
import { formatFinancialYear, formatMoney, formatUnits } from '../format.ts';
import {
  csvOfRows,
  disposalFields,
  dividendFields,
  interestFields,
  notAdvice,
  rulesFollowed,
  trustFields,
} from './tax-rows.ts';

export type PackFile = { readonly name: string; readonly text: string };

/** The day that a pack is reckoned at: after every holding period of the year has run, whatever the clock says. */
export const packDay = (financialYear: number): LocalDate => addDays(localDate(financialYear, 6, 30), 200);

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40) || 'owner';

/** `simulated` packs say so: they are of the demo's own market. */
export function taxPack(gains: CapitalGains, income: IncomeYear, simulated: boolean): PackFile[] {
  const stem = `fy${gains.financialYear}-${slug(gains.owner.name)}`;
  const { lines } = gains.year;
  return [
    { name: `${stem}.md`, text: markdown(gains, income, simulated) },
    { name: `${stem}-disposals.csv`, text: csvText(csvOfRows(disposalFields, lines)) },
    { name: `${stem}-dividends.csv`, text: csvText(csvOfRows(dividendFields, income.dividends)) },
    { name: `${stem}-trusts.csv`, text: csvText(csvOfRows(trustFields, income.trusts)) },
    { name: `${stem}-interest.csv`, text: csvText(csvOfRows(interestFields, income.interest)) },
  ];
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function tableText(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

const section = (title: string, ...parts: readonly string[]): string => [`## ${title}`, ...parts].join('\n\n');

/** Where a figure comes from: the entry, and the row of the file that it was imported from. */
const sourceText = ({ entry, batch, sourceKey }: SourceRow): string =>
  [
    `entry ${entry}`,
    ...(batch === undefined ? [] : [`import ${batch}`]),
    ...(sourceKey === undefined ? [] : [sourceKey]),
  ].join(', ');

function markdown(gains: CapitalGains, income: IncomeYear, simulated: boolean): string {
  const { owner, financialYear, warnings } = gains;
  const notes = [...new Set([...warnings, ...income.warnings])];
  const parts = [
    `# Tax of ${owner.name}, ${formatFinancialYear(financialYear)}`,
    ...(simulated ? ["SIMULATED: the demo's own portfolios on a simulated market."] : []),
    notAdvice,
    `${owner.name} is reported as ${taxpayerWords[owner.taxpayer]}, resident in Australia throughout, on the own share of all portfolios. Amounts are Australian dollars; – is unknown and in no total.`,
    ...(notes.length === 0 ? [] : [section('To be checked', notes.map(note => `- ${note}`).join('\n'))]),
    section('Capital gains', gainTotals(gains)),
    ...(gains.year.lines.length === 0 ? [] : [section('Disposals', disposals(gains))]),
    section('Income', incomeTotals(income)),
    ...(income.dividends.length === 0 ? [] : [section('Dividends', dividends(income))]),
    ...(income.trusts.length === 0 ? [] : [section('Trusts and ETFs', trusts(income))]),
    section('Rules', rulesText(gains)),
  ];
  return `${parts.join('\n\n')}\n`;
}

const taxpayerWords = {
  individual: 'an individual',
  smsf: 'a complying super fund',
  company: 'a company',
  trust: 'a trust',
} as const;

function gainTotals({ year, minimumTaxGap }: CapitalGains): string {
  const rows: [string, Money | undefined][] = [
    ['Gains with the discount', year.discountGains],
    ['Other gains', year.otherGains],
    ['of them by statements of trusts', year.trustGains],
    ['Losses of the year', year.losses],
    ['Losses carried in', lossesCarriedIn(year)],
    ['Losses used', totalOf(year.result.used)],
    ['Discount', year.result.discount],
    ['Net capital gain', year.netCapitalGain],
    ['Losses carried out', lossesCarriedOut(year)],
    ...year.result.carriedOut.map(({ madeIn, amount }): [string, Money] => [
      madeIn === undefined ? 'of before the entries' : `of ${formatFinancialYear(madeIn)}`,
      amount,
    ]),
  ];
  if (year.minimumTaxCapitalGain !== undefined)
    rows.push(['Later gains under the minimum tax', year.minimumTaxCapitalGain]);
  if (minimumTaxGap !== undefined) rows.push(['Minimum tax adds, an estimate', minimumTaxGap]);
  return tableText(
    ['', 'Amount'],
    rows.map(([label, amount]) => [label, formatMoney(amount)]),
  );
}

const pct = (value: Decimal): string => `${plain(value)}%`;

const disposals = ({ year }: CapitalGains): string =>
  tableText(
    [
      'Code',
      'Acquired',
      'Sold',
      'Units',
      'Share',
      'Proceeds',
      'Cost base',
      'Indexed',
      'Gain',
      'Category',
      'Discount',
      'Source',
      'Parcel',
      'Rules',
    ],
    year.lines.map(line => [
      line.code,
      line.acquiredOn,
      line.disposedOn,
      line.units === undefined ? line.event : formatUnits(line.units),
      pct(line.ownerPct),
      formatMoney(line.proceeds),
      formatMoney(line.costBase),
      line.indexedCostBase === undefined ? '' : formatMoney(line.indexedCostBase),
      formatMoney(line.gain),
      line.category,
      line.discountEligible ? 'yes' : 'no',
      sourceText(line.source),
      sourceText(line.parcelSource),
      line.rules.join(' '),
    ]),
  );

function incomeTotals({ totals }: IncomeYear): string {
  const rows: [string, Money][] = [
    ['Dividends', totals.dividends],
    ['franked', totals.franked],
    ['unfranked', totals.unfranked],
    ['Trusts, by their statements', totals.trustIncome],
    ['Foreign income', totals.foreignIncome],
    ['Interest', totals.interest],
    ['Franking credits', totals.frankingCredits],
    ['allowed', totals.creditsAllowed],
    ['denied', totals.creditsDenied],
    ['Assessable, with the credits allowed', totals.assessable],
    ['Cash of trusts without a statement, in no total', totals.unattributedCash],
    ['Foreign tax paid', totals.foreignTaxPaid],
    ['Foreign tax offset claimed', totals.foreignTaxOffset],
    ['Tax withheld without a TFN', totals.tfnWithheld],
    ['Deduction for LIC capital gains', totals.licDeduction],
  ];
  return tableText(
    ['', 'Amount'],
    rows.map(([label, amount]) => [label, formatMoney(amount)]),
  );
}

const dividends = (income: IncomeYear): string =>
  tableText(
    ['Code', 'Ex-date', 'Paid', 'Amount', 'Franked', 'Unfranked', 'Credit', 'Allowed', 'Remark', 'Source'],
    income.dividends.map(line => [
      line.code,
      line.exDate ?? '',
      line.paidOn,
      formatMoney(line.amount),
      formatMoney(line.franked),
      formatMoney(line.unfranked),
      formatMoney(line.frankingCredit),
      formatMoney(line.creditAllowed),
      line.reason ?? '',
      sourceText(line),
    ]),
  );

const trusts = (income: IncomeYear): string =>
  tableText(
    ['Code', 'Cash', 'Statement', 'Components', 'Remark'],
    income.trusts.map(trust => [
      trust.code,
      formatMoney(trust.cash),
      trust.statements.map(id => `entry ${id}`).join(', '),
      Object.entries(trust.components ?? {})
        .map(([name, amount]) => `${name} ${formatMoney(amount)}`)
        .join(', '),
      trust.reason ?? '',
    ]),
  );

const rulesText = (gains: CapitalGains): string =>
  rulesFollowed(gains)
    .map(({ id, says, source, from }) => `- \`${id}\`, from ${from}: ${says} (${source})`)
    .join('\n') || 'No rule of capital gains was needed.';
