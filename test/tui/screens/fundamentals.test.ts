import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { refreshFundamentals } from '../../../src/usecases/refresh-fundamentals.ts';
import {
  type ConsoleApp,
  openConsoleApp,
  openTestConsole,
  startTimeout,
  type TestConsole,
  turnTo,
  typed,
} from '../../support/demo-console.ts';

let demo: ConsoleApp;
beforeAll(async () => {
  demo = await openConsoleApp({ demo: true });
  await refreshFundamentals(demo.app, { codes: ['CBA', 'BHP', 'GMG', 'VAS', 'SGR'].map(each => each as never) });
}, startTimeout);
afterAll(() => demo.close());

const sizes = [
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
  { columns: 160, rows: 50 },
];

function openTab(code: string, room = { columns: 120, rows: 36 }, { app } = demo): TestConsole {
  const t = openTestConsole(app, room);
  t.press(':', ...typed(code.toLowerCase()), 'enter');
  turnTo(t, 'Fundamentals');
  return t;
}
const squeezed = (t: TestConsole): string[] => t.rows().map(row => row.replace(/ +/g, ' ').trim());

describe.each(sizes)('at $columns by $rows', room => {
  test.each([
    ['a bank', 'CBA'],
    ['a property trust', 'GMG'],
    ['a fund', 'VAS'],
    ['a loss, an equity below zero, no price', 'SGR'],
    ['nothing stored', 'WES'],
  ])('%s', (_, code) => {
    const t = openTab(code, room);
    expect(t.tooWide()).toEqual([]);
    expect(t.rows()).toHaveLength(room.rows);
    expect(t.frame()).toMatchSnapshot();
  });
});

test('the grade, the categories and each metric with its score', () => {
  const t = openTab('CBA', { columns: 80, rows: 24 });
  expect(t.rows()[4]).toMatch(/^ {2}[A-F] {2}\w+ {2}[.]\d\d {3}Piotroski n\/a/);
  const rows = squeezed(t);
  expect(rows.some(row => /^Financial health [█░]+ \d+/.test(row))).toBe(true);
  expect(rows.some(row => /^› Price \/ earnings \d+[.]\d\d$/.test(row))).toBe(true);
  expect(rows.some(row => /^Return on equity \d+[.]\d% \d+$/.test(row))).toBe(true);
});

test('what is unknown says why', () => {
  const t = openTab('SGR', { columns: 160, rows: 50 });
  expect(t.frame()).toContain('equity is not above zero');
  expect(t.frame()).toContain('no price since 28 Feb 2025');
});

test('the selection moves over the metrics, and x explains the one selected', () => {
  const t = openTab('BHP', { columns: 80, rows: 24 });
  t.press('G');
  expect(squeezed(t)).toContainEqual(expect.stringMatching(/^› Free cash flow /));
  t.press('g', 'j', 'x');
  expect(t.frame()).toContain('[earnings yield]');
  expect(t.frame()).toContain('earnings_yield = netIncome / marketValue');
  expect(t.frame()).toContain('price * shares');
  t.press('right');
  expect(t.frame()).toContain('[score earnings yield of BHP]');
  t.press('esc');
  expect(t.frame()).toContain('[Fundamentals]');
});

test('nothing stored: f fetches it, and x has nothing to explain', { timeout: startTimeout }, async () => {
  // What comes is told in the inbox, which the other screens count.
  const own = await openConsoleApp({ demo: true });
  onTestFinished(own.close);
  const t = openTab('NAB', undefined, own);
  expect(t.frame()).toContain('None of NAB are stored');
  t.press('x');
  expect(t.frame()).toContain('there are no fundamentals here');
  t.press('f');
  await expect.poll(() => t.frame(), { timeout: 10_000 }).toMatch(/Piotroski n\/a/);
});
