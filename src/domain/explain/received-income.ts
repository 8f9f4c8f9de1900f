/** Why what was received is what it is, and what it yields. */
import type { HeldValue, Received, Yields } from '../income/received.ts';
import type { IncomeReceived } from '../ledger/fold.ts';
import { type Explanation, type Input, inputOf, type Rule } from './explanation.ts';
import { byEntry, type Element, explained, fact, given, list, type Made, words } from './made.ts';

export const receivedFigures = [
  'payments',
  'amount',
  'franked',
  'frankingCredits',
  'withheld',
  'unknownFranking',
  'frankedPct',
  'coverage',
] as const;
export type ReceivedFigure = (typeof receivedFigures)[number];

const element = (each: IncomeReceived, value: Element['value']): Element => ({
  value,
  label: `${each.code} paid ${each.on}`,
  source: byEntry(each.entry),
});

const unknownFranking = 'the franking of no payment is known';

/** Why a figure of what was received is what it is; `of` names it: a code, a year. */
export function explainReceived(of: string, sum: Received, figure: ReceivedFigure): Explanation {
  const paid = (name: string, value: (each: IncomeReceived) => Element['value']): Input =>
    list(
      name,
      'money',
      sum.of.filter(each => value(each) !== undefined).map(each => element(each, value(each))),
    );
  const counted = (wanted: (each: IncomeReceived) => boolean): Input =>
    list(
      'payments',
      'count',
      sum.of.filter(wanted).map(each => element(each, 1)),
    );
  const known = (name: string): Input => paid(name, each => (each.franked === undefined ? undefined : each.amount));
  const made = (rest: Omit<Made, 'unit'>, unit: Made['unit'] = 'money'): Explanation =>
    explained(figure, of, { unit, ...rest });
  switch (figure) {
    case 'payments':
      return made({ value: sum.payments, formula: 'count(payments)', inputs: [counted(() => true)] }, 'count');
    case 'unknownFranking': {
      const inputs = [counted(each => each.credit === undefined)];
      return made({ value: sum.unknownFranking, formula: 'count(payments)', inputs }, 'count');
    }
    case 'amount':
      return made({ value: sum.amount, formula: 'sum(payments)', inputs: [paid('payments', each => each.amount)] });
    case 'withheld':
      return made({ value: sum.withheld, formula: 'sum(payments)', inputs: [paid('payments', each => each.withheld)] });
    case 'franked':
    case 'frankingCredits': {
      const value = figure === 'franked' ? sum.franked : sum.credit;
      const inputs =
        value === undefined
          ? [given('payments', 'money', undefined, words(unknownFranking))]
          : [paid('payments', each => (figure === 'franked' ? each.franked : each.credit))];
      return made({ value, formula: 'sum(payments)', inputs, unknown: unknownFranking });
    }
    case 'frankedPct': {
      const inputs = [inputOf(explainReceived(of, sum, 'franked')), known('amounts')];
      const unknown = sum.payments === 0 ? 'nothing was received' : unknownFranking;
      return made({ value: sum.frankedPct, formula: 'percent(franked, sum(amounts))', inputs, unknown }, 'pct');
    }
    case 'coverage': {
      const amount = inputOf(explainReceived(of, sum, 'amount'));
      const isNothing = sum.amount.eq('0');
      return isNothing
        ? fact(figure, of, { unit: 'ratio', value: sum.coverage, source: words('nothing was received') })
        : made(
            { value: sum.coverage, formula: 'percent(sum(known), amount) / 100', inputs: [known('known'), amount] },
            'ratio',
          );
    }
  }
}

export const yieldFigures = ['yieldPct', 'yieldOnCostPct', 'grossedUpYieldPct'] as const;
export type YieldFigure = (typeof yieldFigures)[number];

const yieldRule: Rule = { says: 'A yield is the income of the last twelve months over what is held now.' };

/** `lastTwelveMonths` is of what is held; `held` says where value and cost come from. */
export function explainYield(
  of: string,
  {
    yields,
    lastTwelveMonths,
    held,
  }: {
    readonly yields: Yields | undefined;
    readonly lastTwelveMonths: Received;
    readonly held: { readonly [Name in keyof HeldValue]: Input };
  },
  figure: YieldFigure,
): Explanation {
  const base = { unit: 'pct' as const, value: yields?.[figure], rules: [yieldRule] };
  const unknown = yields === undefined ? 'it is held no longer' : yields.reasons.join('; ') || 'there is no income';
  const amount = inputOf(explainReceived(of, lastTwelveMonths, 'amount'), 'received');
  switch (figure) {
    case 'yieldPct':
      return explained(figure, of, {
        ...base,
        unknown,
        formula: 'percent(received, value)',
        inputs: [amount, held.value],
      });
    case 'yieldOnCostPct':
      return explained(figure, of, {
        ...base,
        unknown,
        formula: 'percent(received, costBase)',
        inputs: [amount, held.costBase],
      });
    case 'grossedUpYieldPct': {
      const isWhole = lastTwelveMonths.unknownFranking === 0;
      const credits = isWhole
        ? inputOf(explainReceived(of, lastTwelveMonths, 'frankingCredits'))
        : given('frankingCredits', 'money', undefined, words('not every one is known'));
      return explained(figure, of, {
        ...base,
        unknown,
        formula: 'percent(received + frankingCredits, value)',
        inputs: [amount, credits, held.value],
      });
    }
  }
}
