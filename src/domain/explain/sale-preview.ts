/** Why the figures of a sale that is only thought of are what they are. */
import type { LocalDate } from '../date.ts';
import type { Money, Price, Units } from '../decimal.ts';
import type { KnownPrice } from '../market/known-price.ts';
import type { Code } from '../market/security.ts';
import type { MethodPreview, OwnerEffect, Waiting } from '../tax/sale-preview.ts';
import { type Explanation, type Input, inputOf, type Rule } from './explanation.ts';
import { explained, fact, given, list, words } from './made.ts';
import { type ExplainedYears, explainTaxYear } from './tax-year.ts';

const effectRule: Rule = {
  says: 'The taxable gain is the net capital gain of the year with the sale less the one without it.',
};

export const effectFigures = [
  'gain',
  'netCapitalGainBefore',
  'netCapitalGainAfter',
  'taxableGain',
  'marginalRatePct',
  'tax',
] as const;
export type EffectFigure = (typeof effectFigures)[number];

const noRate = 'no marginal rate is given (asxos tax facts)';
const noGain = 'the gain of a parcel is not known';

const yearsOf = (effect: OwnerEffect, years: ExplainedYears['years']): ExplainedYears => ({
  owner: effect.owner.name,
  taxpayer: effect.owner.taxpayer,
  years,
  broughtIn: effect.broughtIn,
});

/** The net capital gain of the year, without the sale or with it. */
function net(effect: OwnerEffect, figure: 'netCapitalGainBefore' | 'netCapitalGainAfter'): Explanation {
  const isAfter = figure === 'netCapitalGainAfter';
  const why = explainTaxYear(yearsOf(effect, isAfter ? effect.yearsAfter : effect.yearsBefore), 'netCapitalGain');
  if (effect[figure] !== undefined || why.value === undefined) return { ...why, figure };
  return explained(figure, effect.owner.name, {
    unit: 'money',
    value: undefined,
    formula: 'gains',
    inputs: [given('gains', 'money', undefined, words(noGain))],
    unknown: noGain,
  });
}

/** Why a figure of one owner is what it is. */
export function explainEffect(effect: OwnerEffect, figure: EffectFigure): Explanation {
  const of = effect.owner.name;
  const input = (name: EffectFigure): Input => inputOf(explainEffect(effect, name));
  switch (figure) {
    case 'gain':
      return explained(figure, of, {
        unit: 'money',
        value: effect.gain,
        formula: 'sum(parcels)',
        inputs: [
          list(
            'parcels',
            'money',
            effect.lines.map(line => ({
              value: line.gain,
              label: `acquired ${line.acquiredOn}, ${line.category}`,
              source: { kind: 'entry' as const, entry: line.parcel },
            })),
          ),
        ],
        unknown: noGain,
      });
    case 'netCapitalGainBefore':
    case 'netCapitalGainAfter':
      return net(effect, figure);
    case 'taxableGain':
      return explained(figure, of, {
        unit: 'money',
        value: effect.taxableGain,
        formula: 'netCapitalGainAfter - netCapitalGainBefore',
        inputs: [input('netCapitalGainAfter'), input('netCapitalGainBefore')],
        rules: [effectRule],
        unknown: noGain,
      });
    case 'marginalRatePct':
      return explained(figure, of, {
        unit: 'pct',
        value: effect.marginalRatePct,
        formula: 'marginalRatePct',
        inputs: [
          given('marginalRatePct', 'pct', effect.marginalRatePct, {
            kind: 'setting',
            key: 'tax facts marginal-rate-pct',
          }),
        ],
        unknown: noRate,
      });
    case 'tax':
      return explained(figure, of, {
        unit: 'money',
        value: effect.tax,
        formula: 'round(taxableGain * marginalRatePct / 100, 2)',
        inputs: [input('taxableGain'), input('marginalRatePct')],
        unknown: effect.marginalRatePct === undefined ? noRate : noGain,
      });
  }
}

