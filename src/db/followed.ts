/** Which securities are the user's own to follow: held, watched, measured against, or traded once. */
import { type Code, isCode } from '../domain/market/security.ts';
import type { Database } from './database.ts';
import { codesOfEntries } from './entries.ts';
import { readLedger } from './ledger.ts';
import { listPortfolios } from './portfolios.ts';
import { listWatched } from './watchlist.ts';

const heldCodes = (db: Database): Code[] => [
  ...new Set(readLedger(db, listPortfolios(db)).ledger.parcels.map(parcel => parcel.code)),
];

/** Held, then watched, then what returns are measured against, which counts once there is something to measure. */
export function followedCodes(db: Database, benchmark: Code | undefined): { current: Code[]; past: Code[] } {
  const ever = codesOfEntries(db).filter(isCode);
  const measure = benchmark === undefined || ever.length === 0 ? [] : [benchmark];
  const current = [...new Set([...heldCodes(db), ...listWatched(db).map(each => each.code), ...measure])];
  const known = new Set(current);
  return { current, past: ever.filter(code => !known.has(code)) };
}
