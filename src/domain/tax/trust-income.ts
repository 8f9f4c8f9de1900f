/**
 * What the trusts and ETFs of a year make assessable: the components of their tax statements, in the place of the cash.
 *
 * A statement belongs to the year it names, its cash to the year it is attributed to. The credit is the statement's
 * figure, never a formula; the holding period rule is asked of it by the year's distributions, in proportion to their
 * cash. Until the statement is entered the trust's income of the year is unknown and the cash is shown.
 */
import { add, allocate, type Money, noMoney, sum } from '../decimal.ts';
import type { StatementRecord } from '../ledger/fold.ts';
import { type StatementComponent, type StatementComponents, statementComponents } from '../ledger/statement.ts';
import type { Code } from '../market/security.ts';
import type { CreditTest, JudgedCredit } from './credit-test.ts';
import type { IncomeLine } from './income-line.ts';
import { type Share, shareOf } from './ownership.ts';

export type TrustIncome = {
  readonly code: Code;
  readonly financialYear: number;
  /** The cash of the year, before tax withheld; shown, and assessable only by the statement. */
  readonly cash: Money;
  readonly payments: readonly IncomeLine[];
  /** The statements' entries, one for each portfolio that has one; none where the income is unknown. */
  readonly statements: readonly string[];
  /** On the owner's share; undefined while there is no statement. */
  readonly components: StatementComponents | undefined;
  readonly creditAllowed: Money | undefined;
  readonly creditDenied: Money | undefined;
  readonly creditOpen: Money | undefined;
  readonly reason: string | undefined;
  /** The statements with the owner's share of each, and what became of each payment's part of the credit. */
  readonly stated: readonly SharedStatement[];
  readonly judged: readonly JudgedPayment[];
};

export type SharedStatement = { readonly record: StatementRecord; readonly share: Share };
export type JudgedPayment = JudgedCredit & { readonly payment: IncomeLine; readonly credit: Money };

const sharedComponents = (components: StatementComponents, share: Share): StatementComponents =>
  Object.fromEntries(
    statementComponents.flatMap(name => {
      const amount = components[name];
      return amount === undefined ? [] : [[name, shareOf(amount, share)]];
    }),
  );

const added = (a: StatementComponents, b: StatementComponents): StatementComponents =>
  Object.fromEntries(
    statementComponents.flatMap(name => {
      const [one, other] = [a[name], b[name]];
      return one === undefined && other === undefined ? [] : [[name, add(one ?? noMoney, other ?? noMoney)]];
    }),
  );

/** A component, 0 where the statement does not have it. */
export const componentOf = (trust: TrustIncome, name: StatementComponent): Money => trust.components?.[name] ?? noMoney;

/** The owner's statements of one code and year, summed over the portfolios; there are payments or statements, or both. */
export function trustIncome(
  of: { readonly code: Code; readonly financialYear: number },
  payments: readonly IncomeLine[],
  statements: readonly SharedStatement[],
  test: CreditTest,
): TrustIncome {
  const cash = sum(
    payments.map(each => each.amount),
    noMoney,
  );
  const facts = { ...of, cash, payments, statements: statements.map(each => each.record.entry), stated: statements };
  const unstated = [...new Set(payments.map(each => each.portfolio))].filter(
    portfolio => !statements.some(each => each.record.portfolio === portfolio),
  );
  if (unstated.length > 0) {
    const reason = `no tax statement for FY${of.financialYear} is entered, so its income is unknown`;
    const nothing = { components: undefined, creditAllowed: undefined, creditDenied: undefined, creditOpen: undefined };
    return { ...facts, ...nothing, reason, judged: [] };
  }
  const components = statements.map(each => sharedComponents(each.record.components, each.share)).reduce(added, {});
  const credit = components['franking-credit'] ?? noMoney;
  const parts = allocate(
    credit,
    payments.map(each => each.amount),
  );
  const judged = payments.map((payment, index): JudgedPayment => {
    const part = parts[index] as Money;
    return { ...test(payment, part), payment, credit: part };
  });
  const total = (figure: 'allowed' | 'denied' | 'open'): Money =>
    sum(
      judged.map(each => each[figure]),
      noMoney,
    );
  return {
    ...facts,
    components,
    creditAllowed: payments.length === 0 ? credit : total('allowed'),
    creditDenied: total('denied'),
    creditOpen: total('open'),
    reason: judged.find(each => each.reason !== undefined)?.reason,
    judged,
  };
}
