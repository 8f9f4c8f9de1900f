import { describe, expect, test } from 'vitest';
import { type Colour, chooseTheme, terminalColours, themeNames } from '../../src/tui/theme.ts';

/** WCAG 2.2 relative luminance and contrast ratio. */
function luminance(colour: Colour): number {
  const value = Number.parseInt(colour.slice(1), 16);
  const [r, g, b] = [value >> 16, (value >> 8) & 255, value & 255].map(part => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (a: Colour, b: Colour): number => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

const grounds = { dark: ['#000000'], light: ['#ffffff'], safe: ['#000000', '#ffffff'] } as const;

describe('themes', () => {
  for (const name of ['dark', 'light', 'safe'] as const) {
    const { looks } = chooseTheme(name, 'true');
    const coloured = Object.entries(looks).flatMap(([token, look]) =>
      look.colour?.startsWith('#') === true && token !== 'selection' ? [[token, look.colour] as const] : [],
    );
    test.each(coloured)(`${name}: %s reads on the ground and on the selection`, (token, colour) => {
      const floor = token === 'rule' ? 3 : 4.5;
      for (const ground of grounds[name]) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(floor);
      const selection = looks.selection.background;
      if (selection !== undefined && token !== 'rule') expect(contrast(colour, selection)).toBeGreaterThanOrEqual(4.5);
    });
  }

  test('gain and loss differ in every theme that has colours', () => {
    for (const name of ['dark', 'light', 'safe'] as const) {
      for (const colours of ['true', 'sixteen'] as const) {
        const { looks } = chooseTheme(name, colours);
        expect(looks.gain).not.toEqual(looks.loss);
      }
    }
  });

  test('sixteen colours and mono name no colour of their own', () => {
    for (const name of themeNames) {
      expect(JSON.stringify(chooseTheme(name, 'sixteen').looks)).not.toContain('#');
      expect(JSON.stringify(chooseTheme(name, 'none').looks)).not.toMatch(/colour|background/);
    }
    expect(chooseTheme('dark', 'none').name).toBe('mono');
  });

  test.each([
    [{ NO_COLOR: '1', COLORTERM: 'truecolor' }, 'none'],
    [{ NO_COLOR: '', COLORTERM: 'truecolor' }, 'true'],
    [{ COLORTERM: '24bit' }, 'true'],
    [{ TERM: 'xterm-direct' }, 'true'],
    [{ TERM_PROGRAM: 'iTerm.app' }, 'true'],
    [{ TERM_PROGRAM: 'Apple_Terminal', TERM: 'xterm-256color' }, 'sixteen'],
    [{ WT_SESSION: 'x' }, 'true'],
    [{}, 'sixteen'],
  ])('a terminal that says %j has %s', (environment, colours) => {
    expect(terminalColours(environment)).toBe(colours);
  });
});
