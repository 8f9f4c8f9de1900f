import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withinExplanation } from '../../../src/domain/explain/explanation.ts';
import { evaluate, type Value } from '../../../src/domain/explain/formula.ts';
import { type ConsoleApp, openConsoleApp, openTestConsole, startTimeout, turnTo } from '../../support/demo-console.ts';
import { openLedgerApp } from '../../support/ledger-console.ts';
import { fillRankAlone, fillSignals, psiOfMomentum } from '../../support/said-by-models.ts';

const squeezed = (text: string): string => text.replace(/ +/g, ' ');

async function openSaid(columns = 120, rows = 34) {
  const app = await openLedgerApp();
  fillSignals(app);
  const t = openTestConsole(app, { columns, rows });
  t.press('3');
  return { app, t };
}

describe('before anything was said', () => {
  test('what it is for, and the key that fills it', async () => {
    const t = openTestConsole(await openLedgerApp(), { columns: 80, rows: 24 });
    t.press('3');
    expect(squeezed(t.frame())).toContain('Nothing was said yet');
    expect(squeezed(t.frame())).toContain('n run the signals');
    t.press('enter');
    expect(t.frame()).toContain('no security is selected');
    t.press('f');
    expect(t.frame()).toContain('nothing was said yet');
    t.press('x');
    expect(t.frame()).toContain('no figure is selected here');
  });
  test('without a price there is nothing to run on, and that is said', async () => {
    const t = openTestConsole(await openLedgerApp({ portfolios: false }), { columns: 80, rows: 24 });
    t.press('3', 'n');
    await expect.poll(() => t.frame()).toContain('There are no');
    expect(t.runtime.snapshot().state.signalsWork).toBeUndefined();
  });
});

describe('what was said', () => {
  test('the ensemble: both votes, the score, why; who abstains has a row and a reason', async () => {
    const { t } = await openSaid();
    const text = squeezed(t.frame());
    expect(text).toContain('2 scored, 1 abstained agree 50% conflict 50%');
    expect(text).toContain(
      '› 1 BHP STRONG BUY .71 BUY .78 B STRONG BUY .738 mom 12-1 +1.8σ, trend 200 yes, profitability 90',
    );
    expect(text).toContain('CSL BUY .60 SELL .38 D HOLD .512 conflict: A BUY, B SELL');
    expect(text).toContain('– WES – – – – – – – model A abstains: too thin');
  });
  test('f keeps those that agree, then those without conflict; v one class, and esc the filter of text', async () => {
    const { t } = await openSaid();
    t.press('f');
    expect(t.frame()).toContain('[Agreement]');
    expect(t.frame()).toContain('BHP');
    expect(t.frame()).not.toContain('CSL');
    t.press('f');
    expect(t.frame()).toContain('[No conflict]');
    expect(t.frame()).toContain('WES');
    t.press('f', 'v', 'v');
    expect(t.frame()).toContain('only BUY');
    expect(squeezed(t.frame())).toContain('No security is left by these filters');
    t.press('v');
    expect(t.frame()).toContain('only HOLD');
    t.press('v', 'v', 'v', '/', 'c', 's', 'enter');
    expect(t.frame()).toContain('"cs" 1 of 3');
    t.press('esc');
    expect(t.frame()).toContain('BHP');
  });
  test('model A: the ranked list with its parts and weights; the market as a whole above', async () => {
    const { t } = await openSaid();
    t.press('shift+tab', 'shift+tab');
    const text = squeezed(t.frame());
    expect(text).toContain('risk-on by XJO, volatility 11.0% cash 12.0% volatility scale 0.83 turnover 14.0%');
    expect(text).toContain('› 1 BHP STRONG BUY .71 +6.2% +1.25 +1.00 +0.25 2.25%');
    expect(text).toContain('– WES – – – – – – – trades $1,200 a day, under $5,000,000');
  });
  test('model B: grade, score and categories; a fund says so', async () => {
    const { t } = await openSaid();
    t.press('shift+tab');
    const text = squeezed(t.frame());
    expect(text).toContain('2 of 3 securities graded a score, not a probability');
    expect(text).toContain('› 2 BHP BUY B .78 90 84 70 64 50 100% BHP');
    expect(text).toContain('it is a fund, and has no fundamentals…');
    expect(text).toContain('expected 5.6% over 21 sessions, an assumption');
  });
  test('drift: what drifts in words, its bins then and now, the runs before', async () => {
    const { t } = await openSaid();
    t.press('tab');
    const text = squeezed(t.frame());
    expect(text).toContain(`› mom_6 ${psiOfMomentum.toFixed(3)} large 0.300 drifting`);
    expect(text).toContain('rsi_14 0.020 stable 0.400');
    expect(text).toMatch(/to 0\.1 █+ 50% █+ 90%/);
    expect(text).toMatch(/over 0\.1 █+ 50% █+ 10%/);
    expect(text).toContain('20 Nov 2026');
  });
  test('the model card: no edge shown, why, against what, and its limits', async () => {
    const { t } = await openSaid(120, 60);
    t.press('tab', 'tab');
    const text = squeezed(t.frame());
    expect(text).toContain('No edge shown');
    expect(text).toContain('0.534 (-0.017 to 0.088)');
    expect(text).toMatch(/its\s+interval reaches nought/);
    expect(text).toMatch(/no better than the base rate of 55\.5% every\s+time/);
    expect(text).toContain('BUY 9,420 48.0% 46.7% -0.46% -0.48%');
    expect(text).toContain('There is none: no ranking is 21 sessions old');
    expect(text).toContain('Limits');
    expect(text).toContain('none judged yet');
  });
  test.each([
    [60, 20],
    [80, 24],
    [120, 36],
    [160, 50],
  ])('at %i by %i no row is too wide, and what is selected is in sight', async (columns, rows) => {
    const { t } = await openSaid(columns, rows);
    for (let tab = 0; tab < 5; tab += 1) {
      t.press('tab', 'G');
      expect(t.tooWide()).toEqual([]);
      expect(t.rows()).toHaveLength(rows);
      if (t.frame().includes('[Model card]')) continue;
      expect(t.rows().filter(row => row.startsWith(' ›'))).toHaveLength(1);
    }
    expect(t.frame()).toMatchSnapshot();
  });
});

