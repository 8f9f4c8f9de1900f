import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../src/tui/commands.ts';
import { selectedIndex } from '../../src/tui/list-model.ts';
import { type ConsoleApp, openConsoleApp, openTestConsole, startTimeout } from '../support/demo-console.ts';

let demo: ConsoleApp;
beforeAll(async () => {
  demo = await openConsoleApp({ demo: true });
}, startTimeout);
afterAll(() => demo.close());

/** Every key of every command but those that leave or write, and some that no command has. */
const left = ['q', 'ctrl+c', 'r', 'w', 'm'];
const keys = [
  ...new Set([
    ...commands.flatMap(command => command.keys),
    ...'abxyz09',
    'space',
    'backspace',
    'f1',
    'ctrl+u',
    'delete',
  ]),
].filter(key => !left.includes(key));

test('whatever keys are pressed: nothing breaks, the selection is in sight, and esc leads to the root', () => {
  const sequences = fc.array(fc.constantFrom(...keys), { maxLength: 40 });
  const sizes = fc.record({ columns: fc.integer({ min: 50, max: 170 }), rows: fc.integer({ min: 12, max: 50 }) });
  fc.assert(
    fc.property(sequences, sizes, (pressed, size) => {
      const t = openTestConsole(demo.app, size);
      for (const key of pressed) {
        t.press(key);
        const { state, models } = t.runtime.snapshot();
        const { screen } = models;
        if (screen.kind !== 'holdings' && screen.kind !== 'watchlist') continue;
        const index = selectedIndex(screen.list, state.lists[screen.kind]);
        if (screen.list.rows.length === 0) expect(index).toBeUndefined();
        else if (state.overlay === undefined) {
          const code = screen.list.rows[index ?? -1]?.id ?? 'none';
          expect(t.rows().filter(row => row.startsWith(` › ${code}`))).toHaveLength(1);
        }
      }
      expect(t.endings).toEqual([]);
      expect(t.rows()).toHaveLength(size.rows);
      expect(t.tooWide()).toEqual([]);
      for (let step = 0; step < 10; step += 1) t.press('esc');
      expect(t.runtime.snapshot().state.overlay).toBeUndefined();
      expect(t.runtime.snapshot().state.stack).toHaveLength(1);
      t.runtime.stop();
    }),
    { seed: 20_270, numRuns: 40 },
  );
}, 60_000);
