import { expect, onTestFinished, test } from 'vitest';
import type { Program } from '../../src/domain/rebalance/program.ts';
import { openSolver } from '../../src/host/solver.ts';
import { openSolverThread, type SolverThread } from '../../src/host/solver-thread.ts';

/** A knapsack of so many units: the more of them, the longer it takes. */
const knapsack = (count: number): Program => ({
  variables: Array.from({ length: count }, (_, index) => ({ name: `x${index}`, lower: 0, upper: 1, isInteger: true })),
  rows: [
    {
      name: 'room',
      terms: Array.from({ length: count }, (_, index) => [index, 7 + ((index * 37) % 23)] as const),
      lower: Number.NEGATIVE_INFINITY,
      upper: count * 4 + 0.5,
    },
  ],
  objectives: [
    {
      name: 'worth',
      terms: Array.from({ length: count }, (_, index) => [index, -(11 + ((index * 53) % 31))] as const),
      tolerance: 0.1,
    },
  ],
});

const impossible: Program = {
  ...knapsack(2),
  rows: [{ name: 'too much', terms: [[0, 1]], lower: 11, upper: 20 }],
};

function opened(): SolverThread {
  const thread = openSolverThread();
  onTestFinished(() => thread.close());
  return thread;
}

test('answers what the solver answers, each question its own, while this thread goes on', async () => {
  const { solve } = opened();
  const alone = await openSolver();
  const programs = [knapsack(40), impossible, knapsack(3), { variables: [], rows: [], objectives: [] }];
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 1);
  const answers = await Promise.all(programs.map(solve));
  clearInterval(ticking);
  expect(answers).toEqual(programs.map(alone));
  expect(answers[1]).toBeUndefined();
  expect(ticks).toBeGreaterThan(5);
});

test('what goes wrong in it is heard, and the next question is answered', async () => {
  const { solve } = opened();
  await expect(solve({ ...knapsack(3), rows: undefined } as unknown as Program)).rejects.toThrow(TypeError);
  expect(await solve(knapsack(3))).toBeDefined();
});

test('closing fails what is still asked; a question after it begins anew', async () => {
  const thread = opened();
  const asked = expect(thread.solve(knapsack(60))).rejects.toThrow('thread ended');
  await thread.close();
  await asked;
  expect(await thread.solve(impossible)).toBeUndefined();
});
