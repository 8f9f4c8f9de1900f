/**
 * Computes the signals of a universe on its last closed day and writes them into the log: inputs, rank and target weights,
 * model A (trained first where there is no model yet, or when asked), model B, the ensemble, drift.
 *
 * Nothing after the day is looked at. What was said already stays: a second run on the same day, with the same model,
 * adds nothing. One security's trouble is its own row.
 */
import type { App } from '../app.ts';
import { readCompanies } from '../db/companies.ts';
import { finishJob, startJob } from '../db/jobs.ts';
import { latestModel, type ModelCard, type StoredModel, storeModel } from '../db/models.ts';
import { recordOfEnsemble } from '../db/scorecards.ts';
import { readSignalBars, signalBarsInSteps } from '../db/signal-bars.ts';
import { latestSignals, logSignals } from '../db/signal-log.ts';
import {
  listRuns,
  type RunDetails,
  ranksOn,
  type SignalRun,
  storeDrift,
  storeFeatures,
  storeRanks,
  storeRun,
} from '../db/signal-runs.ts';
import { readOverrides } from '../db/trading-days.ts';
import { universeCodes } from '../db/universe.ts';
import type { LocalDate } from '../domain/date.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import { type CalendarOverrides, tradingDays } from '../domain/market/calendar.ts';
import type { Code } from '../domain/market/security.ts';
import type { Universe } from '../domain/market/universe.ts';
import { type Backtest, type BacktestMarket, backtestInSteps, type RankedRow } from '../domain/signals/backtest.ts';
import { dayOfBar, type SignalBars } from '../domain/signals/bars.ts';
import { type DriftReading, readingsInSteps, windowSessions } from '../domain/signals/drift.ts';
import type { Weights } from '../domain/signals/ensemble.ts';
import { securityFeatures } from '../domain/signals/features.ts';
import { followingRules, sessionPrices } from '../domain/signals/following.ts';
import type { Training } from '../domain/signals/learner/train.ts';
import { modelVersion } from '../domain/signals/learner/trained.ts';
import type { LoggedSignal, SaidOf } from '../domain/signals/logged.ts';
import { type Quality, qualityOf } from '../domain/signals/model-b.ts';
import { type Panel, panelInSteps } from '../domain/signals/panel.ts';
import { type Ranking, rankSecurities } from '../domain/signals/rank.ts';
import { marketRegime } from '../domain/signals/regime.ts';
import { type TargetWeights, targetWeights } from '../domain/signals/target-weights.ts';
import {
  dayRows,
  type Learning,
  signalsOfA,
  signalsOfB,
  signalsOfEnsemble,
  versionOfA,
} from '../domain/signals/votes.ts';
import { growthSince, turnover } from '../domain/signals/weight-turnover.ts';
import { mapInSteps, type Steps } from '../domain/steps.ts';
import { Failure } from '../failure.ts';
import { takingTurns } from '../taking-turns.ts';

export type SignalsRequest = {
  readonly universe?: Universe | undefined;
  /** Train model A anew, also where there is one. */
  readonly train?: boolean | undefined;
  /** The day; without it the last closed one that prices are stored of. */
  readonly asOf?: LocalDate | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((step: RunStep) => void) | undefined;
};

export type RunStep = { readonly what: string; readonly done: number; readonly total: number };

export type SignalsReport = {
  readonly run: SignalRun;
  /** What was said for the first time. */
  readonly added: readonly LoggedSignal[];
  /** What was said of those codes before this day. */
  readonly before: ReadonlyMap<Code, SaidOf>;
  /** The model that was trained in this run. */
  readonly trained: StoredModel | undefined;
  readonly drift: readonly DriftReading[];
};

/** Bars that a day's inputs look at, with those that a portfolio's volatility does. */
const barsOfDay = 420;
/** A training row each seventh session: neighbouring days have nearly the same labels, and three make a block of 21. */
const sessionsBetweenRows = 7;
const trainingYears = 8;
const barsOfTraining = trainingYears * 256;
const companiesInStep = 8;

