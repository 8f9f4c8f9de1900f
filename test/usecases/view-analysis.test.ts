import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { storeSecurities } from '../../src/db/securities.ts';
import type { LocalDate } from '../../src/domain/date.ts';
import { plain } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { riskFigures } from '../../src/domain/returns/portfolio-risk.ts';
import { createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { viewAnalysis } from '../../src/usecases/view-analysis.ts';
import { isWhole } from '../domain/returns/rates-by-day.ts';
import { openTestApp } from '../support/app.ts';
import { on } from '../support/ledger.ts';
import { afterClose, lastSession, sessionsFrom, storeMoves } from './moving-market.ts';

const open = async (): Promise<App> => (await openTestApp({ now: afterClose, benchmark: parseCode('VAS') })).app;

/** 130 sessions: the first is the day everything is bought at its close. */
const sessions = sessionsFrom('2025-06-02').slice(-131);
const first = sessions[0] as LocalDate;
const up = 0.02;
const down = -0.01;

function list(app: App): void {
  const rows = [
    ['BHP', 'share', 'Materials'],
    ['CBA', 'share', 'Financials'],
    ['VAS', 'etf', undefined],
  ] as const;
  const securities = rows.map(([code, kind, sector]) => ({ code: parseCode(code), name: code, kind, sector }));
  app.db.transaction(() => storeSecurities(app.db, securities, app.now()));
}

/** BHP moves twice as VAS does, CBA against it. */
function market(app: App): void {
  list(app);
  storeMoves(app, sessions, {
    BHP: { start: 10, pattern: [up * 2, down * 2] },
    CBA: { start: 100, pattern: [-up, -down] },
    VAS: { start: 50, pattern: [up, down] },
  });
}

describe('the analysis of a portfolio', () => {
  it('of one holding is that of its closes, beside the benchmark', async () => {
    const app = await open();
    market(app);
    recordEntry(app, `buy 100 BHP @ 10 on ${first}`);
    const { risk, returns, from, to, benchmark } = viewAnalysis(app);
    expect([from, to, benchmark?.code]).toEqual([first, lastSession, 'VAS']);
    // The day of the purchase returned nothing; then 65 of 4% up and 65 of 2% down.
    expect(returns.length).toBe(131);
    expect(returns.slice(0, 3).map(each => each.rate)).toEqual([0, expect.closeTo(0.04, 5), expect.closeTo(-0.02, 5)]);
    const mean = (65 * 0.04 - 65 * 0.02) / 131;
    const squares = mean ** 2 + 65 * (0.04 - mean) ** 2 + 65 * (0.02 + mean) ** 2;
    const deviation = Math.sqrt(squares / 130);
    expect(risk.volatilityPct.value).toBeCloseTo(deviation * Math.sqrt(252) * 100, 2);
    const cash = 1.0385 ** (1 / 252) - 1;
    expect(risk.sharpe.value).toBeCloseTo(((mean - cash) / deviation) * Math.sqrt(252), 3);
    expect(risk.beta.value).toBeCloseTo(2, 4);
    expect(risk.correlation.value).toBeCloseTo(1, 6);
    expect(risk.var95Pct.value).toBeCloseTo(2, 3);
    // A value is in whole cents.
    expect(risk.maxDrawdownPct.value).toBeCloseTo(2, 2);
    expect([risk.herfindahl.value, risk.top1Pct.value, risk.herfindahl.observations]).toEqual([1, 100, 1]);
    // The benchmark has no price before its first session.
    expect(risk.beta).toMatchObject({ from: sessions[1], to: lastSession, observations: 130 });
  });

  it('says what it is made of, how it moves together, and warns in words', async () => {
    const app = await open();
    market(app);
    createPortfolio(app, 'Main', { cash: true });
    for (const line of ['deposit 9000', 'buy 100 BHP @ 10', 'buy 40 CBA @ 100', 'buy 40 VAS @ 50'])
      recordEntry(app, `${line} on ${first}`);
    const view = viewAnalysis(app, { to: first });
    expect(view.allocation.sectors.map(part => [part.name, plain(part.value), part.codes])).toEqual([
      ['Financials', '4000', ['CBA']],
      ['Cash', '2000', []],
      [undefined, '2000', ['VAS']],
      ['Materials', '1000', ['BHP']],
    ]);
    expect(view.allocation.kinds.map(part => part.name)).toEqual(['share', 'cash', 'etf']);
    expect(plain(view.value ?? view.days.ledger.cash)).toBe('9000');
    expect(view.australian.banks.weightPct.value).toBeCloseTo(400 / 9, 9);
    expect(view.australian.miners.weightPct.value).toBeCloseTo(100 / 9, 9);
    expect(view.concentrationWarnings.map(each => each.message)).toEqual([
      'One holding, CBA, is 44% of the portfolio',
      'Financials is 44% of the portfolio',
    ]);
    const today = viewAnalysis(app);
    expect(today.correlations.codes).toEqual(today.holdings.map(row => row.code));
    const at = (a: string, b: string) => {
      const [row = -1, column = -1] = [a, b].map(code => today.correlations.codes.indexOf(parseCode(code)));
      return today.correlations.rows[row]?.[column];
    };
    expect(at('BHP', 'VAS')?.value).toBeCloseTo(1, 6);
    expect(at('CBA', 'VAS')).toMatchObject({ value: expect.closeTo(-1, 6), observations: 130 });
  });

  it('of a window is of its days alone', async () => {
    const app = await open();
    market(app);
    recordEntry(app, `buy 100 BHP @ 10 on ${first}`);
    const [from, to] = [sessions[30] as LocalDate, sessions[60] as LocalDate];
    const { risk, returns } = viewAnalysis(app, { from, to });
    expect([returns.length, returns[0]?.date, returns.at(-1)?.date]).toEqual([31, from, to]);
    expect(risk.volatilityPct.observations).toBe(31);
    expect(risk.beta.reason).toBe('31 daily returns are too few; it takes 60');
    expect(risk.var95Pct.reason).toBe('31 daily returns are too few; it takes 100');
  });

  it('takes the cash rate and the benchmark from the settings', async () => {
    const app = await open();
    market(app);
    recordEntry(app, `buy 100 BHP @ 10 on ${first}`);
    const other = { ...app, config: { ...app.config, cashRatePct: '0', benchmark: undefined } };
    const [before, after] = [viewAnalysis(app), viewAnalysis(other)];
    expect(after.cashRatePct).toBe(0);
    expect(after.risk.sharpe.value).toBeGreaterThan(before.risk.sharpe.value ?? Number.NaN);
    expect(after.risk.beta.reason).toBe('there is no benchmark: the setting benchmark is none');
    const without = { ...app, config: { ...app.config, benchmark: parseCode('ZZZ') } };
    expect(viewAnalysis(without).risk.trackingErrorPct.reason).toMatch(/^there are no prices of ZZZ/);
  });

  it('a bar that cannot be believed moves no correlation', async () => {
    const app = await open();
    market(app);
    const day = sessions[80] as LocalDate;
    app.db
      .statement(
        'UPDATE prices SET open = ?, high = ?, low = ?, close = ?, adjusted_close = ? WHERE code = ? AND date = ?',
      )
      .run('1', '1', '1', '1', '1', 'VAS', day);
    recordEntry(app, `buy 100 BHP @ 10 on ${first}`);
    recordEntry(app, `buy 100 VAS @ 10 on ${first}`);
    const { rows } = viewAnalysis(app).correlations;
    expect(rows[0]?.[1]).toMatchObject({ value: expect.closeTo(1, 6), observations: 128 });
  });
});

describe('what cannot be known says why', () => {
  const figuresOf = (app: App, options = {}) => {
    const { risk, australian, franked, correlations } = viewAnalysis(app, options);
    const all = [...Object.values(risk), australian.banks.weightPct, australian.miners.weightPct, franked.pct];
    expect([...all, ...correlations.rows.flat()].filter(figure => !isWhole(figure))).toEqual([]);
    return risk;
  };

  it('with no portfolio, and with an empty one', async () => {
    const app = await open();
    const risk = figuresOf(app);
    expect(risk.herfindahl.reason).toBe('no security is held');
    expect(risk.volatilityPct.reason).toBe('0 daily returns are too few; it takes 20');
    expect(risk.maxDrawdownPct.reason).toBe('0 daily returns are too few; it takes 1');
    createPortfolio(app, 'Main', { cash: true });
    expect(riskFigures.map(name => figuresOf(app)[name].value)).toEqual(riskFigures.map(() => undefined));
  });

  it('with one day', async () => {
    const app = await open();
    market(app);
    recordEntry(app, `buy 100 BHP @ 10 on ${lastSession}`);
    expect(figuresOf(app).volatilityPct.reason).toBe('1 daily return is too few; it takes 20');
  });

  it('with cash alone: no volatility, and no ratio to divide by it', async () => {
    const app = await open();
    market(app);
    createPortfolio(app, 'Main', { cash: true });
    recordEntry(app, `deposit 1000 on ${first}`);
    const risk = figuresOf(app);
    expect([risk.volatilityPct.value, risk.beta.value, risk.maxDrawdownPct.value]).toEqual([0, 0, 0]);
    expect(risk.sharpe.reason).toBe('the return was the same on every day');
    expect(risk.correlation.reason).toBe('the return was the same on every day');
    expect(risk.herfindahl.reason).toBe('no security is held');
    expect(viewAnalysis(app).australian.banks.weightPct.reason).toBe('no security that is held has a price');
  });

  it('with no price at all', async () => {
    const app = await open();
    recordEntry(app, `buy 100 BHP @ 10 on ${first}`);
    const risk = figuresOf(app);
    expect(risk.herfindahl.reason).toBe('no security that is held has a price');
    const { coverage, warnings, value } = viewAnalysis(app);
    expect([coverage, value]).toEqual([0, undefined]);
    expect(warnings).toEqual(['1 of 1 unpriced and left out: BHP; run asxos refresh']);
  });

  it('with more owed than held', async () => {
    const app = await open();
    market(app);
    createPortfolio(app, 'Main', { cash: true });
    recordEntry(app, `buy 100 BHP @ 100 on ${first}`);
    figuresOf(app);
    expect(viewAnalysis(app).australian.miners.weightPct.reason).toBe(
      'what is held and the cash together are worth nothing',
    );
  });

  it('with days that are no window', async () => {
    const app = await open();
    expect(() => viewAnalysis(app, { from: on('2026-03-04') })).toThrow('--from is 2026-03-04, which is still to come');
  });
});
