/** The risk and the make-up of some portfolios over a window, from what is stored: what analysis and comparison share. */
import { addDays, type Instant, type LocalDate } from '../domain/date.ts';
import { add, type Money, noMoney } from '../domain/decimal.ts';
import { type Holding, type HoldingTotals, valueHoldings } from '../domain/ledger/holding.ts';
import { foldLedger, type Ledger } from '../domain/ledger/ledger.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import { previousTradingDay, tradingDays } from '../domain/market/calendar.ts';
import type { Code } from '../domain/market/security.ts';
import { type Allocation, allocation, type Classified } from '../domain/returns/allocation.ts';
import { type AustralianExposure, australianExposure } from '../domain/returns/banks-and-miners.ts';
import type { Benchmark } from '../domain/returns/benchmark.ts';
import { benchmarkReturns } from '../domain/returns/benchmark-risk.ts';
import { type Drawdown, maxDrawdown } from '../domain/returns/drawdown.ts';
import type { DailyReturn } from '../domain/returns/figure.ts';
import { type FrankedShare, frankedShare } from '../domain/returns/franked-share.ts';
import { type PortfolioRisk, portfolioRisk } from '../domain/returns/portfolio-risk.ts';
import { sessionReturns } from '../domain/returns/time-weighted.ts';
import { readBenchmark } from './benchmark.ts';
import type { Database } from './database.ts';
import { readPrices } from './known-prices.ts';
import { methodsOf, recordedSplits, unitFactors } from './ledger.ts';
import { readPortfolioDays, type StoredDays } from './portfolio-days.ts';
import { securitiesOf } from './securities.ts';
import { readOverrides } from './trading-days.ts';

export type AnalysisQuestion = {
  /** Without it, the first entry. */
  readonly from?: LocalDate | undefined;
  /** No later than today. */
  readonly to: LocalDate;
  readonly now: Instant;
  readonly today: LocalDate;
  /** Undefined is none. */
  readonly benchmark: Code | undefined;
  readonly cashRatePct: number;
};

export type PortfolioAnalysis = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly days: StoredDays;
  readonly returns: readonly DailyReturn[];
  readonly benchmark: Benchmark | undefined;
  readonly drawdown: Drawdown | undefined;
  /** What was held at the end of the window, largest value first, with the prices used. */
  readonly holdings: readonly Holding[];
  readonly totals: HoldingTotals;
  /** Priced holdings and the cash account together. */
  readonly value: Money | undefined;
  readonly classified: readonly Classified[];
  readonly allocation: Allocation;
  readonly australian: AustralianExposure;
  readonly franked: FrankedShare;
  readonly risk: PortfolioRisk;
};

export function readPortfolioAnalysis(
  db: Database,
  portfolios: readonly Portfolio[],
  question: AnalysisQuestion,
): PortfolioAnalysis {
  const days = readPortfolioDays(db, portfolios, question);
  const { from, to } = days;
  const returns = sessionReturns(days.days);
  const baseline = addDays(days.days[0]?.date ?? from, -1);
  const benchmark = benchmarkOf(db, days, baseline, question);
  const drawdown = maxDrawdown(days.days, baseline);
  const { holdings, totals } = holdingsOn(db, portfolios, days, question);
  const securities = securitiesOf(
    db,
    holdings.map(row => row.code),
  );
  const classified = holdings.map(({ code, value }) => {
    const security = securities.get(code);
    return { code, value, sector: security?.sector, kind: security?.kind };
  });
  const parts = allocation(classified, totals.cash);
  return {
    from,
    to,
    days,
    returns,
    benchmark,
    drawdown,
    holdings,
    totals,
    value: sumKnown(totals.value, totals.cash),
    classified,
    allocation: parts,
    australian: australianExposure(classified, parts, { from: to, to }),
    franked: frankedShare(days.ledger.income, { from, to }),
    risk: portfolioRisk({
      returns,
      benchmark: {
        returns: benchmarkReturns(days.days, benchmark?.levels ?? []),
        reason: benchmark === undefined ? 'there is no benchmark: the setting benchmark is none' : benchmark.reason,
      },
      cashRatePct: question.cashRatePct,
      drawdown,
      holdings: classified,
      asOf: to,
    }),
  };
}

const benchmarkOf = (
  db: Database,
  { days }: StoredDays,
  baseline: LocalDate,
  { benchmark, now, today }: AnalysisQuestion,
): Benchmark | undefined =>
  benchmark && readBenchmark(db, benchmark, { baseline, dates: days.map(day => day.date), now, today });

const sumKnown = (a: Money | undefined, b: Money | undefined): Money | undefined =>
  a === undefined ? b : b === undefined ? a : add(a, b);

function holdingsOn(
  db: Database,
  portfolios: readonly Portfolio[],
  { entries, to }: StoredDays,
  { now, today }: AnalysisQuestion,
): { holdings: readonly Holding[]; totals: HoldingTotals } {
  const ledger = foldLedger(entries, { asOf: to, methods: methodsOf(portfolios) });
  const codes = new Set(ledger.parcels.map(parcel => parcel.code));
  const prices = readPrices(db, codes, {
    now,
    asOf: to < today ? to : undefined,
    unitFactors: unitFactors(entries, to),
    recordedSplits: recordedSplits(entries),
  });
  const names = new Map([...securitiesOf(db, codes)].map(([code, security]) => [code, security.name]));
  return valueHoldings(ledger.parcels, { prices, names, cash: cashOf(portfolios, ledger) });
}

/** The balance of those portfolios that keep a cash account; undefined where none does. */
function cashOf(portfolios: readonly Portfolio[], ledger: Ledger): Money | undefined {
  const keeping = new Set(portfolios.filter(each => each.cashAccount).map(each => each.id));
  return keeping.size === 0
    ? undefined
    : ledger.cashCloses
        .filter(each => keeping.has(each.portfolio))
        .reduce((total, { closes }) => add(total, closes.at(-1)?.balance ?? noMoney), noMoney);
}

/** The sessions of a window and the one before it, from which the first return is measured. */
export function sessionsOf(db: Database, { from, to }: { from: LocalDate; to: LocalDate }): LocalDate[] {
  const overrides = readOverrides(db);
  return tradingDays(previousTradingDay(from, overrides), to, overrides);
}

/** What of the holdings could not be valued or not by a new price. */
export function valuationWarnings({ holdings, days }: PortfolioAnalysis): string[] {
  const { problems } = days.ledger;
  const unpriced = holdings.filter(row => row.price === undefined).map(row => row.code);
  const dated = days.neverPriced.filter(code => !unpriced.includes(code));
  return [
    ...problems.map(problem => `An entry has no effect: ${problem.message}`),
    ...(unpriced.length === 0
      ? []
      : [`${unpriced.length} of ${holdings.length} unpriced and left out: ${unpriced.join(', ')}; run asxos refresh`]),
    ...(dated.length === 0 ? [] : [`Held in the window and never priced in it, so left out: ${dated.join(', ')}`]),
    ...holdings.flatMap(row => (row.price?.reason === undefined ? [] : [`${row.code}: ${row.price.reason}`])),
  ];
}
