import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, openApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { mapKeychain, migrationsDir } from '../support/app.ts';
import { type Trader, traderAt } from '../support/cli.ts';
import { fridayEvening } from '../support/demo-console.ts';
import { type EodhdServer, startEodhdServer } from '../support/eodhd-server.ts';
import { type LocalApi, openLocalApi } from '../support/local-api.ts';
import { fillSignals } from '../support/said-by-models.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a command answers is what the test is about
type Data = any;

let folder: string;
let server: EodhdServer;
let trader: Trader;
let app: App;
let api: LocalApi;

/** What a command prints as JSON, on the same data at the same moment. */
async function printed(line: string): Promise<{ data: Data; warnings: string[] }> {
  const { out, err } = await trader.asxos(`--demo --json ${line}`);
  if (out === '') throw new Error(err);
  return JSON.parse(out);
}
const cli = async (line: string): Promise<Data> => (await printed(line)).data;
/** A decimal of the command line as the API writes it. */
const number = (text: string | null | undefined): number | null => (text == null ? null : Number(text));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'asxos-numbers-'));
  server = await startEodhdServer({ faults: [] });
  trader = traderAt(folder, server, { now: fridayEvening });
  const filled = await trader.asxos('--demo holdings');
  expect(filled.code).toBe(0);
  const env = { ASXOS_DATA_DIR: folder, ASXOS_CONFIG: join(folder, 'config.json') };
  app = openApp(
    { ...loadConfig({ env }), benchmark: undefined },
    { env, migrationsDir, demo: true },
    { now: () => fridayEvening, openKeychain: async () => mapKeychain() },
  );
  fillSignals(app);
  api = openLocalApi(app);
}, 60_000);
afterAll(async () => {
  await app?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the figures are those of the command line', () => {
  test.each(['Family SMSF', 'Long Term', 'all'])('holdings of %s', async name => {
    const { holdings, totals } = await cli(`holdings --portfolio "${name}"`);
    const ours = await api.get(`/portfolio?portfolio_name=${encodeURIComponent(name)}`);
    expect(ours.holdings).toHaveLength(holdings.length);
    expect(ours.holdings.map((row: Data) => ({ ...row, id: 0, date_acquired: '', signal_confidence: 0 }))).toEqual(
      holdings.map((row: Data) => ({
        id: 0,
        ticker: `${row.code}.AX`,
        shares: number(row.units),
        avg_cost: number(row.averageCost),
        date_acquired: '',
        current_price: number(row.price),
        current_value: number(row.value),
        cost_basis: number(row.costBase),
        unrealized_pl: number(row.gain),
        unrealized_pl_pct: row.gainPct,
        current_signal: row.signal,
        signal_confidence: 0,
      })),
    );
    expect(ours).toMatchObject({
      name: name === 'all' ? 'All portfolios' : name,
      portfolio_id: { 'Family SMSF': 1, 'Long Term': 2 }[name] ?? null,
      total_value: number(totals.value),
      total_cost_basis: number(totals.costBase),
      total_pl: number(totals.gain),
      total_pl_pct: totals.gainPct,
      cash_balance: number(totals.cash) ?? 0,
      num_holdings: totals.priced + totals.unpriced,
    });
    expect(new Set(ours.holdings.map((row: Data) => row.id)).size).toBe(holdings.length);
    const { parcels } = await cli(`parcels --portfolio "${name}"`);
    for (const row of ours.holdings) {
      const days = parcels
        .filter((each: Data) => `${each.code}.AX` === row.ticker)
        .map((each: Data) => each.acquiredOn);
      expect(row.date_acquired).toBe(days.sort()[0]);
    }
    expect(await api.get(`/portfolio/holdings?portfolio_name=${encodeURIComponent(name)}`)).toEqual(ours);
  });

  test('risk', async () => {
    const { risk, sectors, signals, warnings, reasons, value } = await cli('analyze');
    const { totals } = await cli('holdings');
    const ours = await api.get('/portfolio/risk-metrics');
    expect(ours).toMatchObject({
      volatility: risk.volatilityPct,
      sharpe_ratio: risk.sharpe,
      sortino_ratio: risk.sortino,
      beta: risk.beta,
      correlation: risk.correlation,
      max_drawdown_pct: risk.maxDrawdownPct,
      var_95_pct: risk.var95Pct,
      expected_shortfall_95_pct: risk.expectedShortfall95Pct,
      tracking_error_pct: risk.trackingErrorPct,
      information_ratio: risk.informationRatio,
      herfindahl_index: risk.herfindahl,
      top_holding_weight_pct: risk.top1Pct,
      top_5_weight_pct: risk.top5Pct,
      observations: risk.observations,
      total_return_pct: totals.totalReturnPct,
      total_value: number(totals.value),
    });
    expect(ours.volatility).toBeGreaterThan(0);
    expect(number(value)).toBe(Math.round((ours.total_value + Number(totals.cash)) * 100) / 100);
    expect(ours.reasons.beta).toBe(reasons.beta);
    expect(ours.sector_weights).toEqual(
      Object.fromEntries(sectors.map((each: Data) => [each.sector ?? 'Unknown', each.weightPct])),
    );
    expect(ours.signal_distribution).toEqual(
      Object.fromEntries(signals.map((each: Data) => [each.signal ?? 'UNKNOWN', each.count])),
    );
    expect(ours.warnings.slice(0, warnings.length)).toEqual(warnings);
  });

  test.each([
    ['signals', '--mode signals'],
    ['cash', '--mode cash --amount 5000'],
  ])('rebalancing in mode %s, which keeps nothing', async (mode, options) => {
    await cli('rebalance targets set VAS=40 BHP=10');
    const { data: made, warnings } = await printed(`rebalance ${options} --dry-run`);
    const ours = await api.get(`/portfolio/rebalancing?mode=${mode}${mode === 'cash' ? '&amount=5000' : ''}`);
    expect(ours.suggestions.length).toBeGreaterThan(3);
    expect(
      ours.suggestions.map(({ current_shares, signal_confidence, ...row }: Data) => [row, typeof current_shares]),
    ).toEqual(
      made.suggestions.map((row: Data) => [
        {
          ticker: `${row.code}.AX`,
          name: row.name,
          action: row.action,
          suggested_quantity: number(row.units),
          suggested_value: number(row.value),
          reason: row.reason,
          current_signal: row.signal,
          confidence_score: row.confidence,
          signal_as_of: row.signalAsOf,
          current_price: number(row.price),
          price_as_of: row.priceAsOf,
          current_weight_pct: row.weightPct,
          target_weight_pct: row.targetPct,
          after_weight_pct: row.afterPct,
          priority: row.priority,
          brokerage: number(row.brokerage),
          tax: number(row.tax),
        },
        'number',
      ]),
    );
    expect(ours).toMatchObject({
      mode,
      total_value: number(made.total),
      cash: number(made.cash),
      cash_after: number(made.cashAfter),
      brokerage: number(made.brokerage),
      tax: number(made.tax),
    });
    expect(ours.warnings).toEqual(warnings.filter(words => !words.startsWith('SIMULATED')));
    expect((await cli('rebalance list')).suggestions).toEqual([]);
  });

  test('signals, of which those with both votes', async () => {
    const { signals } = await cli('signals ensemble');
    const spoken = signals.filter((row: Data) => row.signal !== null);
    const ours = await api.get('/signals/ensemble/latest');
    expect([ours.count, ours.statistics.total, ours.as_of]).toEqual([2, 2, '2026-11-20']);
    const record = (row: Data) => ({
      symbol: `${row.code}.AU`,
      signal: row.signal,
      ensemble_score: row.score,
      confidence: row.score,
      rank: row.rank,
      component_signals: {
        model_a: { signal: row.modelA.signal, confidence: row.modelA.probability, rank: row.modelA.rank },
        model_b: { signal: row.modelB.signal, confidence: row.modelB.score, rank: row.modelB.rank },
      },
      agreement: { signals_agree: row.agree, conflict: row.conflict, conflict_reason: row.conflictReason },
    });
    expect(ours.signals).toEqual(spoken.map(record));
    for (const row of spoken) {
      expect(await api.get(`/signals/ensemble/${row.code}`)).toEqual({
        ...record(row),
        as_of: row.asOf,
        created_at: '1970-01-01T00:00:00.002Z',
      });
      const { model_a, model_b } = await api.get(`/signals/compare?ticker=${row.code}`);
      expect([model_a.expected_return, model_b.quality_score]).toEqual([row.modelA.expectedReturn, row.modelB.grade]);
    }
    const { signals: live, model } = await api.get('/signals/live');
    expect(live.map((row: Data) => [row.symbol, row.rank, row.score, row.ml_prob, row.ml_expected_return])).toEqual([
      ['BHP.AU', 1, 1.25, 0.71, 0.062],
      ['CSL.AU', null, null, 0.6, 0.02],
    ]);
    expect(model).toBe('model_a');
    expect((await api.send('GET', '/signals/live?model=model_b_v1')).status).toBe(404);
  });

  test('a security on which a model abstains has no signal of the ensemble, and its models say what they can', async () => {
    const { status, body } = await api.send('GET', '/signals/ensemble/WES');
    expect([status, body.detail]).toEqual([
      404,
      'No ensemble signal found for WES.AU: model A abstains: too thin; model B abstains: it is a fund',
    ]);
    expect((await api.send('GET', '/signals/model_b/WES')).status).toBe(404);
    expect((await api.get('/signals/compare?ticker=WES')).availability).toEqual({
      model_a: false,
      model_b: false,
      ensemble: false,
    });
  });

  test('fundamentals of every company that the demo has', async () => {
    const names = { pe: 'pe_ratio', pb: 'pb_ratio' } as Record<string, string>;
    const { holdings } = await cli('holdings');
    let compared = 0;
    for (const { code } of holdings) {
      const reply = await api.send('GET', `/fundamentals/metrics?ticker=${code}`);
      if (reply.status === 404) continue;
      const { categories, years, periodTo, fetchedAt } = await cli(`fundamentals ${code}`);
      const { valuation, profitability, growth, financial_health, income } = reply.body.metrics;
      const flat = { ...valuation, ...profitability, ...growth, ...financial_health, ...income };
      const metrics = Object.values<Data>(categories).flatMap(each => each.metrics);
      for (const { name, value } of metrics) {
        const own = names[name] ?? name;
        if (!(own in flat)) continue;
        expect([code, own, flat[own]]).toEqual([code, own, value]);
        compared += value === null ? 0 : 1;
      }
      expect([flat.eps, reply.body.period_end, reply.body.updated_at]).toEqual([
        years.at(-1)?.eps ?? null,
        periodTo,
        fetchedAt,
      ]);
    }
    expect(compared).toBeGreaterThan(50);
  });

  test('drift', async () => {
    const { readings, version } = await cli('signals drift');
    const { rows, count } = await api.get('/drift/summary');
    expect([count, rows[0].baseline_label, rows[0].metrics.drifting]).toEqual([1, version, 1]);
    expect(rows[0].metrics.features).toEqual(
      readings.map(({ input, psi, band, usual, drifting, securities, reason }: Data) => ({
        feature: input,
        ...{ psi, band, usual, drifting, securities, reason },
      })),
    );
  });

  test('jobs', async () => {
    const { jobs } = await cli('jobs');
    const ours = await api.get('/jobs/history');
    expect(ours.jobs.length).toBeGreaterThan(1);
    expect(ours.jobs).toEqual(
      jobs.map((job: Data) => ({
        id: job.id,
        job_name: job.job,
        status: { done: 'success', partly: 'partial', failed: 'failed' }[job.outcome as string],
        started_at: job.startedAt,
        completed_at: job.finishedAt,
        duration_seconds: job.seconds,
        calls: job.calls,
        message: job.message,
        error_message: job.outcome === 'done' ? null : job.message,
      })),
    );
    expect((await api.get('/jobs/history?job_name=refresh%20all&limit=1')).jobs).toHaveLength(1);
  });

  test('the watchlist, prices and search', async () => {
    const { watchlist } = await cli('watch list');
    const { items } = await api.get('/watchlist');
    expect(items.map((row: Data) => [row.ticker, row.current_price, row.price_as_of, row.price_change_pct])).toEqual(
      watchlist.map((row: Data) => [`${row.code}.AX`, number(row.price), row.priceAsOf, row.changePct]),
    );
    const { bars } = await cli('chart BHP --range 1Y');
    const history = await api.get('/prices/BHP/history?period=1Y');
    expect(history.data.map((bar: Data) => [bar.date, bar.close])).toEqual(
      bars.map((bar: Data) => [bar.date, bar.close]),
    );
    for (const bar of history.data) expect(bar.low <= bar.open && bar.open <= bar.high).toBe(true);
    const { quotes } = await cli('quote BHP');
    const latest = await api.get('/prices/BHP/latest');
    expect([latest.close, latest.previous_close, latest.change_pct, latest.as_of]).toEqual([
      number(quotes[0].price),
      number(quotes[0].previousClose),
      quotes[0].changePct,
      quotes[0].priceAsOf,
    ]);
    const { securities } = await cli('search bank --limit 10');
    const { results } = await api.get('/search?q=bank');
    expect(results.map((row: Data) => [row.symbol, row.name, row.sector])).toEqual(
      securities.map((row: Data) => [`${row.code}.AX`, row.name, row.sector]),
    );
  });

  test('the inbox and the preferences', async () => {
    const { notifications, totalCount, unreadCount } = await cli('notifications list');
    const inbox = await api.get('/notifications');
    expect([inbox.total_count, inbox.unread_count]).toEqual([totalCount, unreadCount]);
    expect(inbox.notifications).toEqual(
      notifications.map((row: Data) => ({
        notification_id: row.id,
        notification_type: row.type,
        title: row.title,
        message: row.message,
        data: row.data,
        is_read: row.isRead,
        priority: row.priority,
        created_at: row.createdAt,
        read_at: row.readAt,
      })),
    );
    const { preferences } = await cli('alerts preferences');
    expect(
      (await api.get('/alerts/preferences')).preferences.map((row: Data) => [row.alert_type, row.enabled]),
    ).toEqual(preferences.map((row: Data) => [row.type, row.enabled]));
  });
});

test('what a command stores while the API is open is in the next answer, and the other way round', async () => {
  const before = await api.get('/portfolio');
  await cli('add "buy 100 BHP @ 43.21 on 2026-11-19"');
  const after = await api.get('/portfolio');
  const shares = (body: Data): number => body.holdings.find((row: Data) => row.ticker === 'BHP.AX').shares;
  expect(shares(after) - shares(before)).toBe(100);
  expect(after.holdings.map((row: Data) => [row.ticker, row.id]).sort()).toEqual(
    before.holdings.map((row: Data) => [row.ticker, row.id]).sort(),
  );
  const { body } = await api.send('POST', '/portfolio/upload', {
    text: 'ticker,shares,avg_cost,date_acquired\nWOW,10,30,2024-01-15\n',
    headers: { 'content-type': 'text/csv' },
  });
  const { entries } = await cli('entries list --code WOW');
  expect(entries.map((row: Data) => [row.batch, row.units])).toContainEqual([body.batch, '10']);
  await cli(`import undo ${body.batch}`);
  expect((await api.get('/portfolio')).holdings.some((row: Data) => row.ticker === 'WOW.AX')).toBe(
    after.holdings.some((row: Data) => row.ticker === 'WOW.AX'),
  );
});
