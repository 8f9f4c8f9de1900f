/** Prices that moved too far to be believed: what is held back, and letting one be used. */
import type { App } from '../app.ts';
import { listSuspects, releaseSuspect, type SuspectPrice } from '../db/suspects.ts';
import type { LocalDate } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';
import { Failure } from '../failure.ts';

export const heldBackPrices = (app: App): readonly SuspectPrice[] => listSuspects(app.db);

/** Declares a close right; it is used from now on. */
export function acceptPrice(app: App, code: Code, date: LocalDate): SuspectPrice {
  const held = listSuspects(app.db, code).find(suspect => suspect.date === date);
  if (!held) {
    throw new Failure('not-found', `No price of ${code} on ${date} is held back`, {
      hint: 'They are listed by: asxos prices suspects.',
    });
  }
  app.db.transaction(() => releaseSuspect(app.db, code, date, app.now()));
  return held;
}
