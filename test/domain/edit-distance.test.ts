import { expect, test } from 'vitest';
import { editDistance, nearestName } from '../../src/domain/edit-distance.ts';

test.each([
  ['theme', 'theme', 0],
  ['theme', 'them', 1],
  ['thme', 'theme', 1],
  ['theme', 'thyme', 1],
  ['hteme', 'theme', 1],
  ['', 'theme', 5],
  ['kitten', 'sitting', 3],
])('%s to %s is %i', (from, to, letters) => {
  expect(editDistance(from, to)).toBe(letters);
  expect(editDistance(to, from)).toBe(letters);
});

test.each([
  ['famly smsf', 'Family SMSF'],
  ['fam', 'Family SMSF'],
  ['famly', 'Family SMSF'],
  ['none', undefined],
  ['JIONT', 'Joint'],
  ['Trust', undefined],
  ['', undefined],
])('"%s" was meant to be %s', (word, name) => {
  expect(nearestName(word, ['Family SMSF', 'Joint', 'Main'])).toBe(name);
});
