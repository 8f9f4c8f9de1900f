import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { listJobRuns } from '../../src/db/jobs.ts';
import { findModel, storeModel } from '../../src/db/models.ts';
import { replaceHistory } from '../../src/db/prices.ts';
import { signalHistory, signalsOfModel } from '../../src/db/signal-log.ts';
import { ranksOn } from '../../src/db/signal-runs.ts';
import { watch } from '../../src/db/watchlist.ts';
import { type LocalDate, sydneyInstant } from '../../src/domain/date.ts';
import { decimal, price } from '../../src/domain/decimal.ts';
import type { Bar } from '../../src/domain/market/price.ts';
import type { Code } from '../../src/domain/market/security.ts';
import { ensembleVote } from '../../src/domain/signals/ensemble.ts';
import { voteOfA, voteOfB } from '../../src/domain/signals/logged.ts';
import { notify } from '../../src/usecases/notify.ts';
import { runSignals, type SignalsReport } from '../../src/usecases/run-signals.ts';
import { scoreSignals } from '../../src/usecases/score-signals.ts';
import { signalNews } from '../../src/usecases/signal-news.ts';
import { viewDrift, viewModel, viewSecuritySignals, viewSignals } from '../../src/usecases/view-signals.ts';
import { sampleBars, sampleCodes, sampleDays } from '../bench/sample-market.ts';
import { openTestApp, temporaryFolder } from '../support/app.ts';
import { failureOf } from '../support/eodhd-client.ts';
import { on } from '../support/ledger.ts';

const lastDay = on('2026-03-02');
const days = sampleDays(lastDay, 3.2);
const evening = (date: LocalDate): number => sydneyInstant(date, 20 * 60);

/** A price that passes the gates of dealing, whatever its walk. */
const dear = (bars: readonly Bar[]): Bar[] => {
  const first = Number(bars[0]?.close.toFixed() ?? 1);
  const times = (value: Bar['close']): Bar['close'] => price(((Number(value.toFixed()) / first) * 40).toFixed(3));
  return bars.map(bar => ({
    date: bar.date,
    open: times(bar.open),
    high: times(bar.high),
    low: times(bar.low),
    close: times(bar.close),
    adjustedClose: times(bar.close),
    volume: decimal(String(1_000_000 + Number(bar.volume.toFixed()))),
  }));
};

const market = new Map(sampleCodes(45).map((code, index) => [code, dear(sampleBars(days, index + 1))]));

function fill(app: App, { upTo = lastDay, codes = [...market.keys()] }: { upTo?: LocalDate; codes?: Code[] } = {}) {
  app.db.transaction(() => {
    for (const code of codes) {
      watch(app.db, { code, addedAt: app.now() });
      const bars = (market.get(code) ?? []).filter(bar => bar.date <= upTo);
      replaceHistory(app.db, code, bars, { at: app.now(), source: 'eodhd' });
    }
  });
}

async function openFilled(options: { day?: LocalDate; upTo?: LocalDate; codes?: Code[] } = {}) {
  const opened = await openTestApp({ now: evening(options.day ?? lastDay) });
  fill(opened.app, options);
  return opened;
}

let ran: Promise<{ image: Buffer; report: SignalsReport }> | undefined;

/** An App in which the signals have run, each time as if for the first time: training takes seconds and is done once. */
async function openRan(): Promise<{ app: App; report: SignalsReport }> {
  ran ??= openFilled().then(async ({ app }) => {
    const report = await runSignals(app);
    return { report, image: app.db.raw.serialize() };
  });
  const { image, report } = await ran;
  const dataDir = temporaryFolder();
  writeFileSync(join(dataDir, 'asxos.db'), image);
  return { app: (await openTestApp({ dataDir, now: evening(lastDay) })).app, report };
}

const said = ({ added }: SignalsReport) => added.map(({ details, ...row }) => row);

