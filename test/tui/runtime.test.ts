import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseCode } from '../../src/domain/market/security.ts';
import { selectedId } from '../../src/tui/list-model.ts';
import { topScreen } from '../../src/tui/state.ts';
import { renamePortfolio } from '../../src/usecases/manage-portfolios.ts';
import { unwatchCodes, watchCodes, watchedCodes } from '../../src/usecases/manage-watchlist.ts';
import {
  type ConsoleApp,
  fridayEvening,
  fridayNoon,
  openConsoleApp,
  openTestConsole,
  startTimeout,
  type TestConsole,
  typed,
} from '../support/demo-console.ts';

let demo: ConsoleApp;
beforeAll(async () => {
  demo = await openConsoleApp({ demo: true });
}, startTimeout);
afterAll(() => demo.close());

const opened: TestConsole[] = [];
const open = (from: ConsoleApp = demo, options: { portfolio?: string } = {}): TestConsole => {
  const console = openTestConsole(from.app, { columns: 100, rows: 30 }, options);
  opened.push(console);
  return console;
};
afterEach(() => {
  for (const each of opened.splice(0)) each.runtime.stop();
});

const screenOf = (from: TestConsole) => topScreen(from.runtime.snapshot().state);
const selectedOf = (from: TestConsole): string | undefined => {
  const { state, models } = from.runtime.snapshot();
  if (models.screen.kind !== 'holdings' && models.screen.kind !== 'watchlist') return undefined;
  return selectedId(models.screen.list, state.lists[models.screen.kind]);
};
const codesOf = (from: TestConsole): string[] => {
  const { screen } = from.runtime.snapshot().models;
  return screen.kind === 'holdings' || screen.kind === 'watchlist' ? screen.list.rows.map(row => row.id) : [];
};
const noticeOf = (from: TestConsole): string | undefined => from.runtime.snapshot().state.notice?.text;

describe('screens', () => {
  test('a digit goes to a top screen', () => {
    const t = open();
    for (const [key, kind] of [
      ['2', 'holdings'],
      ['4', 'watchlist'],
      ['1', 'dashboard'],
    ] as const) {
      t.press(key);
      expect(screenOf(t)).toEqual({ kind });
    }
  });
  test('enter opens the selected holding, esc leads back to it', () => {
    const t = open();
    t.press('2', 'j', 'j', 'enter');
    expect(screenOf(t)).toMatchObject({ kind: 'security' });
    t.press('esc');
    expect(screenOf(t)).toEqual({ kind: 'holdings' });
    expect(selectedOf(t)).toBe(codesOf(t)[2]);
  });
  test('the range of charts is chosen with brackets, and stops at both ends', () => {
    const t = open();
    expect(t.runtime.snapshot().state.range).toBe('1Y');
    t.press(']', ']', ']');
    expect(t.runtime.snapshot().state.range).toBe('5Y');
    expect(noticeOf(t)).toBe('longer range: this is the longest range');
    t.press('[', '[', '[', '[', '[');
    expect(t.runtime.snapshot().state.range).toBe('1M');
  });
});

describe('lists', () => {
  test('j, k, g, G and the pages move the selection by code', () => {
    const t = open();
    t.press('2');
    const codes = codesOf(t);
    expect(codes.length).toBeGreaterThan(12);
    t.press('j', 'j', 'k');
    expect(selectedOf(t)).toBe(codes[1]);
    t.press('G');
    expect(selectedOf(t)).toBe(codes.at(-1));
    t.press('g', 'pagedown');
    expect(codes.indexOf(selectedOf(t) ?? '')).toBeGreaterThan(5);
  });
  test('sorting leaves the selection on its code', () => {
    const t = open();
    t.press('2', 'j', 'j');
    const code = selectedOf(t);
    t.press('s', 's');
    expect(selectedOf(t)).toBe(code);
    t.press('s');
    expect(codesOf(t)).toEqual(codesOf(t).toSorted());
    expect(t.frame()).toContain('Code▲');
    t.press('S');
    expect(codesOf(t)).toEqual(codesOf(t).toSorted().reverse());
  });
  test('a filter is typed live, kept with enter and cleared with esc', () => {
    const t = open();
    t.press('2', '/', ...typed('van'));
    expect(t.frame()).toContain('3 of 16');
    expect(codesOf(t)).toHaveLength(3);
    t.press('enter', '4', '2');
    expect(codesOf(t)).toHaveLength(3);
    t.press('esc');
    expect(codesOf(t)).toHaveLength(16);
    expect(screenOf(t)).toEqual({ kind: 'holdings' });
  });
  test('the total of a filtered list is of what it shows, and says so', () => {
    const t = openTestConsole(demo.app, { columns: 160, rows: 30 });
    t.press('2', '/', ...typed('van'), 'enter');
    const row = t.rows().find(each => each.startsWith('   Shown'));
    expect(row).toMatch(/3 of 16$/);
    const amounts = t
      .rows()
      .filter(each => /Vanguard/.test(each))
      .map(each => /[\d,]+\.\d\d(?= +[▲▼\d.]+%)/.exec(each)?.[0]);
    expect(amounts).toHaveLength(3);
    t.press('esc');
    expect(t.frame()).toMatch(/Total .*16 holdings/);
  });
  test('letters of a filter are text, not keys', () => {
    const t = open();
    t.press('2', '/', ...typed('q2'));
    expect(t.endings).toEqual([]);
    expect(screenOf(t)).toEqual({ kind: 'holdings' });
    expect(t.frame()).toContain('nothing matches "q2"');
    t.press('esc');
    expect(codesOf(t)).toHaveLength(16);
  });
});

