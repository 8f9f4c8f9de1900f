/**
 * Fundamentals as they were told: facts and statements are only ever added. What the provider changed is a later row, so
 * that what was known at an instant can be read again; what counted on a day is decided by the filing dates.
 */
import { addMonths, type Instant, type LocalDate } from '../domain/date.ts';
import {
  availableFrom,
  backtestLag,
  type CompanyFacts,
  type CompanyShape,
  type Fundamentals,
  type Statement,
  type StatementKind,
  type StatementPeriod,
} from '../domain/fundamentals/statement.ts';
import { gicsSectors } from '../domain/market/sectors.ts';
import type { AssetKind, Code } from '../domain/market/security.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';

type FactsRow = { shape: CompanyShape; facts: string; seenAt: Instant };
type StatementRow = {
  statement: StatementKind;
  period: StatementPeriod;
  endsOn: LocalDate;
  filedOn: LocalDate | null;
  currency: string | null;
  figures: string;
};

const latestFacts =
  'SELECT shape, facts, seen_at AS seenAt FROM company_facts WHERE code = ? AND seen_at <= ? ORDER BY seen_at DESC LIMIT 1';
/** In the order of the key: a later telling comes after an earlier one. What lies further back is passed over unread. */
const statementsSeen = `SELECT statement, period, ends_on AS endsOn, filed_on AS filedOn, currency, figures FROM statements
  WHERE code = ? AND ends_on >= CASE statement WHEN 'income' THEN ? ELSE ? END AND seen_at <= ?
  ORDER BY code, statement, period, ends_on, seen_at`;
const latestStatement = `SELECT filed_on AS filedOn, currency, figures FROM statements
  WHERE code = ? AND statement = ? AND period = ? AND ends_on = ? ORDER BY seen_at DESC LIMIT 1`;

/** Later than all that is stored. */
const always: Instant = Number.MAX_SAFE_INTEGER;

