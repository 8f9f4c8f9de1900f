/** Why the figures of what a portfolio is made of are what they are: parts, exposures, franking, pairs, limits. */
import { isPositive, type Money } from '../decimal.ts';
import type { IncomeReceived } from '../ledger/fold.ts';
import type { Holding, HoldingTotals } from '../ledger/holding.ts';
import type { Code } from '../market/security.ts';
import { type Allocation, cashPart, type Part, wholeOf } from '../returns/allocation.ts';
import type { Exposure } from '../returns/banks-and-miners.ts';
import type { ConcentrationWarning } from '../returns/concentration-warnings.ts';
import type { Correlation, CorrelationMatrix } from '../returns/correlation.ts';
import type { FrankedShare } from '../returns/franked-share.ts';
import type { SignalPart } from '../returns/signal-distribution.ts';
import { signalLastsSessions } from '../signals/short-signal.ts';
import { type Explanation, type Input, inputOf, type Rule } from './explanation.ts';
import { explainTotal } from './holdings.ts';
import { counted, given, list, type Made, missing, words } from './made.ts';

/** What the explanations of one portfolio's make-up are worked out from. */
export type ExplainedParts = {
  readonly name: string;
  readonly holdings: readonly Holding[];
  readonly totals: HoldingTotals;
  readonly value: Money | undefined;
  readonly allocation: Allocation;
};

export const valueFigures = ['value', 'cash'] as const;
export const partFigures = ['value', 'weightPct'] as const;
export const frankedFigures = ['pct', 'unknown'] as const;
export const limitFigures = ['value', 'limit'] as const;

const weightRule: Rule = {
  says: 'Weights are of priced securities plus the cash account; funds are not looked through.',
};
const oldRule: Rule = {
  says: `A signal is too old to act on once it is more than ${signalLastsSessions} sessions behind the last close.`,
};
const worthless = 'what is held and the cash together are worth nothing';

/** Why the worth of the whole is what it is, or the cash in it. */
export function explainWorth(all: ExplainedParts, figure: (typeof valueFigures)[number]): Explanation {
  if (figure === 'cash') return explainTotal(all, 'cash');
  const { totals, value } = all;
  const parts = [
    ...(totals.value === undefined ? [] : [inputOf(explainTotal(all, 'value'), 'holdings')]),
    ...(totals.cash === undefined ? [] : [inputOf(explainTotal(all, 'cash'))]),
  ];
  return {
    figure,
    of: all.name,
    unit: 'money',
    value,
    formula: parts.length === 0 ? 'holdings' : parts.map(each => each.name).join(' + '),
    inputs: parts.length === 0 ? [missing('holdings', 'money', 'nothing that is held has a price')] : parts,
    rules: [],
    ...(value === undefined ? { unknown: 'nothing that is held has a price' } : {}),
  };
}

/** Why a part of the whole is what it is. */
export function explainPart(all: ExplainedParts, part: Part, figure: (typeof partFigures)[number]): Explanation {
  const label = part.name ?? 'unknown';
  const made = figure === 'value' ? partValue(all, part) : partWeight(all, part);
  return { figure, of: label, rules: [], ...made };
}

export const signalPartFigures = ['count', 'value', 'weightPct', 'stale'] as const;

/** Why a class of signals is the part of the whole that it is. */
export function explainSignalPart(
  all: ExplainedParts,
  part: SignalPart,
  figure: (typeof signalPartFigures)[number],
): Explanation {
  const of = part.name ?? 'no signal';
  if (figure === 'value' || figure === 'weightPct') return { ...explainPart(all, part, figure), of };
  const codes = figure === 'count' ? part.codes : part.old;
  return { figure, of, rules: figure === 'stale' ? [oldRule] : [], ...counted('holdings', codes.length, codes) };
}

const isCash = ({ name, codes }: Part): boolean => codes.length === 0 && name?.toLowerCase() === cashPart.toLowerCase();

function partValue(all: ExplainedParts, part: Part): Made {
  if (isCash(part)) {
    const { unit, value, formula, inputs } = explainTotal(all, 'cash');
    return { unit, value, formula, inputs };
  }
  const own = new Set(part.codes);
  return {
    unit: 'money',
    value: part.value,
    formula: 'sum(holdings)',
    inputs: [
      list(
        'holdings',
        'money',
        all.holdings.filter(row => own.has(row.code)).map(row => ({ label: row.code, value: row.value })),
      ),
    ],
  };
}

/** Everything that has a weight, cash included. */
function wholeInput({ allocation }: ExplainedParts): Input {
  const { securities } = allocation;
  if (!isPositive(wholeOf(allocation))) return missing('all', 'money', worthless);
  return list(
    'all',
    'money',
    securities.map(each => ({ label: each.name ?? 'unknown', value: each.value })),
  );
}

const partWeight = (all: ExplainedParts, part: Part): Made => ({
  unit: 'pct',
  value: part.weightPct,
  formula: 'percent(value, sum(all))',
  inputs: [inputOf(explainPart(all, part, 'value')), wholeInput(all)],
  rules: [weightRule],
  unknown: part.weightPct === undefined ? worthless : undefined,
});

const exposureRules = {
  banks: {
    says: 'Banks are the GICS industry group Banks of the ASX and Macquarie, by a list as of the end of 2025.',
  },
  miners: {
    says: 'Miners are shares of the GICS sector Materials, without those that mine nothing, by a list as of the end of 2025.',
  },
} as const;

