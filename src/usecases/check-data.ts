/** Checks stored prices for what is wrong with them: see `domain/market/quality`. Reads much, asks nobody. */
import type { App } from '../app.ts';
import { listFindings, replaceFindings, type StoredFinding } from '../db/data-findings.ts';
import { followedCodes } from '../db/followed.ts';
import { barsOf, wholeHistories } from '../db/prices.ts';
import { quotesOf } from '../db/quotes.ts';
import { securitiesOf } from '../db/securities.ts';
import { splitsOf } from '../db/splits.ts';
import { releasedDays } from '../db/suspects.ts';
import { readOverrides } from '../db/trading-days.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import { type Finding, findings } from '../domain/market/quality.ts';
import { type Code, isSecurityCode } from '../domain/market/security.ts';

export type DataCheck = {
  /** How many securities were checked. */
  readonly checked: number;
  /** Of what was checked. */
  readonly findings: readonly StoredFinding[];
};

/** Of what is held and watched; of these codes alone, or of all whose history is stored, where that is asked. */
export function checkData(app: App, asked: { codes?: readonly Code[]; all?: boolean } = {}): DataCheck {
  const { db } = app;
  const now = app.now();
  const overrides = readOverrides(db);
  const time = { today: app.today(), closed: latestCloseDue(now, overrides), overrides };
  const codes = (
    asked.codes ?? (asked.all ? [...wholeHistories(db).keys()] : followedCodes(db, app.config.benchmark).current)
  ).filter(isSecurityCode);
  const quotes = quotesOf(db, codes);
  const released = releasedDays(db);
  const securities = securitiesOf(db, codes);
  const found = new Map<Code, readonly Finding[]>();
  for (const code of codes) {
    const prices = {
      bars: barsOf(db, code),
      splits: splitsOf(db, code),
      quote: quotes.get(code),
      released: released.get(code),
    };
    // What has left the exchange ends for good.
    const hasLeft = securities.get(code)?.listed === false;
    found.set(
      code,
      findings(prices, time).filter(each => !hasLeft || each.kind !== 'end'),
    );
  }
  replaceFindings(db, found, now);
  return { checked: codes.length, findings: listFindings(db).filter(each => found.has(each.code)) };
}