describe('the palette', () => {
  test('a code opens its security', () => {
    const t = open();
    t.press(':', ...typed('bhp'), 'enter');
    expect(screenOf(t)).toEqual({ kind: 'security', code: 'BHP' });
  });
  test('a name finds it too, and arrows choose', () => {
    const t = open();
    t.press('ctrl+p', ...typed('woolworths'), 'enter');
    expect(screenOf(t)).toEqual({ kind: 'security', code: 'WOW' });
  });
  test('what is watched is there with its name, and found by it', () => {
    const t = open();
    watchCodes(demo.app, [parseCode('CBA')]);
    try {
      t.press(':', ...typed('commonwealth'));
      expect(t.frame()).toMatch(/› CBA +Commonwealth Bank/);
    } finally {
      unwatchCodes(demo.app, [parseCode('CBA')]);
    }
  });
  test('a command is done', () => {
    const t = open();
    t.press(':', ...typed('holdings'), 'enter');
    expect(screenOf(t)).toEqual({ kind: 'holdings' });
  });
  test('esc leaves it as it was', () => {
    const t = open();
    t.press('2', ':', ...typed('b'), 'esc');
    expect(screenOf(t)).toEqual({ kind: 'holdings' });
    expect(t.runtime.snapshot().state.overlay).toBeUndefined();
  });
  test('pasted text is typed text', () => {
    const t = open();
    t.press(':');
    t.runtime.paste('b\u001b[2Jhp\n');
    t.press('enter');
    expect(screenOf(t)).toEqual({ kind: 'security', code: 'BHP' });
  });
  test('outside a field a paste does nothing', () => {
    const t = open();
    t.runtime.paste('q2');
    expect(t.endings).toEqual([]);
    expect(screenOf(t)).toEqual({ kind: 'dashboard' });
  });
});

describe('help', () => {
  test("lists the screen's commands first, and closes with the keys that close things", () => {
    for (const key of ['esc', 'q', '?', 'f1']) {
      const t = open();
      t.press('2', '?');
      expect(t.frame()).toMatch(/Holdings[\s\S]*sort[\s\S]*Everywhere[\s\S]*dashboard/);
      t.press(key);
      expect(t.runtime.snapshot().state.overlay).toBeUndefined();
      expect(t.endings).toEqual([]);
    }
  });
  test('what cannot be done is there with the reason', () => {
    const t = open();
    t.press('2', '/', ...typed('zzzz'), 'enter', '?');
    expect(t.frame()).toContain('open – the list is empty');
  });
  test('is filtered by what is typed after /', () => {
    const t = open();
    t.press('2', '?', '/', ...typed('sort'));
    expect(t.frame()).toContain('sort');
    expect(t.frame()).not.toContain('refresh');
    t.press('enter', 'esc');
    expect(t.runtime.snapshot().state.overlay).toBeUndefined();
  });
  test('names the key that scrolls, where there is more than is in view', () => {
    const t = openTestConsole(demo.app, { columns: 60, rows: 20 });
    t.press('2', '?');
    expect(t.rows().at(-1)).toContain('pgdn more');
    t.runtime.resize(120, 50);
    expect(t.rows().at(-1)).not.toContain('pgdn');
  });
  test('scrolls to its end and no further', () => {
    const t = openTestConsole(demo.app, { columns: 60, rows: 14 });
    t.press('2', '?', ...Array.from({ length: 60 }, () => 'j'));
    const end = t.frame();
    t.press('j');
    expect(t.frame()).toBe(end);
    t.press('k');
    expect(t.frame()).not.toBe(end);
  });
});

