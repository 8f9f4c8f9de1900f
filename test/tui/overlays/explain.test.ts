import { expect, test } from 'vitest';
import { openTestConsole } from '../../support/demo-console.ts';
import { openLedgerApp } from '../../support/ledger-console.ts';

const open = async (columns = 100) => openTestConsole(await openLedgerApp(), { columns, rows: 30 });

test('a holding says how its gain is made, down to the entries and the price', async () => {
  const t = await open();
  t.press('2', 'x');
  const frame = t.frame().replace(/ +/g, ' ');
  expect(frame).toContain('Why BHP');
  expect(frame).toContain('[gain] value cost base gain %');
  expect(frame).toContain('gain = value - costBase 644.08');
  expect(frame).toContain('acquired 2026-03-02 6,609.95 Buy 150 BHP @ 44.00, brokerage 9.95, on 2 Mar 2026');
  expect(frame).toContain('price 46.00 close of 20 Nov 2026');
  expect(t.tooWide()).toEqual([]);
});

test('the next and the previous figure are a key away, and go round', async () => {
  const t = await open();
  t.press('2', 'x', 'right');
  expect(t.frame()).toContain('[value]');
  t.press('left', 'left');
  expect(t.frame()).toContain('[units]');
  t.press('x');
  expect(t.frame()).not.toContain('Why BHP');
});

test('on the Dashboard it is the totals that are explained', async () => {
  const t = await open();
  t.press('x');
  expect(t.frame()).toContain('Why Main');
  expect(t.frame().replace(/ +/g, ' ')).toContain('holdings 2 2 of 2 holdings');
});

test('what is not held says so', async () => {
  const t = await open();
  t.press(':', 'w', 'e', 's', 'enter', 'x');
  expect(t.frame()).toContain('explain: you hold none of it');
});

test.each([60, 80, 160])('at %i columns no row is too wide', async columns => {
  const t = await open(columns);
  for (const screen of ['1', '2']) {
    t.press(screen, 'x');
    for (let turn = 0; turn < 10; turn += 1) {
      t.press('right');
      expect(t.tooWide()).toEqual([]);
    }
    t.press('esc');
  }
});