describe('too little to learn from', () => {
  test('the rank alone, with what is missing; no model, no drift, no probability', async () => {
    const app = await openLedgerApp();
    fillRankAlone(app);
    const t = openTestConsole(app, { columns: 120, rows: 34 });
    t.press('3', 'shift+tab', 'shift+tab');
    const ranked = squeezed(t.frame());
    expect(ranked).toContain('Rank only, no probabilities: it takes 30 securities, and there are 12.');
    expect(ranked).toContain('› 1 BHP – – – +1.25 +1.00 +0.25 – it takes 30 securities, and there are 12');
    t.press('enter');
    const own = squeezed(t.frame());
    expect(own).toContain('Model A abstains: it takes 30 securities');
    expect(own).toMatch(/mom_12_1 .*│████████ \+1\.000/);
    expect(own).toMatch(/rank score \+1\.250/);
    t.press('esc', 'tab', 'tab', 'tab');
    expect(squeezed(t.frame())).toMatch(/the newest one has\s+none/);
    t.press('tab');
    expect(squeezed(t.frame())).toContain('There is no trained model: it takes 30 securities, and there are 12.');
  });
});

describe('the signals of a security', () => {
  test('enter opens them: side by side, reasons that sum to the log-odds, what is not known', async () => {
    const { t } = await openSaid(120, 36);
    t.press('enter');
    const text = squeezed(t.frame());
    expect(t.rows()[3]).toContain('[Signals]');
    expect(text).toContain('signal STRONG BUY BUY STRONG BUY');
    expect(text).toContain('score P 0.710 0.780 · B 0.738');
    expect(text).toContain('21 d +6.2% +5.6% assumed');
    expect(text).toContain('the models agree');
    expect(text).toContain('Unknown to model A: adv_zscore.');
    expect(text).toMatch(/mom_12_1 .*│████████ \+0\.500/);
    expect(text).toMatch(/vol_60 .*██│ -0\.100/);
    expect(text).toMatch(/log-odds \+0\.650/);
    expect(text).toContain('1 turn to ▲ buy');
  });
  test('of a conflict and of an abstention the reason stands in words', async () => {
    const { t } = await openSaid(80, 24);
    t.press('down', 'enter');
    expect(squeezed(t.frame())).toContain('the models conflict, which makes a HOLD');
    t.press('esc', 'down', 'enter');
    const text = squeezed(t.frame());
    expect(text).toContain('Model A abstains: trades $1,200 a day');
    expect(text).toContain('Model B abstains: it is a fund');
    expect(text).toContain('What keeps it out');
  });
  test('of what nobody was asked: how it is', async () => {
    const t = openTestConsole(await openLedgerApp(), { columns: 80, rows: 24 });
    t.press('2', 'enter');
    turnTo(t, 'Signals');
    expect(squeezed(t.frame())).toContain('Nothing was said of it yet');
    t.press('x');
    expect(t.frame()).toContain('nothing was said of it');
  });
});

