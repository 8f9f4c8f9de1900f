import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { harmless } from '../../src/domain/text.ts';
import {
  characters,
  cut,
  displayWidth,
  fitLine,
  fitText,
  lineWidth,
  plainText,
  shorten,
  shortenLine,
} from '../../src/tui/text.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map(harmless);
const seed = { seed: 20_262, numRuns: 300 };

describe('text in cells', () => {
  test.each([
    ['BHP', 3],
    ['株式', 4],
    ['e\u0301', 1],
    ['▲▼●…–✓›•', 8],
    ['\u001b[31mred\u001b[0m', 3],
    ['', 0],
  ])('displayWidth %j is %i', (shown, width) => {
    expect(displayWidth(shown)).toBe(width);
  });

  test('the fast way and string-width agree on every character of the basic plane, alone and among others', () => {
    for (let code = 0x20; code <= 0xffff; code += 1) {
      const character = String.fromCharCode(code);
      if (displayWidth(character) !== stringWidth(character)) expect.fail(`U+${code.toString(16)}`);
      // Each block of the plane is of one kind for more than seven characters.
      if (code % 7 !== 0) continue;
      const among = `A${character}▲${character}é`;
      if (displayWidth(among) !== stringWidth(among)) expect.fail(`U+${code.toString(16)} among others`);
    }
  });

  test('pads and shortens by cells', () => {
    expect(fitText('CBA', 6)).toBe('CBA   ');
    expect(fitText('12.50', 8, 'right')).toBe('   12.50');
    expect(fitText('ok', 5, 'centre')).toBe(' ok  ');
    expect(fitText('Commonwealth Bank', 9)).toBe('Commonwe…');
    expect(fitText('株式会社', 6)).toBe('株式… ');
    expect(fitText('x', 0)).toBe('');
  });

  test('never cuts inside what a reader sees as one character', () => {
    expect(cut('e\u0301e\u0301', 1)).toBe('e\u0301');
    expect(cut('株式', 3)).toBe('株');
    expect(characters('a👨‍👩‍👧b')).toEqual(['a', '👨‍👩‍👧', 'b']);
  });

  test('fitText gives exactly the width, shorten at most the width', () => {
    fc.assert(
      fc.property(text, fc.nat({ max: 50 }), (shown, width) => {
        expect(displayWidth(fitText(shown, width))).toBe(width);
        expect(displayWidth(fitText(shown, width, 'right'))).toBe(width);
        expect(displayWidth(shorten(shown, width))).toBeLessThanOrEqual(width);
      }),
      seed,
    );
  });
});

describe('lines of spans', () => {
  const line = [{ text: 'Family ' }, { text: 'SMSF', bold: true }, { text: ' 2 portfolios' }];

  test('shortens in the span that crosses the edge and keeps its look', () => {
    expect(shortenLine(line, 10)).toEqual([{ text: 'Family ' }, { text: 'SM…', bold: true }]);
    expect(plainText(shortenLine(line, 11))).toBe('Family SMS…');
    expect(shortenLine(line, 24)).toBe(line);
    expect(plainText(fitLine(line, 26))).toBe('Family SMSF 2 portfolios  ');
    expect(shortenLine(line, 0)).toEqual([]);
  });

  test('a shortened line is never wider than asked, a fitted one is exactly as wide', () => {
    fc.assert(
      fc.property(fc.array(text), fc.nat({ max: 60 }), (texts, width) => {
        const spans = texts.map(shown => ({ text: shown }));
        expect(lineWidth(shortenLine(spans, width))).toBeLessThanOrEqual(width);
        expect(lineWidth(fitLine(spans, width))).toBe(width);
      }),
      seed,
    );
  });
});