export const methodFigures = ['gain', 'taxableGain', 'tax'] as const;
export type MethodFigure = (typeof methodFigures)[number];

/** Why a figure of the sale by one parcel method is what it is: the sum of its owners'. */
export const explainMethod = (preview: MethodPreview, figure: MethodFigure): Explanation =>
  explained(figure, preview.method, {
    unit: 'money',
    value: preview[figure],
    formula: 'sum(owners)',
    inputs: [
      list(
        'owners',
        'money',
        preview.owners.map(each => ({ value: each[figure], label: each.owner.name })),
      ),
    ],
    unknown: figure === 'tax' && preview.taxableGain !== undefined ? noRate : noGain,
  });

export const waitingFigures = ['days', 'saves', 'savesTax'] as const;
export type WaitingFigure = (typeof waitingFigures)[number];

const discountRule: Rule = {
  says: 'From this day on one more of the parcels has been held for the 12 months of the discount.',
  source: 'ITAA 1997 s 115-25; TD 2002/10',
};

/** Why waiting saves what it saves, at the same price. */
export function explainWaiting(preview: MethodPreview, waiting: Waiting, figure: WaitingFigure): Explanation {
  if (figure === 'days') {
    return explained(figure, preview.method, {
      unit: 'count',
      value: waiting.days,
      formula: 'days',
      inputs: [given('days', 'count', waiting.days, words(`from the sale to ${waiting.on}`))],
      rules: [discountRule],
    });
  }
  const name = figure === 'saves' ? 'taxableGain' : 'tax';
  const then = words(`of the same sale on ${waiting.on}`);
  return explained(figure, preview.method, {
    unit: 'money',
    value: waiting[figure],
    formula: `${name} - ${name}Then`,
    inputs: [inputOf(explainMethod(preview, name)), given(`${name}Then`, 'money', waiting[name], then)],
    rules: [discountRule],
    unknown: figure === 'savesTax' && preview.tax === undefined ? noRate : noGain,
  });
}

export const saleFigures = ['units', 'held', 'price', 'brokerage', 'proceeds'] as const;
export type SaleFigure = (typeof saleFigures)[number];

export type ExplainedSale = {
  readonly code: Code;
  readonly units: Units;
  readonly held: Units;
  readonly on: LocalDate;
  readonly price: Price;
  /** Undefined where the user gave the price. */
  readonly known: KnownPrice | undefined;
  readonly brokerage: Money;
  readonly brokerageFrom: 'user' | 'last trade' | 'none';
  readonly proceeds: Money;
};

const brokerageWords = { user: 'as given', 'last trade': "the last trade's", none: 'no trade states any' } as const;

/** Why what the sale would bring is what it is. */
export function explainSale(sale: ExplainedSale, figure: SaleFigure): Explanation {
  const { code, known } = sale;
  const of = (name: SaleFigure): Input => inputOf(explainSale(sale, name));
  switch (figure) {
    case 'units':
      return fact(figure, code, { unit: 'units', value: sale.units, source: words('as asked') });
    case 'held':
      return fact(figure, code, { unit: 'units', value: sale.held, source: words(`by the entries up to ${sale.on}`) });
    case 'brokerage':
      return fact(figure, code, {
        unit: 'money',
        value: sale.brokerage,
        source: words(brokerageWords[sale.brokerageFrom]),
      });
    case 'price':
      return fact(figure, code, {
        unit: 'price',
        value: sale.price,
        source:
          known === undefined
            ? words('as given')
            : {
                kind: 'price',
                code,
                on: known.on,
                from: known.source,
                tradedAt: known.stamp.kind === 'quote' ? known.stamp.tradedAt : undefined,
                reason: known.reason,
              },
      });
    case 'proceeds':
      return explained(figure, code, {
        unit: 'money',
        value: sale.proceeds,
        formula: 'round(units * price, 2) - brokerage',
        inputs: [of('units'), of('price'), of('brokerage')],
      });
  }
}