export async function runSignals(app: App, request: SignalsRequest = {}): Promise<SignalsReport> {
  return app.lock('signals', 'a run of the signals', () => runLocked(app, request), 60_000);
}

async function runLocked(app: App, request: SignalsRequest): Promise<SignalsReport> {
  const job = app.db.transaction(() => startJob(app.db, 'signals', app.now()));
  const finish = (outcome: 'done' | 'failed', message?: string): void =>
    app.db.transaction(() => finishJob(app.db, job, { finishedAt: app.now(), outcome, calls: 0, message }));
  try {
    const report = await compute(app, request);
    finish('done');
    return report;
  } catch (error) {
    finish('failed', error instanceof Error ? error.message : String(error));
    throw error;
  }
}

/** The universe and the day: the newest closed one that any of its securities has a bar of. */
async function readDay(app: App, { universe, asOf: wanted, signal }: SignalsRequest) {
  const name = universe ?? (app.simulated ? 'all' : 'held');
  const closed = latestCloseDue(app.now());
  const limit = wanted !== undefined && wanted < closed ? wanted : closed;
  const codes = universeCodes(app.db, name, { asOf: limit, benchmark: app.config.benchmark });
  if (codes.length === 0) {
    throw new Failure('refused', `There are no securities in the universe "${name}"`, {
      hint: 'Record or watch some, or fetch the exchange: asxos refresh universe.',
    });
  }
  const bars = await takingTurns(app, signalBarsInSteps(app.db, codes, { asOf: limit, most: barsOfDay }), signal);
  const asOf = bars.reduce<LocalDate | undefined>((newest, each) => {
    const last = dayOfBar(each, each.days.length - 1);
    return last !== undefined && (newest === undefined || last > newest) ? last : newest;
  }, undefined);
  if (asOf === undefined) {
    throw new Failure('refused', `There are no prices of the ${codes.length} securities in "${name}" to ${limit}`, {
      hint: 'Fetch them: asxos refresh history.',
    });
  }
  return { name, codes, bars, asOf };
}

async function compute(app: App, request: SignalsRequest): Promise<SignalsReport> {
  const { db } = app;
  const startedAt = app.now();
  const takeTurns = <T>(steps: Steps<T>): Promise<T> => takingTurns(app, steps, request.signal);
  const { name, codes, bars, asOf } = await readDay(app, request);
  const overrides = readOverrides(db);
  const step = (what: string, done: number, total: number): void => request.onProgress?.({ what, done, total });
  step('Inputs', 0, codes.length);
  const inputs = await takeTurns(mapInSteps(bars, each => securityFeatures(each, asOf)));
  const ranking = rankSecurities(inputs, asOf);
  const target = targetWeights(ranking.ranked, new Map(bars.map(each => [each.code, each])));
  const { learning, model, isNew } = await learn(app, request, { codes, asOf, overrides });
  const trained = isNew ? model : undefined;
  request.signal?.throwIfAborted();
  step('Model B', 0, codes.length);
  const qualities = await takeTurns(qualitiesOf(app, codes, asOf));
  const day = await takeTurns(panelInSteps(bars, [asOf], { overrides }));
  const a = signalsOfA(asOf, { learning, day: dayRows(day), ranking });
  const b = signalsOfB(asOf, qualities);
  const both = signalsOfEnsemble(asOf, a, b, weightsOf(Number(app.config.modelAWeightPct)));
  const drift = model === undefined ? [] : await takeTurns(readDrift(model.card, bars, asOf, overrides));
  const said = [...a, ...b, ...both];
  const details = detailsOf(app, { bars, asOf, ranking, target, learning, a, b, both });
  const before = latestSignals(db, codes, { before: asOf });
  return db.transaction(() => {
    const version = versionOfA(learning);
    const same = listRuns(db).find(run => run.asOf === asOf && run.universe === name && run.version === version);
    const run = same ?? { id: app.newId(), asOf, universe: name, version, startedAt, finishedAt: app.now(), details };
    if (trained !== undefined) storeModel(db, trained);
    if (same === undefined) storeRun(db, run);
    storeFeatures(db, asOf, version, inputs);
    if (same === undefined) storeRanks(db, asOf, version, ranking.ranked, target);
    if (same === undefined) storeDrift(db, run.id, 'A', drift);
    return { run, added: logSignals(db, run.id, said), before, trained, drift };
  });
}

