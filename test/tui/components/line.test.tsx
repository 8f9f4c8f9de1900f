import { renderToString } from 'ink';
import { render } from 'ink-testing-library';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Lines, LineView } from '../../../src/tui/components/line.tsx';
import { ThemeContext } from '../../../src/tui/components/theme-context.ts';
import { paint } from '../../../src/tui/paint.ts';
import type { Line } from '../../../src/tui/text.ts';
import { chooseTheme } from '../../../src/tui/theme.ts';

const row: Line = [
  { text: ' › BHP', bold: true, token: 'accent', selected: true },
  { text: '  45.96  ', bold: true, selected: true },
  { text: '▲ 0.92%', bold: true, token: 'gain', selected: true },
  { text: '  –', dim: true },
  { text: ' !', token: 'warning' },
];

// The height that the library's terminal does not tell; otherwise Ink starts a program to ask for it, at every frame.
beforeAll(() => {
  vi.stubEnv('COLUMNS', '100').stubEnv('LINES', '24');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

describe('LineView', () => {
  test.each(['dark', 'light', 'safe', 'mono'] as const)('Ink has nothing to rewrite in %s', name => {
    for (const colours of ['true', 'sixteen'] as const) {
      const theme = chooseTheme(name, colours);
      const drawn = renderToString(
        <ThemeContext value={theme}>
          <LineView line={row} />
        </ThemeContext>,
        { columns: 80 },
      );
      expect(drawn).toBe(paint(row, theme));
    }
  });

  test('is cut at the terminal’s edge instead of wrapping', () => {
    const drawn = renderToString(<LineView line={[{ text: 'x'.repeat(50) }]} />, { columns: 20 });
    expect(drawn).toBe(`${'x'.repeat(19)}…`);
  });
});

test('an empty line keeps its row', () => {
  const { lastFrame, unmount } = render(<Lines lines={[[{ text: 'one' }], [], [{ text: 'three' }]]} />);
  expect(lastFrame()).toBe('one\n\nthree');
  unmount();
});

test('a line is drawn again when its words, its look or the theme change', () => {
  const theme = chooseTheme('dark', 'sixteen');
  const { lastFrame, rerender, unmount } = render(<LineView line={[{ text: 'BHP' }]} />);
  expect(lastFrame()).toBe('BHP');
  rerender(<LineView line={[{ text: 'CSL' }]} />);
  expect(lastFrame()).toBe('CSL');
  rerender(<LineView line={[{ text: 'CSL', token: 'gain' }]} />);
  expect(lastFrame()).toBe(paint([{ text: 'CSL', token: 'gain' }], theme));
  rerender(
    <ThemeContext value={chooseTheme('light', 'true')}>
      <LineView line={[{ text: 'CSL', token: 'gain' }]} />
    </ThemeContext>,
  );
  expect(lastFrame()).toBe(paint([{ text: 'CSL', token: 'gain' }], chooseTheme('light', 'true')));
  unmount();
});
