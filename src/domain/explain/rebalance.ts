/**
 * Why the figures of a suggestion are what they are, by what was stored with it: so that it is explained as it was made,
 * whatever prices have done since.
 *
 * How many units are bought, and of which parcel how many are sold, is the choice of one program over all targets: that
 * is no formula, and its explanation names what the program puts first.
 */
import type { LocalDate } from '../date.ts';
import { type Decimal, type Price, plain } from '../decimal.ts';
import { isSale, isTrade, type RunRow, standing } from '../rebalance/pending.ts';
import { confidenceOf } from '../rebalance/signal-rules.ts';
import type { StoredSignal } from '../rebalance/stored.ts';
import { isBullish } from '../signals/classes.ts';
import type { Explanation, Input, Rule } from './explanation.ts';
import { inputOf } from './explanation.ts';
import { given, list, type Made, words } from './made.ts';

export const suggestionFigures = [
  'units',
  'price',
  'value',
  'weightPct',
  'targetPct',
  'bandPct',
  'afterPct',
  'priority',
  'brokerage',
  'tax',
  'confidence',
] as const;
export type SuggestionFigure = (typeof suggestionFigures)[number];

export const programRule: Rule = {
  says:
    'Whole units are chosen by one program over all targets: first the least distance from the targets, then the least ' +
    'brokerage and tax, then the fewest trades. Cash never falls below its minimum, and a first parcel is $500 at least.',
  source: 'HiGHS, University of Edinburgh; ASX Operating Rules, procedure 3.3.1',
};
const signalRule: Rule = {
  says:
    'STRONG_SELL sells all, SELL half; STRONG_BUY adds 20%, BUY 10%, each from its confidence; a weight above its limit is ' +
    'trimmed. Units are whole, and cash that is short goes to the surest first. Parcels are those with the least tax.',
};
const weightRule: Rule = { says: 'Weights are of priced securities plus cash and new money.' };
const afterRule: Rule = { says: 'Of what is left after all trades: securities and cash less their brokerage.' };
const brokerageRule: Rule = {
  says: 'The greater of a flat fee and a percentage of the trade, rounded up to the cent.',
};
const taxRule: Rule = {
  says: "Each sale bears its part of the plan's tax; losses come before the discount, and gains elsewhere are left out.",
  source: 'ITAA 1997 s 102-5',
};

const noTrade = (row: RunRow, unit: Made['unit']): Made => ({
  unit,
  value: unit === 'units' ? row.units : row.details.brokerage,
  formula: '0',
  inputs: [],
  rules: [{ says: `No trade: ${row.details.reason}.` }],
});

const heldInput = ({ details, code }: RunRow): Input =>
  given('held', 'units', details.held, words(`the units of ${code} held before the trade`));

const totalInput = ({ details: { plan } }: RunRow): Input =>
  given('total', 'money', plan.total, words('priced securities, cash and new money before the trades'));

function priceInput({ code, price, details }: RunRow): Input {
  const { pricedOn, priceSource } = details;
  const on: LocalDate | undefined = pricedOn;
  const source = on === undefined ? words('not known') : ({ kind: 'price', code, on, from: priceSource } as const);
  return given('price', 'price', price as Price | undefined, source);
}

