/** The thread that rebalancings are solved in: it is given programs one after another and answers each. */
import { parentPort } from 'node:worker_threads';
import { openSolver } from './solver.ts';
import type { FromSolver, ToSolver } from './solver-thread.ts';

const opening = openSolver();

parentPort?.on('message', async ({ id, program }: ToSolver) => {
  const say = (answer: FromSolver): void => parentPort?.postMessage(answer);
  try {
    const solve = await opening;
    say({ id, solution: solve(program) });
  } catch (error) {
    say({ id, error });
  }
});
