import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byStatus, doctorLines, doctorTop } from '../../../src/tui/overlays/doctor.ts';
import { plainText } from '../../../src/tui/text.ts';
import type { Examined } from '../../../src/usecases/examine.ts';
import { type ConsoleApp, openConsoleApp, openTestConsole } from '../../support/demo-console.ts';

const check = (id: string, status: Examined['status'], finding: string): Examined => ({
  ...{ id, status, finding, why: `why of ${id}` },
  fix: status === 'ok' ? undefined : `asxos mend ${id}`,
});
const found = [
  check('one', 'ok', 'well'),
  check('two', 'warning', 'a little wrong'),
  check('three', 'unknown', 'not looked at'),
  check('four', 'problem', `wrong ${'and wrong '.repeat(12)}`),
  ...Array.from({ length: 30 }, (_, at) => check(`more-${at}`, 'ok', 'well')),
];
const doctor = { found, at: 0, isLooking: false };
const overlay = { kind: 'doctor', chosen: undefined, top: 0, isOpen: false } as const;

test('what is wrong comes first, and each finding is whole', () => {
  expect(
    byStatus(found)
      .slice(0, 4)
      .map(({ id }) => id),
  ).toEqual(['four', 'two', 'three', 'one']);
  for (const width of [50, 60, 80, 120, 200]) {
    const lines = doctorLines(doctor, overlay, { width, height: 100 }).map(plainText);
    expect(lines.filter(line => line.length > width)).toEqual([]);
    expect(lines.join(' ').match(/and\s+wrong/g)).toHaveLength(12);
  }
});

test('the chosen check is in sight, whichever it is', () => {
  for (const height of [5, 15, 40]) {
    let top = 0;
    for (const { id } of byStatus(found)) {
      const moved = { ...overlay, chosen: id, top };
      top = doctorTop(doctor, moved, { width: 60, height });
      const lines = doctorLines(doctor, { ...moved, top }, { width: 60, height }).map(plainText);
      expect(lines.filter(line => line.startsWith('› ')).map(line => line.includes(` ${id}`))).toEqual([true]);
    }
  }
});

describe('in the console', () => {
  let demo: ConsoleApp;
  beforeAll(async () => {
    demo = await openConsoleApp({ demo: false });
  });
  afterAll(() => demo.close());

  test('D opens it on any screen; keys are answered while it looks; enter says why and what mends it', async () => {
    const t = openTestConsole(demo.app, { columns: 80, rows: 24 });
    t.press('9', 'D');
    expect(t.frame()).toContain('Looking at everything …');
    t.press('esc', '2', 'D');
    expect(t.frame()).toContain('Looking at everything …');
    await expect.poll(() => t.frame()).toContain('Doctor · 35 checks');
    const first = t.rows().find(row => row.startsWith('› '));
    t.press('j');
    expect(t.rows().find(row => row.startsWith('› '))).not.toBe(first);
    t.press('G', 'k', 'g');
    expect(t.rows().find(row => row.startsWith('› '))).toBe(first);
    t.press('enter');
    expect(t.frame()).toContain('Why it matters');
    expect(t.frame()).toContain('What mends it');
    t.press('esc');
    expect(t.frame()).toContain('Doctor · 35 checks');
    t.press('r');
    expect(t.frame()).toContain('looking again …');
    await expect.poll(() => t.frame()).not.toContain('looking again');
    t.press('q');
    expect(t.frame()).not.toContain('Doctor ·');
    expect(t.endings).toEqual([]);
    for (const [columns, rows] of [
      [60, 20],
      [120, 40],
      [200, 60],
    ] as const) {
      t.runtime.resize(columns, rows);
      t.press('D', 'G');
      expect(t.tooWide()).toEqual([]);
      expect(t.rows()).toHaveLength(rows);
      t.press('esc');
    }
    await t.runtime.stop();
  });

  test('leaving the console ends it', async () => {
    const t = openTestConsole(demo.app, { columns: 80, rows: 24 });
    t.press('D');
    await t.runtime.stop();
    expect(t.endings).toEqual([]);
  });
});
