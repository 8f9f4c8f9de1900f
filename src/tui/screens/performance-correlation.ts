/** The correlation tab: how the largest holdings move together, as many of them as there is room for. */
import { concentrationLimits } from '../../domain/returns/concentration-warnings.ts';
import type { Correlation } from '../../domain/returns/correlation.ts';
import { formatDate, formatNumber } from '../../format.ts';
import type { AnalysisView } from '../../usecases/view-analysis.ts';
import type { Line, Span } from '../text.ts';
import { wrap } from '../wrap.ts';

const cell = 7;

/** How many of the largest holdings are shown in so many cells. */
export const correlationCount = (codes: number, width: number): number =>
  Math.max(1, Math.min(codes, Math.floor((width - cell) / cell)));

export function correlationLines({ correlations, holdings }: AnalysisView, width: number): Line[] {
  const { codes, rows, from, to } = correlations;
  if (codes.length < 2) {
    const why =
      holdings.length < 2 ? 'Correlation takes two holdings.' : 'Correlation takes two holdings with a price.';
    return [[{ text: why }]];
  }
  const count = correlationCount(codes.length, width);
  const shown = codes.slice(0, count);
  const title = `Correlation of daily returns, ${formatDate(from)} to ${formatDate(to)}`;
  const left = count < codes.length ? `; the ${count} largest of ${codes.length} holdings` : '';
  const said = (text: string): Line[] => wrap(text, width).map(line => [{ text: line, token: 'dim' as const }]);
  return [
    ...said(title + left),
    [{ text: ' '.repeat(cell) + shown.map(code => code.padStart(cell)).join(''), token: 'dim' }],
    ...shown.map(
      (code, row): Line => [
        { text: code.padEnd(cell) },
        ...shown.map((_, column) => cellSpan(rows[row]?.[column], row === column)),
      ],
    ),
    [],
    ...reasonsOf(shown, rows).flatMap(said),
  ];
}

function cellSpan(of: Correlation | undefined, isSelf: boolean): Span {
  const text = formatNumber(of?.value).padStart(cell);
  if (isSelf) return { text, token: 'dim' };
  return (of?.value ?? 0) >= concentrationLimits.correlation ? { text, token: 'warning', bold: true } : { text };
}

/** Why figures are missing: each code once, where its own series is too short or does not move; else the pair. */
function reasonsOf(codes: readonly string[], rows: readonly (readonly Correlation[])[]): string[] {
  const isAlone = (at: number): boolean => rows[at]?.[at]?.reason !== undefined;
  return codes.flatMap((code, row) => {
    const own = rows[row]?.[row]?.reason;
    if (own !== undefined) return [`${code}: ${own}`];
    return codes.slice(0, row).flatMap((other, column) => {
      const reason = isAlone(column) ? undefined : rows[row]?.[column]?.reason;
      return reason === undefined ? [] : [`${other} and ${code}: ${reason}`];
    });
  });
}
