/** How a portfolio has done in sentences: the command line and the console say the same. */
import { type Cents, toMoney } from '../domain/returns/cents.ts';
import type { Period } from '../domain/returns/periods.ts';
import { formatCount, formatDate, formatMoney, formatPct } from '../format.ts';
import type { PerformanceView } from '../usecases/view-performance.ts';

export type Fact = readonly [name: string, text: string];

const signed = (cents: Cents): string => formatMoney(toMoney(cents), { sign: true });

/** The figures of the window by name, widest first. */
export function performanceFacts(view: PerformanceView, total: Period): Fact[] {
  const { stored, moneyWeighted, benchmark, drawdown, reasons, isValued } = view;
  const end = isValued ? formatMoney(toMoney(total.endValue)) : 'unknown';
  const facts: Fact[] = [
    ['Value', `${formatMoney(toMoney(stored.startValue))} to ${end}`],
    ['Money in', `${formatMoney(toMoney(total.inflow))}, out ${formatMoney(toMoney(total.outflow))}`],
    [
      'Profit',
      isValued
        ? `${signed(total.profit)}, of it income ${formatMoney(toMoney(total.income))}`
        : `unknown: ${reasons.profit ?? ''}`,
    ],
    [
      'Time-weighted',
      total.timeWeighted === undefined
        ? `unknown: ${reasons.timeWeightedPct ?? ''}`
        : formatPct(total.timeWeighted * 100, { sign: true, places: 2 }),
    ],
    [
      'Money-weighted',
      moneyWeighted.pct === undefined
        ? `unknown: ${moneyWeighted.reason ?? ''}`
        : `${formatPct(moneyWeighted.pct, { sign: true, places: 2 })}${moneyWeighted.annualised ? ' a year' : ` over ${formatCount(moneyWeighted.days, 'day')}, not annualised`}`,
    ],
    ['Benchmark', benchmarkText(view)],
    ['Deepest fall', drawdown === undefined ? 'none' : fallText(drawdown)],
  ];
  const twin = benchmark?.twinEndValue;
  if (benchmark !== undefined && twin !== undefined) {
    const ahead = total.endValue - twin;
    const difference = isValued
      ? `, the portfolio is ${formatMoney(toMoney(Math.abs(ahead)))} ${ahead < 0 ? 'behind' : 'ahead'}`
      : '';
    facts.splice(6, 0, ['Same money in it', `${formatMoney(toMoney(twin))}${difference}`]);
  }
  return facts;
}

function benchmarkText({ benchmark, reasons }: PerformanceView): string {
  if (benchmark === undefined) return 'none is set';
  const { code, reinvestment, timeWeighted } = benchmark;
  if (timeWeighted === undefined) return `${code} unknown: ${reasons.benchmark ?? ''}`;
  const how =
    reinvestment === 'price only'
      ? 'price only'
      : reinvestment === 'dividends'
        ? 'dividends reinvested'
        : 'by adjusted closes';
  return `${code} ${formatPct(timeWeighted * 100, { sign: true, places: 2 })}, ${how}`;
}

function fallText({
  maxPct,
  peakOn,
  troughOn,
  recoveredOn,
  sessionsUnderWater,
}: NonNullable<PerformanceView['drawdown']>) {
  const back = recoveredOn === undefined ? 'not yet recovered' : `recovered ${formatDate(recoveredOn)}`;
  const span = `${formatDate(peakOn)} to ${formatDate(troughOn)}`;
  return `${formatPct(maxPct)} from ${span}, ${back}, ${formatCount(sessionsUnderWater, 'session')} under water`;
}