describe('watching', () => {
  test('w puts the selected security on the watchlist, and takes it off again', () => {
    const t = open();
    t.press('2');
    const code = selectedOf(t);
    t.press('w');
    expect(watchedCodes(demo.app)).toContain(code);
    expect(noticeOf(t)).toBe(`${code} is on the watchlist`);
    t.press('4');
    expect(codesOf(t)).toContain(code);
    t.press('2', 'w');
    expect(noticeOf(t)).toBe(`${code} is no longer watched`);
    expect(watchedCodes(demo.app)).not.toContain(code);
  });
});

describe('portfolios', () => {
  test('p switches between one and all of them', () => {
    const t = open();
    const before = t.runtime.snapshot().models.portfolio.holdings.length;
    t.press('p', 'down', 'down', 'enter');
    expect(t.rows()[0]).toContain('All portfolios');
    expect(t.runtime.snapshot().models.portfolio.holdings.length).toBeGreaterThan(before);
    t.press('p', 'enter');
    expect(t.rows()[0]).toContain('Family SMSF');
  });
  test('one that is not there is refused before anything is drawn', () => {
    expect(() => open(demo, { portfolio: 'Nope' })).toThrow('There is no portfolio "Nope"');
  });
  test('one that is renamed elsewhere gives its place to the current one, and that is said', async () => {
    const own = await openConsoleApp({ demo: true, prices: false });
    try {
      const name = 'Family SMSF';
      const t = open(own, { portfolio: name });
      renamePortfolio(own.app, name, 'Renamed');
      await expect.poll(() => t.rows()[0]).toContain('Renamed');
      expect(t.runtime.snapshot().state.said.map(each => each.text)).toContain('There is no portfolio "Family SMSF"');
      expect(t.endings).toEqual([]);
    } finally {
      await own.close();
    }
  });
});

describe('leaving', () => {
  test('q quits from any screen, and closes what lies on top first', () => {
    const t = open();
    t.press('2', 'enter', '!', 'q');
    expect(t.endings).toEqual([]);
    t.press('q');
    expect(t.endings).toEqual([{ exitCode: 0 }]);
  });
  test('ctrl-c quits from anywhere', () => {
    const t = open();
    t.press(':', 'ctrl+c');
    expect(t.endings).toEqual([{ exitCode: 130 }]);
  });
});

describe('refresh', () => {
  test('without a key it says so and the way out', async () => {
    const own = await openConsoleApp({ demo: false });
    try {
      const t = open(own);
      t.press('r');
      await expect.poll(() => noticeOf(t)).toBe('Prices cannot be refreshed: there is no EODHD key');
      expect(t.runtime.snapshot().state.notice?.hint).toBe('Store one with: asxos key set');
    } finally {
      await own.close();
    }
  });
  test('at the start the demo fetches what is due, and tells how far it is', async () => {
    const own = await openConsoleApp({ demo: true, prices: false, now: fridayEvening });
    try {
      const t = open(own);
      expect(t.frame()).toContain('The chart appears with the first prices.');
      const seen = new Set<string>();
      t.runtime.subscribe(() => seen.add(/↻ \S+/.exec(t.rows()[0] ?? '')?.[0] ?? 'none'));
      await t.runtime.start();
      await expect.poll(() => t.rows()[2]).toMatch(/^ {2}\$[\d,]+\.\d\d /);
      expect([...seen].some(each => /^↻ \d+\/\d+$/.test(each))).toBe(true);
      expect(t.rows()[0]).not.toContain('↻');
    } finally {
      await own.close();
    }
  });
  test('a price that changed is tinted for a second', async () => {
    const own = await openConsoleApp({ demo: true, now: fridayNoon });
    try {
      const t = open(own);
      t.press('2');
      await t.runtime.start();
      own.clock.now += 5 * 60_000;
      t.press('r');
      await expect.poll(() => t.runtime.snapshot().state.tinted.size, { timeout: 10_000 }).toBeGreaterThan(0);
      await expect.poll(() => t.runtime.snapshot().state.tinted.size, { timeout: 5_000 }).toBe(0);
    } finally {
      await own.close();
    }
  });
});

describe('notifications', () => {
  test('are read under !, and m marks them', async () => {
    const own = await openConsoleApp({ demo: true, prices: false });
    try {
      const t = open(own);
      expect(t.rows()[0]).toMatch(/● \d+ unread/);
      t.press('!');
      expect(t.frame()).toContain('Notifications');
      t.press('m');
      expect(noticeOf(t)).toMatch(/^\d+ notifications marked as read$/);
      expect(t.rows()[0]).not.toContain('unread');
    } finally {
      await own.close();
    }
  });
});
