/** Trains model A in a thread of its own, so that the console answers keys meanwhile. */
import { Worker } from 'node:worker_threads';
import { type OnProgress, type Outcome, type TrainRules, trainRules } from '../domain/signals/learner/train.ts';
import type { Panel } from '../domain/signals/panel.ts';
import { workerFile } from './worker-file.ts';

export type FromLearner = { readonly done: number; readonly total: number } | { readonly outcome: Outcome };

export type TrainOptions = {
  readonly rules?: TrainRules | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Ends the training at once; what it throws is the signal's reason. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * The outcome of `train`. Numbers in shared memory stay there; other arrays of the panel are handed over to the thread,
 * and are empty afterwards.
 */
export async function trainApart(panel: Panel, options: TrainOptions = {}): Promise<Outcome> {
  const { rules = trainRules, onProgress, signal } = options;
  signal?.throwIfAborted();
  const { values, dateOf, codeOf, forward } = panel;
  const handed = [values, dateOf, codeOf, forward].flatMap(({ buffer }) =>
    buffer instanceof ArrayBuffer ? buffer : [],
  );
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile('learner-worker'), {
      workerData: { panel, rules },
      transferList: [...new Set(handed)],
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    });
    const stop = (): void => {
      void worker.terminate();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.on('message', (message: FromLearner) => {
      if ('outcome' in message) resolve(message.outcome);
      else onProgress?.(message.done, message.total);
    });
    worker.on('error', reject);
    worker.on('exit', code => {
      signal?.removeEventListener('abort', stop);
      // After an outcome or an error this says nothing new.
      reject(new Error(`The learner's thread ended with ${code} and no outcome`));
    });
  });
}
