/** Sends what is due while the console is open: one run at a time, and none while nothing is. */
import type { App } from '../app.ts';
import { deliverNotifications, isAnythingDue } from '../usecases/deliver-notifications.ts';

export function openDeliveryTask(app: App, failed: (error: unknown) => void) {
  let running: { readonly abort: AbortController; readonly over: Promise<void> } | undefined;

  const run = async (abort: AbortController): Promise<void> => {
    try {
      await deliverNotifications(app, { signal: abort.signal });
    } catch (error) {
      if (!abort.signal.aborted) failed(error);
    } finally {
      running = undefined;
    }
  };

  return {
    start(): void {
      if (running !== undefined || !isAnythingDue(app)) return;
      const abort = new AbortController();
      running = { abort, over: Promise.resolve() };
      running = { abort, over: run(abort) };
    },
    /** Resolves when what is under way has given back what it did not send. */
    async stop(): Promise<void> {
      running?.abort.abort();
      await running?.over;
    },
  };
}
