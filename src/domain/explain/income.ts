/**
 * Why the figures of income are what they are: what was received and its yields, what is declared or estimated, what
 * waits to be recorded, and the franking credits of an owner's year.
 */
import type { Payment, PaymentTotal } from '../income/payment.ts';
import type { HeldValue, Received, Yields } from '../income/received.ts';
import type { IncomeReceived } from '../ledger/fold.ts';
import type { JudgedDividend, OwnerFranking } from '../tax/franking-at-stake.ts';
import { type Explanation, type Input, inputOf, type Rule } from './explanation.ts';
import { byEntry, type Element, explained, fact, given, list, type Made, words } from './made.ts';
import { holdingRule, smallHolderRule, unitsByOutcome } from './tax-income.ts';

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

export const paymentFigures = ['units', 'perUnit', 'declaredAmount', 'amount', 'frankedPct', 'frankingCredit'] as const;
export type PaymentFigure = (typeof paymentFigures)[number];

const estimateRule: Rule = {
  says: 'Each ordinary payment of the last twelve months is expected again a year later, on the units held now.',
};
const entitledRule: Rule = { says: 'Entitled are the units held at the close of the day before the ex-date.' };

/** Why a figure of a payment to come, or one that waits to be recorded, is what it is. */
export function explainPayment(payment: Payment, figure: PaymentFigure): Explanation {
  const { code, exDate, basis, currency } = payment;
  const of = (name: PaymentFigure): Input => inputOf(explainPayment(payment, name));
  const declared =
    basis === undefined ? `declared, ex ${exDate}` : `the payment of ex ${basis.exDate} again, in today's units`;
  const foreign = `it is declared in ${currency}: the Australian dollars are not known`;
  switch (figure) {
    case 'units':
      return fact(figure, code, {
        unit: 'units',
        value: payment.units,
        source: words(basis === undefined ? `held at the close of the day before ${exDate}` : 'held now'),
        rules: [entitledRule],
      });
    case 'perUnit':
      return fact(figure, code, {
        unit: 'price',
        value: payment.perUnit,
        source: words(declared),
        rules: basis === undefined ? [] : [estimateRule],
      });
    case 'declaredAmount':
      return explained(figure, code, {
        unit: 'money',
        value: payment.declaredAmount,
        formula: 'round(perUnit * units, 2)',
        inputs: [of('perUnit'), of('units')],
      });
    case 'amount':
      return explained(figure, code, {
        unit: 'money',
        value: payment.amount,
        formula: 'declaredAmount',
        inputs:
          currency === 'AUD' ? [of('declaredAmount')] : [given('declaredAmount', 'money', undefined, words(foreign))],
        unknown: foreign,
      });
    case 'frankedPct':
      return fact(figure, code, {
        unit: 'pct',
        value: payment.frankedPct,
        source: words(declared),
        unknown: 'the franking is not known',
      });
    case 'frankingCredit':
      return explained(figure, code, {
        unit: 'money',
        value: payment.credit,
        formula: 'round(round(amount * frankedPct / 100, 2) * 30 / 70, 2)',
        inputs: [of('amount'), of('frankedPct')],
        rules: [{ says: 'The credit is reckoned at the company rate of 30%.', source: 'ITAA 1997 s 202-60' }],
        unknown: payment.amount === undefined ? foreign : 'the franking is not known',
      });
  }
}

export const basisFigures = ['perUnit', 'payments'] as const;

/** What an estimate rests on: facts. */
export function explainBasis({ code, basis }: Payment, figure: (typeof basisFigures)[number]): Explanation {
  const value = basis?.[figure];
  const source = words(
    figure === 'perUnit' ? `declared, ex ${basis?.exDate}` : 'ordinary payments of the last 24 months',
  );
  return fact(figure, code, { unit: figure === 'perUnit' ? 'price' : 'count', value, source, rules: [estimateRule] });
}

export const paymentTotalFigures = ['payments', 'amount', 'frankingCredits', 'foreign', 'unknownFranking'] as const;
export type PaymentTotalFigure = (typeof paymentTotalFigures)[number];

const toCome = (each: Payment, value: Element['value']): Element => ({
  value,
  label: `${each.code} ex ${each.exDate}`,
});

/** Why a total of payments is what it is. */
export function explainPaymentTotal(of: string, total: PaymentTotal, figure: PaymentTotalFigure): Explanation {
  const counted = (value: number, wanted: (each: Payment) => boolean): Explanation =>
    explained(figure, of, {
      unit: 'count',
      value,
      formula: 'count(payments)',
      inputs: [
        list(
          'payments',
          'count',
          total.of.filter(wanted).map(each => toCome(each, 1)),
        ),
      ],
    });
  const summed = (value: Element['value'], amount: (each: Payment) => Element['value']): Explanation =>
    explained(figure, of, {
      unit: 'money',
      value,
      formula: 'sum(payments)',
      inputs: [
        list(
          'payments',
          'money',
          total.of.filter(each => amount(each) !== undefined).map(each => toCome(each, amount(each))),
        ),
      ],
      rules: [{ says: 'What is declared and what is estimated is never added.' }],
    });
  switch (figure) {
    case 'payments':
      return counted(total.payments, () => true);
    case 'foreign':
      return counted(total.foreign, each => each.amount === undefined);
    case 'unknownFranking':
      return counted(total.unknownFranking, each => each.amount !== undefined && each.credit === undefined);
    case 'amount':
      return summed(total.amount, each => each.amount);
    case 'frankingCredits':
      return summed(total.credit, each => each.credit);
  }
}

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
          given('undated', 'money', franking.undatedCredits, words('of payments without an ex-date')),
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