describe('a run of the signals', () => {
  it('trains, says what it can of every security, and adds nothing the second time', async () => {
    const { app } = await openFilled();
    const steps = new Set<string>();
    const report = await runSignals(app, { onProgress: ({ what }) => steps.add(what) });
    expect(report.run).toMatchObject({
      asOf: lastDay,
      universe: 'held',
      details: { securities: 45, votesB: 0, both: 0 },
    });
    expect(report.run.details.votesA).toBeGreaterThan(35);
    expect(report.added).toHaveLength(45 * 2);
    expect([...steps]).toEqual(['Inputs', 'Training', 'Backtest', 'Model B']);
    expect(report.trained?.version).toBe(report.run.version);
    expect(findModel(app.db, report.run.version)?.card.securities).toBe(45);
    expect(viewModel(app)?.version).toBe(report.run.version);
    const inputs = app.db
      .statement<{ features: string }>('SELECT features FROM signal_features WHERE as_of = ? AND version = ?')
      .all(lastDay, report.run.version);
    expect(inputs).toHaveLength(45);
    expect(JSON.parse(inputs[0]?.features ?? '')).toHaveProperty('mom_12_1');
    const ranks = ranksOn(app.db, lastDay, report.run.version);
    expect(ranks.reduce((sum, each) => sum + each.weight, report.run.details.cash)).toBeCloseTo(1, 9);
    expect(listJobRuns(app.db, 1)).toMatchObject([{ job: 'signals', outcome: 'done' }]);

    const again = await runSignals(app);
    expect(again).toMatchObject({ added: [], trained: undefined, run: { id: report.run.id } });
    expect(signalsOfModel(app.db, 'A')).toHaveLength(45);
    expect(viewDrift(app)).toHaveLength(1);
  });

  it('says of a past day what it would have said then', async () => {
    const whole = await openFilled();
    const cuts = [days.at(-1), days.at(-40), days.at(-97)] as LocalDate[];
    // The model is of the earliest day, so that each of the others asks the same one.
    await runSignals(whole.app, { asOf: cuts.at(-1) });
    const first = await openFilled({ day: cuts.at(-1) as LocalDate, upTo: cuts.at(-1) as LocalDate });
    const model = (await runSignals(first.app)).trained;
    if (model === undefined) throw new Error('no model');
    for (const cut of cuts.toReversed()) {
      const report = await runSignals(whole.app, { asOf: cut });
      const then = await openFilled({ day: cut, upTo: cut });
      then.app.db.transaction(() => storeModel(then.app.db, model));
      const truncated = await runSignals(then.app);
      expect(truncated.run.version).toBe(report.run.version);
      if (report.added.length > 0) expect(said(truncated)).toEqual(said(report));
      expect(signalsOfModel(then.app.db, 'A')).toEqual(
        signalsOfModel(whole.app.db, 'A').filter(row => row.asOf === cut),
      );
    }
  }, 60_000);

  it('has the rank alone where there is too little to learn from, and says what is missing', async () => {
    const { app } = await openFilled({ codes: [...market.keys()].slice(0, 12) });
    const { run, added, trained } = await runSignals(app);
    expect(trained).toBeUndefined();
    expect(run.version).toBe('rank-1.1');
    expect(run.details.missing).toContain('30 securities');
    expect(added.every(row => row.signal === undefined && row.abstained !== undefined)).toBe(true);
    expect(added.filter(row => row.rank !== undefined).length).toBeGreaterThan(0);
    expect(viewDrift(app)[0]?.readings).toEqual([]);
  });

  it('is not stopped by one bad security: a bar, a gap, no trades, a jump, a day to come', async () => {
    const { app, clock } = await openFilled();
    const good = market.get([...market.keys()][0] as Code) as Bar[];
    const flat = { open: price('2'), high: price('2'), low: price('2'), close: price('2'), adjustedClose: price('2') };
    const odd: [string, Bar[]][] = [
      ['ZA1', good.slice(-1)],
      ['ZA2', good.filter((_, index) => index % 50 < 20)],
      ['ZA3', good.map(bar => ({ ...bar, ...flat, volume: decimal('0') }))],
      ['ZA4', good.map((bar, index) => (index === 500 ? { ...bar, close: price('4000'), high: price('4000') } : bar))],
      ['ZA5', [...good, { ...(good.at(-1) as Bar), date: on('2026-12-01') }]],
    ];
    app.db.transaction(() => {
      for (const [code, bars] of odd) {
        watch(app.db, { code: code as Code, addedAt: clock.now });
        replaceHistory(app.db, code as Code, bars, { at: clock.now, source: 'eodhd' });
      }
    });
    const { run, added } = await runSignals(app);
    expect(run.asOf).toBe(lastDay);
    expect(run.details.securities).toBe(50);
    for (const code of ['ZA1', 'ZA3']) {
      expect(added.find(row => row.code === code && row.model === 'A')).toMatchObject({ signal: undefined });
    }
    const numbers = JSON.stringify(added).match(/NaN|Infinity/g);
    expect(numbers).toBeNull();
    for (const row of added) expect(row.score === undefined || Number.isFinite(row.score)).toBe(true);
  });

  it('refuses a universe without securities or prices, and goes on where it was stopped', async () => {
    const { app } = await openTestApp({ now: evening(lastDay) });
    expect(await failureOf(runSignals(app))).toMatchObject({ code: 'refused' });
    fill(app);
    const stop = new AbortController();
    const stopped = runSignals(app, {
      signal: stop.signal,
      onProgress: ({ what }) => what === 'Training' && stop.abort(),
    });
    await expect(stopped).rejects.toThrow();
    expect(signalsOfModel(app.db, 'A')).toEqual([]);
    expect(listJobRuns(app.db, 1)).toMatchObject([{ outcome: 'failed' }]);
    expect((await runSignals(app)).added).toHaveLength(90);
  });
});

