/**
 * How a portfolio, or all of them together, has done over a window: value, flows, profit, returns, the benchmark and its
 * twin, the deepest fall, months, financial years and what each holding contributed. One record, from which every skin
 * and every explanation of a figure is made.
 */
import type { App } from '../app.ts';
import { readBenchmark } from '../db/benchmark.ts';
import { readPortfolioDays, type StoredDays } from '../db/portfolio-days.ts';
import { readScope, type Scope } from '../db/scope.ts';
import { addDays, type Instant, type LocalDate } from '../domain/date.ts';
import { plain, round } from '../domain/decimal.ts';
import type { Code } from '../domain/market/security.ts';
import { type Benchmark, benchmarkReturn, twinValues } from '../domain/returns/benchmark.ts';
import { type Cents, toMoney } from '../domain/returns/cents.ts';
import { type Drawdown, maxDrawdown } from '../domain/returns/drawdown.ts';
import { financialYearsOf, monthsOf, type Period, wholePeriod } from '../domain/returns/periods.ts';
import { isValued } from '../domain/returns/portfolio-days.ts';
import { linkedIndex } from '../domain/returns/time-weighted.ts';
import { windowUpTo } from '../domain/returns/window.ts';
import { type Flow, type MoneyWeighted, moneyFlows, moneyWeighted } from '../domain/returns/xirr.ts';

export type PerformanceQuestion = {
  readonly portfolio?: string | undefined;
  /** Without it the day of the first entry. */
  readonly from?: LocalDate | undefined;
  /** Without it today. */
  readonly to?: LocalDate | undefined;
  readonly knownAt?: Instant | undefined;
  /** So that each day from this one on can be explained. */
  readonly everyDayFrom?: LocalDate | undefined;
};

export type BenchmarkView = Benchmark & {
  /** As a fraction. */
  readonly timeWeighted: number | undefined;
  /** The twin's value at the close of each day, in cents. */
  readonly twin: readonly (number | undefined)[];
  readonly twinEndValue: Cents | undefined;
};

export type PerformanceView = {
  readonly scope: Scope;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly stored: StoredDays;
  /** All the days as one; undefined where there is no day. */
  readonly total: Period | undefined;
  /** False where everything held at the end is without a price: then values and profit are unknown, not zero. */
  readonly isValued: boolean;
  /** The linked index at the close of each day; 1 at the close before the first. */
  readonly index: readonly number[];
  readonly flows: readonly Flow[];
  readonly moneyWeighted: MoneyWeighted;
  /** Undefined where the setting is none. */
  readonly benchmark: BenchmarkView | undefined;
  readonly drawdown: Drawdown | undefined;
  readonly months: readonly Period[];
  readonly years: readonly Period[];
  /** Why a figure is unknown, by its JSON field. */
  readonly reasons: Readonly<Partial<Record<ReasonedFigure, string>>>;
  /** Priced of held at the last close; 1 where nothing is held. */
  readonly coverage: number;
  readonly warnings: readonly string[];
  readonly simulated: boolean;
};

export type ReasonedFigure =
  | 'profit'
  | 'timeWeightedPct'
  | 'moneyWeightedPct'
  | 'drawdown'
  | 'benchmark'
  | 'twinEndValue';

export function viewPerformance(app: App, question: PerformanceQuestion = {}): PerformanceView {
  const { db } = app;
  const [now, today] = [app.now(), app.today()];
  const scope = readScope(db, question.portfolio);
  const window = windowUpTo(today, question);
  const stored = readPortfolioDays(db, scope.portfolios, {
    ...window,
    now,
    today,
    knownAt: question.knownAt,
    everyDayFrom: question.everyDayFrom,
  });
  const { days, startValue, to } = stored;
  const from = days[0]?.date ?? stored.from;
  const total = wholePeriod(stored);
  const last = days.at(-1);
  const isKnown = last === undefined || isValued(last);
  const flows = moneyFlows(stored, from, to);
  const money = moneyWeighted(flows);
  const benchmark = app.config.benchmark && benchmarkOf(app, app.config.benchmark, stored, from, isKnown);
  const drawdown = maxDrawdown(days, addDays(from, -1));
  return {
    scope,
    from,
    to,
    stored,
    total,
    isValued: isKnown,
    index: linkedIndex(days),
    flows,
    moneyWeighted: isKnown ? money : { ...money, pct: undefined, reason: unvalued },
    benchmark,
    drawdown,
    months: monthsOf(stored),
    years: financialYearsOf(stored),
    reasons: {
      ...(isKnown ? {} : { profit: unvalued }),
      ...(total?.timeWeighted === undefined ? { timeWeightedPct: noReturn(stored, startValue) } : {}),
      ...(isKnown
        ? money.reason === undefined
          ? {}
          : { moneyWeightedPct: money.reason }
        : { moneyWeightedPct: unvalued }),
      ...(drawdown === undefined ? { drawdown: 'the index never fell below a peak' } : {}),
      ...benchmarkReasons(benchmark),
    },
    coverage: last === undefined || last.held === 0 ? 1 : (last.held - last.unpriced.length) / last.held,
    warnings: warningsOf(stored, scope, window.from, last),
    simulated: app.simulated,
  };
}

