import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth, lineWidth, plainText } from '../../src/tui/text.ts';
import { editField, emptyField, fieldLine, fieldOf, insertText, type TextField } from '../../src/tui/text-field.ts';

const fieldAfter = (field: TextField, ...keys: string[]): TextField =>
  keys.reduce((now, key) => editField(now, key) ?? now, field);

describe('typing', () => {
  test('puts characters at the cursor', () => {
    expect(fieldAfter(emptyField, 'b', 'h', 'p', 'space', '1')).toEqual({ text: 'bhp 1', cursor: 5 });
    expect(fieldAfter(fieldOf('bp'), 'left', 'h')).toEqual({ text: 'bhp', cursor: 2 });
  });
  test('counts what a reader sees as one character as one', () => {
    expect(fieldAfter(fieldOf('e\u0301a'), 'left', 'backspace')).toEqual({ text: 'a', cursor: 0 });
  });
  test.each([
    ['backspace', 'buy 10', 5, 'buy 1', 5],
    ['delete', 'buy 10', 0, 'uy 10', 0],
    ['ctrl+u', 'buy 10', 4, '10', 0],
    ['ctrl+k', 'buy 10', 4, 'buy ', 4],
    ['ctrl+w', 'buy 10 BHP', 7, 'buy BHP', 4],
    ['home', 'buy', 2, 'buy', 0],
    ['end', 'buy', 1, 'buy', 3],
    ['left', 'buy', 0, 'buy', 0],
    ['right', 'buy', 3, 'buy', 3],
  ])('%s on "%s" at %i', (key, text, cursor, wanted, at) => {
    const from = key === 'backspace' ? { text, cursor: 6 } : { text, cursor };
    expect(editField(from, key)).toEqual({ text: wanted, cursor: at });
  });
  test('a key that is no text is left to others', () => {
    for (const key of ['enter', 'esc', 'f1', 'ctrl+c', 'up', 'alt+x'])
      expect(editField(emptyField, key)).toBeUndefined();
  });
  test('a paste keeps to one line', () => {
    expect(insertText(fieldOf('a'), 'b\r\nc\td')).toEqual({ text: 'ab c d', cursor: 6 });
  });
});

describe('the line', () => {
  test('shows the cursor', () => {
    expect(fieldLine(fieldOf('bhp'), 10)).toEqual([{ text: 'bhp' }, { text: ' ', inverse: true }, { text: '' }]);
    expect(fieldLine({ text: 'bhp', cursor: 1 }, 10)[1]).toEqual({ text: 'h', inverse: true });
  });
  test('never wider than its room, and the cursor in sight', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.nat(40),
        fc.integer({ min: 2, max: 30 }),
        (raw, at, width) => {
          const text = [...raw].filter(each => displayWidth(each) > 0).join('');
          const field = { text, cursor: Math.min(at, fieldOf(text).cursor) };
          const line = fieldLine(field, width);
          expect(lineWidth(line)).toBeLessThanOrEqual(width);
          expect(`${text} `).toContain(plainText(line));
          expect(line[1]?.inverse).toBe(true);
        },
      ),
      { seed: 20_268, numRuns: 300 },
    );
  });
});
