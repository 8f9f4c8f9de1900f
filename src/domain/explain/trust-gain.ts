/** Why the capital gains that a trust's statement attributes to an owner are what they are. */
import type { Money } from '../decimal.ts';
import type { TrustGain } from '../tax/tax-year.ts';
import type { Explanation } from './explanation.ts';
import { byEntry, explained, fact, list } from './made.ts';
import { taxRule } from './tax-rules.ts';

export const trustGainFigures = ['discounted', 'grossedUp', 'other'] as const;

/** What a trust's statement attributes to the owner. */
export function explainTrustGain(trust: TrustGain, figure: (typeof trustGainFigures)[number]): Explanation {
  const source = byEntry(trust.entry);
  if (figure !== 'grossedUp') {
    return fact(figure, trust.code, { unit: 'money', value: trust[figure], source, rules: [taxRule('trust-gains')] });
  }
  return explained(figure, trust.code, {
    unit: 'money',
    value: trust.grossedUp,
    formula: 'sum(halves)',
    inputs: [
      list('halves', 'money', [
        { value: trust.discounted, label: 'as the statement shows it', source },
        { value: trust.grossedUp.minus(trust.discounted) as Money, label: 'the half that the trust took off', source },
      ]),
    ],
    rules: [taxRule('trust-gains')],
  });
}
