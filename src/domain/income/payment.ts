/**
 * Income to come: what companies declared, and what they may declare, on the units that are held.
 *
 * The two are never added together. A declared payment is the amount per unit times the units held at the close of the
 * day before the ex-date. Its franking credit is at the company rate of 30% and so assumed. One declared in another
 * currency keeps that currency; its Australian dollars are not known, and no total has it.
 */
import { compareText } from '../compare-text.ts';
import type { LocalDate } from '../date.ts';
import {
  cost,
  type Decimal,
  decimal,
  isPositive,
  type Money,
  noMoney,
  type Price,
  roundCents,
  scale,
  sum,
  type Units,
} from '../decimal.ts';
import type { DividendRow } from '../ledger/dividend-match.ts';
import { creditAtCompanyRate } from '../ledger/income.ts';
import type { DeclaredDividend } from '../market/price.ts';
import type { Code } from '../market/security.ts';

/** The payment that an estimate repeats, and how many ordinary ones there were in the 24 months before today. */
export type Basis = {
  readonly exDate: LocalDate;
  readonly paidOn: LocalDate | undefined;
  readonly perUnit: Price;
  readonly payments: number;
};

export type Payment = {
  readonly kind: 'declared' | 'estimated';
  readonly portfolio: string;
  readonly code: Code;
  readonly exDate: LocalDate;
  /** Undefined is not known yet. */
  readonly paidOn: LocalDate | undefined;
  readonly units: Units;
  /** In `currency`. */
  readonly perUnit: Price;
  readonly currency: string;
  /** In `currency`: perUnit x units, in cents. */
  readonly declaredAmount: Decimal;
  /** Australian dollars; undefined where another currency was declared. */
  readonly amount: Money | undefined;
  /** 0 to 100; undefined is unknown. */
  readonly frankedPct: Decimal | undefined;
  readonly credit: Money | undefined;
  /** What an estimate rests on. */
  readonly basis: Basis | undefined;
};

const hundred = decimal('100');

/** The credit of an amount that is franked so far; undefined where that is unknown. */
export const creditOf = (amount: Money | undefined, frankedPct: Decimal | undefined): Money | undefined =>
  amount === undefined || frankedPct === undefined
    ? undefined
    : creditAtCompanyRate(roundCents(scale(amount, frankedPct).div(hundred) as Money));

export function payment(
  portfolio: string,
  dividend: Pick<DeclaredDividend, 'code' | 'exDate' | 'paidOn' | 'perUnit' | 'currency' | 'frankedPct'>,
  units: Units,
  basis?: Basis,
): Payment {
  const { code, exDate, paidOn, perUnit, currency, frankedPct } = dividend;
  const declaredAmount = roundCents(cost(perUnit, units));
  const amount = currency === 'AUD' ? declaredAmount : undefined;
  return {
    kind: basis === undefined ? 'declared' : 'estimated',
    portfolio,
    code,
    exDate,
    paidOn,
    units,
    perUnit,
    currency,
    declaredAmount,
    amount,
    frankedPct,
    credit: creditOf(amount, frankedPct),
    basis,
  };
}

/** Whether a declared dividend is still to be paid; one without a payment date until its ex-date. */
export const isToCome = ({ paidOn, exDate }: DeclaredDividend, today: LocalDate): boolean => (paidOn ?? exDate) > today;

/** What was declared on the units held and is still to be paid. A payment that is recorded already is left out. */
export const declaredPayments = (portfolio: string, rows: readonly DividendRow[], today: LocalDate): Payment[] =>
  rows.flatMap(({ declared, units, recorded }) =>
    declared !== undefined &&
    units !== undefined &&
    isPositive(units) &&
    recorded.length === 0 &&
    isToCome(declared, today)
      ? [payment(portfolio, declared, units)]
      : [],
  );

/** The day on which a payment is expected; its ex-date where that is all there is. */
export const expectedOn = ({ paidOn, exDate }: Payment): LocalDate => paidOn ?? exDate;

export const byExpectedDay = (a: Payment, b: Payment): number => {
  const [left, right] = [`${expectedOn(a)} ${a.code}`, `${expectedOn(b)} ${b.code}`];
  return compareText(left, right);
};

export type PaymentTotal = {
  /** Australian dollars of those declared in them. */
  readonly amount: Money;
  /** Of those whose franking is known. */
  readonly credit: Money;
  readonly payments: number;
  /** Declared in another currency, and so not in `amount`. */
  readonly foreign: number;
  readonly unknownFranking: number;
  /** What it sums. */
  readonly of: readonly Payment[];
};

export const paymentTotal = (payments: readonly Payment[]): PaymentTotal => {
  const total = (of: (each: Payment) => Money | undefined): Money =>
    sum(
      payments.map(each => of(each) ?? noMoney),
      noMoney,
    );
  return {
    amount: total(each => each.amount),
    credit: total(each => each.credit),
    payments: payments.length,
    foreign: payments.filter(each => each.amount === undefined).length,
    unknownFranking: payments.filter(each => each.amount !== undefined && each.credit === undefined).length,
    of: payments,
  };
};
