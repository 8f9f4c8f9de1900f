/** Why the minimum tax adds what it adds: 30% of the later gains, beside what the brackets take of them. */
import { isNegative, type Money, noMoney } from '../decimal.ts';
import { minimumTaxGap, residentTax, taxedParts } from '../tax/minimum-tax.ts';
import type { CapitalGainYear } from '../tax/tax-year.ts';
import { type Explanation, type Input, inputOf } from './explanation.ts';
import { explained, given, list } from './made.ts';
import { taxRule } from './tax-rules.ts';

export const noMinimum = 'the minimum tax is of individuals, on gains from 1 July 2027 on';

type Of = { readonly owner: string; readonly financialYear: number };

function tax({ owner, financialYear: fy }: Of, name: string, taxable: Money): Explanation {
  const floor = isNegative(taxable) ? noMoney : taxable;
  const parts = taxedParts(floor, fy) ?? [];
  return explained(name, `${owner} FY${fy}`, {
    unit: 'money',
    value: residentTax(floor, fy),
    formula: 'round(sum(parts * rates), 2)',
    inputs: [
      list(
        'parts',
        'money',
        parts.map(({ above, part }) => ({ value: part, label: `above ${above.toFixed()}` })),
        `of ${floor.toFixed()}`,
      ),
      list(
        'rates',
        'ratio',
        parts.map(({ rate, above }) => ({ value: rate, label: `above ${above.toFixed()}` })),
      ),
    ],
    rules: [{ says: 'Resident rates without levy and offsets.', source: 'Income Tax Rates Act 1986 Sch 7' }],
  });
}

const gapFormula = 'max(0, round(minimumTaxCapitalGain * 0.3, 2) - (taxOnAll - taxWithoutThem))';

/** `of` is what the minimum tax is on. */
export function explainMinimumTaxGap(
  { owner, otherIncome }: { readonly owner: string; readonly otherIncome?: Money | undefined },
  year: CapitalGainYear,
  of: Input,
): Explanation {
  const { netCapitalGain, minimumTaxCapitalGain: base, financialYear: fy } = year;
  const rules = [taxRule('minimum-tax')];
  if (base === undefined || netCapitalGain === undefined || otherIncome === undefined) {
    return explained('minimumTaxGap', `${owner} FY${fy}`, {
      unit: 'money',
      value: undefined,
      formula: gapFormula,
      inputs: [
        of,
        given('taxOnAll', 'money', undefined, { kind: 'setting', key: 'tax facts other-income' }),
        given('taxWithoutThem', 'money', undefined, { kind: 'setting', key: 'tax facts other-income' }),
      ],
      rules,
      unknown: base === undefined ? noMinimum : 'the other income of the year is not given (asxos tax facts)',
    });
  }
  const whole = otherIncome.plus(netCapitalGain) as Money;
  return explained('minimumTaxGap', `${owner} FY${fy}`, {
    unit: 'money',
    value: minimumTaxGap({ base, netCapitalGain, otherIncome }, fy),
    formula: gapFormula,
    inputs: [
      of,
      inputOf(tax({ owner, financialYear: fy }, 'taxOnAll', whole)),
      inputOf(tax({ owner, financialYear: fy }, 'taxWithoutThem', whole.minus(base) as Money)),
    ],
    rules,
  });
}
