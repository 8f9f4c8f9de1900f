/**
 * Line charts in braille (2 by 4 dots a cell), the same in half blocks for fonts without braille, sparklines and volume
 * bars. Values are floats, oldest first; `undefined` is a gap and is never drawn as zero. Nothing here throws: no
 * values, one value, equal values and any width give rows of exactly the width that was asked for.
 */

/** A subset of the theme's tokens, so that these rows are lines of the screen as they are. */
export type ChartToken = 'chart' | 'benchmark' | 'rule' | 'gain' | 'loss' | 'accent' | 'dim' | 'text';
export type ChartSpan = { readonly text: string; readonly token?: ChartToken };
export type Values = readonly (number | undefined)[];
/** A trade, a dividend or a signal at the value with this index. */
export type Mark = { readonly index: number; readonly kind: 'buy' | 'sell' | 'hold' | 'dividend' };
export type ChartOptions = {
  /** Cells of the whole chart, labels included. */
  readonly width: number;
  readonly height: number;
  /** A dotted level, usually the period's first close. */
  readonly baseline?: number | undefined;
  /** The benchmark, on the same days. */
  readonly second?: Values | undefined;
  readonly marks?: readonly Mark[] | undefined;
  /** Words for a level, one cell a character; without it there are no labels. */
  readonly label?: ((value: number) => string) | undefined;
};
export type Chart = {
  readonly rows: readonly (readonly ChartSpan[])[];
  /** Cells of the drawing without its labels: the width for a `volumeRow` beneath it. */
  readonly plotWidth: number;
};

type Pen = {
  readonly across: number;
  readonly down: number;
  /** The glyph of a cell's dots; bit `column * down + row`. */
  readonly glyph: (dots: number) => string;
  readonly level: string;
};

const brailleBits = [0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80];
const braille: Pen = {
  across: 2,
  down: 4,
  glyph: dots => {
    let code = 0x2800;
    for (const [bit, value] of brailleBits.entries()) if ((dots & (1 << bit)) !== 0) code += value;
    return String.fromCharCode(code);
  },
  level: '⠂',
};
const blocks: Pen = { across: 1, down: 2, glyph: dots => ' ▀▄█'[dots] ?? ' ', level: '·' };

const isNumber = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);
const lowest = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const highest = (values: readonly number[]): number =>
  values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);

type Scale = { readonly low: number; readonly high: number };
/** 0 is the top row of `rows`; equal values run through the middle. */
const rowOf = (value: number, { low, high }: Scale, rows: number): number =>
  high === low
    ? Math.floor((rows - 1) / 2)
    : Math.max(0, Math.min(rows - 1, Math.round(((high - value) / (high - low)) * (rows - 1))));
/** A lone value stands at the right edge, where its label is. */
const columnOf = (index: number, count: number, columns: number): number =>
  count <= 1 ? columns - 1 : Math.round((index * (columns - 1)) / (count - 1));

type Stroke = 'solid' | 'dashed';

/** Dots of a series as one number a cell. Neighbouring values are joined, a gap is left open. */
function trace(values: Values, scale: Scale, width: number, height: number, pen: Pen, stroke: Stroke): number[] {
  const cells = new Array<number>(width * height).fill(0);
  const dot = (x: number, y: number): void => {
    if (stroke === 'dashed' && Math.floor(x / pen.across) % 2 === 1) return;
    const cell = Math.floor(y / pen.down) * width + Math.floor(x / pen.across);
    cells[cell] = (cells[cell] ?? 0) | (1 << ((x % pen.across) * pen.down + (y % pen.down)));
  };
  let before: { x: number; y: number } | undefined;
  for (const [index, value] of values.entries()) {
    if (!isNumber(value)) {
      before = undefined;
      continue;
    }
    const x = columnOf(index, values.length, width * pen.across);
    const y = rowOf(value, scale, height * pen.down);
    const from = before ?? { x, y };
    const steps = Math.max(Math.abs(x - from.x), Math.abs(y - from.y));
    for (let step = 0; step <= steps; step += 1) {
      const part = steps === 0 ? 0 : step / steps;
      dot(Math.round(from.x + (x - from.x) * part), Math.round(from.y + (y - from.y) * part));
    }
    before = { x, y };
  }
  return cells;
}

type Glyph = { readonly text: string; readonly token?: ChartToken };
const markGlyphs: Record<Mark['kind'], Glyph> = {
  buy: { text: '▲', token: 'gain' },
  sell: { text: '▼', token: 'loss' },
  hold: { text: '○', token: 'dim' },
  dividend: { text: '•', token: 'accent' },
};

/** A buy stands below the line, a sale above it, a hold on it, a dividend on the bottom row; trades cover dividends. */
function placeMarks(grid: Glyph[], marks: readonly Mark[], values: Values, scale: Scale, width: number): void {
  const height = grid.length / width;
  const order = { dividend: 0, hold: 1, buy: 2, sell: 3 };
  for (const mark of [...marks].sort((a, b) => order[a.kind] - order[b.kind])) {
    if (!Number.isInteger(mark.index) || mark.index < 0 || mark.index >= values.length) continue;
    const value = values[mark.index];
    const x = columnOf(mark.index, values.length, width);
    const onLine = isNumber(value) ? rowOf(value, scale, height) : height - 1;
    const wanted = { buy: onLine + 1, sell: onLine - 1, hold: onLine, dividend: height - 1 }[mark.kind];
    grid[Math.max(0, Math.min(height - 1, wanted)) * width + x] = markGlyphs[mark.kind];
  }
}

