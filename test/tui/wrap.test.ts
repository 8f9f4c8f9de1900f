import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayWidth, plainText } from '../../src/tui/text.ts';
import { wrap, wrapLine } from '../../src/tui/wrap.ts';

test('breaks at spaces', () => {
  expect(wrap('3 holdings have no price since Thursday', 16)).toEqual([
    '3 holdings have',
    'no price since',
    'Thursday',
  ]);
  expect(wrap('', 10)).toEqual([]);
  expect(wrap('word', 0)).toEqual([]);
});
test('breaks a word that is longer than a line', () => {
  expect(wrap('a transcontinental b', 6)).toEqual(['a', 'transc', 'ontine', 'ntal b']);
});
test('loses nothing and keeps to the width', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 2, max: 40 }), (text, width) => {
      const lines = wrap(text, width);
      expect(lines.every(line => displayWidth(line) <= width)).toBe(true);
      expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }),
    { seed: 20_269, numRuns: 300 },
  );
});
test('a line of spans keeps its looks, and hangs what does not fit', () => {
  const line = [{ text: '  60 of 4 Mar ' }, { text: '+588.03', token: 'gain' as const }, { text: ' cost 2,405.97' }];
  expect(wrapLine(line, 40)).toEqual([line]);
  const lines = wrapLine(line, 22, 4);
  expect(lines.map(plainText)).toEqual(['  60 of 4 Mar +588.03', '    cost 2,405.97']);
  expect(lines[0]?.find(span => span.text === '+588.03')?.token).toBe('gain');
});
