/** Whether a code is one of the exchange's, as far as the stored symbol list can tell. */
import { editDistance } from '../domain/edit-distance.ts';
import type { Code } from '../domain/market/security.ts';
import { Failure } from '../failure.ts';
import type { Database } from './database.ts';
import { countSecurities, findSecurity, searchSecurities } from './securities.ts';

/** Fewer securities than the exchange has are what single look-ups left behind, and say nothing of a code. */
const wholeList = 100;

export const isListStored = (db: Database): boolean => countSecurities(db) >= wholeList;

/** Refuses a code that the list does not hold and that was never traded; without a list any code is taken. */
export function refuseUnlisted(db: Database, code: Code, traded: ReadonlySet<Code>): void {
  if (!isListStored(db) || findSecurity(db, code) || traded.has(code)) return;
  const alike = [code, code.slice(0, 2), code.slice(0, 1)].flatMap(text => searchSecurities(db, text, 50));
  const near = [...new Set([...traded, ...alike.map(security => security.code)])]
    .map(each => ({ each, distance: editDistance(code, each) }))
    .filter(({ distance }) => distance <= 1)
    .sort((a, b) => a.distance - b.distance || (a.each < b.each ? -1 : 1));
  throw new Failure('not-found', `There is no security with the code ${code}`, {
    hint: near[0] === undefined ? 'Look it up: asxos search TEXT.' : `Did you mean ${near[0].each}?`,
  });
}