const weightsOf = (pctOfA: number): Weights => ({ a: pctOfA / 100, b: (100 - pctOfA) / 100 });

type Whole = {
  readonly codes: readonly Code[];
  readonly asOf: LocalDate;
  readonly overrides: CalendarOverrides | undefined;
};

/** What model A is asked, and the model that inputs are held against; one that was trained just now is new. */
type Asked = { readonly learning: Learning; readonly model: StoredModel | undefined; readonly isNew: boolean };

/** The model that is asked, trained where it is wanted or there is none; else what it takes to train one. */
async function learn(app: App, request: SignalsRequest, whole: Whole): Promise<Asked> {
  const stored = latestModel(app.db, whole.asOf);
  if (stored !== undefined && !request.train) return { learning: stored, model: stored, isNew: false };
  const takeTurns = <T>(steps: Steps<T>): Promise<T> => takingTurns(app, steps, request.signal);
  const asked = { asOf: whole.asOf, most: barsOfTraining };
  const history = await takeTurns(signalBarsInSteps(app.db, whole.codes, asked));
  const panel = await takeTurns(trainingPanel(history, whole));
  // What the thread is handed is empty afterwards.
  const rows = { ...panel, dateOf: panel.dateOf.slice(), codeOf: panel.codeOf.slice() };
  const outcome = await app.train(panel, {
    signal: request.signal,
    onProgress: (done, total) => request.onProgress?.({ what: 'Training', done, total }),
  });
  if ('missing' in outcome)
    return { learning: { missing: `it takes ${outcome.missing.join(', and ')}` }, model: stored, isNew: false };
  const { training } = outcome;
  request.onProgress?.({ what: 'Backtest', done: 0, total: 0 });
  const version = modelVersion(training.trained);
  const trained = {
    version,
    trainedThrough: whole.asOf,
    createdAt: app.now(),
    trained: training.trained,
    card: await takeTurns(cardOf(app, training, rows, history, whole)),
  };
  return { learning: trained, model: trained, isNew: true };
}

/** Whose rows a panel has, and of when. */
type PanelRows = Pick<Panel, 'dates' | 'codes' | 'dateOf' | 'codeOf'>;

/** Rows of each seventh session, counted back from the day. */
function trainingPanel(history: readonly SignalBars[], { asOf, overrides }: Whole): Steps<Panel> {
  const first = history.reduce<LocalDate>((oldest, each) => {
    const day = dayOfBar(each, 0);
    return day !== undefined && day < oldest ? day : oldest;
  }, asOf);
  const sessions = tradingDays(first, asOf, overrides);
  const dates = sessions.filter((_, index) => (sessions.length - 1 - index) % sessionsBetweenRows === 0);
  return panelInSteps(history, dates, { knownUntil: asOf, overrides });
}

function* cardOf(
  app: App,
  training: Training,
  panel: PanelRows,
  history: readonly SignalBars[],
  { asOf, overrides }: Whole,
): Steps<ModelCard> {
  const { rules, from, through, rows, securities, folds, evaluation, importance, baselines } = training;
  return {
    rules,
    from,
    through,
    rows,
    securities,
    folds,
    evaluation,
    importance,
    baselines,
    backtest: yield* backtestOf(app, training, panel, history, tradingDays(from, asOf, overrides)),
  };
}

