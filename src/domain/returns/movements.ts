/**
 * What went into a holding and what came out of it, entry by entry, as the returns count it.
 *
 * A buy puts in what was paid, brokerage included; a sale takes out its net proceeds, and income what was received after
 * tax withheld. A reinvested dividend is income out and a purchase in; the residual that the registry keeps is in
 * neither cash nor units, so it counts as taken out until it buys units. A return of capital is taken out as paid. An
 * opening balance or a transfer has no money of its own: it moves at the market value of its units that day, or at its
 * cost base while the security has no price. A demerger, rollover or rename gives units of one code for, or out of, those of
 * another (see exchanges); only a rollover's cash is taken out. Whatever else changes units (a split, a consolidation, a
 * bonus) moves nothing, nor does what changes a cost base alone (a tax statement, an AMIT adjustment). An entry that the
 * ledger refused, or that had nothing to act on, moves nothing either.
 */
import { compareText } from '../compare-text.ts';
import type { LocalDate } from '../date.ts';
import { cost, isPositive, type Money, noMoney, roundCents, subtract, type Units } from '../decimal.ts';
import type { Entry } from '../ledger/entry.ts';
import type { Exchange } from '../ledger/fold.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { tradeTotal } from '../ledger/trade.ts';
import type { Code } from '../market/security.ts';
import { type Cents, toCents } from './cents.ts';

export type Movement = {
  readonly entry: string;
  readonly portfolio: string;
  readonly code: Code;
  readonly on: LocalDate;
  /**
   * `money` passes through the cash account where there is one; `reinvested` never does; `units-in` and `units-out` move
   * at market value; `gives` and `receives` are the two ends of an exchange.
   */
  readonly way: 'money' | 'reinvested' | 'units-in' | 'units-out' | 'gives' | 'receives';
  readonly putIn: Cents;
  readonly takenOut: Cents;
  /** Of what was taken out: income before tax withheld. */
  readonly income: Cents;
  /** Brokerage and tax withheld. */
  readonly costs: Cents;
  /** Of units that move at market value. */
  readonly units: Units | undefined;
  /** The cost base that such units bring along; undefined is unknown. */
  readonly costBase: Cents | undefined;
  /** Of `gives` and `receives`. */
  readonly exchange: Exchange | undefined;
};

/** Interest and fees, deposits and withdrawals. */
export type CashMovement = {
  readonly entry: string;
  readonly portfolio: string;
  readonly on: LocalDate;
  readonly kind: 'deposit' | 'withdraw' | 'interest' | 'fee';
  readonly amount: Cents;
};

export type Movements = { readonly ofHoldings: readonly Movement[]; readonly ofCash: readonly CashMovement[] };

const noSums = { putIn: 0, takenOut: 0, income: 0, costs: 0 } as const;
const still = { ...noSums, units: undefined, costBase: undefined, exchange: undefined } as const;
const centsKnown = (amount: Money | undefined): Cents | undefined =>
  amount === undefined ? undefined : toCents(amount);
const centsOf = (amount: Money | undefined): Cents => (amount === undefined ? 0 : toCents(amount));

/** By day. `entries` are those that `ledger` was folded from; those after `until` are left out. */
export function movementsOf(entries: readonly Entry[], ledger: Ledger, until: LocalDate): Movements {
  const refused = new Set(ledger.problems.map(problem => problem.entry));
  const proceeds = new Map(ledger.disposals.map(each => [each.entry, each.proceeds]));
  const incomes = new Map(ledger.income.map(each => [each.entry, each]));
  const capital = new Map(ledger.capitalReturned.map(each => [each.entry, each.amount]));
  const exchanges = new Map(ledger.exchanges.map(each => [each.entry, each]));
  const ofHoldings: Movement[] = [];
  const ofCash: CashMovement[] = [];
  for (const entry of entries) {
    if (entry.on > until || refused.has(entry.id)) continue;
    const { id, portfolio, on } = entry;
    const move = (code: Code, way: Movement['way'], facts: Partial<Movement>): void => {
      ofHoldings.push({ ...still, entry: id, portfolio, code, on, way, ...facts });
    };
    switch (entry.kind) {
      case 'buy':
        move(entry.code, 'money', { putIn: toCents(tradeTotal(entry)), costs: centsOf(entry.brokerage) });
        break;
      case 'sell': {
        // Brokerage may be more than the units bring: then the sale puts money in.
        const net = centsOf(proceeds.get(id));
        const way = net < 0 ? { putIn: -net } : { takenOut: net };
        move(entry.code, 'money', { ...way, costs: centsOf(entry.brokerage) });
        break;
      }
      case 'dividend':
      case 'distribution': {
        const { amount, withheld } = incomes.get(id) ?? { amount: noMoney, withheld: undefined };
        const received = subtract(amount, withheld ?? noMoney);
        move(entry.code, 'money', {
          takenOut: toCents(received),
          income: toCents(amount),
          costs: centsOf(withheld),
        });
        break;
      }
      case 'drp': {
        const { amount, withheld } = incomes.get(id) ?? { amount: noMoney, withheld: undefined };
        move(entry.code, 'reinvested', {
          putIn: toCents(roundCents(cost(entry.price, entry.units))),
          takenOut: toCents(subtract(amount, withheld ?? noMoney)),
          income: toCents(amount),
          costs: centsOf(withheld),
        });
        break;
      }
      case 'return-of-capital':
        move(entry.code, 'money', { takenOut: centsOf(capital.get(id)) });
        break;
      case 'demerger':
      case 'rollover':
      case 'rename': {
        const exchange = exchanges.get(id);
        if (exchange === undefined) break;
        const costBase = centsKnown(exchange.costBase);
        if (isPositive(exchange.cash)) move(entry.code, 'money', { takenOut: toCents(exchange.cash) });
        move(entry.code, 'gives', { units: exchange.units, costBase, exchange });
        move(entry.newCode, 'receives', { units: exchange.received, costBase, exchange });
        break;
      }
      case 'opening':
      case 'transfer-in': {
        move(entry.code, 'units-in', { units: entry.units, costBase: centsKnown(entry.cost) });
        break;
      }
      case 'transfer-out':
        move(entry.code, 'units-out', { units: entry.units });
        break;
      case 'deposit':
      case 'withdraw':
      case 'interest':
      case 'fee':
        ofCash.push({ entry: id, portfolio, on, kind: entry.kind, amount: toCents(entry.amount) });
        break;
    }
  }
  return { ofHoldings: ofHoldings.sort(byDay), ofCash: ofCash.sort(byDay) };
}

const byDay = (a: { on: LocalDate }, b: { on: LocalDate }): number => compareText(a.on, b.on);
