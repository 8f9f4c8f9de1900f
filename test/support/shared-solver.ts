/** The solver of Apps in tests: a real one in its own thread, which all Apps of a worker share, for to start it is slow. */
import { openSolverThread, type SolverThread } from '../../src/host/solver-thread.ts';

let shared: SolverThread | undefined;

export async function openSharedSolver(): Promise<SolverThread> {
  shared ??= openSolverThread();
  return { solve: shared.solve, close: async () => undefined };
}
