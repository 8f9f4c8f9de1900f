import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { harmless } from '../../src/domain/text.ts';

describe('harmless', () => {
  test.each([
    ['a company name stays', 'BHP Group Limited', 'BHP Group Limited'],
    ['letters beyond ASCII stay', 'Häagen Crêpes 株式会社 – Zürich', 'Häagen Crêpes 株式会社 – Zürich'],
    ['a colour goes', '\u001b[31;1mSELL\u001b[0m now', 'SELL now'],
    ['an 8-bit colour goes', '\u009b31mSELL', 'SELL'],
    ['cursor movement and erasure go', 'A\u001b[2J\u001b[HB', 'AB'],
    ['a window title goes with its text', 'X\u001b]0;owned\u0007Y', 'XY'],
    ['a hyperlink keeps its words', '\u001b]8;;http://evil\u001b\\click\u001b]8;;\u001b\\', 'click'],
    ['a device string goes', '\u001bP1$r0m\u001b\\ok', 'ok'],
    ['a two-byte escape goes', '\u001bcreset', 'reset'],
    ['a character set switch goes', '\u001b(0lqk', 'lqk'],
    ['an unfinished title keeps its words and loses its escape', 'a\u001b]0;b', 'a0;b'],
    ['a bare escape at the end goes', 'end\u001b', 'end'],
    ['an escape hidden by a zero-width character goes', '\u001b\u200b[31mred', 'red'],
    ['a bell and a backspace go', 'a\u0007b\bc', 'abc'],
    ['line breaks and tabs become one space', 'one\r\n\ttwo\u2028three', 'one two three'],
    ['a bidirectional override goes', 'pay \u202e001\u202c now', 'pay 001 now'],
    ['isolates and marks go', '\u2066A\u2069\u200eB\u061c', 'AB'],
    ['zero-width characters go', 'C\u200bB\u200dA\ufeff\u00ad', 'CBA'],
    ['an emoji loses its variation selector', '\u26a0\ufe0f', '\u26a0'],
    ['tag characters go', 'flag\u{e0067}\u{e007f}', 'flag'],
    ['a lone surrogate is replaced', 'x\ud800y', 'x\ufffdy'],
    ['piled marks are cut at two', `e${'\u0301'.repeat(9)}`, 'e\u0301\u0301'],
    ['nothing stays nothing', '', ''],
  ])('%s', (_, text, shown) => {
    expect(harmless(text)).toBe(shown);
  });

  const spiky = fc.array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u001b', '[', ']', '0;', 'm', '\u0007', '\u009b', '\u009c', '\\', '\u200b', '\u202e', '\n', 'P'),
    ),
  );

  test('never lets a control, bidirectional or zero-width character through, and is settled after one pass', () => {
    fc.assert(
      fc.property(spiky, pieces => {
        const shown = harmless(pieces.join(''));
        expect(shown).not.toMatch(/[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u);
        expect(shown.isWellFormed()).toBe(true);
        expect(harmless(shown)).toBe(shown);
      }),
      { seed: 20_261, numRuns: 400 },
    );
  });
});
