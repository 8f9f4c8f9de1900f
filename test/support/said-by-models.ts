/** A run of the signals of three securities, written straight into the log: one agreed, one in conflict, one abstained. */
import type { App } from '../../src/app.ts';
import { storeModel } from '../../src/db/models.ts';
import { logSignals } from '../../src/db/signal-log.ts';
import { storeDrift, storeRanks, storeRun } from '../../src/db/signal-runs.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { trainRules } from '../../src/domain/signals/learner/train.ts';
import type { LoggedSignal } from '../../src/domain/signals/logged.ts';
import { on } from './ledger.ts';

const version = 'a-test';
const asOf = on('2026-11-20');
const reasons = [
  { feature: 'mom_12_1', value: 0.42, standardised: 1.8, logOdds: 0.5 },
  { feature: 'vol_60', value: 0.012, standardised: -0.4, logOdds: -0.1 },
  { feature: 'trend_200', value: 1, standardised: 0.7, logOdds: 0.05 },
  { feature: 'adv_zscore', value: undefined, standardised: undefined, logOdds: 0 },
];

const a = (name: string, own: Partial<LoggedSignal<'A'>>): LoggedSignal<'A'> => ({
  asOf,
  model: 'A',
  version,
  code: parseCode(name),
  signal: undefined,
  abstained: undefined,
  score: undefined,
  expectedReturn: undefined,
  rank: undefined,
  details: {},
  ...own,
});
const b = (name: string, own: Partial<LoggedSignal<'B'>>): LoggedSignal<'B'> => ({
  ...a(name, {}),
  model: 'B',
  version: 'B 1.0',
  details: { coverage: 1, categories: {} },
  ...own,
});
const both = (name: string, own: Partial<LoggedSignal<'ensemble'>>): LoggedSignal<'ensemble'> => ({
  ...a(name, {}),
  model: 'ensemble',
  version: `${version}+B 1.0`,
  details: { agree: false, conflict: false, weightA: 0.6, weightB: 0.4 },
  ...own,
});
const weights = { weightA: 0.6, weightB: 0.4 };

/** Log-odds .2 + .45 = .65 of BHP mean .71 here; .6 x .71 + .4 x .78 = .738. */
const said: LoggedSignal[] = [
  a('BHP', {
    signal: 'STRONG_BUY',
    score: 0.71,
    expectedReturn: 0.062,
    rank: 1,
    details: {
      conviction: 42,
      logOdds: 0.65,
      bias: 0.2,
      reasons,
      rankScore: 1.25,
      rankParts: { mom_12_1: 1, mom_6: 0.25 },
    },
  }),
  b('BHP', {
    signal: 'BUY',
    score: 0.78,
    expectedReturn: 0.056,
    rank: 2,
    details: {
      grade: 'B',
      coverage: 1,
      categories: { valuation: 64, profitability: 90, growth: 70, health: 84, income: 50 },
    },
  }),
  both('BHP', { signal: 'STRONG_BUY', score: 0.738, rank: 1, details: { agree: true, conflict: false, ...weights } }),
  a('CSL', {
    signal: 'BUY',
    score: 0.6,
    expectedReturn: 0.02,
    details: { conviction: 20, logOdds: 0.3, bias: 0.2, reasons: [] },
  }),
  b('CSL', {
    signal: 'SELL',
    score: 0.38,
    expectedReturn: -0.024,
    rank: 3,
    details: { grade: 'D', coverage: 1, categories: { valuation: 10, profitability: 40 } },
  }),
  both('CSL', {
    signal: 'HOLD',
    score: 0.512,
    details: { agree: false, conflict: true, ...weights, reason: 'A=BUY, B=SELL' },
  }),
  a('WES', {
    abstained: 'trades $1,200 a day, under $5,000,000',
    details: { gates: ['trades $1,200 a day, under $5,000,000'] },
  }),
  b('WES', { abstained: 'it is a fund, and has no fundamentals of its own' }),
  both('WES', { abstained: 'model A abstains: too thin; model B abstains: it is a fund' }),
];

const bins = [
  { upTo: 0.1, baseline: 0.5, latest: 0.9 },
  { upTo: undefined, baseline: 0.5, latest: 0.1 },
];
/** Of mom_6, by hand from its two bins. */
export const psiOfMomentum = 0.4 * Math.log(0.9 / 0.5) - 0.4 * Math.log(0.1 / 0.5);
const reading = { securities: 200, reason: undefined, bins } as const;