/** Of each company what model B says of it, some companies a step. */
function* qualitiesOf({ db, now }: App, codes: readonly Code[], asOf: LocalDate): Steps<Quality[]> {
  const found: Quality[] = [];
  for (let from = 0; from < codes.length; from += companiesInStep) {
    const companies = readCompanies(db, codes.slice(from, from + companiesInStep), { asOf, now: now() });
    for (const company of companies.values()) found.push(qualityOf(company));
    yield;
  }
  return found;
}

/** What following the scores of rows that the trees had not seen would have brought. */
function* backtestOf(
  app: App,
  { heldOut }: Training,
  panel: PanelRows,
  history: readonly SignalBars[],
  sessions: readonly LocalDate[],
): Steps<Backtest | { readonly reason: string }> {
  const code = app.config.benchmark;
  if (code === undefined) return { reason: 'there is no benchmark: the setting benchmark is none' };
  const rows = Array.from(
    heldOut.row,
    (row, index): RankedRow => ({
      date: panel.dates[panel.dateOf[row] as number] as LocalDate,
      code: panel.codes[panel.codeOf[row] as number] as Code,
      score: heldOut.score[index] as number,
    }),
  );
  const [benchmark] = readSignalBars(app.db, [code], {
    asOf: sessions.at(-1) ?? app.today(),
    most: barsOfTraining,
  });
  const prices = yield* mapInSteps(history, each => [each.code, sessionPrices(each, sessions)] as const);
  const market: BacktestMarket = {
    sessions,
    prices: new Map(prices),
    benchmark: sessionPrices(benchmark, sessions),
  };
  return yield* backtestInSteps(rows, market, followingRules(app.config));
}

function* readDrift(
  { baselines }: ModelCard,
  bars: readonly SignalBars[],
  asOf: LocalDate,
  overrides: CalendarOverrides | undefined,
): Steps<DriftReading[]> {
  const first = bars[0]?.days[0] === undefined ? asOf : (dayOfBar(bars[0], 0) ?? asOf);
  const dates = tradingDays(first, asOf, overrides).slice(-windowSessions);
  const panel = yield* panelInSteps(bars, dates, { overrides });
  return yield* readingsInSteps(baselines, panel);
}

type Found = {
  readonly bars: readonly SignalBars[];
  readonly asOf: LocalDate;
  readonly ranking: Ranking;
  readonly target: TargetWeights;
  readonly learning: Learning;
  readonly a: readonly LoggedSignal<'A'>[];
  readonly b: readonly LoggedSignal<'B'>[];
  readonly both: readonly LoggedSignal<'ensemble'>[];
};

function detailsOf(app: App, { bars, asOf, target, learning, a, b, both }: Found): RunDetails {
  const { db, config } = app;
  const voted = (rows: readonly LoggedSignal[]): number => rows.filter(row => row.signal !== undefined).length;
  const [benchmark] =
    config.benchmark === undefined ? [] : readSignalBars(db, [config.benchmark], { asOf, most: barsOfDay });
  const last = listRuns(db).find(run => run.asOf < asOf);
  const weights = last === undefined ? [] : ranksOn(db, last.asOf, last.version).filter(each => each.weight > 0);
  const byCode = new Map(bars.map(each => [each.code, each]));
  return {
    securities: bars.length,
    votesA: voted(a),
    votesB: voted(b),
    both: voted(both),
    regime: benchmark === undefined ? undefined : marketRegime(benchmark, asOf),
    cash: target.cash,
    scale: target.scale,
    turnover:
      last === undefined
        ? undefined
        : turnover({ weights, cash: last.details.cash }, target, code => growthSince(byCode.get(code), last.asOf, asOf))
            .turnover,
    troubles: Object.fromEntries(
      bars.flatMap(each => (each.troubles.length === 0 ? [] : [[each.code, each.troubles]])),
    ),
    missing: 'missing' in learning ? learning.missing : undefined,
    record: recordOfEnsemble(db, asOf),
  };
}
