/**
 * Why the figures of one capital gain are what they are: from the contract of the sale and the cost of the parcel to the
 * owner's gain.
 *
 * An amount is made for the whole parcel first and then shared among the owners, as the law of joint owners has it.
 */
import { isNegative, isPositive, type Money, noMoney, subtract } from '../decimal.ts';
import { type GainLine, indexedCostBase } from '../tax/capital-gain.ts';
import { taxRules } from '../tax/rules.ts';
import { type Explanation, type Input, inputOf, type Rule } from './explanation.ts';
import { byEntry, explained, fact, given, list, type Made, words } from './made.ts';
import { costRule } from './parcel.ts';
import { ownPart, taxRule } from './tax-rules.ts';

export const gainLineFigures = [
  'ownerPct',
  'units',
  'proceeds',
  'costBase',
  'reducedCostBase',
  'gain',
  'marketValue20270630',
  'indexationFactor',
  'indexedCostBase',
] as const;
export type GainLineFigure = (typeof gainLineFigures)[number];

const unvalued = 'there is no market value of 30 June 2027';
const uncosted = 'the cost of the parcel is unknown';

const eventRule: Rule = {
  says: 'A sale ends the ownership of a CGT asset (event A1): the gain is what it brings less the cost base.',
  source: 'ITAA 1997 s 104-10(4)',
};

const plus = (a: Money | undefined, b: Money): Money | undefined =>
  a === undefined ? undefined : (a.plus(b) as Money);

const money = (line: GainLine, figure: string, made: Omit<Made, 'unit'>): Explanation =>
  explained(figure, line.code, { unit: 'money', ...made });

/** The parcel's part of an amount of the whole sale, by units. */
function partOfSale(line: GainLine, name: string, whole: Money, value: Money): Input {
  const { from } = line.whole;
  if (from?.kind !== 'sale') return given(name, 'money', value, byEntry(line.entry));
  const { disposal, at } = from;
  if (disposal.parcels.length === 1) return given(name, 'money', value, byEntry(line.entry));
  const why = money(line, name, {
    value,
    formula: 'allocated(ofSale, parcelUnits, parcel)',
    inputs: [
      given('ofSale', 'money', whole, byEntry(line.entry)),
      list(
        'parcelUnits',
        'units',
        disposal.parcels.map(part => ({
          value: part.units,
          label: `acquired ${part.acquiredOn}`,
          source: byEntry(part.parcel),
        })),
      ),
      given('parcel', 'count', at + 1, words('the place among the parcels sold')),
    ],
  });
  return inputOf(why);
}

const saleBrokerage = (line: GainLine): Input => {
  const { from, brokerage } = line.whole;
  const whole = from?.kind === 'sale' ? from.disposal.brokerage : undefined;
  return whole === undefined
    ? given('brokerage', 'money', brokerage, words('none is stated'))
    : partOfSale(line, 'brokerage', whole, brokerage);
};

/** Undefined where there was no deemed sale. */
const wholeMarketValue = (line: GainLine): Explanation =>
  fact('marketValue20270630', line.code, {
    unit: 'money',
    value: line.whole.deemed?.marketValue,
    source: words("units times the price of 30 June 2027: its close, or the user's (asxos tax market-value)"),
    rules: [taxRule('deemed-sale')],
    unknown: line.whole.deemed === undefined ? 'the parcel was not deemed sold on 30 June 2027' : unvalued,
  });

function wholeProceeds(line: GainLine): Explanation {
  const { whole, category } = line;
  if (category === 'deferred') {
    const marketValue = wholeMarketValue(line);
    return money(line, 'proceeds', {
      value: marketValue.value,
      formula: 'marketValue20270630',
      inputs: [inputOf(marketValue)],
      rules: [taxRule('deemed-sale')],
      unknown: unvalued,
    });
  }
  if (whole.from?.kind !== 'sale') {
    return fact('proceeds', line.code, {
      unit: 'money',
      value: whole.proceeds,
      source: byEntry(line.entry),
      rules: [taxRule(whole.event === 'G1' ? 'return-of-capital' : 'tax-deferred')],
      unknown: unvalued,
    });
  }
  const { disposal, at } = whole.from;
  const net = disposal.parcels[at]?.proceeds ?? noMoney;
  return money(line, 'proceeds', {
    value: whole.proceeds,
    formula: 'received + brokerage',
    inputs: [partOfSale(line, 'received', disposal.proceeds, net), saleBrokerage(line)],
    rules: [taxRule('contract-date')],
  });
}

const costInput = (line: GainLine): Input => {
  const { whole, category } = line;
  if (category === 'deferred') {
    return given('cost', 'money', whole.deemed?.costBase, byEntry(line.parcel), 'before 1 July 2027');
  }
  if (category === 'later' && whole.deemed !== undefined) {
    return given('cost', 'money', whole.costBase, words('the market value of 30 June 2027, and what changed it since'));
  }
  if (whole.event !== 'A1') return given('cost', 'money', whole.costBase, words('the cost base is used up'));
  return given('cost', 'money', whole.costBase, byEntry(line.parcel), 'of the units sold');
};

/** The part of it that is the sale's brokerage belongs to the real sale, not to the deemed one. */
function wholeCostBase(line: GainLine, figure: 'costBase' | 'reducedCostBase'): Explanation {
  const { whole, category } = line;
  const isDeferred = category === 'deferred';
  return money(line, figure, {
    value: isDeferred ? whole.deemed?.costBase : plus(whole.costBase, whole.brokerage),
    formula: isDeferred ? 'cost' : 'cost + brokerage',
    inputs: isDeferred ? [costInput(line)] : [costInput(line), saleBrokerage(line)],
    rules: figure === 'costBase' ? [costRule, taxRule('brokerage')] : [taxRule('reduced-cost-base')],
    unknown: category === 'later' && whole.deemed !== undefined ? unvalued : uncosted,
  });
}

