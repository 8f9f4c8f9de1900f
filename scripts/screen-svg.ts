/**
 * A terminal's screen as an SVG: the cells as they are, in their colours. Text is grouped into words of one look, and every
 * character is told its place, so that each cell stays in its column whatever font the reader has. No font is fetched.
 */
import type { ScreenCell } from '../test/support/terminal.ts';

type Cell = Omit<ScreenCell, 'dim' | 'inverse'> & Partial<Pick<ScreenCell, 'dim' | 'inverse'>>;

const cellWidth = 8;
const cellHeight = 17;
const margin = 14;
const ink = '#d5dae0';
const paper = '#11151b';

/** The 16 named colours, where a screen uses them; the console's own are true colours. */
const named = [
  ...['#1b1f24', '#ff8f85', '#5fd38a', '#f0c05a', '#79b8ff', '#c4a7f0', '#66d0d8', '#d5dae0'],
  ...['#6b7480', '#ffb3ab', '#8ae6ab', '#f7d78c', '#a5cfff', '#dcc8f8', '#96e4ea', '#f2f5f8'],
];

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, character => escapes[character] ?? character);

/** Of the 256: the named ones, a cube of six steps, and greys. */
function paletteColour(index: number): string {
  if (index < 16) return named[index] ?? ink;
  const levels =
    index < 232
      ? [Math.floor((index - 16) / 36), Math.floor((index - 16) / 6) % 6, (index - 16) % 6].map(step =>
          step === 0 ? 0 : 55 + 40 * step,
        )
      : Array.from({ length: 3 }, () => 8 + 10 * (index - 232));
  return `#${levels.map(level => level.toString(16).padStart(2, '0')).join('')}`;
}

const colourOf = (colour: string | number | undefined, otherwise: string): string =>
  colour === undefined ? otherwise : typeof colour === 'number' ? paletteColour(colour) : colour;

type Look = { readonly fill: string; readonly background: string; readonly bold: boolean; readonly dim: boolean };
type Glyph = { readonly x: number; readonly text: string };
type Run = Look & { readonly x: number; width: number; readonly glyphs: Glyph[] };

function lookOf(cell: Cell): Look {
  const [fill, background] = [colourOf(cell.colour, ink), colourOf(cell.background, paper)];
  const { bold, dim = false, inverse = false } = cell;
  return inverse ? { fill: background, background: fill, bold, dim } : { fill, background, bold, dim };
}

const isAlike = (one: Look, other: Look): boolean =>
  one.fill === other.fill && one.background === other.background && one.bold === other.bold && one.dim === other.dim;

function runsOf(row: readonly Cell[]): Run[] {
  const runs: Run[] = [];
  row.forEach((cell, x) => {
    // The cell behind a wide character is that character's.
    if (cell.width === 0) return;
    const look = lookOf(cell);
    let run = runs.at(-1);
    if (run === undefined || !isAlike(run, look)) {
      run = { ...look, x, width: 0, glyphs: [] };
      runs.push(run);
    }
    run.width += cell.width;
    if (cell.text.trim() !== '') run.glyphs.push({ x, text: cell.text });
  });
  return runs;
}

/** Without blanks, which readers may make one. Places are counted by characters: one made of several stands alone. */
function wordsOf(glyphs: readonly Glyph[]): Glyph[][] {
  const words: Glyph[][] = [];
  for (const glyph of glyphs) {
    const word = words.at(-1);
    const last = word?.at(-1);
    if (
      word === undefined ||
      last === undefined ||
      glyph.x !== last.x + 1 ||
      glyph.text.length + last.text.length > 2
    ) {
      words.push([glyph]);
    } else word.push(glyph);
  }
  return words;
}

const leftOf = (x: number): number => margin + x * cellWidth;

function drawRun({ x, width, glyphs, fill, background, bold, dim }: Run, y: number): string {
  const top = margin + y * cellHeight;
  const ground = `x="${leftOf(x)}" y="${top}" width="${width * cellWidth}" height="${cellHeight}" fill="${background}"`;
  const look = [
    fill === ink ? '' : ` fill="${fill}"`,
    bold ? ' font-weight="bold"' : '',
    dim ? ' opacity="0.65"' : '',
  ].join('');
  const drawn = wordsOf(glyphs).map(each => {
    const places = each.map(glyph => leftOf(glyph.x)).join(' ');
    return `<text x="${places}" y="${top + 13}"${look}>${escaped(each.map(({ text }) => text).join(''))}</text>`;
  });
  return `${background === paper ? '' : `<rect ${ground}/>`}${drawn.join('')}`;
}

/** The screen as an SVG with this title, which readers of it hear. */
export function screenSvg(rows: readonly (readonly Cell[])[], title: string): string {
  const columns = Math.max(...rows.map(row => row.length));
  const width = columns * cellWidth + 2 * margin;
  const height = rows.length * cellHeight + 2 * margin;
  const drawn = rows
    .map((row, y) =>
      runsOf(row)
        .map(run => drawRun(run, y))
        .join(''),
    )
    .filter(row => row !== '');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${paper}"/>`,
    `<g font-family="ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="13.3" fill="${ink}">`,
    ...drawn,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}
