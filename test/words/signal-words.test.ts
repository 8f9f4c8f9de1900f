import { expect, test } from 'vitest';
import { formatRecord } from '../../src/words/signal-words.ts';

const excess = { value: 0.02, low: -0.04, high: 0.08, t: 0.9, blocks: 12, reason: undefined };
const sides = { count: 210, hitRate: 0.541, baseRate: 0.519, excess };

test('a record says how often it was right, against what, and whether that shows anything', () => {
  expect(formatRecord({ judged: 300, sides, isEdgeShown: false })).toBe('hit rate 54% ±6, base 52%: no edge shown');
  const few = { ...sides, excess: { ...excess, low: undefined, high: undefined } };
  expect(formatRecord({ judged: 300, sides: few, isEdgeShown: true })).toBe('hit rate 54%, base 52%: edge shown');
});

test('without anything judged it says why', () => {
  expect(formatRecord(undefined)).toBe('none judged yet: it takes 21 sessions');
  expect(formatRecord({ judged: 0, sides, isEdgeShown: false })).toBe('none judged yet: it takes 21 sessions');
  const none = { count: 0, hitRate: undefined, baseRate: undefined, excess };
  expect(formatRecord({ judged: 4, sides: none, isEdgeShown: false })).toBe('only HOLD was judged');
});
