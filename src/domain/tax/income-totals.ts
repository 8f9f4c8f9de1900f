/** The totals of a year's income: of what is known, in dollars. */
import { add, type Money, noMoney, smaller, sum } from '../decimal.ts';
import type { Taxpayer } from '../ledger/portfolio.ts';
import type { DividendLine, InterestLine } from './income-line.ts';
import { discountOn, foreignOffsetCap } from './rules.ts';
import { componentOf, type TrustIncome } from './trust-income.ts';

export type IncomeTotals = {
  readonly dividends: Money;
  readonly franked: Money;
  readonly unfranked: Money;
  readonly frankingCredits: Money;
  readonly creditsAllowed: Money;
  readonly creditsDenied: Money;
  readonly creditsOpen: Money;
  /** Of trusts, by their statements, without credits and gains. */
  readonly trustIncome: Money;
  /** Cash of trusts without a statement. */
  readonly unattributedCash: Money;
  readonly interest: Money;
  readonly foreignIncome: Money;
  readonly foreignTaxPaid: Money;
  readonly foreignTaxOffset: Money;
  readonly tfnWithheld: Money;
  readonly licDeduction: Money;
  /** Dividends, trust income, interest and foreign income, grossed up by the credits allowed; before deductions. */
  readonly assessable: Money;
};

/** The sum of the known ones. */
export const total = (amounts: readonly (Money | undefined)[]): Money =>
  sum(
    amounts.map(amount => amount ?? noMoney),
    noMoney,
  );

const incomeComponents = ['franked', 'unfranked', 'interest', 'other-income'] as const;

/** The totals of a year. A trust without a statement has neither components nor credits, only its cash. */
export function incomeTotals(
  dividends: readonly DividendLine[],
  trusts: readonly TrustIncome[],
  interestLines: readonly InterestLine[],
  taxpayer: Taxpayer,
): IncomeTotals {
  const unstated = trusts.filter(each => each.components === undefined);
  const own = dividends.filter(line => !line.foreign);
  const creditsAllowed = total([
    ...dividends.map(line => line.creditAllowed),
    ...trusts.map(each => each.creditAllowed),
  ]);
  const trustTotal = total(trusts.flatMap(each => incomeComponents.map(name => componentOf(each, name))));
  const foreignIncome = total([
    ...dividends.filter(line => line.foreign).map(line => line.amount),
    ...trusts.map(each => componentOf(each, 'foreign-income')),
  ]);
  const foreignTaxPaid = total([
    ...dividends.map(line => line.foreignTax),
    ...trusts.map(each => componentOf(each, 'foreign-tax-offset')),
  ]);
  const interest = total(interestLines.map(line => line.amount));
  const ownDividends = total(own.map(line => line.amount));
  return {
    dividends: ownDividends,
    franked: total(own.map(line => line.franked)),
    unfranked: total(own.map(line => line.unfranked)),
    frankingCredits: total([
      ...dividends.map(line => line.frankingCredit),
      ...trusts.map(each => componentOf(each, 'franking-credit')),
    ]),
    creditsAllowed,
    creditsDenied: total([...dividends.map(line => line.creditDenied), ...trusts.map(each => each.creditDenied)]),
    creditsOpen: total([...dividends.map(line => line.creditOpen), ...trusts.map(each => each.creditOpen)]),
    trustIncome: trustTotal,
    unattributedCash: total(unstated.map(each => each.cash)),
    interest,
    foreignIncome,
    foreignTaxPaid,
    foreignTaxOffset: smaller(foreignTaxPaid, foreignOffsetCap),
    tfnWithheld: total([
      ...dividends.map(line => line.tfnWithheld),
      ...trusts.map(each => componentOf(each, 'tfn-withheld')),
      ...unstated.flatMap(each => each.payments.map(line => line.tfnWithheld)),
    ]),
    licDeduction: total(
      dividends.map(line =>
        line.licAttributable === undefined ? undefined : discountOn(line.licAttributable, taxpayer),
      ),
    ),
    assessable: [creditsAllowed, trustTotal, foreignIncome, interest].reduce(
      (all, each) => add(all, each),
      ownDividends,
    ),
  };
}
