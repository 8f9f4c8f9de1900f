/** The tax reports in words: how gains net, step by step, and what the year's income is made of. */
import { isZero, type Money } from '../domain/decimal.ts';
import type { GainLine } from '../domain/tax/capital-gain.ts';
import type { CapitalGains } from '../domain/tax/capital-gains.ts';
import type { IncomeTotals } from '../domain/tax/income-totals.ts';
import { type GainClass, totalOf } from '../domain/tax/net-capital-gain.ts';
import { lossesCarriedIn } from '../domain/tax/tax-year.ts';
import { formatFinancialYear, formatMoney } from '../format.ts';

const classNames: Record<GainClass, string> = {
  'full-rate': 'Gains without the discount',
  discountable: 'Gains with the discount',
  'deferred-full-rate': 'Deferred gains without the discount',
  'deferred-discountable': 'Deferred gains with the discount',
  later: 'Later gains',
};

/** Whether a gain has the discount, or from when; of a later gain its index. */
export const discountText = (line: GainLine): string => {
  if (line.category === 'later')
    return line.indexation === undefined ? '' : `index ${line.indexation.factor.toFixed(3)}`;
  if (line.discountEligible) return 'yes';
  return line.discountEligibleFrom === undefined ? 'no' : `from ${line.discountEligibleFrom}`;
};

export type Step = readonly [label: string, amount: string];

/** The netting, a line a step; steps of nothing are left out. */
export function nettingSteps({ year, minimumTaxGap }: CapitalGains): Step[] {
  const some = (label: string, amount: Money, sign = ''): Step[] =>
    isZero(amount) ? [] : [[label, `${sign}${formatMoney(amount)}`]];
  const { result } = year;
  const left = totalOf(result.used);
  return [
    ...[...year.gains].flatMap(([each, amount]) => some(classNames[each], amount)),
    ...year.trusts.map(
      (trust): Step => [
        `  of them ${trust.code}, by its statement`,
        formatMoney(trust.grossedUp.plus(trust.other) as Money),
      ],
    ),
    ...some('Losses of the year', year.losses),
    ...some('Losses carried in', lossesCarriedIn(year)),
    ...some('Losses used', left, '-'),
    ...some('Discount', result.discount, '-'),
    ['Net capital gain', formatMoney(year.netCapitalGain)],
    ...result.carriedOut.map(
      ({ madeIn, amount }): Step => [
        `Loss carried to the next year, ${madeIn === undefined ? 'of before the entries' : `of ${formatFinancialYear(madeIn)}`}`,
        formatMoney(amount),
      ],
    ),
    ...(year.minimumTaxCapitalGain === undefined
      ? []
      : [['Later gains under the minimum tax of 30%', formatMoney(year.minimumTaxCapitalGain)] as const]),
    ...(minimumTaxGap === undefined ? [] : [['Minimum tax adds, an estimate', formatMoney(minimumTaxGap)] as const]),
  ];
}

const labels: readonly (readonly [keyof IncomeTotals, string])[] = [
  ['dividends', 'Dividends'],
  ['franked', '  franked'],
  ['unfranked', '  unfranked'],
  ['trustIncome', 'Trusts, by their statements'],
  ['foreignIncome', 'Foreign income'],
  ['interest', 'Interest'],
  ['creditsAllowed', 'Franking credits allowed'],
  ['assessable', 'Assessable, with the credits'],
  ['creditsDenied', 'Franking credits denied'],
  ['creditsOpen', 'Franking credits still open'],
  ['unattributedCash', 'Cash of trusts without a statement, in no total'],
  ['foreignTaxPaid', 'Foreign tax paid'],
  ['foreignTaxOffset', 'Foreign tax offset claimed, up to 1,000'],
  ['tfnWithheld', 'Tax withheld without a TFN'],
  ['licDeduction', 'Deduction for LIC capital gains'],
];

/** The totals of a year; those of nothing are left out. */
export const incomeSteps = (totals: IncomeTotals): Step[] =>
  labels
    .filter(([name]) => name === 'assessable' || !isZero(totals[name]))
    .map(([name, label]) => [label, formatMoney(totals[name])] as const);
