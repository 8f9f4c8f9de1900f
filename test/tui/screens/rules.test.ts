/** The tab of alert rules on the demo's data, key by key. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkAlerts } from '../../../src/usecases/check-alerts.ts';
import { viewAlerts } from '../../../src/usecases/manage-alerts.ts';
import {
  type ConsoleApp,
  openConsoleApp,
  openTestConsole,
  startTimeout,
  type TestConsole,
} from '../../support/demo-console.ts';

let demo: ConsoleApp;
beforeAll(async () => {
  demo = await openConsoleApp({ demo: true });
  checkAlerts(demo.app);
}, startTimeout);
afterAll(() => demo.close());

function openRules(columns = 120, rows = 40): TestConsole {
  const t = openTestConsole(demo.app, { columns, rows });
  t.press('5', 'shift+tab');
  return t;
}
const type = (t: TestConsole, text: string): void => t.press(...[...text].map(each => (each === ' ' ? 'space' : each)));
const rowOf = (t: TestConsole, rule: string): string => t.rows().find(row => row.slice(0, 40).includes(rule)) ?? '';
const rules = (): string[] => viewAlerts(demo.app).alerts.map(({ alert }) => alert.text);

describe('the list', () => {
  test('says of each rule whether it is armed, and of the selected one what arms it again', () => {
    const t = openRules();
    expect(rowOf(t, 'BHP above 75')).toMatch(/● {2}BHP above 75 +armed/);
    expect(rowOf(t, 'any loss > 10%')).toMatch(/^ › ! {2}any loss > 10% +\d+ of \d+ fired +0 min/);
    expect(t.frame().replace(/\s+/g, ' ')).toContain('armed again at 9.00% or less');
  });

  test.each([
    [60, 20],
    [80, 24],
    [120, 40],
    [200, 60],
  ])('fits %i by %i, on every row of it', (columns, rows) => {
    const t = openRules(columns, rows);
    for (let step = 0; step < 14; step += 1) {
      t.press('j');
      expect(t.tooWide()).toEqual([]);
      expect(t.rows()).toHaveLength(rows);
      expect(t.rows().filter(row => row.startsWith(' › '))).toHaveLength(1);
    }
  });

  test('enter shows all that a rule told, and where it stands', () => {
    const t = openRules(80, 24);
    t.press('enter');
    expect(t.frame()).toContain('What it told, the latest first');
    expect(t.frame()).toContain('below its cost base.');
    t.press('space', 'space', 'esc');
    expect(t.frame()).toContain('[Alert rules]');
  });
});

describe('a rule that is typed', () => {
  test('is told what is wrong beneath the word, and stays to be mended', () => {
    const t = openRules(60, 20);
    t.press('a');
    type(t, 'BHP abve 61');
    t.press('enter');
    const rows = t.rows();
    const at = rows.findIndex(row => row.includes('BHP abve 61'));
    expect(rows[at + 1]?.indexOf('^^^^')).toBe(rows[at]?.indexOf('abve'));
    expect(t.frame().replace(/\s+/g, ' ')).toContain('Did you mean above?');
    t.press(...Array.from({ length: 7 }, () => 'backspace'));
    expect(t.frame()).not.toContain('^^^^');
    type(t, 'above 61');
    t.press('enter');
    expect(rowOf(t, 'BHP above 61')).toMatch(/^ › /);
    expect(rules()).toContain('BHP above 61');
  });

  test('an empty one and one that is there already are answered in words', () => {
    const t = openRules();
    t.press('a', 'enter');
    expect(t.frame()).toContain('Add an alert rule');
    expect(t.frame()).toMatch(/! .*rule/);
    type(t, 'bhp ABOVE 75.00');
    t.press('enter');
    expect(t.frame()).toContain('BHP above 75 is there already');
    expect(rowOf(t, 'BHP above 75')).toMatch(/^ › /);
  });
});

test('space pauses a rule: a check passes it by until it is resumed', () => {
  const t = openRules();
  t.press('a');
  type(t, 'BHP above 1');
  t.press('enter', 'space');
  expect(rowOf(t, 'BHP above 1 ')).toMatch(/○ {2}BHP above 1 +paused/);
  expect(checkAlerts(demo.app).fired.map(({ alert }) => alert.text)).not.toContain('BHP above 1');
  t.press('space');
  expect(checkAlerts(demo.app).fired.map(({ alert }) => alert.text)).toContain('BHP above 1');
});

test('d asks, and u brings the rule back as it stood: it does not tell again', () => {
  const t = openRules();
  const before = viewAlerts(demo.app).alerts.find(({ alert }) => alert.text === 'any loss > 10%');
  t.press('d');
  expect(t.frame()).toContain('Delete the rule any loss > 10%?');
  t.press('enter');
  expect(rules()).toContain('any loss > 10%');
  t.press('d', 'y');
  expect(rules()).not.toContain('any loss > 10%');
  checkAlerts(demo.app);
  expect(rules()).not.toContain('any loss > 10%');
  t.press('u');
  expect(viewAlerts(demo.app).alerts.find(({ alert }) => alert.text === 'any loss > 10%')).toEqual(before);
  expect(checkAlerts(demo.app).fired).toEqual([]);
});

test('it is the tab after the preferences', () => {
  const t = openRules();
  t.press('shift+tab');
  expect(t.frame()).toContain('How often');
  t.press('tab');
  expect(t.frame()).toContain('[Alert rules]');
});
