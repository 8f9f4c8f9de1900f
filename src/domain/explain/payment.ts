/** Why a payment that is declared, estimated or waits to be recorded is what it is, and what such payments add up to. */
import type { Payment, PaymentTotal } from '../income/payment.ts';
import { type Explanation, type Input, inputOf, type Rule } from './explanation.ts';
import { type Element, explained, fact, given, list, words } from './made.ts';

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
