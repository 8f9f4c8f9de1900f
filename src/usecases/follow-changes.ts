/** Tells an open console that the stored data has changed, by itself or by another asxos on the same file. */
import type { App } from '../app.ts';

/** How often another process's changes are looked for: one PRAGMA each time. */
const every = 2_000;

/** A number that grows with every change. */
export const dataRevision = (app: App): number => app.db.revision();

/** Calls `changed` after every change until the returned function is called; `failed` where looking for one failed. */
export function followChanges(app: App, changed: () => void, failed: (error: unknown) => void): () => void {
  const stop = app.db.onChange(changed);
  const timer = setInterval(() => {
    try {
      app.db.noticeChanges();
    } catch (error) {
      failed(error);
    }
  }, every);
  timer.unref();
  return () => {
    clearInterval(timer);
    stop();
  };
}
