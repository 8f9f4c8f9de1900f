/** Prices that moved too far to be believed: what is held back, and letting one be used. */
import type { App } from '../app.ts';
import { forgetFinding, listFindings } from '../db/data-findings.ts';
import { barsOf } from '../db/prices.ts';
import { listSuspects, releaseSuspect, type SuspectPrice, storeAccepted } from '../db/suspects.ts';
import type { LocalDate } from '../domain/date.ts';
import type { Price } from '../domain/decimal.ts';
import type { Code } from '../domain/market/security.ts';
import { Failure } from '../failure.ts';

export const heldBackPrices = (app: App): readonly SuspectPrice[] => listSuspects(app.db);

/**
 * Declares a close right. One that is held back is used from now on; a move that stayed, which the check of stored prices
 * lists as a jump, is one no longer.
 */
export function acceptPrice(
  app: App,
  code: Code,
  date: LocalDate,
): { readonly close: Price; readonly wasHeld: boolean } {
  const { db } = app;
  const held = listSuspects(db, code).find(suspect => suspect.date === date);
  if (held !== undefined) {
    db.transaction(() => releaseSuspect(db, code, date, app.now()));
    return { close: held.close, wasHeld: true };
  }
  const isJump = listFindings(db).some(each => each.code === code && each.kind === 'jump' && each.date === date);
  const [bar] = isJump ? barsOf(db, code, date, date) : [];
  if (bar === undefined) {
    throw new Failure('not-found', `No price of ${code} on ${date} is held back, and none is listed as a jump`, {
      hint: 'They are listed by: asxos prices suspects, and asxos doctor data.',
    });
  }
  db.transaction(() => {
    storeAccepted(db, { code, date, close: bar.close }, app.now());
    forgetFinding(db, { code, kind: 'jump', date });
  });
  return { close: bar.close, wasHeld: false };
}