/** Why the weight of banks or of miners is what it is. */
export function explainExposure(
  { allocation }: ExplainedParts,
  name: keyof typeof exposureRules,
  { weightPct, codes }: Exposure,
): Explanation {
  const weights = new Map(allocation.securities.map(part => [part.codes[0], part.weightPct]));
  const { value, reason } = weightPct;
  return {
    figure: 'weightPct',
    of: name,
    unit: 'pct',
    value,
    formula: 'sum(weights)',
    inputs: [
      reason === undefined
        ? list(
            'weights',
            'pct',
            codes.map(code => ({ label: code, value: weights.get(code) })),
          )
        : missing('weights', 'pct', reason),
    ],
    rules: [weightRule, exposureRules[name]],
    ...(reason === undefined ? {} : { unknown: reason }),
  };
}

/** Why the franked share of the income of a window is what it is. */
export function explainFranked(
  franked: FrankedShare,
  income: readonly IncomeReceived[],
  window: { readonly from: string; readonly to: string },
  figure: (typeof frankedFigures)[number],
): Explanation {
  const own = income.filter(each => each.on >= window.from && each.on <= window.to);
  const known = own.filter(each => each.franked !== undefined);
  const column = (name: string, of: (each: IncomeReceived) => Money | undefined): Input =>
    list(
      name,
      'money',
      known.map(each => ({
        label: `${each.on} ${each.code}`,
        value: of(each),
        source: { kind: 'entry', entry: each.entry },
      })),
    );
  const labels = own.filter(each => each.franked === undefined).map(each => `${each.on} ${each.code}`);
  const made: Made =
    figure === 'unknown'
      ? counted('payments', franked.unknown, labels)
      : {
          unit: 'pct',
          value: franked.pct.value,
          formula: 'percent(sum(franked), sum(amounts))',
          inputs: [column('franked', each => each.franked), column('amounts', each => each.amount)],
          rules: [{ says: 'Of the payments whose franking is known, by payment date.' }],
          unknown: franked.pct.reason,
        };
  return { figure, of: 'income', rules: [], ...made };
}

const correlationRule: Rule = {
  says: 'Pearson’s correlation of the daily returns of adjusted closes, on the sessions on which both traded and on the one before.',
};

/** Of returns as fractions to those in percent: a number that can be read. */
const percentSquared = 10_000;

/** Why the correlation of two securities is what it is. */
export function explainCorrelation(cell: Correlation, codes: readonly [string, string]): Explanation {
  const { value, reason, observations, from, to, covariance, variances } = cell;
  const of = codes.join(' and ');
  const source = words(`of ${observations} common daily returns in percent, ${from ?? ''} to ${to ?? ''}`);
  const statistic = (name: string, known: number | undefined): Input =>
    reason === undefined && known !== undefined
      ? given(name, 'ratio', known * percentSquared, source)
      : missing(name, 'ratio', reason ?? '');
  return {
    figure: 'correlation',
    of,
    unit: 'ratio',
    value,
    formula: 'covariance / sqrt(varianceA * varianceB)',
    inputs: [
      statistic('covariance', covariance),
      statistic('varianceA', variances?.[0]),
      statistic('varianceB', variances?.[1]),
    ],
    rules: [correlationRule],
    ...(reason === undefined ? {} : { unknown: reason }),
  };
}

const correlationBetween = (
  { codes, rows }: CorrelationMatrix,
  [a, b]: readonly [Code | undefined, Code | undefined],
): Correlation | undefined =>
  a === undefined || b === undefined ? undefined : rows[codes.indexOf(a)]?.[codes.indexOf(b)];

/** Why a warning's figure is what it is, and where its limit comes from. */
export function explainLimit(
  all: ExplainedParts,
  correlations: CorrelationMatrix,
  warning: ConcentrationWarning,
  figure: (typeof limitFigures)[number],
): Explanation {
  const { rule, value, limit } = warning;
  if (figure === 'limit') {
    const source = words('this program’s own limit, against the S&P/ASX 200 at the end of 2025; no advice');
    const unit = rule === 'correlation' ? 'ratio' : 'pct';
    return {
      figure,
      of: rule,
      unit,
      value: limit,
      formula: 'limit',
      inputs: [given('limit', unit, limit, source)],
      rules: [],
    };
  }
  return { figure, of: rule, rules: [], ...limitMade(all, correlations, warning, value) };
}

function limitMade(
  all: ExplainedParts,
  correlations: CorrelationMatrix,
  { rule, codes }: ConcentrationWarning,
  value: number,
): Made {
  const [a, b] = codes;
  const pair = rule === 'correlation' ? correlationBetween(correlations, [a, b]) : undefined;
  if (pair !== undefined && a !== undefined && b !== undefined) {
    return { unit: 'ratio', value, formula: 'correlation', inputs: [inputOf(explainCorrelation(pair, [a, b]))] };
  }
  const { securities, sectors } = all.allocation;
  const isOfSector = rule === 'sector' || rule === 'unknownSector' || rule === 'cash' || rule === 'borrowed';
  const parts = isOfSector
    ? sectors.filter(part => (codes.length === 0 ? isCash(part) : part.codes[0] === a))
    : securities.filter(part => part.codes.some(code => codes.includes(code)));
  const weights = list(
    'weights',
    'pct',
    parts.map(part => ({ label: part.name ?? 'unknown', value: part.weightPct })),
  );
  return { unit: 'pct', value, formula: 'sum(weights)', inputs: [weights], rules: [weightRule] };
}