/** A run that had too little to learn from: the rank of BHP alone. */
export function fillRankAlone(app: App): void {
  const missing = 'it takes 30 securities, and there are 12';
  const details = { securities: 1, votesA: 0, votesB: 0, both: 0, cash: 0.97, scale: 1, troubles: {}, missing };
  const of = { asOf, universe: 'held', version: 'rank-1.1', startedAt: 1, finishedAt: 2 };
  const rankParts = { mom_12_1: 1, mom_6: 0.25 };
  app.db.transaction(() => {
    storeRun(app.db, { id: 'rank', ...of, details });
    logSignals(app.db, 'rank', [
      a('BHP', { version: of.version, rank: 1, abstained: missing, details: { rankScore: 1.25, rankParts } }),
      both('BHP', { version: 'rank-1.1+none', abstained: `model A abstains: ${missing}` }),
    ]);
  });
}

/** Puts them into the log, with the ranked list, the drift and the model of the run. */
export function fillSignals(app: App): void {
  const details = {
    securities: 3,
    votesA: 2,
    votesB: 2,
    both: 2,
    cash: 0.12,
    scale: 0.83,
    turnover: 0.14,
    troubles: {},
    regime: {
      benchmark: parseCode('XJO'),
      date: asOf,
      regime: 'risk-on',
      close: 9000,
      average: 8700,
      volatility: 0.11,
    },
  } as const;
  app.db.transaction(() => {
    storeRun(app.db, { id: 'one', asOf, universe: 'held', version, startedAt: 1, finishedAt: 2, details });
    logSignals(app.db, 'one', said);
    storeRanks(app.db, asOf, version, [{ code: parseCode('BHP'), rank: 1, score: 1.25, parts: [], volatility: 0.01 }], {
      weights: [{ code: parseCode('BHP'), rank: 1, weight: 0.0225 }],
      cash: 0.12,
      volatility: 0.1,
      scale: 0.83,
    });
    storeDrift(app.db, 'one', 'A', [
      { input: 'mom_6', psi: psiOfMomentum, band: 'large', usual: 0.3, drifting: true, ...reading },
      { input: 'rsi_14', psi: 0.02, band: 'stable', usual: 0.4, drifting: false, ...reading },
    ]);
    storeModel(app.db, model);
  });
}

const block = { value: 0.036, low: -0.017, high: 0.088, t: 1.3, blocks: 39, reason: undefined };
const model: Parameters<typeof storeModel>[1] = {
  version,
  trainedThrough: asOf,
  createdAt: 1_800_000_000_000,
  card: {
    rules: trainRules,
    from: on('2021-12-01'),
    through: on('2026-10-21'),
    rows: 45_252,
    securities: 212,
    folds: 16,
    evaluation: {
      from: on('2023-01-13'),
      to: on('2026-10-21'),
      dates: 190,
      rows: 35_755,
      ranking: { auc: { ...block, value: 0.534 }, rankIc: block, byChance: 0.019, isEdgeShown: false },
      brier: {
        count: 28_586,
        score: 0.2495,
        baseRate: 0.555,
        reliability: 0.01,
        resolution: 0.01,
        uncertainty: 0.247,
        remainder: 0.0025,
        better: block,
        table: [{ from: 0.5, to: 0.55, count: 100, meanProbability: 0.53, rose: 0.59 }],
      },
      classes: [
        {
          signal: 'BUY',
          count: 9420,
          hitRate: 0.48,
          baseRate: 0.467,
          excess: block,
          meanReturn: -0.0046,
          baseReturn: -0.0048,
        },
      ],
      sides: { count: 9420, hitRate: 0.48, baseRate: 0.467, excess: block },
    },
    importance: [{ feature: 'sma200_slope', gainShare: 0.09, aucLoss: 0.0088 }],
    baselines: [],
    backtest: { reason: 'no ranking is 21 sessions old with a fifth to buy' },
  },
  trained: {
    bounds: { low: new Float64Array(), high: new Float64Array() },
    forest: {
      features: [],
      base: 0.2,
      roots: new Int32Array(),
      feature: new Int16Array(),
      threshold: new Float64Array(),
      unknownLeft: new Uint8Array(),
      right: new Int32Array(),
      value: new Float64Array(),
      gain: new Float64Array(),
    },
    calibration: { scores: [0, 1], probabilities: [0.5, 0.5 + 0.21 / 0.65] },
    returns: { upTo: [0.6, 0.9], means: [0.02, 0.062] },
  },
};
