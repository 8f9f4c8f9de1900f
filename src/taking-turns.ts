/** Long work done in steps, with a turn for whatever else waits, such as a key, after each few milliseconds of it. */
import type { App } from './app.ts';
import type { Steps } from './domain/steps.ts';

/** Of these no frame that a key waits for is late. */
const turnMilliseconds = 10;

/** The outcome of the steps; throws what the signal was aborted with between two of them. */
export async function takingTurns<T>(
  app: Pick<App, 'sleep' | 'elapsed'>,
  steps: Steps<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  let began = app.elapsed();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (app.elapsed() - began < turnMilliseconds) continue;
    await app.sleep(0);
    signal?.throwIfAborted();
    began = app.elapsed();
  }
}
