/**
 * The ledger: entries folded, in the order they take effect, into parcels, disposals, income and cash.
 *
 * Entries are the truth and nothing here changes them. A fold never throws for an entry: one that cannot take effect (a
 * sale of more than is held, a parcel that is not there) is skipped whole and reported as a problem, so that a caller
 * can refuse it before it is written. Warnings are facts the trader should know of entries that did take effect.
 *
 * Each portfolio is folded alone; a combined view is the concatenation. `asOf` leaves out what happened later;
 * "known at" is a matter of which entries are handed in.
 *
 * Conservation laws (tested on random histories): units and cost bases conserve to the cent through sales, splits,
 * consolidations, bonuses, renames, demergers, rollovers and cost base adjustments; leaving an action out restores the
 * state exactly.
 */

import type { LocalDate } from '../date.ts';
import { add, type Money, noMoney, subtract } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import { applyBonus, applyReconstruction, applyRename, applyReturnOfCapital } from './actions.ts';
import { applyDemerger } from './demerger.ts';
import type { Entry } from './entry.ts';
import type {
  AdjustmentShare,
  CapitalReturned,
  CashClose,
  Disposal,
  ExcessGain,
  Fold,
  IncomeReceived,
  LedgerProblem,
  Reset,
  StatementRecord,
  UnitClose,
} from './fold.ts';
import { noGains } from './gain-tally.ts';
import { applyDrp, applyIncome } from './income.ts';
import { byEffect } from './order.ts';
import type { Parcel } from './parcel.ts';
import type { ClosingRule } from './portfolio.ts';
import { deemSold } from './reset.ts';
import { applyRollover } from './rollover.ts';
import { applyBuy, applySell, applyTransferIn, applyTransferOut } from './trade.ts';
import { applyYearEnd, reachesBack } from './year-end.ts';

export type Ledger = {
  /** Open parcels, oldest first within a code. */
  readonly parcels: readonly Parcel[];
  readonly disposals: readonly Disposal[];
  readonly excessGains: readonly ExcessGain[];
  readonly capitalReturned: readonly CapitalReturned[];
  readonly income: readonly IncomeReceived[];
  readonly statements: readonly StatementRecord[];
  /** The cash account as the entries make it. */
  readonly cash: Money;
  /** Units at the close of each day on which they changed, oldest first; one list for each portfolio and code. */
  readonly unitCloses: readonly {
    readonly portfolio: string;
    readonly code: Code;
    readonly closes: readonly UnitClose[];
  }[];
  /** The cash balance after each day on which it moved, oldest first; one list for each portfolio. */
  readonly cashCloses: readonly { readonly portfolio: string; readonly closes: readonly CashClose[] }[];
  readonly problems: readonly LedgerProblem[];
  readonly warnings: readonly LedgerProblem[];
};

function apply(fold: Fold, entry: Entry): void {
  switch (entry.kind) {
    case 'buy':
      applyBuy(fold, entry);
      return;
    case 'sell':
      applySell(fold, entry);
      return;
    case 'opening':
    case 'transfer-in':
      applyTransferIn(fold, entry);
      return;
    case 'transfer-out':
      applyTransferOut(fold, entry);
      return;
    case 'dividend':
    case 'distribution':
      applyIncome(fold, entry);
      return;
    case 'drp':
      applyDrp(fold, entry);
      return;
    case 'split':
    case 'consolidation':
      applyReconstruction(fold, entry);
      return;
    case 'bonus':
      applyBonus(fold, entry);
      return;
    case 'return-of-capital':
      applyReturnOfCapital(fold, entry);
      return;
    case 'demerger':
      applyDemerger(fold, entry);
      return;
    case 'rollover':
      applyRollover(fold, entry);
      return;
    case 'statement':
    case 'amit':
      applyYearEnd(fold, entry);
      return;
    case 'rename':
      applyRename(fold, entry);
      return;
    case 'deposit':
    case 'interest':
      fold.cash = add(fold.cash, entry.amount);
      return;
    case 'withdraw':
    case 'fee':
      fold.cash = subtract(fold.cash, entry.amount);
      return;
  }
}

function noteCash(fold: Fold, on: LocalDate): void {
  const last = fold.cashCloses.at(-1);
  if (last?.on === on) last.balance = fold.cash;
  else fold.cashCloses.push({ on, balance: fold.cash });
}

