/** `tax cgt`: the lines, then how they net, in words and as scripts read them. */
import { isoInstant } from '../../domain/date.ts';
import type { Money } from '../../domain/decimal.ts';
import type { ReportedLine } from '../../domain/tax/capital-gains.ts';
import { lossesCarriedIn, lossesCarriedOut } from '../../domain/tax/tax-year.ts';
import { formatCount, formatDollars, formatFinancialYear, formatMoney, formatUnits, unknown } from '../../format.ts';
import type { TaxYearView } from '../../usecases/view-tax-year.ts';
import { discountText, nettingSteps } from '../../words/format-tax.ts';
import { csvOfRows, disposalFields, notAdvice, recordOf, rulesFollowed } from '../../words/tax-rows.ts';
import { type Column, lines, type Report, type Section, table } from '../report.ts';
import { explainGains } from './explained-year.ts';
import { differenceData, differenceWarnings, otherOwnerNotes } from './lock-report.ts';

const money = (title: string, of: (line: ReportedLine) => Money | undefined, rank?: number): Column<ReportedLine> => ({
  title,
  align: 'right',
  text: line => formatMoney(of(line)),
  ...(rank === undefined ? {} : { rank }),
});

function columnsOf(rows: readonly ReportedLine[]): Column<ReportedLine>[] {
  const several = new Set(rows.map(line => line.portfolio)).size > 1;
  const isSplit = rows.some(line => line.category !== 'current');
  return [
    { title: 'Code', text: line => line.code },
    { title: 'Portfolio', rank: 6, isName: true, text: line => (several ? line.portfolioName : '') },
    { title: 'Acquired', text: line => line.acquiredOn },
    { title: 'Sold', text: line => line.disposedOn },
    { title: 'Units', align: 'right', text: line => (line.units === undefined ? line.event : formatUnits(line.units)) },
    { title: 'Share', align: 'right', rank: 5, text: line => (line.ownerPct.eq('100') ? '' : `${line.ownerPct}%`) },
    money('Proceeds', line => line.proceeds),
    money('Cost base', line => line.costBase),
    ...(rows.some(line => line.indexedCostBase !== undefined)
      ? [
          {
            ...money('Indexed', line => line.indexedCostBase, 4),
            text: (line: ReportedLine) => (line.indexedCostBase === undefined ? '' : formatMoney(line.indexedCostBase)),
          },
        ]
      : []),
    {
      ...money('Gain', line => line.gain),
      text: line => formatMoney(line.gain, { sign: true }),
      signed: line => line.gain,
    },
    { title: 'Category', rank: 3, text: line => (isSplit ? line.category : '') },
    { title: 'Discount', text: discountText },
  ];
}

function nettingLines({ gains }: TaxYearView): string[] {
  const rows = nettingSteps(gains);
  const label = Math.max(...rows.map(([text]) => text.length));
  const amount = Math.max(...rows.map(([, text]) => text.length));
  return rows.map(([text, value]) => `${text.padEnd(label)}  ${value.padStart(amount)}`);
}

function dataOf(view: TaxYearView) {
  const { gains } = view;
  const { year } = gains;
  const { result } = year;
  return {
    fy: gains.financialYear,
    owner: gains.owner.name,
    taxpayer: gains.owner.taxpayer,
    disposals: year.lines.map(line => ({ ...recordOf(disposalFields, line), rules: line.rules })),
    trusts: year.trusts.map(({ code, entry, discounted, grossedUp, other }) => ({
      code,
      entry,
      discounted,
      grossedUp,
      other,
    })),
    trustGains: year.trustGains,
    gains: [...year.gains].map(([each, amount]) => ({ class: each, amount, afterLosses: result.left.get(each) })),
    discountGains: year.discountGains,
    otherGains: year.otherGains,
    losses: year.losses,
    lossesCarriedIn: lossesCarriedIn(year),
    carriedIn: year.carriedIn,
    lossesUsed: result.used,
    discount: result.discount,
    netCapitalGain: year.netCapitalGain,
    lossesCarriedOut: lossesCarriedOut(year),
    carriedOut: result.carriedOut,
    minimumTaxCapitalGain: year.minimumTaxCapitalGain,
    minimumTaxGap: gains.minimumTaxGap,
    washSales: gains.washSales,
    rules: rulesFollowed(gains),
    lockedAt: view.lockedAt === undefined ? undefined : isoInstant(view.lockedAt),
    lockedDifference: differenceData(view),
  };
}

export function capitalGainsReport(view: TaxYearView, today: string): Report {
  const { owner, financialYear, year, coverage, warnings } = view.gains;
  const known = year.known < year.lines.length ? ` · ${year.known} of ${year.lines.length} known` : '';
  const head = `${owner.name} · ${owner.taxpayer} · ${formatFinancialYear(financialYear)} · net capital gain ${year.netCapitalGain === undefined ? unknown : formatDollars(year.netCapitalGain)}${known}`;
  const what: Section =
    year.lines.length === 0
      ? lines(`Nothing was disposed of in ${formatFinancialYear(financialYear)}.`)
      : table(year.lines, columnsOf(year.lines), formatCount(year.lines.length, 'disposal'));
  return {
    schema: 'tax-cgt/1',
    asOf: today,
    data: dataOf(view),
    coverage,
    explain: () => explainGains(view.gains),
    warnings: [...warnings, ...differenceWarnings(view)],
    notes: otherOwnerNotes(view),
    sections: [lines(head), what, lines(...nettingLines(view)), lines(notAdvice)],
    csv: csvOfRows(disposalFields, year.lines),
  };
}
