/** Why the franking credits of an owner's year are kept, lost or still open. */
import type { JudgedDividend, OwnerFranking } from '../tax/franking-at-stake.ts';
import { holdingRule, smallHolderRule, unitsByOutcome } from './dividend.ts';
import { type Explanation, type Input, inputOf } from './explanation.ts';
import { byEntry, type Element, explained, fact, given, list, words } from './made.ts';

export const frankingFigures = ['credits', 'unknownFranking', 'allowed', 'denied', 'open'] as const;
export type FrankingFigure = (typeof frankingFigures)[number];

const dividendElement = (each: JudgedDividend, value: Element['value']): Element => ({
  value,
  label: `${each.code} ex ${each.exDate}`,
  ...(each.entries[0] === undefined ? {} : { source: byEntry(each.entries[0]) }),
});

/** Why the credits of an owner's year are what they are. */
export function explainFranking(franking: OwnerFranking, figure: FrankingFigure): Explanation {
  const { owner, financialYear, dividends, exempt } = franking;
  const of = `${owner.name} FY${financialYear}`;
  const rules = exempt ? [smallHolderRule] : [holdingRule];
  const total = (name: FrankingFigure): Input => inputOf(explainFranking(franking, name));
  switch (figure) {
    case 'credits':
      return explained(figure, of, {
        unit: 'money',
        value: franking.creditsOfYear,
        formula: 'sum(dividends) + undated',
        inputs: [
          list(
            'dividends',
            'money',
            dividends.filter(each => each.credit !== undefined).map(each => dividendElement(each, each.credit)),
          ),
          given(
            'undated',
            'money',
            franking.undatedCredits,
            words('of payments without an ex-date, and of statements without a payment'),
          ),
        ],
      });
    case 'unknownFranking':
      return fact(figure, of, {
        unit: 'count',
        value: franking.unknownFranking,
        source: words('payments of the year whose entries state no franking'),
      });
    case 'allowed':
      return explained(figure, of, {
        unit: 'money',
        value: franking.allowed,
        formula: 'credits - denied - open',
        inputs: [total('credits'), total('denied'), total('open')],
        rules,
      });
    case 'denied':
    case 'open':
      if (exempt) {
        const source = words('an individual with credits of at most $5,000: the rule is not asked');
        return fact(figure, of, { unit: 'money', value: franking[figure], source, rules });
      }
      return explained(figure, of, {
        unit: 'money',
        value: franking[figure],
        formula: 'sum(dividends)',
        inputs: [
          list(
            'dividends',
            'money',
            dividends.filter(each => each.split !== undefined).map(each => dividendElement(each, each.split?.[figure])),
          ),
        ],
        rules,
      });
  }
}

export const keptFigures = ['units', 'credits', 'daysNeeded'] as const;

/** Why so many units of a dividend must be kept, for so many credits. */
export function explainKept(
  kept: JudgedDividend & { readonly open: Element['value'] },
  figure: (typeof keptFigures)[number],
): Explanation {
  const { code, period, credit, exDate, entries } = kept;
  switch (figure) {
    case 'units':
      return explained(figure, code, {
        unit: 'units',
        value: period.open,
        formula: 'sum(lots)',
        inputs: [
          list(
            'lots',
            'units',
            period.lots
              .filter(lot => lot.outcome === 'open')
              .map(lot => ({ value: lot.units, label: `acquired ${lot.acquiredOn}, ${lot.days} days at risk so far` })),
          ),
        ],
        rules: [holdingRule],
      });
    case 'credits':
      return explained(figure, code, {
        unit: 'money',
        value: kept.open,
        formula: 'allocated(credit, units, 3)',
        inputs: [
          given(
            'credit',
            'money',
            credit,
            entries[0] === undefined ? words(`declared, ex ${exDate}, at the company rate`) : byEntry(entries[0]),
          ),
          unitsByOutcome(period),
        ],
        rules: [holdingRule],
      });
    case 'daysNeeded':
      return fact(figure, code, {
        unit: 'count',
        value: period.daysNeeded,
        source: words('the days of the rule for this kind of security'),
        rules: [holdingRule],
      });
  }
}