/** Why a figure of one suggestion is what it is. */
export function explainSuggestion(row: RunRow, figure: SuggestionFigure): Explanation {
  const { code, details } = row;
  const { plan } = details;
  const of = (name: SuggestionFigure): Input => inputOf(explainSuggestion(row, name));
  const made = ((): Made => {
    switch (figure) {
      case 'units':
        return isTrade(row) ? unitsOf(row) : noTrade(row, 'units');
      case 'price':
        return { unit: 'price', value: row.price, formula: 'price', inputs: [priceInput(row)] };
      case 'value':
        return {
          unit: 'money',
          value: details.value,
          formula: 'round(units * price, 2)',
          inputs: [of('units'), priceInput(row)],
          rules: [{ says: 'What the trade moves at the price shown, brokerage apart.' }],
        };
      case 'weightPct':
        return {
          unit: 'pct',
          value: details.weightPct,
          formula: 'percent(round(held * price, 2), total)',
          inputs: [heldInput(row), priceInput(row), totalInput(row)],
          rules: [weightRule],
        };
      case 'targetPct':
        return details.signal !== undefined
          ? askedWeight(row, details.signal)
          : stated('targetPct', details.targetPct, `the target of ${details.target}`, `${code} has no target`);
      case 'bandPct':
        return stated(
          'bandPct',
          details.bandPct,
          `the band of ${details.target}: its own, else the setting rebalanceBandPct`,
          `${code} has no target`,
        );
      case 'afterPct':
        return {
          unit: 'pct',
          value: details.afterPct,
          formula: `percent(round((held ${isSale(row) ? '-' : '+'} units) * price, 2), total - brokerages)`,
          inputs: [
            heldInput(row),
            of('units'),
            priceInput(row),
            totalInput(row),
            given('brokerages', 'money', plan.brokerage, words('the brokerage of all trades')),
          ],
          rules: [weightRule, afterRule],
        };
      case 'priority':
        return {
          unit: 'count',
          value: row.position,
          formula: 'place',
          inputs: [given('place', 'count', row.position, words('its place in the order of the suggestions'))],
          rules: [
            {
              says: 'Sales come first, for they pay for the buys; then buys, each by the money they move; then what is held.',
            },
          ],
        };
      case 'brokerage':
        return isTrade(row)
          ? {
              unit: 'money',
              value: details.brokerage,
              formula: 'max(flat, roundUp(value * rate / 100, 2))',
              inputs: [
                given('flat', 'money', plan.brokerageFlat, { kind: 'setting', key: 'brokerageFlat' }),
                of('value'),
                given('rate', 'pct', plan.brokeragePct, { kind: 'setting', key: 'brokeragePct' }),
              ],
              rules: [brokerageRule],
            }
          : noTrade(row, 'money');
      case 'tax':
        return taxOf(row);
      case 'confidence':
        return confidenceMade(row);
    }
  })();
  return { figure, of: code, rules: [], ...made };
}

/** The weight that a rule of the signals asks for: a share of the units, or the weight that a large one is trimmed to. */
function askedWeight(row: RunRow, { share, limitPct }: StoredSignal): Made {
  const common = { unit: 'pct', value: row.details.targetPct, rules: [signalRule, weightRule] } as const;
  if (limitPct !== undefined) {
    const limit = given('limit', 'pct', limitPct, words('the setting trimToPct, or positionCapPct where that is less'));
    return { ...common, formula: 'percent(round(total * limit / 100, 2), total)', inputs: [totalInput(row), limit] };
  }
  if (share === undefined) return stated('targetPct', undefined, '', `no rule asks for a trade: ${row.details.reason}`);
  const source = words('the share of the units that the signal leaves: none, half, or a fifth or a tenth more');
  return {
    ...common,
    formula: 'percent(round(held * share * price, 2), total)',
    inputs: [heldInput(row), given('share', 'ratio', share, source), priceInput(row), totalInput(row)],
  };
}

/** How sure the ensemble is of its class: the score of one that says buy, what is left to 1 of one that says sell. */
function confidenceMade({ details: { signal: stored } }: RunRow): Made {
  const value = stored && confidenceOf(stored);
  const unknown =
    stored === undefined
      ? 'signals are not asked in this mode'
      : stored.signal === undefined
        ? 'nothing was said of it, or a model abstained'
        : 'HOLD has no confidence';
  if (stored?.signal === undefined || value === undefined) {
    return {
      unit: 'ratio',
      value: undefined,
      formula: 'score',
      inputs: [given('score', 'ratio', undefined, words(unknown))],
      unknown,
    };
  }
  const source = words(`the score of ${stored.signal} as of ${stored.asOf}, by ${stored.version}`);
  return {
    unit: 'ratio',
    value,
    formula: isBullish(stored.signal) ? 'score' : 'round(1 - score, 9)',
    inputs: [given('score', 'ratio', stored.score, source)],
    rules: [signalRule],
  };
}