describe('what is shown of a run', () => {
  it('is what was logged: votes, reasons that sum, a card, a score that is still open', async () => {
    const { app } = await openRan();
    const { rows, statistics } = viewSignals(app);
    expect(rows).toHaveLength(45);
    expect(statistics).toMatchObject({ total: 0, agreementRate: undefined });
    for (const { said: own, ...row } of rows) {
      const made = ensembleVote({ code: row.code, a: voteOfA(own.a), b: voteOfB(own.b) });
      expect(row).toMatchObject({ signal: made.signal, score: made.score, conflict: made.conflict });
      const { reasons = [], bias = 0, logOdds } = own.a?.details ?? {};
      if (logOdds !== undefined) {
        expect(reasons.reduce((sum, each) => sum + each.logOdds, bias)).toBeCloseTo(logOdds, 9);
      }
    }
    const [first] = rows;
    expect(viewSecuritySignals(app, first?.code as Code)?.history).toEqual(signalHistory(app.db, first?.code as Code));
    expect(viewSecuritySignals(app, 'ZZZ' as Code)).toBeUndefined();
    const [a] = scoreSignals(app, ['A']);
    expect(a?.card).toMatchObject({ said: 45, judged: 0 });
    expect(a?.backtest).toEqual({ reason: 'there is no benchmark: the setting benchmark is none' });
  });

  it('tells the inbox of a new model and of the signals of what is followed, once', async () => {
    const { app, report } = await openRan();
    const news = signalNews(app, report);
    // Without fundamentals the ensemble abstains, which is no change.
    expect(news.map(each => each.type)).toEqual(['model_update']);
    expect(news[0]?.message).toContain('45 securities');
    expect(news.map(draft => notify(app, draft)).filter(id => id !== undefined)).toHaveLength(1);
    expect(news.map(draft => notify(app, draft)).filter(id => id !== undefined)).toEqual([]);
  });

  it('tells of a change that crosses HOLD, and not of one that does not', async () => {
    const { app, report } = await openRan();
    const [code, other, third] = [...market.keys()] as [Code, Code, Code];
    const row = (of: Code, signal: 'BUY' | 'HOLD' | 'STRONG_BUY', asOf = lastDay) =>
      ({
        asOf,
        model: 'ensemble',
        version: 'x',
        code: of,
        signal,
        abstained: undefined,
        score: 0.7,
        expectedReturn: undefined,
        rank: undefined,
        details: { agree: true, conflict: false, weightA: 0.6, weightB: 0.4 },
      }) as const;
    const before = new Map(
      [row(code, 'HOLD', on('2026-02-02')), row(other, 'BUY', on('2026-02-02'))].map(each => [
        each.code,
        { code: each.code, a: undefined, b: undefined, ensemble: each },
      ]),
    );
    const fourth = [...market.keys()][3] as Code;
    const added = [code, third, 'ZZZ' as Code].map(each => row(each, 'BUY'));
    added.push(row(other, 'STRONG_BUY') as never, row(fourth, 'HOLD') as never);
    const news = signalNews(app, { ...report, trained: undefined, drift: [], added, before });
    expect(news.map(each => [each.type, each.title, each.priority])).toEqual([
      ['signal_change', `${code}: HOLD to BUY`, 'normal'],
      ['signal_change', `${third}: BUY`, 'normal'],
    ]);
    expect(news[0]?.data).toEqual({ code, asOf: lastDay, from: 'HOLD', to: 'BUY', score: 0.7, confidence: 0.7 });
  });
});
