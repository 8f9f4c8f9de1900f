/** The rules of tax as explanations name them, and the share that an owner has of what is joint. */
import { plain } from '../decimal.ts';
import type { Share } from '../tax/ownership.ts';
import { type RuleId, taxRules } from '../tax/rules.ts';
import { type Explanation, inputOf, type Rule } from './explanation.ts';
import { explained, given, list, words } from './made.ts';

export const taxRule = (id: RuleId): Rule => ({ says: taxRules[id].says, source: taxRules[id].source });

/** The owner's part of a whole amount; the amount itself for a sole owner. */
export function ownPart(whole: Explanation, share: Share, value: Explanation['value']): Explanation {
  if (share.pcts.length === 1) return whole;
  return explained(whole.figure, whole.of, {
    unit: 'money',
    value,
    formula: 'allocated(whole, ownerPcts, owner)',
    inputs: [
      inputOf(whole, 'whole'),
      list(
        'ownerPcts',
        'ratio',
        share.pcts.map((pct, index) => ({ value: pct, label: `owner ${index + 1}, ${plain(pct)}%` })),
      ),
      given('owner', 'count', share.at + 1, words('the place among the owners of the portfolio')),
    ],
    rules: [taxRule('joint-owners')],
    unknown: whole.unknown,
  });
}
