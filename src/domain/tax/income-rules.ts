/** Which rules a line of a year's income follows, by their ids, so that an accountant can look up what was done. */
import { isPositive, isZero } from '../decimal.ts';
import type { DividendLine } from './income-line.ts';
import type { Share } from './ownership.ts';
import type { RuleId } from './rules.ts';
import type { TrustIncome } from './trust-income.ts';

const chosen = (rules: readonly (readonly [RuleId, boolean])[]): RuleId[] =>
  rules.flatMap(([id, follows]) => (follows ? [id] : []));

export function dividendRules(line: Omit<DividendLine, 'rules'>, smallHolder: boolean): RuleId[] {
  const hasCredit = line.frankingCredit !== undefined && !isZero(line.frankingCredit);
  return chosen([
    ['dividend-year', !line.foreign],
    ['foreign-income', line.foreign],
    ['franking-credit', hasCredit],
    ['franking-offset', hasCredit],
    ['small-holder', hasCredit && smallHolder],
    ['holding-period', hasCredit && line.period !== undefined],
    ['tax-withheld', isPositive(line.tfnWithheld)],
    ['lic-deduction', line.licAttributable !== undefined],
    ['joint-owners', line.share.pcts.length > 1],
  ]);
}

export function trustRules(trust: TrustIncome, smallHolder: boolean): RuleId[] {
  const { components } = trust;
  const has = (name: keyof NonNullable<TrustIncome['components']>): boolean => {
    const amount = components?.[name];
    return amount !== undefined && !isZero(amount);
  };
  const shares = [...trust.payments.map(each => each.share), ...trust.stated.map(each => each.share)];
  return chosen([
    ['trust-statement', true],
    ['franking-offset', has('franking-credit')],
    ['small-holder', has('franking-credit') && smallHolder],
    ['holding-period', has('franking-credit') && trust.judged.some(each => each.period !== undefined)],
    ['trust-gains', has('discount-gains') || has('other-gains')],
    ['foreign-income', has('foreign-income') || has('foreign-tax-offset')],
    ['tax-withheld', has('tfn-withheld') || trust.payments.some(each => isPositive(each.tfnWithheld))],
    ['tax-deferred', has('tax-deferred') || has('amit-decrease')],
    ['joint-owners', shares.some(each => each.pcts.length > 1)],
  ]);
}

export const interestRules = ({ pcts }: Share): RuleId[] =>
  chosen([
    ['interest', true],
    ['joint-owners', pcts.length > 1],
  ]);
