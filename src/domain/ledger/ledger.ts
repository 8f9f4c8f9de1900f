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
 * consolidations, bonuses and renames; leaving an action out restores the state exactly.
 */

import type { LocalDate } from '../date.ts';
import { add, type Money, noMoney, subtract } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import { applyBonus, applyReconstruction, applyRename, applyReturnOfCapital } from './actions.ts';
import type { Entry, ParcelMethod } from './entry.ts';
import type { CashClose, Disposal, ExcessGain, Fold, IncomeReceived, LedgerProblem, UnitClose } from './fold.ts';
import { applyDrp, applyIncome } from './income.ts';
import { byEffect } from './order.ts';
import type { Parcel } from './parcel.ts';
import { applyBuy, applySell, applyTransferIn, applyTransferOut } from './trade.ts';

export type Ledger = {
  /** Open parcels, oldest first within a code. */
  readonly parcels: readonly Parcel[];
  readonly disposals: readonly Disposal[];
  readonly excessGains: readonly ExcessGain[];
  readonly income: readonly IncomeReceived[];
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
  /** The parcel method of each portfolio, by its id; fifo where absent. */
  readonly methods?: ReadonlyMap<string, ParcelMethod> | undefined;
};

function foldPortfolio(portfolio: string, entries: readonly Entry[], method: ParcelMethod): Fold {
  const fold: Fold = {
    portfolio,
    method,
    cashCloses: [],
    open: new Map(),
    closes: new Map(),
    disposals: [],
    excessGains: [],
    income: [],
    problems: [],
    warnings: [],
    renamed: new Map(),
    residuals: new Map(),
    cash: noMoney,
  };
  for (const entry of entries) {
    const before = fold.cash;
    apply(fold, entry);
    if (fold.cash !== before) noteCash(fold, entry.on);
  }
  return fold;
}

/** Folds the entries of any number of portfolios. Never throws for an entry; see the header. */
export function foldLedger(entries: readonly Entry[], options: FoldOptions = {}): Ledger {
  const { asOf, methods } = options;
  const byPortfolio = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (asOf !== undefined && entry.on > asOf) continue;
    const list = byPortfolio.get(entry.portfolio);
    if (list) list.push(entry);
    else byPortfolio.set(entry.portfolio, [entry]);
  }
  const folds = [...byPortfolio].map(([portfolio, list]) =>
    foldPortfolio(portfolio, list.sort(byEffect), methods?.get(portfolio) ?? 'fifo'),
  );
  return {
    parcels: folds.flatMap(fold => [...fold.open.values()].flatMap(held => held.parcels)),
    disposals: folds.flatMap(fold => fold.disposals),
    excessGains: folds.flatMap(fold => fold.excessGains),
    income: folds.flatMap(fold => fold.income),
    cash: folds.reduce((total, fold) => add(total, fold.cash), noMoney),
    unitCloses: folds.flatMap(({ portfolio, closes }) =>
      [...closes].map(([code, list]) => ({ portfolio, code, closes: list })),
    ),
    cashCloses: folds.map(({ portfolio, cashCloses }) => ({ portfolio, closes: cashCloses })),
    problems: folds.flatMap(fold => fold.problems),
    warnings: folds.flatMap(fold => fold.warnings),
  };
}
