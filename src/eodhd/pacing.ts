/**
 * How fast requests may go: at most four at once, and at most half of the minute's allowance that EODHD states in
 * X-RateLimit-Limit, so that another program with the same key still gets through. A burst within that goes at once.
 *
 * The window is kept by timers, not by a clock, so that it holds in real time whatever the time is said to be. Its
 * timers keep the process alive only while a request waits for them.
 */
/** EODHD's documented allowance, until a header says otherwise. */
const documentedLimit = 1000;

/** `admit` may refuse at the last moment, by throwing; a refused one takes no turn. */
type Waiting = { admit: () => void; start: () => void; refuse: (error: unknown) => void };

export function openPacer({ concurrency = 4, windowMs = 60_000 }: { concurrency?: number; windowMs?: number } = {}) {
  let allowance = documentedLimit / 2;
  let active = 0;
  let sent = 0;
  let pauses = 0;
  const waiting: Waiting[] = [];
  const timers = new Set<NodeJS.Timeout>();

  function after(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
      startNext();
    }, ms);
    timers.add(timer);
    if (waiting.length === 0) timer.unref();
  }

  function isAdmitted(next: Waiting): boolean {
    try {
      next.admit();
      return true;
    } catch (error) {
      next.refuse(error);
      return false;
    }
  }

  function startNext(): void {
    while (active < concurrency && sent < allowance && pauses === 0) {
      const next = waiting.shift();
      if (next === undefined) break;
      if (!isAdmitted(next)) continue;
      active += 1;
      sent += 1;
      after(windowMs, () => {
        sent -= 1;
      });
      next.start();
    }
    for (const timer of timers) waiting.length === 0 ? timer.unref() : timer.ref();
  }

  function turn(signal: AbortSignal, admit: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const giveUp = () => {
        waiting.splice(waiting.indexOf(entry), 1);
        startNext();
        reject(signal.reason);
      };
      const entry: Waiting = {
        admit,
        start: () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        },
        refuse: error => {
          signal.removeEventListener('abort', giveUp);
          reject(error);
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      waiting.push(entry);
      startNext();
    });
  }

  return {
    /**
     * Runs `send` in its turn, first come, first served. `admit` is called when the turn has come and may throw to give
     * it up. Rejects with the signal's reason when aborted in the queue.
     */
    async run<T>(signal: AbortSignal, admit: () => void, send: () => Promise<T>): Promise<T> {
      await turn(signal, admit);
      try {
        return await send();
      } finally {
        active -= 1;
        startNext();
      }
    },
    /** Learns the allowance from the headers of an answer; `untilNextMinuteMs` is the pause when it is nearly gone. */
    learn({
      limit,
      remaining,
      untilNextMinuteMs,
    }: {
      limit: number | undefined;
      remaining: number | undefined;
      untilNextMinuteMs: number;
    }) {
      if (limit !== undefined && limit > 0) allowance = Math.max(1, Math.floor(limit / 2));
      if (remaining !== undefined && remaining < concurrency) this.pause(untilNextMinuteMs);
    },
    /** Holds every request that has not started for `ms`. */
    pause(ms: number) {
      pauses += 1;
      after(ms, () => {
        pauses -= 1;
      });
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
