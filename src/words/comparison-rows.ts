/** Two portfolios beside each other as rows, with the words for what is unknown: for people and for CSV. */
import type { Cell } from '../csv.ts';
import type { Figure } from '../domain/returns/figure.ts';
import { formatDate, formatMoney, formatPct } from '../format.ts';
import type { ComparedPortfolio, Comparison } from '../usecases/compare-portfolios.ts';
import { formatRisk, riskRows } from './risk-rows.ts';

/** One figure of both. `values` are for CSV, `texts` for people. */
export type ComparisonRow = {
  readonly section: 'figures' | 'codes' | 'sectors';
  readonly name: string;
  readonly label: string;
  readonly values: readonly [Cell, Cell];
  readonly texts: readonly [string, string];
  /** Why each is unknown. */
  readonly reasons: readonly [string | undefined, string | undefined];
};

export function comparisonRows({ portfolios, overlap }: Comparison): ComparisonRow[] {
  const [first, second] = portfolios;
  const fact = (
    name: string,
    label: string,
    of: (side: ComparedPortfolio) => Cell,
    text: (side: ComparedPortfolio) => string,
  ): ComparisonRow => ({
    section: 'figures',
    name,
    label,
    values: [of(first), of(second)],
    texts: [text(first), text(second)],
    reasons: [undefined, undefined],
  });
  const risks = riskRows(first.risk).map(({ figure, label, of }): ComparisonRow => {
    const other = second.risk[figure];
    return {
      section: 'figures',
      name: figure,
      label,
      values: [of.value, other.value],
      texts: [formatRisk(figure, of), formatRisk(figure, other)],
      reasons: [of.reason, other.reason],
    };
  });
  const weights = (section: 'codes' | 'sectors', name: string, [a, b]: readonly [number, number]): ComparisonRow => ({
    section,
    name,
    label: name,
    values: [a, b],
    texts: [formatPct(a), formatPct(b)],
    reasons: [undefined, undefined],
  });
  return [
    fact(
      'firstEntry',
      'First entry',
      side => side.firstEntry,
      side => formatDate(side.firstEntry),
    ),
    fact(
      'value',
      'Value',
      side => side.value,
      side => formatMoney(side.value),
    ),
    fact(
      'cash',
      'Of it cash',
      side => side.totals.cash,
      side => formatMoney(side.totals.cash),
    ),
    fact(
      'holdings',
      'Holdings',
      side => side.holdings.length,
      side => String(side.holdings.length),
    ),
    fact(
      'profit',
      'Profit of the window',
      side => side.profit,
      side => formatMoney(side.profit, { sign: true }),
    ),
    {
      ...fact(
        'timeWeightedPct',
        'Time-weighted return',
        side => side.timeWeightedPct.value,
        side => pctText(side.timeWeightedPct),
      ),
      reasons: [first.timeWeightedPct.reason, second.timeWeightedPct.reason],
    },
    {
      ...fact(
        'moneyWeightedPct',
        moneyLabel(portfolios),
        side => side.moneyWeightedPct.value,
        side => pctText(side.moneyWeightedPct),
      ),
      reasons: [first.moneyWeightedPct.reason, second.moneyWeightedPct.reason],
    },
    ...risks,
    ...(overlap?.codes ?? []).map(each => weights('codes', each.code, each.weightPcts)),
    ...(overlap?.sectors ?? []).map(each => weights('sectors', each.sector ?? 'unknown', each.weightPcts)),
  ];
}

const pctText = ({ value }: Figure): string => formatPct(value, { places: 2, sign: true });

/** The words once, where both lack the figure for the same reason; else by name. */
export function comparisonReason({ reasons }: ComparisonRow, names: readonly [string, string]): string {
  const [first, second] = reasons;
  if (first === second) return first ?? '';
  const named = [first, second].map((each, side) => (each === undefined ? undefined : `${names[side]}: ${each}`));
  return named.filter(each => each !== undefined).join(' / ');
}

function moneyLabel(portfolios: Comparison['portfolios']): string {
  if (portfolios.every(side => side.annualised)) return 'Money-weighted, a year';
  return portfolios.some(side => side.annualised) ? 'Money-weighted' : 'Money-weighted, of the window';
}