type Label = { readonly row: number; readonly text: string; readonly token: ChartToken };
function labelsFor(values: Values, options: ChartOptions, scale: Scale): Label[] {
  const { label, height } = options;
  const numbers = values.filter(isNumber);
  const last = numbers.at(-1);
  if (label === undefined || last === undefined) return [];
  const at = (value: number, token: ChartToken): Label => ({
    row: rowOf(value, scale, height),
    text: label(value),
    token,
  });
  const twin = options.second?.filter(isNumber).at(-1);
  const wanted = [
    at(last, 'text'),
    at(highest(numbers), 'dim'),
    at(lowest(numbers), 'dim'),
    ...(twin === undefined ? [] : [at(twin, 'benchmark')]),
  ];
  return wanted.filter((one, index) => wanted.findIndex(other => other.row === one.row) === index);
}

function joinRow(cells: readonly Glyph[]): ChartSpan[] {
  const spans: ChartSpan[] = [];
  for (const cell of cells) {
    const last = spans.at(-1);
    // Blanks take any colour, so they stay in the run they follow.
    if (last !== undefined && (last.token === cell.token || cell.text === ' ')) {
      spans[spans.length - 1] = { ...last, text: last.text + cell.text };
    } else spans.push(cell);
  }
  return spans;
}

/** Labels need the drawing to keep this many cells. */
const leastPlot = 8;

function drawChart(values: Values, options: ChartOptions, pen: Pen): Chart {
  const width = Math.max(0, Math.floor(options.width));
  const height = Math.max(0, Math.floor(options.height));
  const levels = [...values, ...(options.second ?? []), options.baseline].filter(isNumber);
  const blank: Glyph = { text: ' ' };
  if (levels.length === 0 || width === 0 || height === 0) {
    return { rows: Array.from({ length: height }, () => [{ text: ' '.repeat(width) }]), plotWidth: width };
  }
  const scale = { low: lowest(levels), high: highest(levels) };
  const labels = labelsFor(values, { ...options, height }, scale);
  const widest = highest([0, ...labels.map(label => [...label.text].length)]);
  const labelled = widest > 0 && width - widest - 1 >= leastPlot;
  const plotWidth = labelled ? width - widest - 1 : width;

  const line = trace(values, scale, plotWidth, height, pen, 'solid');
  // Dashed, so that the two lines are told apart without colour.
  const twin = trace(options.second ?? [], scale, plotWidth, height, pen, 'dashed');
  const base = options.baseline;
  const baseRow = isNumber(base) ? rowOf(base, scale, height) : -1;
  const grid = line.map((dots, cell): Glyph => {
    const other = twin[cell] ?? 0;
    if (dots !== 0) return { text: pen.glyph(dots), token: 'chart' };
    if (other !== 0) return { text: pen.glyph(other), token: 'benchmark' };
    return Math.floor(cell / plotWidth) === baseRow ? { text: pen.level, token: 'rule' } : blank;
  });
  placeMarks(grid, options.marks ?? [], values, scale, plotWidth);

  const rows = Array.from({ length: height }, (_, row) => {
    const drawn = joinRow(grid.slice(row * plotWidth, (row + 1) * plotWidth));
    if (!labelled) return drawn;
    const label = labels.find(one => one.row === row);
    const words = ` ${label?.text ?? ''}`;
    return [...drawn, { text: words + ' '.repeat(widest + 1 - [...words].length), token: label?.token ?? 'dim' }];
  });
  return { rows, plotWidth };
}

/** A line chart in braille dots, with a dotted baseline, marks, a second line and labels at min, max and last. */
export const brailleChart = (values: Values, options: ChartOptions): Chart => drawChart(values, options, braille);
/** The same chart in half blocks, for terminals whose font has no braille. */
export const blockChart = (values: Values, options: ChartOptions): Chart => drawChart(values, options, blocks);
/** The rows of a chart as plain text. */
export const chartText = (chart: Chart): string[] => chart.rows.map(row => row.map(span => span.text).join(''));

const eighths = '▁▂▃▄▅▆▇█';

/** `width` numbers: values stretched over the cells, or as many as there are to a cell put together by `join`. */
function squeeze(values: Values, width: number, join: (bucket: readonly number[]) => number): Values {
  const count = values.length;
  return Array.from({ length: width }, (_, cell) => {
    if (count <= width) return count === 0 ? undefined : values[Math.floor((cell * count) / width)];
    const from = Math.floor((cell * count) / width);
    const bucket = values.slice(from, Math.floor(((cell + 1) * count) / width)).filter(isNumber);
    return bucket.length === 0 ? undefined : join(bucket);
  });
}

const mean = (bucket: readonly number[]): number => bucket.reduce((a, b) => a + b, 0) / bucket.length;

/** One row of eighth blocks from the lowest value to the highest; gaps are blank, equal values stand half high. */
export function sparkline(values: Values, width: number): string {
  const cells = squeeze(values, Math.max(0, Math.floor(width)), mean);
  const known = cells.filter(isNumber);
  const scale = { low: lowest(known), high: highest(known) };
  return cells.map(value => (isNumber(value) ? (eighths[7 - rowOf(value, scale, 8)] ?? ' ') : ' ')).join('');
}

/** One row of eighth blocks that start at zero: the busiest cell is full, no volume is blank. */
export function volumeRow(values: Values, width: number): string {
  const cells = squeeze(values, Math.max(0, Math.floor(width)), mean);
  const busiest = highest([0, ...cells.filter(isNumber)]);
  return cells
    .map(value => {
      if (!isNumber(value) || value <= 0) return ' ';
      return eighths[Math.max(0, Math.ceil((value / busiest) * 8) - 1)] ?? ' ';
    })
    .join('');
}
