import { expect, test } from 'vitest';
import { student95, studentWithin } from '../../../../src/domain/signals/evaluation/student.ts';

test('the printed table of t at 95%', () => {
  const degrees = [1, 2, 3, 4, 5, 10, 20, 30, 60, 120];
  expect(degrees.map(each => student95(each).toFixed(3))).toEqual([
    '12.706',
    '4.303',
    '3.182',
    '2.776',
    '2.571',
    '2.228',
    '2.086',
    '2.042',
    '2.000',
    '1.980',
  ]);
});

test('what lies within, in closed form: a half within 1 of one degree, t / sqrt(2 + t²) of two', () => {
  expect(studentWithin(1, 1)).toBeCloseTo(0.5, 12);
  expect(studentWithin(3, 2)).toBeCloseTo(3 / Math.sqrt(11), 12);
});
