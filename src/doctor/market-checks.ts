/** Stored prices: what the checks of each refresh found, what has no price or an old one, signals, the calendar. */
import { readAsked } from '../db/asked.ts';
import { listFindings } from '../db/data-findings.ts';
import type { Database } from '../db/database.ts';
import { followedCodes } from '../db/followed.ts';
import { readPrices } from '../db/known-prices.ts';
import { readLedger, recordedSplits, unitFactors } from '../db/ledger.ts';
import { listPortfolios } from '../db/portfolios.ts';
import { priceHistories } from '../db/prices.ts';
import { listRuns } from '../db/signal-runs.ts';
import { listSuspects } from '../db/suspects.ts';
import { readOverrides } from '../db/trading-days.ts';
import { day, daysBetween } from '../domain/date.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import { sessionsBetween } from '../domain/market/calendar.ts';
import { calendarHorizon } from '../domain/market/holidays.ts';
import type { FindingKind } from '../domain/market/quality.ts';
import { type Code, isSecurityCode } from '../domain/market/security.ts';
import { isOldSignal } from '../domain/signals/short-signal.ts';
import { formatCount, formatDate } from '../format.ts';
import { type Check, type Finding, ok, type Patient, problem, some, unknown, warning } from './check.ts';

/** What the checks of stored prices found, of what is held and watched. */
function found(patient: Patient, kinds: readonly FindingKind[], bad: typeof warning, none: string): Finding {
  const db = patient.db();
  const codes = new Set<Code>(followedCodes(db, patient.app.config.benchmark).current.filter(isSecurityCode));
  if (codes.size === 0) return unknown('nothing is held or watched yet');
  if (priceHistories(db, codes).size === 0) return unknown('no prices are stored yet', 'asxos refresh');
  const own = listFindings(db).filter(each => codes.has(each.code) && kinds.includes(each.kind));
  if (own.length === 0) return ok(none);
  return bad(
    `${own.length}: ${some(
      own.map(({ code, date, detail }) => `${code} ${date} (${detail})`),
      3,
    )}`,
  );
}

/** What is held in any portfolio, with the prices that it is valued at. */
function held(patient: Patient) {
  const db = patient.db();
  const { entries, ledger } = readLedger(db, listPortfolios(db));
  const codes = new Set(ledger.parcels.map(parcel => parcel.code));
  const prices = readPrices(db, codes, {
    now: patient.app.now(),
    asOf: undefined,
    unitFactors: unitFactors(entries, undefined),
    recordedSplits: recordedSplits(entries),
  });
  return { codes: [...codes].sort(), prices };
}

const newestBar = (db: Database, benchmark: Code | undefined): string | undefined =>
  [...priceHistories(db, followedCodes(db, benchmark).current).values()]
    .map(({ lastDate }) => lastDate)
    .sort()
    .at(-1);

export const marketChecks: readonly Check[] = [
  {
    id: 'price-gaps',
    looksAt: 'stored histories of what is held and watched have no gap and do not end early',
    why: 'Returns and risk skip the days, and a holding is valued at an old price.',
    fix: 'asxos doctor data',
    look: patient => found(patient, ['gap', 'end'], warning, 'no gaps'),
  },
  {
    id: 'price-jumps',
    looksAt: 'no stored price jumped without a reason, and none is held back as unbelievable',
    why: 'A split may be missing, or the price is wrong: gains would be.',
    fix: 'asxos prices suspects',
    look: patient => {
      const jumps = found(patient, ['jump'], problem, 'no jumps');
      const suspects = listSuspects(patient.db());
      if (jumps.status === 'problem') return { ...jumps, fix: 'asxos doctor data' };
      if (suspects.length === 0) return jumps;
      return warning(
        `held back: ${some(
          suspects.map(({ code, date, reason }) => `${code} ${date} (${reason})`),
          3,
        )}`,
      );
    },
  },
  {
    id: 'bars',
    looksAt: 'stored bars are possible, not of days to come, and agree with the quotes',
    why: 'A bar that cannot be is not used, so its day has no close.',
    fix: 'asxos doctor data',
    look: patient => found(patient, ['impossible', 'future', 'quote'], problem, 'all possible'),
  },
  {
    id: 'unpriced',
    looksAt: 'everything held has a price',
    why: 'What has none is in no total.',
    fix: 'asxos refresh',
    look: patient => {
      const { codes, prices } = held(patient);
      const without = codes.filter(code => !prices.has(code));
      if (codes.length === 0) return ok('nothing is held');
      return without.length === 0
        ? ok(`${formatCount(codes.length, 'security', 'securities')}, all priced`)
        : warning(`${without.length} of ${codes.length}: ${some(without)}`);
    },
  },
  {
    id: 'stale-prices',
    looksAt: 'the prices of what is held are of the last close that is due',
    why: 'The value shown is of an earlier day.',
    fix: 'asxos refresh',
    look: patient => {
      const { codes, prices } = held(patient);
      const due = latestCloseDue(patient.app.now(), readOverrides(patient.db()));
      const old = codes.filter(code => prices.get(code)?.stale);
      if (prices.size === 0) return codes.length === 0 ? ok('nothing is held') : unknown('nothing is priced');
      if (old.length === 0) return ok(`none older than the close of ${formatDate(due)}`);
      const words = `${old.length} of ${codes.length}: ${some(old.map(code => `${code} of ${prices.get(code)?.on}`))}`;
      const asked = readAsked(patient.db(), 'history');
      const isQuiet = (code: Code): boolean => (asked[code] ?? 0) > patient.app.now() - day;
      // Suspended, or not traded: there is nothing to fetch.
      return old.every(isQuiet) ? ok(`${words}; EODHD has nothing newer`) : warning(words);
    },
  },
  {
    id: 'signals',
    looksAt: 'the last run of the signals is not more than five sessions behind the last close',
    why: 'An older one tells of another market, and nothing is suggested by it.',
    fix: 'asxos signals run',
    look: patient => {
      const db = patient.db();
      const last = listRuns(db, 1)[0]?.asOf;
      const overrides = readOverrides(db);
      const closed = latestCloseDue(patient.app.now(), overrides);
      if (last === undefined) {
        return newestBar(db, patient.app.config.benchmark) === undefined
          ? ok('none yet, and no prices to compute them from')
          : unknown('they were never computed');
      }
      return isOldSignal(last, closed, overrides)
        ? warning(
            `the last are of ${formatDate(last)}, ${formatCount(sessionsBetween(last, closed, overrides), 'session')} ago`,
          )
        : ok(`of ${formatDate(last)}`);
    },
  },
  {
    id: 'calendar',
    looksAt: 'the table of holidays reaches three months ahead',
    why: 'Later days are a guess: a holiday would count as a session without a price.',
    fix: 'git pull && npm ci && npm run build',
    look: ({ app }) => {
      const left = daysBetween(app.today(), calendarHorizon);
      const words = `it reaches to ${formatDate(calendarHorizon)}`;
      if (left < 0) return problem(`it ended on ${formatDate(calendarHorizon)}`);
      return left < 92 ? warning(`${words}, ${formatCount(left, 'day')} from now`) : ok(words);
    },
  },
];