function factor(line: GainLine): Explanation {
  const { indexation, code } = line;
  const rules = [taxRule('indexation'), factorRule];
  const base = { unit: 'ratio' as const, rules };
  if (indexation === undefined) {
    return fact('indexationFactor', code, {
      ...base,
      value: undefined,
      source: words('none'),
      unknown:
        line.category === 'later'
          ? 'held for less than 12 months, or not sold: not indexed'
          : 'a gain of before 1 July 2027 is not indexed',
    });
  }
  const { from, to, start, end } = indexation;
  if (from === to || start === undefined || end === undefined) {
    const why = from === to ? `bought and sold in ${from}` : `no index of ${from} or ${to} is known: an estimate`;
    return fact('indexationFactor', code, { ...base, value: indexation.factor, source: words(why) });
  }
  const source = words(`All Groups CPI${indexation.estimated ? ', the last one known: an estimate' : ''}`);
  return explained('indexationFactor', code, {
    ...base,
    value: indexation.factor,
    formula: 'max(1, round(indexAtEnd / indexAtStart, 3))',
    inputs: [given('indexAtEnd', 'ratio', end, source, to), given('indexAtStart', 'ratio', start, source, from)],
  });
}

const factorRule: Rule = {
  says: 'The factor is the index of the quarter of the sale over that of the quarter of the cost, to three decimals.',
  source: 'ITAA 1997 s 960-275',
};

function wholeIndexed(line: GainLine): Explanation {
  const { whole, indexation } = line;
  const value = indexation && indexedCostBase(whole, indexation.factor);
  const { costBase, unindexed } = whole;
  // A return of capital may have eaten into what is never indexed; then nothing is left to index.
  const isEaten = costBase !== undefined && isNegative(subtract(costBase, unindexed));
  return money(line, 'indexedCostBase', {
    value,
    formula: isEaten ? 'cost + brokerage' : 'round((cost - unindexed) * indexationFactor, 2) + unindexed + brokerage',
    inputs: [
      costInput(line),
      ...(isEaten
        ? []
        : [
            given('unindexed', 'money', unindexed, words('AMIT increases, which are not indexed')),
            inputOf(factor(line)),
          ]),
      saleBrokerage(line),
    ],
    rules: [taxRule('indexation')],
    unknown: indexation === undefined ? (factor(line).unknown ?? 'not indexed') : unvalued,
  });
}

const rulesOf = (line: GainLine): Rule[] => [
  ...(line.event === 'A1' ? [eventRule] : []),
  ...line.rules.map(id => ({ says: taxRules[id].says, source: taxRules[id].source })),
];

/** Gain, loss or neither is decided on the whole parcel; the owner's part is then measured from the same base. */
function gain(line: GainLine): Explanation {
  const { whole, share, indexation } = line;
  const of = (figure: GainLineFigure): Input => inputOf(explainGainLine(line, figure));
  const made = { value: line.gain, rules: rulesOf(line), unknown: line.whole.deemed ? unvalued : uncosted };
  if (indexation === undefined || whole.proceeds === undefined) {
    return money(line, 'gain', { ...made, formula: 'proceeds - costBase', inputs: [of('proceeds'), of('costBase')] });
  }
  const indexed = indexedCostBase(whole, indexation.factor);
  const costBase = plus(whole.costBase, whole.brokerage);
  if (indexed === undefined || isPositive(subtract(whole.proceeds, indexed))) {
    const inputs = [of('proceeds'), of('indexedCostBase')];
    return money(line, 'gain', { ...made, formula: 'proceeds - indexedCostBase', inputs });
  }
  if (costBase !== undefined && isNegative(subtract(whole.proceeds, costBase))) {
    const inputs = [of('proceeds'), of('reducedCostBase')];
    return money(line, 'gain', { ...made, formula: 'proceeds - reducedCostBase', inputs });
  }
  const isSole = share.pcts.length === 1;
  return money(line, 'gain', {
    ...made,
    formula: 'max(proceeds - indexedCostBase, 0) + min(proceeds - reducedCostBase, 0)',
    inputs: isSole
      ? [of('proceeds'), of('indexedCostBase'), of('reducedCostBase')]
      : [inputOf(wholeProceeds(line)), inputOf(wholeIndexed(line)), inputOf(wholeCostBase(line, 'reducedCostBase'))],
  });
}

/** Why a figure of a line of the capital gains report is what it is. */
export function explainGainLine(line: GainLine, figure: GainLineFigure): Explanation {
  const { share } = line;
  switch (figure) {
    case 'ownerPct':
      return fact(figure, line.code, {
        unit: 'pct',
        value: line.ownerPct,
        source: words('what the owner has of the portfolio'),
        rules: share.pcts.length > 1 ? [taxRule('joint-owners')] : [],
      });
    case 'units':
      return fact(figure, line.code, {
        unit: 'units',
        value: line.units,
        source: byEntry(line.entry),
        unknown: 'nothing was sold: a payment went beyond the cost base',
      });
    case 'proceeds':
      return ownPart(wholeProceeds(line), share, line.proceeds);
    case 'costBase':
      return ownPart(wholeCostBase(line, figure), share, line.costBase);
    case 'reducedCostBase':
      return ownPart(wholeCostBase(line, figure), share, line.reducedCostBase);
    case 'marketValue20270630':
      return ownPart(wholeMarketValue(line), share, line.marketValue);
    case 'indexationFactor':
      return factor(line);
    case 'indexedCostBase':
      return ownPart(wholeIndexed(line), share, line.indexedCostBase);
    case 'gain':
      return gain(line);
  }
}