export type FoldOptions = {
  /** Leaves out entries dated later. */
  readonly asOf?: LocalDate | undefined;
  /** How each portfolio closes parcels, by its id; an individual's fifo where absent. */
  readonly methods?: ReadonlyMap<string, ClosingRule> | undefined;
  /**
   * For the tax report alone: the deemed sale of 1 July 2027. Give `asOf` with it: what is open
   * at the end is deemed sold unless `asOf` is before that day.
   */
  readonly reset?: Reset | undefined;
  /**
   * Losses that a least-tax sale can use besides those of its own portfolio, for a sale that is only thought of. What is
   * recorded is folded without, so that every view closes the same parcels.
   */
  readonly lossesAvailable?: ((portfolio: string, financialYear: number) => Money) | undefined;
};

const fifo: ClosingRule = { method: 'fifo', taxpayer: 'individual' };
const noLosses = (): Money => noMoney;

function openFold(portfolio: string, options: FoldOptions, shares?: Fold['shares']): Fold {
  const { methods, reset, lossesAvailable = noLosses } = options;
  return {
    portfolio,
    rule: methods?.get(portfolio) ?? fifo,
    reset: reset?.portfolios.has(portfolio) ? reset : undefined,
    lossesAvailable: year => lossesAvailable(portfolio, year),
    cashCloses: [],
    open: new Map(),
    closes: new Map(),
    disposals: [],
    excessGains: [],
    capitalReturned: [],
    income: [],
    statements: [],
    unitEvents: [],
    shares: shares ?? new Map<string, AdjustmentShare[]>(),
    isPreparing: shares === undefined,
    amitYears: new Set(),
    tally: noGains(),
    problems: [],
    warnings: [],
    renamed: new Map(),
    residuals: new Map(),
    cash: noMoney,
  };
}

function foldPortfolio(portfolio: string, entries: readonly Entry[], options: FoldOptions): Fold {
  const shares: Fold['shares'] = entries.some(reachesBack)
    ? run(openFold(portfolio, options), entries, options).shares
    : new Map();
  return run(openFold(portfolio, options, shares), entries, options);
}

function run(fold: Fold, entries: readonly Entry[], { asOf }: FoldOptions): Fold {
  let { reset } = fold;
  for (const entry of entries) {
    if (reset !== undefined && entry.on >= reset.on) {
      deemSold(fold, reset);
      reset = undefined;
    }
    const before = fold.cash;
    apply(fold, entry);
    if (fold.cash !== before) noteCash(fold, entry.on);
  }
  if (reset !== undefined && (asOf === undefined || asOf >= reset.on)) deemSold(fold, reset);
  return fold;
}

/** Folds the entries of any number of portfolios. Never throws for an entry; see the header. */
export function foldLedger(entries: readonly Entry[], options: FoldOptions = {}): Ledger {
  const { asOf } = options;
  const byPortfolio = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (asOf !== undefined && entry.on > asOf) continue;
    const list = byPortfolio.get(entry.portfolio);
    if (list) list.push(entry);
    else byPortfolio.set(entry.portfolio, [entry]);
  }
  const folds = [...byPortfolio].map(([portfolio, list]) => foldPortfolio(portfolio, list.sort(byEffect), options));
  return {
    parcels: folds.flatMap(fold => [...fold.open.values()].flatMap(held => held.parcels)),
    disposals: folds.flatMap(fold => fold.disposals),
    excessGains: folds.flatMap(fold => fold.excessGains),
    capitalReturned: folds.flatMap(fold => fold.capitalReturned),
    income: folds.flatMap(fold => fold.income),
    statements: folds.flatMap(fold => fold.statements),
    cash: folds.reduce((total, fold) => add(total, fold.cash), noMoney),
    unitCloses: folds.flatMap(({ portfolio, closes }) =>
      [...closes].map(([code, list]) => ({ portfolio, code, closes: list })),
    ),
    cashCloses: folds.map(({ portfolio, cashCloses }) => ({ portfolio, closes: cashCloses })),
    problems: folds.flatMap(fold => fold.problems),
    warnings: folds.flatMap(fold => fold.warnings),
  };
}
