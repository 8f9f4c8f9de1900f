/** A dividend on an owner's share, as the tax report shows it: what was paid, its franking, and what was withheld. */
import type { LocalDate } from '../date.ts';
import { type Decimal, isZero, type Money, noMoney, subtract, type Units } from '../decimal.ts';
import type { Entry } from '../ledger/entry.ts';
import type { IncomeReceived } from '../ledger/fold.ts';
import type { Code } from '../market/security.ts';
import type { HoldingPeriod } from './holding-period.ts';
import { type Share, shareOf } from './ownership.ts';
import type { RuleId } from './rules.ts';

export type IncomeLine = {
  readonly entry: string;
  readonly portfolio: string;
  readonly code: Code;
  readonly kind: IncomeReceived['kind'];
  readonly exDate: LocalDate | undefined;
  readonly paidOn: LocalDate;
  /** Entitled units of the portfolio, where the ex-date is known. */
  readonly units: Units | undefined;
  readonly ownerPct: Decimal;
  readonly amount: Money;
  /** Undefined where the franking is not stated. */
  readonly franked: Money | undefined;
  readonly unfranked: Money | undefined;
  readonly frankingCredit: Money | undefined;
  readonly creditAssumed: boolean;
  readonly tfnWithheld: Money;
  /** Of a dividend that was declared in another currency and is not franked at all. */
  readonly foreign: boolean;
  readonly foreignTax: Money;
  /** The part of a listed investment company's dividend that is a capital gain of its own. */
  readonly licAttributable: Money | undefined;
  /** The whole payment, the owner's share of it, and the entry that recorded it. */
  readonly whole: IncomeReceived;
  readonly share: Share;
  readonly recorded: Entry | undefined;
};

/** A line with what became of its franking credit. */
export type DividendLine = IncomeLine & {
  readonly portfolioName: string;
  readonly batch: string | undefined;
  readonly sourceKey: string | undefined;
  readonly creditAllowed: Money | undefined;
  readonly creditDenied: Money | undefined;
  readonly creditOpen: Money | undefined;
  readonly reason: string | undefined;
  /** What became of the units, where the holding period rule was asked. */
  readonly period: HoldingPeriod | undefined;
  readonly rules: readonly RuleId[];
};

/** Interest of a portfolio's cash, on the owner's share. */
export type InterestLine = {
  readonly entry: string;
  readonly portfolioName: string;
  readonly paidOn: LocalDate;
  readonly amount: Money;
  readonly rules: readonly RuleId[];
};

/** Whether a dividend is foreign income: declared in another currency, and without any franking. */
function isForeign(income: IncomeReceived, entry: Entry | undefined): boolean {
  const declared = entry !== undefined && 'declared' in entry ? entry.declared : undefined;
  return declared !== undefined && (income.franked === undefined || isZero(income.franked));
}

export function incomeLine(income: IncomeReceived, share: Share, entry: Entry | undefined): IncomeLine {
  const amount = shareOf(income.amount, share);
  const franked = shareOf(income.franked, share);
  const withheld = shareOf(income.withheld, share) ?? noMoney;
  const foreign = isForeign(income, entry);
  return {
    entry: income.entry,
    portfolio: income.portfolio,
    code: income.code,
    kind: income.kind,
    exDate: income.exDate,
    paidOn: income.on,
    units: income.units,
    ownerPct: share.pcts[share.at] as Decimal,
    amount,
    franked,
    unfranked: franked === undefined ? undefined : subtract(amount, franked),
    frankingCredit: shareOf(income.credit, share),
    creditAssumed: income.creditAssumed,
    tfnWithheld: foreign ? noMoney : withheld,
    foreign,
    foreignTax: foreign ? withheld : noMoney,
    licAttributable: shareOf(entry !== undefined && 'lic' in entry ? entry.lic : undefined, share),
    whole: income,
    share,
    recorded: entry,
  };
}
