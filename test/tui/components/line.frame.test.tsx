import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { render } from 'ink-testing-library';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Footer, footerLine } from '../../../src/tui/components/footer.tsx';
import { LineView } from '../../../src/tui/components/line.tsx';
import { type Message, messageRows } from '../../../src/tui/components/message-line.tsx';
import { ruleLine } from '../../../src/tui/components/rule.tsx';
import { StatusLine, statusLine } from '../../../src/tui/components/status-line.tsx';
import { type Line, lineWidth, plainText } from '../../../src/tui/text.ts';

const status = {
  left: [{ text: 'Family SMSF', bold: true }],
  middle: [{ text: '2 portfolios · combined c' }],
  right: [[{ text: 'delayed 20 min · 11:42 AEDT' }], [{ text: '● 3 unread', token: 'accent' as const }]],
};
const hints = [
  { key: 'enter', title: 'open' },
  { key: 'a', title: 'add' },
  { key: '/', title: 'filter' },
  { key: 's', title: 'sort' },
  { key: 'r', title: 'refresh' },
  { key: ':', title: 'commands' },
];
const shown = (element: React.ReactElement): string => {
  const { lastFrame, unmount } = render(element);
  const frame = stripVTControlCharacters(lastFrame() ?? '');
  unmount();
  return frame;
};

// The height that the library's terminal does not tell; otherwise Ink starts a program to ask for it, at every frame.
beforeAll(() => {
  vi.stubEnv('COLUMNS', '100').stubEnv('LINES', '24');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

describe('StatusLine', () => {
  test('at 100 columns', () => {
    expect(shown(<StatusLine {...status} width={100} />)).toMatchInlineSnapshot(
      `" Family SMSF                   2 portfolios · combined c   delayed 20 min · 11:42 AEDT   ● 3 unread"`,
    );
  });
  test('at 80 columns the middle has gone', () => {
    expect(shown(<StatusLine {...status} width={80} />)).toMatchInlineSnapshot(
      `" Family SMSF                           delayed 20 min · 11:42 AEDT   ● 3 unread"`,
    );
  });
  test('at 50 columns the last fact has gone, at 44 the name is shortened', () => {
    expect(plainText(statusLine(status, 50))).toBe(' Family SMSF          delayed 20 min · 11:42 AEDT');
    const long = { ...status, left: [{ text: 'The Nguyen Family Superannuation Fund' }] };
    expect(plainText(statusLine(long, 46))).toBe(' The Nguyen Fa…   delayed 20 min · 11:42 AEDT');
  });
  test('facts grow brief from the end before one goes, and the name with them', () => {
    const brief = { ...status, brief: [[{ text: 'delayed 20 min · 11:42' }], [{ text: '●3' }]] };
    const at = (width: number, left: Line = status.left): string => plainText(statusLine({ ...brief, left }, width));
    expect(at(60)).toBe(' Family SMSF       delayed 20 min · 11:42 AEDT   ● 3 unread');
    expect(at(50)).toBe(' Family SMSF     delayed 20 min · 11:42 AEDT   ●3');
    expect(at(44)).toBe(' Family SMSF    delayed 20 min · 11:42   ●3');
    expect(at(44, [{ text: 'The Nguyen Family Superannuation Fund' }])).toBe(
      ' The Nguyen …   delayed 20 min · 11:42   ●3',
    );
    expect(at(40)).toBe(' Family SMSF     delayed 20 min · 11:42');
  });
  test('fits every width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 160 }), fc.nat({ max: 60 }), fc.nat({ max: 60 }), (width, name, fact) => {
        const line = statusLine(
          {
            left: [{ text: 'n'.repeat(name) }],
            middle: [{ text: 'm'.repeat(fact) }],
            right: [[{ text: 'f'.repeat(fact) }], [{ text: 'g'.repeat(name) }]],
          },
          width,
        );
        expect(lineWidth(line)).toBeLessThanOrEqual(width);
        // A fact is whole or absent.
        expect([0, fact]).toContain(plainText(line).split('f').length - 1);
      }),
      { seed: 20_266, numRuns: 400 },
    );
  });
});

describe('Footer', () => {
  test('shows what fits whole, by importance, and always ends in help', () => {
    expect(shown(<Footer hints={hints} width={80} />)).toBe(
      '  enter open   a add   / filter   s sort   r refresh   : commands   ? help',
    );
    expect(shown(<Footer hints={hints} width={50} />)).toBe('  enter open   a add   / filter   s sort   ? help');
    expect(plainText(footerLine(hints, 12))).toBe('  ? help');
    expect(plainText(footerLine([...hints, { key: '?', title: 'help' }], 100)).match(/help/g)).toHaveLength(1);
    for (let width = 0; width <= 100; width += 1) {
      const line = footerLine(hints, width);
      expect(lineWidth(line)).toBeLessThanOrEqual(width);
      if (width >= 8) expect(plainText(line)).toMatch(/\? help$/);
    }
  });
});

describe('ruleLine', () => {
  test('leaves a cell of air at both ends', () => {
    expect(shown(<LineView line={ruleLine(10)} />)).toBe(' ────────');
    expect(shown(<LineView line={ruleLine(24, 'Entries')} />)).toBe(' ── Entries ───────────');
    for (let width = 0; width <= 30; width += 1) {
      expect(lineWidth(ruleLine(width, 'Entries'))).toBeLessThanOrEqual(width);
    }
  });
});

describe('messageRows', () => {
  const firstRow = (message: Message) => messageRows(message, 60)[0] ?? [];

  test('says how bad it is by glyph', () => {
    expect(shown(<LineView line={firstRow({ kind: 'info', text: 'Added buy 100 BHP' })} />)).toBe(
      '  · Added buy 100 BHP',
    );
    expect(shown(<LineView line={firstRow({ kind: 'warning', text: '2 rejected' })} />)).toBe('  ! 2 rejected');
    expect(shown(<LineView line={firstRow({ kind: 'failure', text: 'EODHD refused the key' })} />)).toBe(
      '  ✗ EODHD refused the key',
    );
  });
  test('keeps the way out: on rows of its own where one row has no room for both', () => {
    const noKey = {
      kind: 'warning',
      text: 'Prices cannot be refreshed: there is no EODHD key',
      hint: 'Store one with: asxos key set',
    } as const;
    expect(messageRows(noKey, 100).map(plainText)).toEqual([
      '  ! Prices cannot be refreshed: there is no EODHD key. Store one with: asxos key set',
    ]);
    expect(messageRows(noKey, 80).map(plainText)).toEqual([
      '  ! Prices cannot be refreshed: there is no EODHD key',
      '    Store one with: asxos key set',
    ]);
    expect(messageRows({ kind: 'failure', text: 'EODHD refused the key' }, 14).map(plainText)).toEqual([
      '  ✗ EODHD',
      '    refused',
      '    the key',
    ]);
  });
  test('has an end: what is longer than four rows is cut there', () => {
    const rows = messageRows({ kind: 'info', text: 'word '.repeat(60) }, 40).map(plainText);
    expect([rows.length, rows.at(-1)?.endsWith('…')]).toEqual([4, true]);
  });
  test('with nothing to say has no row', () => {
    expect(messageRows(undefined, 60)).toEqual([]);
  });
});