const stated = (name: SuggestionFigure, value: number | undefined, source: string, unknown: string): Made => ({
  unit: 'pct',
  value,
  formula: name,
  inputs: [given(name, 'pct', value, words(value === undefined ? unknown : source))],
  unknown: value === undefined ? unknown : undefined,
});

const parcelLabel = (acquiredOn: LocalDate | undefined): string =>
  acquiredOn === undefined ? 'a parcel' : `acquired ${acquiredOn}`;

function unitsOf(row: RunRow): Made {
  const { parcels } = row.details;
  const common = {
    unit: 'units',
    value: row.units,
    rules: [row.details.signal === undefined ? programRule : signalRule],
  } as const;
  if (parcels.length === 0) {
    const source = words(row.details.reason === '' ? 'what the program chose' : row.details.reason);
    return { ...common, formula: 'chosen', inputs: [given('chosen', 'units', row.units, source)] };
  }
  const elements = parcels.map(each => ({
    label: parcelLabel(each.acquiredOn),
    value: each.units,
    source: { kind: 'entry', entry: each.id } as const,
  }));
  return { ...common, formula: 'sum(parcels)', inputs: [list('parcels', 'units', elements)] };
}

function taxOf(row: RunRow): Made {
  const { parcels, tax, plan } = row.details;
  if (!isSale(row)) {
    const says = isTrade(row) ? 'Buying is not taxed.' : `No trade: ${row.details.reason}.`;
    return { unit: 'money', value: tax, formula: '0', inputs: [], rules: [{ says }] };
  }
  const elements = parcels.map(each => ({
    label: `${plain(each.units)} ${parcelLabel(each.acquiredOn)}${each.hasDiscount ? ', with the discount' : ''}`,
    value: each.tax,
    source: { kind: 'entry', entry: each.id } as const,
  }));
  const why = plan.marginalRatePct === undefined ? 'no marginal rate was given, so tax was not counted' : noGain;
  return {
    unit: 'money',
    value: tax,
    formula: 'sum(parcels)',
    inputs: [list('parcels', 'money', elements)],
    rules: [taxRule],
    unknown: tax === undefined ? why : undefined,
  };
}

const noGain = 'the cost of a parcel that is sold is unknown';

export const runFigures = ['cash', 'cashAfter'] as const;
export type RunFigure = (typeof runFigures)[number];

/** Why the cash of the newest run is what it is; `name` is the portfolio's. */
export function explainRun(
  run: readonly RunRow[],
  cash: { readonly before: Decimal; readonly after: Decimal } | undefined,
  figure: RunFigure,
  name: string,
): Explanation {
  const common = { figure, of: name, unit: 'money' } as const;
  const plan = run[0]?.details.plan;
  if (cash === undefined || plan === undefined) {
    const unknown = 'no suggestions were made yet';
    return {
      ...common,
      value: undefined,
      formula: 'cash',
      inputs: [given('cash', 'money', undefined, words(unknown))],
      rules: [],
      unknown,
    };
  }
  const cashInput = given('cash', 'money', plan.cash, words('the cash account and new money before the trades'));
  if (figure === 'cash') return { ...common, value: cash.before, formula: 'cash', inputs: [cashInput], rules: [] };
  const trades = standing(run);
  const ofRows = (input: string, rows: readonly RunRow[], of: (row: RunRow) => Decimal): Input =>
    list(
      input,
      'money',
      rows.map(row => ({ label: `${row.action} ${plain(row.units)} ${row.code}`, value: of(row) })),
    );
  return {
    ...common,
    value: cash.after,
    formula: 'cash + sum(sales) - sum(buys) - sum(brokerages)',
    inputs: [
      cashInput,
      ofRows('sales', trades.filter(isSale), row => row.details.value),
      ofRows(
        'buys',
        trades.filter(row => !isSale(row)),
        row => row.details.value,
      ),
      ofRows('brokerages', trades, row => row.details.brokerage),
    ],
    rules: [{ says: 'Of the trades that were not rejected, at the prices they were suggested at.' }],
  };
}
