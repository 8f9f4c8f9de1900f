/**
 * Why the figures of an owner's capital gains year are what they are: the gains of each class, the losses that come off
 * them step by step, the discount, and what is carried to the next year.
 *
 * A loss that is carried in is followed back to the year that made it, and to what the years between used of it.
 */
import { isNegative, isPositive, type Money, noMoney } from '../decimal.ts';
import type { Taxpayer } from '../ledger/portfolio.ts';
import { taxedPart } from '../tax/discount.ts';
import { type CarriedLoss, classOrder, type GainClass, type LossUse } from '../tax/net-capital-gain.ts';
import { isReformed } from '../tax/rules.ts';
import {
  type CapitalGainYear,
  classOf,
  isDiscountClass,
  lossesCarriedIn,
  lossesCarriedOut,
  trustClasses,
} from '../tax/tax-year.ts';
import { type Explanation, type Input, inputOf, type Rule } from './explanation.ts';
import { byEntry, type Element, explained, given, list, type Made, words } from './made.ts';
import { explainMinimumTaxGap, noMinimum } from './minimum-tax.ts';
import { taxRule } from './tax-rules.ts';

export const taxYearFigures = [
  'trustGains',
  'discountGains',
  'otherGains',
  'losses',
  'lossesCarriedIn',
  'discount',
  'netCapitalGain',
  'lossesCarriedOut',
  'minimumTaxCapitalGain',
  'minimumTaxGap',
] as const;
export type TaxYearFigure = (typeof taxYearFigures)[number];

export type ExplainedYears = {
  readonly owner: string;
  readonly taxpayer: Taxpayer;
  /** The one that is explained last. */
  readonly years: readonly CapitalGainYear[];
  /** Losses of before the entries, by the year they are brought into. */
  readonly broughtIn: ReadonlyMap<number, Money>;
  readonly otherIncome?: Money | undefined;
};

export const yearOf = ({ years }: ExplainedYears): CapitalGainYear => {
  const year = years.at(-1);
  if (year === undefined) throw new Error('a year is explained');
  return year;
};

export const nameOf = (all: ExplainedYears): string => `${all.owner} FY${yearOf(all).financialYear}`;

export const yearMoney = (all: ExplainedYears, figure: string, made: Omit<Made, 'unit'>): Explanation =>
  explained(figure, nameOf(all), { unit: 'money', ...made });

export const lossOrder = (all: ExplainedYears): Rule =>
  taxRule(isReformed(all.taxpayer) && yearOf(all).financialYear >= 2028 ? 'loss-order-2027' : 'loss-order');

const camel: Record<GainClass, string> = {
  'full-rate': 'fullRate',
  discountable: 'discountable',
  'deferred-full-rate': 'deferredFullRate',
  'deferred-discountable': 'deferredDiscountable',
  later: 'later',
};

export const usesOf = (uses: readonly LossUse[], name: string): Input =>
  list(
    name,
    'money',
    uses.map(each => ({ value: each.amount, label: `${lossWords(each)} against ${each.against}` })),
  );

export const lossWords = ({ madeIn }: Pick<CarriedLoss, 'madeIn'>): string =>
  madeIn === undefined ? 'the loss of before the entries' : `the loss of FY${madeIn}`;

/** The gains and losses of a year that a test picks, each with its entry. */
const elements = (all: ExplainedYears, wanted: (gain: Money, of: GainClass) => boolean): Element[] => {
  const { lines, trusts, financialYear } = yearOf(all);
  const classes = trustClasses(all.taxpayer, financialYear);
  return [
    ...lines
      .filter(line => line.gain !== undefined && wanted(line.gain, classOf(line)))
      .map(line => ({
        value: line.gain,
        label: `${line.code} ${line.acquiredOn} to ${line.disposedOn}`,
        source: byEntry(line.entry),
      })),
    ...trusts.flatMap(({ code, entry, grossedUp, other }) =>
      [
        { value: grossedUp, label: `${code}, discounted gains doubled`, class: classes.discounted },
        { value: other, label: `${code}, other gains`, class: classes.other },
      ]
        .filter(each => wanted(each.value, each.class))
        .map(({ value, label }) => ({ value, label, source: byEntry(entry) })),
    ),
  ];
};

/** Of one class: its gains, or what losses leave of them. */
export function explainClass(all: ExplainedYears, each: GainClass, figure: 'amount' | 'afterLosses'): Explanation {
  const { gains, result } = yearOf(all);
  const amount = yearMoney(all, 'amount', {
    value: gains.get(each) ?? noMoney,
    formula: 'sum(gains)',
    inputs: [
      list(
        'gains',
        'money',
        elements(all, (gain, of) => isPositive(gain) && of === each),
        each,
      ),
    ],
  });
  if (figure === 'amount') return amount;
  return yearMoney(all, 'afterLosses', {
    value: result.left.get(each) ?? noMoney,
    formula: 'amount - sum(lossesUsed)',
    inputs: [
      inputOf(amount),
      usesOf(
        result.used.filter(use => use.against === each),
        'lossesUsed',
      ),
    ],
    rules: [lossOrder(all)],
  });
}

