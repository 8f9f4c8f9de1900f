import { expect, test } from 'vitest';
import { openSolver } from '../../src/host/solver.ts';

const x = { name: 'x', lower: 0, upper: 10, isInteger: true };
const y = { name: 'y', lower: 0, upper: 10, isInteger: true };

test('objectives count one after another', async () => {
  const solve = await openSolver();
  // x + y is at least 3.5, so 4; of all those y is the least.
  const rows = [
    {
      name: 'enough',
      terms: [
        [0, 1],
        [1, 1],
      ] as const,
      lower: 3.5,
      upper: Number.POSITIVE_INFINITY,
    },
  ];
  const objectives = [
    {
      name: 'sum',
      terms: [
        [0, 1],
        [1, 1],
      ] as const,
      tolerance: 0.1,
    },
    { name: 'y', terms: [[1, 1]] as const, tolerance: 0.1 },
  ];
  const solution = solve({ variables: [x, y], rows, objectives });
  expect(solution?.values).toEqual([4, 0]);
  expect(solution?.reached.map(({ name, isProved }) => [name, isProved])).toEqual([
    ['sum', true],
    ['y', true],
  ]);
});

test('a program without a plan has no answer, and one without variables an empty one', async () => {
  const solve = await openSolver();
  const rows = [{ name: 'too much', terms: [[0, 1]] as const, lower: 11, upper: 20 }];
  const objectives = [{ name: 'x', terms: [[0, 1]] as const, tolerance: 0.1 }];
  expect(solve({ variables: [x], rows, objectives })).toBeUndefined();
  expect(solve({ variables: [], rows: [], objectives: [] })).toEqual({ values: [], reached: [] });
});
