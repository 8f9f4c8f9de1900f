/** Why the Dashboard's figures of income, of the next payment, and of what needs attention are what they are. */

import type { LocalDate } from '../date.ts';
import { type Money, type Price, plain, type Units } from '../decimal.ts';
import type { IncomeReceived } from '../ledger/fold.ts';
import type { Explanation, Rule } from './explanation.ts';
import { counted, given, list, type Made, words } from './made.ts';

export const incomeFigures = ['received', 'frankingCredits', 'unknownFranking'] as const;
export type IncomeFigure = (typeof incomeFigures)[number];

export type ExplainedIncome = {
  /** What was paid in the year so far. */
  readonly payments: readonly IncomeReceived[];
  readonly received: Money;
  readonly franking: Money | undefined;
  readonly unknownFranking: number;
};

const yearRule: Rule = {
  says: 'A dividend counts in the year it is paid, a distribution in the year it is attributed to; before tax withheld.',
  source: 'ITAA 1936 s 44, s 97',
};
const creditRule: Rule = {
  says: 'The credit that is stated wins; else it is the franked amount x 30 / 70, the rate of a company.',
  source: 'ITAA 1997 s 202-60',
};

const labelOf = ({ code, on }: IncomeReceived): string => `${code} ${on}`;

/** Why a figure of the year's income is what it is; `of` is the portfolio's name. */
export function explainIncome(income: ExplainedIncome, figure: IncomeFigure, of: string): Explanation {
  const { payments } = income;
  const made = ((): Made => {
    switch (figure) {
      case 'received':
        return {
          unit: 'money',
          value: income.received,
          formula: 'sum(payments)',
          inputs: [
            list(
              'payments',
              'money',
              payments.map(each => ({
                label: labelOf(each),
                value: each.amount,
                source: { kind: 'entry', entry: each.entry },
              })),
            ),
          ],
          rules: [yearRule],
        };
      case 'frankingCredits': {
        const isUnknown = income.franking === undefined;
        return {
          unit: 'money',
          value: income.franking,
          // What is unknown is left out, and counted; where nothing is known there is no sum.
          formula: isUnknown ? 'sum(credits)' : 'sum(known(credits))',
          inputs: [
            {
              name: 'credits',
              unit: 'money',
              value: payments.map(each => each.credit),
              parts: payments.map(each => ({
                label: labelOf(each),
                source: { kind: 'entry', entry: each.entry },
                why: creditOf(each),
              })),
            },
          ],
          rules: [creditRule],
          unknown: isUnknown ? 'the franking of no payment is known' : undefined,
        };
      }
      case 'unknownFranking': {
        const unknown = payments.filter(each => each.credit === undefined);
        return counted('payments', income.unknownFranking, unknown.map(labelOf));
      }
    }
  })();
  return { figure, of, rules: [], ...made };
}

/** A credit that was worked out from the company rate; undefined where the entry states it. */
function creditOf({ code, credit, creditAssumed, franked, entry }: IncomeReceived): Explanation | undefined {
  if (!creditAssumed || credit === undefined || franked === undefined) return undefined;
  return {
    figure: 'credit',
    of: code,
    unit: 'money',
    value: credit,
    formula: 'round(franked * 30 / 70, 2)',
    inputs: [given('franked', 'money', franked, { kind: 'entry', entry })],
    rules: [creditRule],
  };
}

/** A declared dividend on what was held before its ex-date. */
export type Entitled = {
  readonly code: string;
  readonly exDate: LocalDate;
  readonly perUnit: Price;
  readonly currency: string;
  readonly units: Units;
  /** Undefined where it is declared in another currency. */
  readonly amount: Money | undefined;
};

export function explainEntitled(entitled: Entitled): Explanation {
  const { code, exDate, perUnit, currency, units, amount } = entitled;
  const unknown = currency === 'AUD' ? undefined : `declared in ${currency}, ${plain(perUnit)} a unit`;
  return {
    figure: 'amount',
    of: code,
    unit: 'money',
    value: amount,
    formula: 'round(units * perUnit, 2)',
    inputs: [
      given('units', 'units', units, words(`held at the close before the ex-date ${exDate}`)),
      given('perUnit', 'price', unknown === undefined ? perUnit : undefined, words(unknown ?? 'declared for a unit')),
    ],
    rules: [{ says: 'Who held at the close before the ex-date is paid, also for what was sold since.' }],
    ...(unknown === undefined ? {} : { unknown }),
  };
}

/** Days from today to a day that matters. */
export const explainDays = (of: string, days: number, today: LocalDate, on: LocalDate, why: Rule): Explanation => ({
  figure: 'days',
  of,
  unit: 'count',
  value: days,
  formula: 'days',
  inputs: [given('days', 'count', days, words(`from ${today} to ${on}`))],
  rules: [why],
});

export const explainParcelUnits = (
  of: string,
  parcel: { readonly id: string; readonly units: Units },
): Explanation => ({
  figure: 'units',
  of,
  unit: 'units',
  value: parcel.units,
  formula: 'parcel',
  inputs: [given('parcel', 'units', parcel.units, { kind: 'entry', entry: parcel.id })],
  rules: [
    { says: 'Of a parcel in gain: a sale before that day gives its discount away.', source: 'ITAA 1997 s 115-25' },
  ],
});

/** The units and credits of owners that a sale now would lose. */
export type AtStake = {
  readonly owner: string;
  readonly exDate: LocalDate;
  readonly units: Units;
  readonly credits: Money;
};

export const holdingRule: Rule = {
  says: 'Shares have to be held at risk for 45 days, preference shares for 90, around the ex-date to keep the credits.',
  source: 'ITAA 1936 former s 160APHO, kept alive by ITAA 1997 s 207-145',
};

export function explainStake(
  of: string,
  figure: 'units' | 'credits',
  value: Units | Money,
  owners: readonly AtStake[],
): Explanation {
  const unit = figure === 'units' ? 'units' : 'money';
  return {
    figure,
    of,
    unit,
    value,
    formula: 'sum(owners)',
    inputs: [
      list(
        'owners',
        unit,
        owners.map(each => ({ label: `${each.owner}, ex-date ${each.exDate}`, value: each[figure] })),
      ),
    ],
    rules: [holdingRule],
  };
}

/** A count of what is listed elsewhere, as it is stored. */
export const explainCount = (figure: string, of: string, value: number, source: string): Explanation => ({
  figure,
  of,
  unit: 'count',
  value,
  formula: figure,
  inputs: [given(figure, 'count', value, words(source))],
  rules: [],
});

export const explainAhead = (
  of: string,
  entries: readonly { readonly id: string; readonly on: LocalDate }[],
): Explanation => ({
  figure: 'count',
  of,
  unit: 'count',
  value: entries.length,
  formula: 'count(entries)',
  inputs: [
    list(
      'entries',
      'count',
      entries.map(each => ({ label: each.on, value: 1, source: { kind: 'entry', entry: each.id } })),
    ),
  ],
  rules: [{ says: 'Entries dated after today, which the holdings count already.' }],
});
