/**
 * Why the figures of an owner's capital gains year are what they are: the gains of each class, the losses that come off
 * them step by step, the discount, and what is carried to the next year.
 *
 * A loss that is carried in is followed back to the year that made it, and to what the years between used of it.
 */
import { isNegative, isPositive, type Money, noMoney } from '../decimal.ts';
import type { Taxpayer } from '../ledger/portfolio.ts';
import { taxedPart } from '../tax/discount.ts';
import { minimumTaxGap, residentTax, taxedParts } from '../tax/minimum-tax.ts';
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
import { byEntry, type Element, explained, fact, given, list, type Made, words } from './made.ts';
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

const yearOf = ({ years }: ExplainedYears): CapitalGainYear => {
  const year = years.at(-1);
  if (year === undefined) throw new Error('a year is explained');
  return year;
};

const nameOf = (all: ExplainedYears): string => `${all.owner} FY${yearOf(all).financialYear}`;

const money = (all: ExplainedYears, figure: string, made: Omit<Made, 'unit'>): Explanation =>
  explained(figure, nameOf(all), { unit: 'money', ...made });

const lossOrder = (all: ExplainedYears): Rule =>
  taxRule(isReformed(all.taxpayer) && yearOf(all).financialYear >= 2028 ? 'loss-order-2027' : 'loss-order');

const camel: Record<GainClass, string> = {
  'full-rate': 'fullRate',
  discountable: 'discountable',
  'deferred-full-rate': 'deferredFullRate',
  'deferred-discountable': 'deferredDiscountable',
  later: 'later',
};

const usesOf = (uses: readonly LossUse[], name: string): Input =>
  list(
    name,
    'money',
    uses.map(each => ({ value: each.amount, label: `${lossWords(each)} against ${each.against}` })),
  );

