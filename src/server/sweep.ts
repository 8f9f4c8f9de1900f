/** What time alone undoes: limits that are over, sessions long expired, notifications past their time. */
import { day, minute } from '../domain/date.ts';
import { errorFacts } from '../http/log.ts';
import type { Parts } from './parts.ts';
import { removeExpiredLimits } from './store/limits.ts';
import { markExpiredRead } from './store/notifications.ts';
import { removeExpiredSessions } from './store/sessions.ts';

/** A device that has not been seen for so long after its tokens ran out is a new one. */
const remembered = 30 * day;

export async function sweep({ db, now }: Pick<Parts, 'db' | 'now'>): Promise<void> {
  await removeExpiredLimits(db, now());
  await removeExpiredSessions(db, now() - remembered);
  await markExpiredRead(db, now());
}

/** Sweeps now and every ten minutes; resolves the stop when no sweep is under way. */
export function keepSweeping(parts: Pick<Parts, 'db' | 'now' | 'log'>): () => Promise<void> {
  const run = (): Promise<void> =>
    sweep(parts).catch((error: unknown) => parts.log('warning', 'sweep failed', errorFacts(error)));
  let running = run();
  const timer = setInterval(() => {
    running = running.then(run);
  }, 10 * minute);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
