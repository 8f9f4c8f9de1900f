/** The log of signals: what was said, by day, model and version. Rows are only ever added. */
import type { Instant, LocalDate } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';
import type { SignalClass } from '../domain/signals/classes.ts';
import type { LoggedSignal, ModelName, SaidOf } from '../domain/signals/logged.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';

const insert = `INSERT OR IGNORE INTO signals
  (as_of, model, version, code, run_id, signal, abstained, score, expected_return, rank, details)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Adds what was not said before and answers those rows; what is there already stays. */
export function logSignals(db: Database, runId: string, rows: readonly LoggedSignal[]): LoggedSignal[] {
  db.assertTransaction();
  const statement = db.statement(insert);
  return rows.filter(row => {
    const { asOf, model, version, code, signal = null, abstained = null } = row;
    const { score = null, expectedReturn = null, rank = null, details } = row;
    const values = [asOf, model, version, code, runId, signal, abstained, score, expectedReturn, rank];
    return statement.run(...values, JSON.stringify(details)).changes > 0;
  });
}

type Row = {
  as_of: LocalDate;
  model: ModelName;
  version: string;
  code: Code;
  signal: SignalClass | null;
  abstained: string | null;
  score: number | null;
  expected_return: number | null;
  rank: number | null;
  details: string;
};

const columns = 'as_of, model, version, code, signal, abstained, score, expected_return, rank, details';

const read = (row: Row): LoggedSignal => ({
  asOf: row.as_of,
  model: row.model,
  version: row.version,
  code: row.code,
  signal: known(row.signal),
  abstained: known(row.abstained),
  score: known(row.score),
  expectedReturn: known(row.expected_return),
  rank: known(row.rank),
  details: JSON.parse(row.details),
});

const isOf =
  <Model extends ModelName>(model: Model) =>
  (row: LoggedSignal): row is LoggedSignal<Model> =>
    row.model === model;

/** Of rows of one security, those of the newest day of each model; of several versions the one that was written last. */
const saidBy = (code: Code, rows: readonly LoggedSignal[]): SaidOf => ({
  code,
  a: rows.findLast(isOf('A')),
  b: rows.findLast(isOf('B')),
  ensemble: rows.findLast(isOf('ensemble')),
});

/** What was last said of each code on or before a day; a code of which nothing was said is not in it. */
export function latestSignals(
  db: Database,
  codes: Iterable<Code>,
  { upTo, before }: { readonly upTo?: LocalDate | undefined; readonly before?: LocalDate | undefined } = {},
): Map<Code, SaidOf> {
  const select = db.statement<Row>(
    `SELECT ${columns} FROM signals INDEXED BY signals_code
     WHERE code = @code AND model IN ('A', 'B', 'ensemble') AND as_of =
       (SELECT max(as_of) FROM signals WHERE code = @code AND as_of <= @upTo AND as_of < @before)
     ORDER BY (SELECT finished_at FROM signal_runs WHERE id = run_id)`,
  );
  const found = new Map<Code, SaidOf>();
  for (const code of codes) {
    const rows = select.all({ code, upTo: upTo ?? '9999-12-31', before: before ?? '9999-12-31' }).map(read);
    if (rows.length > 0) found.set(code, saidBy(code, rows));
  }
  return found;
}

/** The codes that anything was said of on a day. */
export const codesSaidOn = (db: Database, asOf: LocalDate): Code[] =>
  db
    .statement<{ code: Code }>('SELECT DISTINCT code FROM signals WHERE as_of = ? ORDER BY code')
    .all(asOf)
    .map(row => row.code);

/** When the run ended that said a row of the log; undefined where the log does not hold it. */
export const saidAt = (db: Database, { code, model, version, asOf }: LoggedSignal): Instant | undefined =>
  db
    .statement<{ at: Instant }>(
      `SELECT finished_at AS at FROM signal_runs WHERE id =
         (SELECT run_id FROM signals WHERE code = ? AND model = ? AND version = ? AND as_of = ?)`,
    )
    .get(code, model, version, asOf)?.at;

/** All that was said of a security, oldest first. */
export const signalHistory = (db: Database, code: Code): LoggedSignal[] =>
  db.statement<Row>(`SELECT ${columns} FROM signals WHERE code = ? ORDER BY as_of, model`).all(code).map(read);

/** All that a model ever said, oldest first. */
export const signalsOfModel = (db: Database, model: ModelName): LoggedSignal[] =>
  db.statement<Row>(`SELECT ${columns} FROM signals WHERE model = ? ORDER BY as_of, code`).all(model).map(read);
