/** The solver in a thread of its own, so that the console answers keys while a plan is searched for. */
import { Worker } from 'node:worker_threads';
import type { Program, Solution } from '../domain/rebalance/program.ts';
import { workerFile } from './worker-file.ts';

export type ToSolver = { readonly id: number; readonly program: Program };
export type FromSolver =
  | { readonly id: number; readonly solution: Solution | undefined }
  | { readonly id: number; readonly error: unknown };

export type SolverThread = {
  readonly solve: (program: Program) => Promise<Solution | undefined>;
  /** What is still being solved then fails. */
  readonly close: () => Promise<void>;
};

type Waiting = {
  readonly resolve: (solution: Solution | undefined) => void;
  readonly reject: (error: unknown) => void;
};

/** The thread begins with the first program. While none is being solved it does not keep the process alive. */
export function openSolverThread(): SolverThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let lastId = 0;

  function answered(answer: FromSolver): void {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker?.unref();
    if ('error' in answer) asked?.reject(answer.error);
    else asked?.resolve(answer.solution);
  }

  /** The next program gets a new thread. */
  function ended(error: unknown): void {
    worker = undefined;
    for (const asked of waiting.values()) asked.reject(error);
    waiting.clear();
  }

  function start(): Worker {
    const started = new Worker(workerFile('solver-worker'));
    started.on('message', answered);
    started.on('error', ended);
    started.on('exit', code => {
      if (worker === started) ended(new Error(`The solver's thread ended with ${code}`));
    });
    return started;
  }

  return {
    solve: program =>
      new Promise((resolve, reject) => {
        worker ??= start();
        worker.ref();
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        worker.postMessage({ id: lastId, program } satisfies ToSolver);
      }),
    close: async () => {
      await worker?.terminate();
    },
  };
}
