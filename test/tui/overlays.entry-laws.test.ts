import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listEntries } from '../../src/usecases/list-entries.ts';
import { openTestConsole } from '../support/demo-console.ts';
import { openLedgerApp } from '../support/ledger-console.ts';

/** Keys that lead through the tabs and overlays of this ledger, whole lines among them. */
const steps = fc.oneof(
  fc
    .constantFrom(
      ...[
        'a',
        'i',
        'e',
        'd',
        'u',
        'y',
        'n',
        'tab',
        'shift+tab',
        'enter',
        'esc',
        'up',
        'down',
        'G',
        'g',
        'left',
        'right',
      ],
      ...[
        '1',
        '2',
        '4',
        'j',
        'k',
        'p',
        '?',
        ':',
        '!',
        '[',
        ']',
        'ctrl+u',
        'ctrl+w',
        'backspace',
        'space',
        '@',
        '/',
        's',
      ],
    )
    .map(key => [key]),
  fc
    .constantFrom('buy 1 BHP @ 46', 'sell 9999 BHP @ 1', 'deposit 1', 'BHP', '/tmp/', '~')
    .map(text => [...Array.from(text, character => (character === ' ' ? 'space' : character))]),
);

test('whatever is pressed: nothing breaks, undo never loses an entry, and esc leads to the root', async () => {
  const app = await openLedgerApp();
  const sizes = fc.record({ columns: fc.integer({ min: 50, max: 170 }), rows: fc.integer({ min: 12, max: 50 }) });
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 40 }), sizes, (pressed, size) => {
      const t = openTestConsole(app, size);
      t.press('2', 'enter', 'shift+tab', 'shift+tab');
      for (const keys of pressed) {
        t.press(...keys);
        expect(t.rows()).toHaveLength(size.rows);
        expect(t.tooWide()).toEqual([]);
      }
      expect(t.endings).toEqual([]);
      for (let step = 0; step < 12; step += 1) t.press('esc');
      const { state } = t.runtime.snapshot();
      expect(state.overlay).toBeUndefined();
      expect(state.stack).toHaveLength(1);
      const { undo } = state;
      const before = listEntries(app, { portfolio: 'all' }).count;
      t.press('u');
      const change = undo === undefined || undo.kind === 'edited' ? 0 : undo.kind === 'deleted' ? 1 : -1;
      const after = listEntries(app, { portfolio: 'all' }).count;
      // A refusal (a later sale needs the units) leaves all as it was.
      expect([0, change]).toContain(after - before);
      t.runtime.stop();
    }),
    { seed: 41_126, numRuns: 60 },
  );
}, 60_000);
