import { describe, expect, test } from 'vitest';
import { beside, fitBlock, indent, inline } from '../../src/tui/blocks.ts';
import { type Line, plainText } from '../../src/tui/text.ts';

const line = (text: string): Line => [{ text }];
const texts = (lines: readonly Line[]): string[] => lines.map(plainText);

describe('blocks', () => {
  test('are cut or filled to their height, and cut to their width', () => {
    expect(texts(fitBlock([line('abcdef'), line('b'), line('c')], 4, 2))).toEqual(['abc…', 'b']);
    expect(texts(fitBlock([line('a')], 4, 3))).toEqual(['a', '', '']);
    expect(fitBlock([line('a')], 4, -1)).toEqual([]);
  });
  test('stand beside each other', () => {
    expect(texts(beside([line('left'), line('x')], [line('r1'), [], line('r3')], 6, 2))).toEqual([
      'left    r1',
      'x',
      '        r3',
    ]);
    expect(texts(beside([line('too long')], [line('r')], 4, 1))).toEqual(['too… r']);
  });
  test('an empty line stays empty when it is moved', () => {
    expect(indent([], 2)).toEqual([]);
    expect(plainText(indent(line('a'), 2))).toBe('  a');
  });
  test('parts in a line are whole or gone', () => {
    const parts = [line('value 10'), line('day 2'), line('gain 3')];
    expect(plainText(inline(parts, 40))).toBe('value 10   day 2   gain 3');
    expect(plainText(inline(parts, 20))).toBe('value 10   day 2');
    expect(plainText(inline(parts, 5))).toBe('');
  });
});
