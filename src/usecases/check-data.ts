/** Checks stored prices for what is wrong with them: see `domain/market/quality`. Reads much, asks nobody. */
import type { App } from '../app.ts';
import { forgetAsked } from '../db/asked.ts';
import { listFindings, replaceFindings, type StoredFinding } from '../db/data-findings.ts';
import type { Database } from '../db/database.ts';
import { dividendsOf } from '../db/dividends.ts';
import { unitChanges } from '../db/entries.ts';
import { followedCodes } from '../db/followed.ts';
import { barsOf, outdateHistories, priceHistories, wholeHistories } from '../db/prices.ts';
import { quotesOf } from '../db/quotes.ts';
import { securitiesOf } from '../db/securities.ts';
import { readAllSentBars } from '../db/signal-bars.ts';
import { splitsOf } from '../db/splits.ts';
import { releasesByCode } from '../db/suspects.ts';
import { readOverrides } from '../db/trading-days.ts';
import { sydneyDate } from '../domain/date.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import { dayOf, type Finding, type FindingKind, findings, type StoredPrices } from '../domain/market/quality.ts';
import { type Code, isSecurityCode } from '../domain/market/security.ts';
import { firstToJudge, type SentBars } from '../domain/signals/sent-bars.ts';

export type DataCheck = {
  /** How many securities have stored prices, which were checked. */
  readonly checked: number;
  /** Those that have none, of which nothing can be said. */
  readonly without: readonly Code[];
  /** Of what was checked. */
  readonly findings: readonly StoredFinding[];
};

/** Of what is held and watched; of these codes alone, or of all whose history is stored as well, where that is asked. */
export function checkData(app: App, asked: { codes?: readonly Code[]; all?: boolean } = {}): DataCheck {
  const { db } = app;
  const now = app.now();
  const overrides = readOverrides(db);
  const time = { today: app.today(), closed: latestCloseDue(now, overrides), overrides };
  const followed = asked.codes ?? followedCodes(db, app.config.benchmark).current;
  const codes = [...new Set([...followed, ...(asked.all ? wholeHistories(db).keys() : [])])].filter(isSecurityCode);
  const read = priceReader(db, codes);
  const securities = securitiesOf(db, codes);
  const found = new Map<Code, readonly Finding[]>();
  const without: Code[] = [];
  for (const code of codes) {
    const prices = read(code);
    if (prices.sent.days.length === 0) without.push(code);
    // What has left the exchange ends for good.
    const hasLeft = securities.get(code)?.listed === false;
    found.set(
      code,
      findings(prices, time).filter(each => !hasLeft || each.kind !== 'end'),
    );
  }
  replaceFindings(db, found, now);
  return {
    checked: codes.length - without.length,
    without,
    findings: listFindings(db).filter(each => found.has(each.code)),
  };
}

/** Reads exact bars only of a series that has something to judge. */
function priceReader(db: Database, codes: readonly Code[]): (code: Code) => StoredPrices {
  const quotes = quotesOf(db, codes);
  const releases = releasesByCode(db);
  const changes = unitChanges(db);
  const judgedOf = (code: Code, { days }: SentBars, first: number): StoredPrices['judged'] => ({
    // The bar before is ordinary: the first one is judged by it.
    bars: barsOf(db, code, dayOf(days[Math.max(first - 1, 0)] as number)),
    splits: splitsOf(db, code),
    dividends: dividendsOf(db, code),
    actions: changes.get(code) ?? [],
    released: releases.get(code) ?? new Map(),
  });
  return code => {
    const sent = readAllSentBars(db, code);
    const first = firstToJudge(sent);
    const quote = quotes.get(code);
    const quoted = quote?.at === undefined ? undefined : sydneyDate(quote.at);
    return {
      sent,
      judged: first === undefined ? undefined : judgedOf(code, sent, first),
      quote,
      quoteBar: quoted === undefined ? undefined : barsOf(db, code, quoted, quoted)[0],
    };
  };
}

const mendedByFetching: ReadonlySet<FindingKind> = new Set(['gap', 'impossible', 'future']);

/**
 * Has the next refresh fetch whole what it would not ask for by itself: histories whose bars are missing or wrong before
 * their last day. Once for each finding: what the provider has sent again is what it has. Of these findings' codes that
 * are held or watched, for a universe is thousands.
 */
export function fetchAgain(app: App, { findings: found }: DataCheck): readonly Code[] {
  const { db } = app;
  const wrong = found.filter(each => mendedByFetching.has(each.kind));
  if (wrong.length === 0) return [];
  const followed = new Set(followedCodes(db, app.config.benchmark).current);
  const histories = priceHistories(
    db,
    wrong.map(each => each.code),
  );
  const isOlder = ({ code, foundAt }: StoredFinding): boolean =>
    (histories.get(code)?.fullFetchedAt ?? Number.POSITIVE_INFINITY) <= foundAt;
  const codes = new Set(wrong.filter(each => followed.has(each.code) && isOlder(each)).map(each => each.code));
  if (codes.size === 0) return [];
  db.transaction(() => {
    outdateHistories(db, codes);
    forgetAsked(db, 'history', codes);
  });
  return [...codes];
}
