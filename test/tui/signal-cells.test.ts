/** What was last said, in the lists of holdings and of what is watched, and on the Risk tab. */
import { expect, test } from 'vitest';
import { parseCode } from '../../src/domain/market/security.ts';
import { signalCells } from '../../src/tui/signal-cells.ts';
import { watchCodes } from '../../src/usecases/manage-watchlist.ts';
import { viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import { openTestConsole } from '../support/demo-console.ts';
import { openLedgerApp } from '../support/ledger-console.ts';
import { say } from '../support/said.ts';

async function open() {
  const app = await openLedgerApp();
  const without = openTestConsole(app, { columns: 180, rows: 30 });
  without.press('2');
  expect(without.frame()).not.toContain(' Signal ');
  say(app.db, '2026-11-19', { BHP: { a: 'STRONG_BUY', b: 'BUY', grade: 'A', signal: 'STRONG_BUY', score: 0.8 } });
  say(app.db, '2026-11-02', { CSL: { a: 'SELL', b: 'SELL', grade: 'D', signal: 'SELL', score: 0.3 } });
  watchCodes(app, [parseCode('BHP'), parseCode('WES')]);
  return { app, t: openTestConsole(app, { columns: 180, rows: 40 }) };
}

test('holdings: columns once anything was said; an old signal has its day and is dim', async () => {
  const { app, t } = await open();
  t.press('2');
  expect(t.frame()).toMatch(/BHP .*STRONG BUY {2}BUY .*STRONG BUY .*A /);
  expect(t.frame()).toMatch(/CSL .*SELL, 2 Nov/);
  const { signals } = viewPortfolio(app);
  const csl = signalCells(signals.get(parseCode('CSL')));
  expect(csl['signal']).toEqual({ text: 'SELL, 2 Nov', dim: true });
  expect(signalCells(signals.get(parseCode('BHP')))['signal']).toBe('STRONG BUY');
});

test('the watchlist: what nothing was said of has dashes', async () => {
  const { t } = await open();
  t.press('4');
  expect(t.frame()).toMatch(/BHP .*STRONG BUY/);
  expect(t.frame()).toMatch(/WES .*– +– +– +–/);
});

test('the risk tab divides the portfolio by class', async () => {
  const { t } = await open();
  t.press('7', 'tab', 'tab', 'tab', 'tab', 'tab');
  for (let at = 0; at < 6 && !t.frame().includes('Signals of the ensemble'); at += 1) t.press('tab');
  expect(t.frame()).toContain('Signals of the ensemble');
  expect(t.frame()).toContain('1 STRONG BUY');
  expect(t.frame()).toContain('More than 5 sessions old: the signal of CSL');
});