describe('x', () => {
  const floatOf = (value: Value): number => Number(value);
  test.each([
    ['the ensemble', [], ['score', 'confidence', 'rank']],
    ['model A', ['shift+tab', 'shift+tab'], ['probability', 'expectedReturn', 'logOdds', 'bias', 'conviction']],
    ['model B', ['shift+tab'], ['score', 'coverage', 'expectedReturn']],
    ['drift', ['tab'], ['psi', 'usual']],
    ['a security', ['enter', 'down'], ['logOdds', 'value', 'standardised']],
  ] as const)('explains %s, and every figure is made again', async (_, keys, first) => {
    const { t } = await openSaid();
    t.press(...keys, 'x');
    const { explained } = t.runtime.snapshot().models;
    expect(explained?.explanations.slice(0, first.length).map(each => each.figure)).toEqual(first);
    for (const whole of explained?.explanations ?? []) {
      for (const why of withinExplanation(whole)) {
        const made = evaluate(why.formula, new Map(why.inputs.map(input => [input.name, input.value])));
        if (why.value === undefined) expect(made, `${why.figure} of ${why.of}`).toBeUndefined();
        else expect(floatOf(made), `${why.figure} of ${why.of}`).toBeCloseTo(floatOf(why.value), 9);
      }
    }
    t.press('right', 'right');
    expect(t.tooWide()).toEqual([]);
    t.press('esc');
    expect(t.runtime.snapshot().state.overlay).toBeUndefined();
  });
});

describe('the Dashboard', () => {
  test('counts the classes of what is held, with its codes', async () => {
    const { t } = await openSaid(120, 36);
    t.press('1');
    const text = squeezed(t.frame());
    expect(text).toContain('Signals of 20 Nov');
    expect(text).toContain('STRONG BUY 1 BHP');
    expect(text).toContain('HOLD 1 CSL');
  });
});

describe('a run in the console', () => {
  let demo: ConsoleApp;
  beforeAll(async () => {
    demo = await openConsoleApp({ demo: true });
  }, startTimeout);
  afterAll(() => demo.close());

  test('says how far it is, leaves the keys alone, and esc stops it', async () => {
    const t = openTestConsole(demo.app, { columns: 120, rows: 30 });
    t.press('3', 'n');
    expect(t.frame()).toContain('esc stops it');
    t.press('2');
    expect(t.rows()[0]).toContain('↻ ');
    t.press('3');
    await expect.poll(() => t.frame(), { timeout: 30_000 }).toMatch(/\d of [\d,]+ {2}esc stops it/);
    t.press('n');
    expect(t.frame()).toContain('they are being worked out; esc stops it');
    t.press('esc');
    await expect.poll(() => t.frame(), { timeout: 30_000 }).toContain('nothing was added to the signals');
    expect(t.runtime.snapshot().state.signalsWork).toBeUndefined();
    expect(t.endings).toEqual([]);
  }, 90_000);
});