const lossWords = ({ madeIn }: Pick<CarriedLoss, 'madeIn'>): string =>
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
  const amount = money(all, 'amount', {
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
  return money(all, 'afterLosses', {
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

/** Two losses of before the entries cannot be told apart: what became of each is not followed. */
const isAmbiguous = ({ carriedIn }: CapitalGainYear, loss: CarriedLoss): boolean =>
  loss.madeIn === undefined && carriedIn.filter(each => each.madeIn === undefined).length > 1;

const carriedFact = (all: ExplainedYears, loss: CarriedLoss): Explanation =>
  fact('amount', nameOf(all), {
    unit: 'money',
    value: loss.amount,
    source: words(`${lossWords(loss)}, as far as no year has used it (asxos tax facts)`),
    rules: [taxRule('carried-losses')],
  });

/** A loss that comes into the year, from the year that made it. */
export function explainCarriedIn(all: ExplainedYears, loss: CarriedLoss): Explanation {
  const year = yearOf(all);
  if (isAmbiguous(year, loss)) return carriedFact(all, loss);
  const earlier = all.years.slice(0, -1);
  const used = earlier.flatMap(each =>
    each.result.used.filter(use => use.madeIn === loss.madeIn).map(use => ({ use, in: each.financialYear })),
  );
  const uses = list(
    'used',
    'money',
    used.map(({ use, in: fy }) => ({ value: use.amount, label: `used in FY${fy} against ${use.against}` })),
  );
  const inputs =
    loss.madeIn === undefined
      ? list(
          'losses',
          'money',
          [...all.broughtIn]
            .filter(([fy, amount]) => fy <= year.financialYear && isPositive(amount))
            .map(([fy, value]) => ({
              value,
              label: `brought into FY${fy}`,
              source: { kind: 'setting' as const, key: `tax facts losses-brought-in ${fy}` },
            })),
        )
      : inputOf(explainTaxYear(upTo(all, loss.madeIn), 'losses'));
  return money(all, 'amount', {
    value: loss.amount,
    formula: 'sum(losses) - sum(used)',
    inputs: [inputs, uses],
    rules: [taxRule('carried-losses')],
  });
}

const upTo = (all: ExplainedYears, fy: number): ExplainedYears => ({
  ...all,
  years: all.years.filter(each => each.financialYear <= fy),
});

/** A loss of the year or of an earlier one, before the year has used any of it. */
function lossBefore(all: ExplainedYears, { madeIn }: Pick<CarriedLoss, 'madeIn'>): Explanation | undefined {
  const year = yearOf(all);
  if (madeIn === year.financialYear) return explainTaxYear(all, 'losses');
  const found = year.carriedIn.filter(each => each.madeIn === madeIn);
  const [loss] = found;
  return loss === undefined || found.length > 1 ? undefined : explainCarriedIn(all, loss);
}

/** A step of the netting: so much of a loss against a class of gains. */
export function explainLossUse(all: ExplainedYears, at: number): Explanation {
  const { used } = yearOf(all).result;
  const use = used[at];
  if (use === undefined) throw new Error(`no step ${at}`);
  const loss = lossBefore(all, use);
  if (loss === undefined) return { ...carriedFact(all, use), of: nameOf(all) };
  const before = used.slice(0, at);
  return money(all, 'amount', {
    value: use.amount,
    formula: 'min(loss - sum(lossUsed), gains - sum(gainsUsed))',
    inputs: [
      inputOf(loss, 'loss'),
      usesOf(
        before.filter(each => each.madeIn === use.madeIn),
        'lossUsed',
      ),
      inputOf(explainClass(all, use.against, 'amount'), 'gains'),
      usesOf(
        before.filter(each => each.against === use.against),
        'gainsUsed',
      ),
    ],
    rules: [lossOrder(all)],
  });
}

/** A loss that goes on to the next year. */
export function explainCarriedOut(all: ExplainedYears, loss: CarriedLoss): Explanation {
  const before = lossBefore(all, loss);
  if (before === undefined) return carriedFact(all, loss);
  return money(all, 'amount', {
    value: loss.amount,
    formula: 'loss - sum(used)',
    inputs: [
      inputOf(before, 'loss'),
      usesOf(
        yearOf(all).result.used.filter(each => each.madeIn === loss.madeIn),
        'used',
      ),
    ],
    rules: [taxRule('carried-losses')],
  });
}

export const trustGainFigures = ['discounted', 'grossedUp', 'other'] as const;

/** What a trust's statement attributes to the owner. */
export function explainTrustGain(
  all: ExplainedYears,
  at: number,
  figure: (typeof trustGainFigures)[number],
): Explanation {
  const trust = yearOf(all).trusts[at];
  if (trust === undefined) throw new Error(`no trust ${at}`);
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

function tax(all: ExplainedYears, name: string, taxable: Money): Explanation {
  const fy = yearOf(all).financialYear;
  const floor = isNegative(taxable) ? noMoney : taxable;
  const parts = taxedParts(floor, fy) ?? [];
  return money(all, name, {
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

function gap(all: ExplainedYears): Explanation {
  const { netCapitalGain, minimumTaxCapitalGain: base, financialYear: fy } = yearOf(all);
  const { otherIncome } = all;
  const of = inputOf(explainTaxYear(all, 'minimumTaxCapitalGain'));
  const rules = [taxRule('minimum-tax')];
  if (base === undefined || netCapitalGain === undefined || otherIncome === undefined) {
    return money(all, 'minimumTaxGap', {
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
  return money(all, 'minimumTaxGap', {
    value: minimumTaxGap({ base, netCapitalGain, otherIncome }, fy),
    formula: gapFormula,
    inputs: [of, inputOf(tax(all, 'taxOnAll', whole)), inputOf(tax(all, 'taxWithoutThem', whole.minus(base) as Money))],
    rules,
  });
}

const noMinimum = 'the minimum tax is of individuals, on gains from 1 July 2027 on';
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
      return money(all, figure, {
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
      return money(all, figure, {
        value: year[figure],
        formula: summed(inputs),
        inputs,
        rules: figure === 'discountGains' ? [taxRule('discount'), taxRule('twelve-months')] : [],
      });
    }
    case 'losses':
      return money(all, figure, {
        value: year.losses,
        formula: '0 - sum(losses)',
        inputs: [list('losses', 'money', elements(all, isNegative))],
        rules: [taxRule('reduced-cost-base')],
      });
    case 'lossesCarriedIn':
      return money(all, figure, {
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
      return money(all, figure, {
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
      return money(all, figure, {
        value: result.discount,
        formula: `round((${summed(inputs)}) * ${of.minus(part).toFixed()} / ${of.toFixed()}, 2)`,
        inputs,
        rules: [taxRule('discount')],
      });
    }
    case 'netCapitalGain': {
      const left = classes('afterLosses', () => true);
      const isBlind = year.netCapitalGain === undefined;
      return money(all, figure, {
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
      return money(all, figure, {
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
      return gap(all);
  }
}

const netRule: Rule = {
  says: 'The net capital gain is the gains less losses of the year and earlier ones, less the discount.',
  source: 'ITAA 1997 s 102-5, s 102-10, s 102-15',
};