const blind = 'no gain of the year is known';

/** Why a figure of an owner's year is what it is. */
export function explainTaxYear(all: ExplainedYears, figure: TaxYearFigure): Explanation {
  const year = yearOf(all);
  const { result, trusts } = year;
  const order = classOrder(all.taxpayer, year.financialYear);
  const classes = (figures: 'amount' | 'afterLosses', wanted: (each: GainClass) => boolean): Input[] =>
    order.filter(wanted).map(each => inputOf(explainClass(all, each, figures), camel[each]));
  const summed = (inputs: readonly Input[]): string => inputs.map(each => each.name).join(' + ');
  switch (figure) {
    case 'trustGains':
      return yearMoney(all, figure, {
        value: year.trustGains,
        formula: 'sum(gains)',
        inputs: [
          list(
            'gains',
            'money',
            trusts.flatMap(({ code, entry, grossedUp, other }) => [
              { value: grossedUp, label: `${code}, discounted gains doubled`, source: byEntry(entry) },
              { value: other, label: `${code}, other gains`, source: byEntry(entry) },
            ]),
          ),
        ],
        rules: [taxRule('trust-gains')],
      });
    case 'discountGains':
    case 'otherGains': {
      const isWanted = (each: GainClass): boolean => isDiscountClass(each) === (figure === 'discountGains');
      const inputs = classes('amount', isWanted);
      return yearMoney(all, figure, {
        value: year[figure],
        formula: summed(inputs),
        inputs,
        rules: figure === 'discountGains' ? [taxRule('discount'), taxRule('twelve-months')] : [],
      });
    }
    case 'losses':
      return yearMoney(all, figure, {
        value: year.losses,
        formula: '0 - sum(losses)',
        inputs: [list('losses', 'money', elements(all, isNegative))],
        rules: [taxRule('reduced-cost-base')],
      });
    case 'lossesCarriedIn':
      return yearMoney(all, figure, {
        value: lossesCarriedIn(year),
        formula: 'sum(losses)',
        inputs: [
          list(
            'losses',
            'money',
            year.carriedIn.map(each => ({ value: each.amount, label: lossWords(each) })),
          ),
        ],
        rules: [taxRule('carried-losses')],
      });
    case 'lossesCarriedOut':
      return yearMoney(all, figure, {
        value: lossesCarriedOut(year),
        formula: 'sum(losses)',
        inputs: [
          list(
            'losses',
            'money',
            result.carriedOut.map(each => ({ value: each.amount, label: lossWords(each) })),
          ),
        ],
        rules: [taxRule('carried-losses')],
      });
    case 'discount': {
      const { part, of } = taxedPart(all.taxpayer);
      const inputs = classes('afterLosses', isDiscountClass);
      return yearMoney(all, figure, {
        value: result.discount,
        formula: `round((${summed(inputs)}) * ${of.minus(part).toFixed()} / ${of.toFixed()}, 2)`,
        inputs,
        rules: [taxRule('discount')],
      });
    }
    case 'netCapitalGain': {
      const left = classes('afterLosses', () => true);
      const isBlind = year.netCapitalGain === undefined;
      return yearMoney(all, figure, {
        value: year.netCapitalGain,
        formula: isBlind ? 'gains' : `${summed(left)} - discount`,
        inputs: isBlind
          ? [given('gains', 'money', undefined, words(blind))]
          : [...left, inputOf(explainTaxYear(all, 'discount'))],
        rules: [lossOrder(all), netRule],
        unknown: blind,
      });
    }
    case 'minimumTaxCapitalGain':
      return yearMoney(all, figure, {
        value: year.minimumTaxCapitalGain,
        formula: 'later',
        inputs:
          year.minimumTaxCapitalGain === undefined
            ? [given('later', 'money', undefined, words(noMinimum))]
            : [inputOf(explainClass(all, 'later', 'afterLosses'), 'later')],
        rules: [taxRule('minimum-tax')],
        unknown: year.netCapitalGain === undefined ? blind : noMinimum,
      });
    case 'minimumTaxGap':
      return explainMinimumTaxGap(all, year, inputOf(explainTaxYear(all, 'minimumTaxCapitalGain')));
  }
}

const netRule: Rule = {
  says: 'The net capital gain is the gains less losses of the year and earlier ones, less the discount.',
  source: 'ITAA 1997 s 102-5, s 102-10, s 102-15',
};
