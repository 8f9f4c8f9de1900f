import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockChart, brailleChart, chartText, sparkline, volumeRow } from '../src/chart.ts';

const label = (value: number): string => value.toFixed(2);
const wave = Array.from({ length: 120 }, (_, day) => 42 + 4 * Math.sin(day / 18) + day * 0.03);
const benchmark = wave.map((_, day) => 42 + day * 0.02);
const marks = [
  { index: 30, kind: 'buy' as const },
  { index: 70, kind: 'sell' as const },
  { index: 100, kind: 'dividend' as const },
];
const framed = (rows: readonly string[]): string => `\n${rows.map(row => `${row}|\n`).join('')}`;

describe('line charts', () => {
  test('braille, with a baseline, marks, a second line and labels', () => {
    const chart = brailleChart(wave, { width: 60, height: 7, baseline: wave[0], marks, second: benchmark, label });
    expect(framed(chartText(chart))).toMatchInlineSnapshot(`
      "
               ⡠⠤⠒⠉⠉⠉⠉⠒⠢⢄⡀                                ⡠⠊ 46.86|
            ⢠⠔⠉    ▲     ⠈⠓⢄                            ⢀⠜        |
          ⡠⠔⠁               ⠉⠢⣀                        ⡠⠊ ⣀  44.38|
        ⡠⠊                    ⠈⠢⣀ ⣀ ⣀ ⣀ ⠤ ⠤ ⠖ ⠒ ⠒ ⠉ ⠉⡠⠊           |
       ⡰⠁   ⢀ ⣀ ⣀ ⠤ ⠤ ⠤ ⠒ ⠒ ⠊ ⠉ ⠉⠑⢄⡀ ▼             ⡠⠔⠁            |
      ⠊⠂⠉⠂⠉⠂⠁⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠑⠢⣀⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⢀⠤⠊⠂⠂⠂⠂⠂⠂⠂⠂⠂      |
                                      ⠉⠲⠤⣀⣀⣀⣀⠤⠔⠒⠉  •         40.51|
      "
    `);
  });

  test('half blocks, the same chart', () => {
    const chart = blockChart(wave, { width: 60, height: 7, baseline: wave[0], marks, second: benchmark, label });
    expect(framed(chartText(chart))).toMatchInlineSnapshot(`
      "
               ▄▄█▀▀▀▀▀▄▄▄                                ▄█ 46.86|
            ▄▄▀    ▲     ▀█▄                            ▄█▀       |
          ▄█▀               ▀█▄                        █▀ ▄  44.38|
        ▄█▀                   ▀█▄ ▄ ▄ ▄ ▄ ▄ ▀ ▀ ▀ ▀ ▀▄▀           |
      ▄█▀   ▄ ▄ ▄ ▄ ▄ █ ▀ ▀ ▀ ▀ ▀▀▄▄ ▼             █▀             |
      ▀·▀·▀························▀█▄▄·········▄█▀·········      |
                                      ▀▀▄▄▄▄▄▄▀▀   •         40.51|
      "
    `);
  });

  test('a line of two values rises from corner to corner', () => {
    expect(chartText(brailleChart([0, 1], { width: 4, height: 2 }))).toEqual(['  ⡠⠊', '⡠⠊  ']);
  });

  test('every part has its own token', () => {
    const chart = brailleChart(wave, { width: 60, height: 7, baseline: wave[0], marks, second: benchmark, label });
    const tokens = new Set(chart.rows.flat().map(span => span.token));
    for (const token of ['chart', 'benchmark', 'rule', 'gain', 'loss', 'accent', 'text', 'dim'] as const) {
      expect(tokens).toContain(token);
    }
  });

  test('one value, equal values and a gap', () => {
    const rows = (values: (number | undefined)[]): string =>
      framed(chartText(brailleChart(values, { width: 24, height: 3, label })));
    expect(rows([5])).toMatchInlineSnapshot(`
      "
                              |
                        ⠐ 5.00|
                              |
      "
    `);
    expect(rows([5, 5, 5])).toMatchInlineSnapshot(`
      "
                              |
      ⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒ 5.00|
                              |
      "
    `);
    expect(rows([1, 2, undefined, 3, 2.5])).toMatchInlineSnapshot(`
      "
                    ⠉⠒⠢⠤⣀ 3.00|
         ⢀⡠               2.50|
      ⡠⠔⠊⠁                1.00|
      "
    `);
  });

  test('no values is blank rows', () => {
    expect(chartText(brailleChart([], { width: 5, height: 2 }))).toEqual(['     ', '     ']);
    expect(chartText(brailleChart([undefined, Number.NaN], { width: 3, height: 1, label }))).toEqual(['   ']);
  });

  test('labels go when the drawing would be too narrow for them', () => {
    const narrow = brailleChart([1, 2, 3], { width: 10, height: 3, label });
    expect(narrow.plotWidth).toBe(10);
    expect(chartText(narrow).join('')).not.toMatch(/\d/);
  });

  test('the extremes of a long series are never lost', () => {
    const spiked = Array.from({ length: 1300 }, (_, day) => (day === 555 ? 100 : day === 900 ? 0 : 50));
    const rows = chartText(brailleChart(spiked, { width: 40, height: 8 }));
    expect(rows[0]?.trim()).not.toBe('');
    expect(rows[7]?.trim()).not.toBe('');
  });

  test('any values in any size give rows of exactly that size', () => {
    const values = fc.array(fc.option(fc.double({ noNaN: false }), { nil: undefined }), { maxLength: 60 });
    const size = fc.integer({ min: 0, max: 50 });
    const mark = fc.record({
      index: fc.integer({ min: -2, max: 70 }),
      kind: fc.constantFrom('buy' as const, 'sell' as const, 'dividend' as const),
    });
    fc.assert(
      fc.property(values, values, size, fc.integer({ min: 0, max: 12 }), fc.array(mark), (a, b, width, height, all) => {
        for (const draw of [brailleChart, blockChart]) {
          const chart = draw(a, { width, height, second: b, marks: all, baseline: a[0], label: () => '9,999.99' });
          const rows = chartText(chart);
          expect(rows).toHaveLength(height);
          for (const row of rows) expect([...row]).toHaveLength(width);
          expect(chart.plotWidth).toBeLessThanOrEqual(width);
        }
      }),
      { seed: 20_265, numRuns: 300 },
    );
  });
});

describe('sparkline', () => {
  test('runs from the lowest to the highest', () => {
    expect(sparkline([1, 2, 3, 4, 5, 6, 7, 8], 8)).toBe('▁▂▃▄▅▆▇█');
    expect(sparkline([1, 8], 4)).toBe('▁▁██');
    expect(sparkline([1, undefined, 8], 3)).toBe('▁ █');
    expect(sparkline([5, 5], 2)).toBe('▅▅');
    expect(sparkline([], 3)).toBe('   ');
    expect(sparkline([1], 0)).toBe('');
    expect([...sparkline(wave, 20)]).toHaveLength(20);
  });
});

describe('volumeRow', () => {
  test('starts at zero: the busiest is full, none is blank, any is seen', () => {
    expect(volumeRow([0, 1, 400, 800], 4)).toBe(' ▁▄█');
    expect(volumeRow([undefined, 10], 2)).toBe(' █');
    expect(volumeRow([0, 0], 2)).toBe('  ');
    expect(volumeRow([1, 3, 8, 8], 2)).toBe('▂█');
  });
});