/** Adds what has changed, and notes that the code was asked for. True where anything was new. */
export function storeFundamentals(db: Database, { facts, statements }: Fundamentals, seenAt: Instant): boolean {
  db.assertTransaction();
  const { code, shape, ...rest } = facts;
  let isNew = false;
  const before = db.statement<FactsRow>(latestFacts).get(code, always);
  const told = JSON.stringify(rest);
  if (before === undefined || before.shape !== shape || before.facts !== told) {
    isNew = true;
    db.statement('INSERT OR REPLACE INTO company_facts (code, seen_at, shape, facts) VALUES (?, ?, ?, ?)').run(
      code,
      seenAt,
      shape,
      told,
    );
  }
  const find = db.statement<Pick<StatementRow, 'filedOn' | 'currency' | 'figures'>>(latestStatement);
  const insert = db.statement(
    `INSERT OR REPLACE INTO statements (code, statement, period, ends_on, seen_at, filed_on, currency, figures)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { kind, period, endsOn, filedOn = null, currency = null, figures } of statements) {
    const text = JSON.stringify(figures);
    const old = find.get(code, kind, period, endsOn);
    if (old !== undefined && old.figures === text && old.filedOn === filedOn && old.currency === currency) continue;
    isNew = true;
    insert.run(code, kind, period, endsOn, seenAt, filedOn, currency, text);
  }
  updateSecurity(db, facts);
  noteFetched(db, code, seenAt);
  return isNew;
}

/** Notes that a code was asked for, and that there was an answer. */
export function noteFetched(db: Database, code: Code, at: Instant): void {
  db.assertTransaction();
  db.statement(
    `INSERT INTO fundamentals_fetches (code, fetched_at) VALUES (?, ?)
     ON CONFLICT (code) DO UPDATE SET fetched_at = excluded.fetched_at`,
  ).run(code, at);
}

const kinds: Readonly<Record<string, AssetKind>> = { etf: 'etf', fund: 'fund', 'common stock': 'share' };

/** The symbol list has no sectors, and its kinds are rough. The age of the list stays what it is. */
function updateSecurity(db: Database, { code, sector, type }: CompanyFacts): void {
  const kind = kinds[type?.toLowerCase() ?? ''];
  const known = sector !== undefined && gicsSectors.includes(sector) ? sector : undefined;
  db.statement('UPDATE securities SET sector = coalesce(?, sector), kind = coalesce(?, kind) WHERE code = ?').run(
    known ?? null,
    kind ?? null,
    code,
  );
}

/** When each of the codes was last asked for; one that never was is not in it. */
export function fundamentalsFetchedAt(db: Database, codes: Iterable<Code>): Map<Code, Instant> {
  const select = db.statement<{ at: Instant }>('SELECT fetched_at AS at FROM fundamentals_fetches WHERE code = ?');
  const found = new Map<Code, Instant>();
  for (const code of codes) {
    const row = select.get(code);
    if (row) found.set(code, row.at);
  }
  return found;
}

/** The companies of a sector that fundamentals are stored of, by code. */
export const codesOfSector = (db: Database, sector: string): Code[] =>
  db
    .statement<{ code: Code }>(
      "SELECT DISTINCT code FROM company_facts WHERE shape = 'company' AND facts ->> '$.sector' = ? ORDER BY code",
    )
    .all(sector)
    .map(row => row.code);

export type StoredFundamentals = Fundamentals & {
  /** When the facts were first told as they are. */
  readonly toldAt: Instant;
};

type When = {
  /** The day on which the statements have to count. */
  readonly asOf: LocalDate;
  /** What was stored by this instant; all, where absent. */
  readonly knownAt?: Instant | undefined;
  /** A backtest waits as long after a statement was out as the provider did. */
  readonly isBacktest?: boolean | undefined;
  /** Whether the whole history is wanted; without it, what the last twelve months are set against. */
  readonly isWhole?: boolean | undefined;
};

/** Three years of growth from a year that may be eighteen months old; of the others the year before it. */
const incomeMonths = 60;
const otherMonths = 36;

/**
 * What counted on a day of what was known at an instant: of each statement the newest telling that was out by then.
 * Undefined where nothing is stored.
 */
export function readFundamentals(
  db: Database,
  code: Code,
  { asOf, knownAt = always, isBacktest = false, isWhole = true }: When,
): StoredFundamentals | undefined {
  const row = db.statement<FactsRow>(latestFacts).get(code, knownAt);
  if (row === undefined) return undefined;
  const found = new Map<string, Statement>();
  const lag = isBacktest ? backtestLag : 0;
  const income = isWhole ? '' : addMonths(asOf, -incomeMonths);
  const other = isWhole ? '' : addMonths(asOf, -otherMonths);
  for (const each of db.statement<StatementRow>(statementsSeen).all(code, income, other, knownAt)) {
    const key = `${each.statement} ${each.period} ${each.endsOn}`;
    const filedOn = known(each.filedOn);
    if (availableFrom({ endsOn: each.endsOn, filedOn }, lag).on > asOf) continue;
    found.set(key, statementOf(each, filedOn));
  }
  return {
    facts: { code, shape: row.shape, ...JSON.parse(row.facts) },
    statements: [...found.values()],
    toldAt: row.seenAt,
  };
}

/** Of a universe most statements are never looked into: the figures are read when they are. */
function statementOf(row: StatementRow, filedOn: LocalDate | undefined): Statement {
  let figures: Statement['figures'] | undefined;
  return {
    kind: row.statement,
    period: row.period,
    endsOn: row.endsOn,
    filedOn,
    currency: known(row.currency),
    get figures() {
      figures ??= JSON.parse(row.figures) as Statement['figures'];
      return figures;
    },
  };
}

/** Takes over the members of an index: who is new joins, who is no longer there has left. */
export function storeIndexMembers(db: Database, index: Code, members: readonly Code[], now: Instant): void {
  db.assertTransaction();
  const current = new Set(indexMembers(db, index));
  const next = new Set(members);
  const leave = db.statement(
    'UPDATE index_members SET left_at = ? WHERE index_code = ? AND code = ? AND left_at IS NULL',
  );
  const join = db.statement('INSERT OR REPLACE INTO index_members (index_code, code, seen_at) VALUES (?, ?, ?)');
  for (const code of current) if (!next.has(code)) leave.run(now, index, code);
  for (const code of next) if (!current.has(code)) join.run(index, code, now);
  noteFetched(db, index, now);
}

/** The members of an index, now or at an instant, by code. */
export const indexMembers = (db: Database, index: Code, at: Instant = always): Code[] =>
  db
    .statement<{ code: Code }>(
      `SELECT code FROM index_members WHERE index_code = @index AND seen_at <= @at AND (left_at IS NULL OR left_at > @at)
       ORDER BY code`,
    )
    .all({ index, at })
    .map(row => row.code);
