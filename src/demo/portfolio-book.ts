/**
 * One demo portfolio while its plan is acted out: units held, cash, residuals of reinvestment, and the entry lines
 * written so far. Refuses nothing and checks nothing: the plan is ours, and the tests hold it to the ledger's rules.
 */
import type { LocalDate } from '../domain/date.ts';
import {
  add,
  cost,
  decimal,
  isPositive,
  isZero,
  type Money,
  money,
  noMoney,
  noUnits,
  type Price,
  plain,
  price,
  roundCents,
  scale,
  subtract,
  toFloat,
  type Units,
  units,
  wholeUnitsUp,
} from '../domain/decimal.ts';
import { attributedYear } from '../domain/income/attributed-year.ts';
import type { SimulatedDividend, SimulatedSplit } from './corporate-actions.ts';

export type Book = ReturnType<typeof openBook>;

/** A payment: what was declared, the units entitled to it, and whether it is a trust's. */
type Payment = {
  readonly code: string;
  readonly dividend: SimulatedDividend;
  readonly entitled: Units;
  readonly isDistribution: boolean;
};

const brokerageOf = (value: Money): Money => {
  const dollars = toFloat(value);
  if (dollars <= 5_000) return money('9.95');
  if (dollars <= 10_000) return money('14.95');
  return roundCents(scale(value, decimal('0.0011')));
};

/** The parts of a line that are there, with one blank between them. */
const line = (...parts: readonly (string | undefined)[]): string => parts.filter(part => part !== undefined).join(' ');

function yearClause({ exDate, paidOn }: SimulatedDividend): string | undefined {
  const year = attributedYear(exDate, paidOn);
  return year === undefined ? undefined : `fy ${year}`;
}

export function openBook(keepsCash: boolean) {
  const lines: string[] = [];
  const holdings = new Map<string, Units>();
  const residuals = new Map<string, Money>();
  let cash = noMoney;

  const held = (code: string): Units => holdings.get(code) ?? noUnits;
  const receive = (amount: Money): void => {
    if (keepsCash) cash = add(cash, amount);
  };

  const frankingOf = ({ dividend }: Payment): string => `franked ${dividend.frankedPct}%`;

  const payCash = (payment: Payment, amount: Money): void => {
    const { code, dividend, isDistribution } = payment;
    receive(amount);
    lines.push(
      line(
        isDistribution ? 'distribution' : 'dividend',
        code,
        plain(amount),
        frankingOf(payment),
        `ex ${dividend.exDate}`,
        `on ${dividend.paidOn}`,
        isDistribution ? yearClause(dividend) : undefined,
      ),
    );
  };

  return {
    lines,
    held,
    cash: (): Money => cash,

    deposit: (amount: Money, on: LocalDate): void => {
      receive(amount);
      lines.push(line('deposit', plain(amount), `on ${on}`));
    },

    buy: (code: string, dollars: number, at: Price, on: LocalDate): void => {
      const bought = units(String(Math.floor(dollars / toFloat(at))));
      const brokerage = brokerageOf(cost(at, bought));
      holdings.set(code, add(held(code), bought));
      cash = keepsCash ? subtract(subtract(cash, cost(at, bought)), brokerage) : cash;
      lines.push(line('buy', plain(bought), code, `@ ${plain(at)}`, `fee ${plain(brokerage)}`, `on ${on}`));
    },

    /** Sells `part` of the holding, in whole units unless it is all; nothing when nothing is held. */
    sell: (code: string, part: number, at: Price, on: LocalDate): void => {
      const sold = part === 1 ? held(code) : units(String(Math.floor(toFloat(held(code)) * part)));
      if (!isPositive(sold)) return;
      const brokerage = brokerageOf(cost(at, sold));
      holdings.set(code, subtract(held(code), sold));
      receive(subtract(cost(at, sold), brokerage));
      lines.push(line('sell', plain(sold), code, `@ ${plain(at)}`, `fee ${plain(brokerage)}`, `on ${on}`));
    },

    returnCapital: (code: string, perUnit: Price, on: LocalDate): void => {
      if (isZero(held(code))) return;
      receive(cost(perUnit, held(code)));
      lines.push(line('return-of-capital', code, plain(perUnit), `on ${on}`));
    },

    split: (code: string, split: SimulatedSplit): void => {
      if (isZero(held(code))) return;
      const ratio = decimal(String(split.newUnits)).div(decimal(String(split.oldUnits)));
      holdings.set(code, wholeUnitsUp(scale(held(code), ratio)));
      const kind = split.newUnits > split.oldUnits ? 'split' : 'consolidation';
      lines.push(line(kind, code, `${split.newUnits}:${split.oldUnits}`, `on ${split.date}`));
    },

    /** Pays a dividend in cash. */
    pay: (payment: Payment): void => {
      const amount = roundCents(cost(price(String(payment.dividend.perUnit)), payment.entitled));
      if (isPositive(amount)) payCash(payment, amount);
    },

    /** Reinvests a dividend at a plan price, carrying what does not buy a whole unit; in cash when it buys none. */
    reinvest: (payment: Payment, at: Price): void => {
      const { code, dividend } = payment;
      const amount = roundCents(cost(price(String(dividend.perUnit)), payment.entitled));
      const available = add(amount, residuals.get(code) ?? noMoney);
      const issued = units(String(Math.floor(toFloat(available) / toFloat(at))));
      if (!isPositive(amount)) return;
      if (isZero(issued)) {
        payCash(payment, amount);
        return;
      }
      const residual = roundCents(subtract(available, cost(at, issued)));
      residuals.set(code, residual);
      holdings.set(code, add(held(code), issued));
      lines.push(
        line(
          'drp',
          code,
          plain(issued),
          `@ ${plain(at)}`,
          `dividend ${plain(amount)}`,
          frankingOf(payment),
          isZero(residual) ? undefined : `residual ${plain(residual)}`,
          `ex ${dividend.exDate}`,
          `on ${dividend.paidOn}`,
        ),
      );
    },

    /** A quarter's interest at a yearly rate, on the cash there is. */
    earnInterest: (yearlyRate: string, on: LocalDate): void => {
      const amount = roundCents(scale(cash, decimal(yearlyRate).div(decimal('4'))));
      if (!isPositive(amount)) return;
      receive(amount);
      lines.push(line('interest', plain(amount), `on ${on}`));
    },

    payFee: (amount: Money, on: LocalDate): void => {
      cash = keepsCash ? subtract(cash, amount) : cash;
      lines.push(line('fee', plain(amount), `on ${on}`));
    },
  };
}
