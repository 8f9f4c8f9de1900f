/** A server from its port to its end: at a signal it takes no more requests and answers those that are under way. */
import type { Server } from './endpoint.ts';
import { listen } from './listen.ts';
import type { Log } from './log.ts';

/** A request that takes longer than this when the server ends is cut off. */
const patience = 10_000;

type Serving = {
  readonly port: number;
  readonly host: string;
  /** Aborted when the server is to end. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /** More facts of the line that says where it listens. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Told once it listens. What it resolves with is called when the port is closed. */
  readonly onListening: (url: string) => Promise<(() => Promise<void>) | undefined>;
};

export async function serve(server: Server, { port, host, signal, log, facts, onListening }: Serving): Promise<void> {
  const listening = await listen(server, { port, host });
  log('info', 'listening', { url: listening.url, ...facts });
  const close = await onListening(listening.url);
  await new Promise<void>(resolve => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  log('info', 'stopping');
  await listening.stop(patience);
  await close?.();
  log('info', 'stopped');
}
