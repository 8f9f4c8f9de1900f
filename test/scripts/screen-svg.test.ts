import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { screenSvg } from '../../scripts/screen-svg.ts';
import { emulatorFor, readCell } from '../support/terminal.ts';

/** What a terminal of 30 by 3 shows of `text`, as a picture. */
async function pictureOf(text: string, title = 'a screen'): Promise<string> {
  const emulator = emulatorFor({ columns: 30, rows: 3 }, true);
  await new Promise<void>(resolve => emulator.write(text, resolve));
  const rows = [0, 1, 2].map(y => Array.from({ length: 30 }, (_, x) => readCell(emulator, x, y)));
  return screenSvg(rows, title);
}

type Run = { readonly row: number; readonly columns: readonly number[]; readonly text: string };

const runsIn = (svg: string): Run[] =>
  [...svg.matchAll(/<text x="([\d ]+)" y="(\d+)"[^>]*>([^<]*)<\/text>/g)].map(([, x = '', y, text = '']) => ({
    row: (Number(y) - 27) / 17,
    columns: x.split(' ').map(place => (Number(place) - 14) / 8),
    text,
  }));

test('text is escaped, in the screen and in the title', async () => {
  const svg = await pictureOf('a<b>&"c"</text>', '<script>&');
  expect(svg).toContain('>a&lt;b&gt;&amp;&quot;c&quot;&lt;/text&gt;</text>');
  expect(svg).toContain('<title>&lt;script&gt;&amp;</title>');
});

test('every character keeps its column, behind wide ones and made ones too', async () => {
  expect(runsIn(await pictureOf('ab日本 c\r\n  \u2847\u2802 e\u0301x'))).toEqual([
    { row: 0, columns: [0, 1, 2], text: 'ab日' },
    { row: 0, columns: [4], text: '本' },
    { row: 0, columns: [7], text: 'c' },
    { row: 1, columns: [2, 3], text: '\u2847\u2802' },
    { row: 1, columns: [5], text: 'e\u0301' },
    { row: 1, columns: [6], text: 'x' },
  ]);
});

test('colours, bold, dim, inverse and a coloured ground are kept', async () => {
  const svg = await pictureOf(
    '\u001b[38;2;95;211;138mg\u001b[0;1mb\u001b[0;2md\u001b[0;31mr\u001b[0;7mi\u001b[0;38;5;196mp',
  );
  expect(svg).toMatch(/<text [^>]*fill="#5fd38a">g</);
  expect(svg).toMatch(/<text [^>]*font-weight="bold">b</);
  expect(svg).toMatch(/<text [^>]*opacity="0.65">d</);
  expect(svg).toMatch(/<text [^>]*fill="#ff8f85">r</);
  expect(svg).toMatch(/<rect [^>]*fill="#d5dae0"\/><text [^>]*fill="#11151b">i</);
  expect(svg).toMatch(/<text [^>]*fill="#ff0000">p</);
});

const docs = join(import.meta.dirname, '../../docs');

test('the pictures are there, small, of text alone, and shown in the README', () => {
  const readme = readFileSync(join(docs, '../README.md'), 'utf8');
  const shown = [...readme.matchAll(/!\[[^\]]+\]\(docs\/images\/([\w-]+\.svg)\)/g)].map(([, name]) => name);
  expect(shown.toSorted()).toEqual(readdirSync(join(docs, 'images')).toSorted());
  expect(shown).toHaveLength(5);
  for (const name of shown) {
    const svg = readFileSync(join(docs, 'images', String(name)), 'utf8');
    expect(svg.length).toBeLessThan(150_000);
    expect(svg).toContain('SIMULATED');
    expect(svg).not.toMatch(/<script|<image|@font-face|href=/);
    expect(runsIn(svg).every(({ columns }) => columns.every(column => column >= 0 && column < 112))).toBe(true);
  }
});