const unvalued = 'nothing of what is held has a price';

const noReturn = ({ firstEntry, days }: StoredDays, startValue: Cents): string =>
  firstEntry === undefined
    ? 'there are no entries'
    : days.length === 0
      ? 'there is no trading day in the window'
      : startValue < 0
        ? 'the value is below zero'
        : 'nothing was invested on any day';

const benchmarkReasons = (benchmark: BenchmarkView | undefined): PerformanceView['reasons'] =>
  benchmark === undefined
    ? { benchmark: 'the setting benchmark is none', twinEndValue: 'the setting benchmark is none' }
    : {
        ...(benchmark.timeWeighted === undefined
          ? { benchmark: benchmark.reason ?? `there is no later price of ${benchmark.code}` }
          : {}),
        ...(benchmark.twinEndValue === undefined
          ? { twinEndValue: benchmark.reason ?? 'there was no money to put into it' }
          : {}),
      };

function benchmarkOf(
  app: App,
  code: Code,
  { days, startValue }: StoredDays,
  from: LocalDate,
  isKnown: boolean,
): BenchmarkView {
  const benchmark = readBenchmark(app.db, code, {
    baseline: addDays(from, -1),
    dates: days.map(day => day.date),
    now: app.now(),
    today: app.today(),
  });
  const twin = twinValues(benchmark, startValue, days);
  // Of money that went into what has no price there is nothing to compare with.
  const end = isKnown && benchmark.reason === undefined ? twin.at(-1) : undefined;
  return {
    ...benchmark,
    timeWeighted: benchmarkReturn(benchmark),
    twin,
    twinEndValue: end === undefined ? undefined : Math.round(end),
  };
}

const list = (codes: readonly string[]): string =>
  codes.length > 5 ? `${codes.slice(0, 5).join(', ')} and ${codes.length - 5} more` : codes.join(', ');

const dollars = (cents: Cents): string => plain(round(toMoney(cents), 2));

function warningsOf(
  stored: StoredDays,
  scope: Scope,
  wantedFrom: LocalDate | undefined,
  last: StoredDays['days'][number] | undefined,
): string[] {
  const { days, firstEntry, neverPriced, broughtIn, ledger, entries, to } = stored;
  const warnings = ledger.problems.map(problem => `An entry has no effect: ${problem.message}`);
  if (wantedFrom !== undefined && firstEntry !== undefined && wantedFrom < firstEntry) {
    warnings.push(`The first entry is of ${firstEntry}: the figures begin there, not on ${wantedFrom}`);
  }
  if (neverPriced.length > 0) {
    warnings.push(
      `${list(neverPriced)}: no price on any day held; left out of value and flows. asxos refresh history fetches prices`,
    );
  }
  const missing = (last?.unpriced ?? []).filter(code => !neverPriced.includes(code));
  if (last !== undefined && missing.length > 0) {
    warnings.push(`${missing.length} of ${last.held} without a price on ${last.date}: ${list(missing)}`);
  }
  for (const { code, on, amount, at } of broughtIn) {
    const how =
      at === 'cost' ? `at ${dollars(amount)}, what was paid for it` : `at its market value, ${dollars(amount)}`;
    warnings.push(
      `${code} has no price before ${on}: until then it is in neither value nor flows, then it comes in ${how}`,
    );
  }
  const below = days.filter(day => day.value < 0);
  if (below[0] !== undefined) {
    warnings.push(`The value is below zero on ${below.length} days, first on ${below[0].date}: is a deposit missing?`);
  }
  const skipped = days.filter(day => day.timeWeighted === undefined && day.profit !== 0);
  if (skipped[0] !== undefined) {
    warnings.push(
      `${skipped.length} days with nothing invested, first ${skipped[0].date}: their profit counts, a return they have none`,
    );
  }
  const without = new Set(scope.portfolios.filter(each => !each.cashAccount).map(each => each.id));
  const uncounted = entries.filter(
    each => (each.kind === 'deposit' || each.kind === 'withdraw') && each.on <= to && without.has(each.portfolio),
  );
  if (uncounted.length > 0) {
    warnings.push(
      `${uncounted.length} deposits and withdrawals are not counted: without a cash account only securities are valued`,
    );
  }
  return warnings;
}
