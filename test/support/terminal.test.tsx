import { Box, useWindowSize } from 'ink';
import { type ReactElement, useReducer } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { Lines, LineView } from '../../src/tui/components/line.tsx';
import { ThemeContext } from '../../src/tui/components/theme-context.ts';
import { useKeys } from '../../src/tui/components/use-keys.ts';
import type { Line } from '../../src/tui/text.ts';
import { chooseTheme } from '../../src/tui/theme.ts';
import { renderTerminal, type TestTerminal } from './terminal.ts';

type Seen = { readonly keys: readonly string[]; readonly pasted: string };

/** Shows the size, the keys in order and the last paste. */
function Echo(): ReactElement {
  const { columns, rows } = useWindowSize();
  const [seen, see] = useReducer(
    (all: Seen, next: Partial<Seen>): Seen => ({ ...all, ...next, keys: [...all.keys, ...(next.keys ?? [])] }),
    {
      keys: [],
      pasted: '',
    },
  );
  useKeys(
    key => see({ keys: [key] }),
    pasted => see({ pasted }),
  );
  const body: Line[] = [
    [{ text: 'up', token: 'gain' }, { text: ' ' }, { text: 'picked', selected: true, bold: true }],
    [{ text: `keys ${seen.keys.join(' ')}` }],
    [{ text: `pasted ${JSON.stringify(seen.pasted)}` }],
  ];
  return (
    <ThemeContext value={chooseTheme('dark', 'true')}>
      <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
        <LineView line={[{ text: `size ${columns}x${rows}` }]} />
        <Lines lines={body} />
        <Box flexGrow={1} />
        <LineView line={[{ text: 'bottom' }]} />
      </Box>
    </ThemeContext>
  );
}

let terminal: TestTerminal | undefined;
afterEach(async () => {
  await terminal?.unmount();
  terminal = undefined;
});
const open = async (columns = 60, rows = 12): Promise<TestTerminal> => {
  terminal = await renderTerminal(<Echo />, { columns, rows });
  return terminal;
};

describe('the test terminal', () => {
  test('shows the full screen in the alternate buffer', async () => {
    const t = await open();
    expect(t.row(0)).toBe('size 60x12');
    expect(t.row(11)).toBe('bottom');
    expect(t.output()).toContain('\u001b[?1049h');
  });

  test('restores the screen when it is unmounted', async () => {
    const t = await open();
    await t.unmount();
    terminal = undefined;
    expect(t.output()).toContain('\u001b[?1049l');
    expect(t.output()).toContain('\u001b[?25h');
    expect(t.screen()).toBe('');
  });

  test('shows colours and weights of cells', async () => {
    const t = await open();
    expect(t.cellAt(0, 1)).toMatchObject({ text: 'u', colour: '#5fd38a', background: undefined, bold: false });
    expect(t.cellAt(3, 1)).toMatchObject({ text: 'p', background: '#26364d', bold: true });
    expect(t.cellAt(0, 2)).toMatchObject({ text: 'k', colour: undefined, dim: false, inverse: false });
  });

  test('a held key arrives as that many presses, an Enter at its end too', async () => {
    const t = await open();
    await t.keys('jjj\r');
    expect(t.row(2)).toBe('keys j j j enter');
  });

  test('Ink hands over every key this console names', async () => {
    const t = await open(120);
    await t.keys('\u001b[A\u001b[B\u001b[C\u001b[D\u001b[5~\u001b[6~\u001b[H\u001b[F\t\u001b[Z\u007f\u001b[3~');
    await t.keys('\u0010');
    await t.keys('\u001bOP');
    await t.keys('\u001b[11~');
    await t.keys('\u001bOQ');
    await t.keys('\u0003');
    await t.keys('\u001b');
    await t.waitFor(/esc$/m);
    expect(t.row(2)).toBe(
      'keys up down right left pageup pagedown home end tab shift+tab backspace delete ctrl+p f1 f1 ctrl+c esc',
    );
  });

  test('a paste is never taken for keys', async () => {
    const t = await open();
    await t.paste('BUY 10 BHP\rq');
    expect(t.row(3)).toBe('pasted "BUY 10 BHP\\rq"');
    expect(t.row(2)).toBe('keys');
  });

  test('follows a resize both ways', async () => {
    const t = await open();
    await t.resize(30, 8);
    expect(t.row(0)).toBe('size 30x8');
    expect(t.row(7)).toBe('bottom');
    await t.resize(100, 20);
    expect(t.row(0)).toBe('size 100x20');
    expect(t.row(19)).toBe('bottom');
  });

  test('a line that has become too wide is shortened in its row', async () => {
    const t = await open(60, 12);
    await t.keys('abcdefghijklmnopqrstuvwxyz');
    expect(t.row(2)).toBe('keys a b c d e f g h i j k l m n o p q r s t u v w x y z');
    await t.resize(30, 12);
    expect(t.row(2)).toBe('keys a b c d e f g h i j k l …');
    expect(t.row(3)).toBe('pasted ""');
    expect(t.row(11)).toBe('bottom');
  });

  test('a key rewrites its line, not the screen, and an unchanged screen writes nothing', async () => {
    const t = await open();
    await t.keys('j');
    const before = t.bytes();
    await t.keys('k');
    const cost = t.bytes() - before;
    expect(cost).toBeGreaterThan(0);
    expect(cost).toBeLessThan(120);
    await t.keys('\u001b[Ok');
    const idle = t.bytes();
    await t.keys('\u001b[I');
    expect(t.bytes()).toBe(idle);
  });

  test('a wait that fails shows the screen that was there', async () => {
    const t = await open();
    await expect(t.waitFor('never', 50)).rejects.toThrow(/never showed never in 50 ms; it shows:\nsize 60x12/);
    expect(await t.waitFor(screen => screen.includes('bottom'))).toContain('bottom');
  });
});
