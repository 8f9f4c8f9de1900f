/** Runs of the signals, and what each found beside the signals themselves: inputs, ranks, drift. */
import { and, desc, eq } from 'drizzle-orm';
import type { Instant, LocalDate } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';
import type { DriftReading } from '../domain/signals/drift.ts';
import type { SidesRecord } from '../domain/signals/evaluation/class-record.ts';
import type { SecurityFeatures } from '../domain/signals/features.ts';
import type { Ranked } from '../domain/signals/rank.ts';
import type { Regime } from '../domain/signals/regime.ts';
import type { TargetWeights } from '../domain/signals/target-weights.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { driftReadings, signalRanks, signalRuns } from './schema-signals.ts';

/** What a run says of the day as a whole. */
export type RunDetails = {
  readonly securities: number;
  readonly votesA: number;
  readonly votesB: number;
  readonly both: number;
  /** Undefined where there is no benchmark. */
  readonly regime?: Regime | undefined;
  readonly cash: number;
  readonly scale: number;
  /** Against the target weights of the run before; undefined where there is none. */
  readonly turnover?: number | undefined;
  /** What was left out of which security's prices, and why. */
  readonly troubles: Readonly<Record<string, readonly string[]>>;
  /** Why model A has no probabilities. */
  readonly missing?: string | undefined;
  /** How what the ensemble said in earlier runs turned out; runs of older versions have none. */
  readonly record?: RunRecord | undefined;
};

export type RunRecord = {
  readonly judged: number;
  readonly open: number;
  readonly sides: SidesRecord;
  readonly isEdgeShown: boolean;
};

export type SignalRun = {
  readonly id: string;
  readonly asOf: LocalDate;
  readonly universe: string;
  /** Of model A. */
  readonly version: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly details: RunDetails;
};

const read = (row: typeof signalRuns.$inferSelect): SignalRun => ({
  ...row,
  details: row.details as unknown as RunDetails,
});

export function storeRun(db: Database, run: SignalRun): void {
  db.assertTransaction();
  db.orm
    .insert(signalRuns)
    .values({ ...run, details: { ...run.details } })
    .run();
}

/** The newest first. */
export const listRuns = (db: Database, limit = -1): SignalRun[] =>
  db.orm
    .select()
    .from(signalRuns)
    .orderBy(desc(signalRuns.asOf), desc(signalRuns.finishedAt))
    .limit(limit)
    .all()
    .map(read);

/** Adds the inputs of a day; what is there stays. */
export function storeFeatures(
  db: Database,
  asOf: LocalDate,
  version: string,
  features: readonly SecurityFeatures[],
): void {
  db.assertTransaction();
  const insert = db.statement(
    'INSERT OR IGNORE INTO signal_features (as_of, version, code, features) VALUES (?, ?, ?, ?)',
  );
  for (const { code, values } of features) insert.run(asOf, version, code, JSON.stringify(values));
}

/** The inputs of the newest day up to `closed` that any were computed of, by code. */
export function latestFeatures(db: Database, closed: LocalDate): Map<Code, Readonly<Record<string, number>>> {
  const rows = db
    .statement<{ code: Code; features: string }>(
      'SELECT code, features FROM signal_features WHERE as_of = (SELECT max(as_of) FROM signal_features WHERE as_of <= ?)',
    )
    .all(closed);
  return new Map(rows.map(row => [row.code, JSON.parse(row.features)]));
}

export type StoredRank = {
  readonly rank: number;
  readonly code: Code;
  readonly score: number;
  /** Of the target portfolio; 0 below its last place. */
  readonly weight: number;
  readonly parts: Readonly<Record<string, number>>;
};

/** Adds the ranked list of a day with its target weights; what is there stays. */
export function storeRanks(
  db: Database,
  asOf: LocalDate,
  version: string,
  ranked: readonly Ranked[],
  target: TargetWeights,
): void {
  db.assertTransaction();
  const weights = new Map(target.weights.map(each => [each.code, each.weight]));
  const insert = db.statement(
    'INSERT OR IGNORE INTO signal_ranks (as_of, version, rank, code, score, weight, details) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  for (const { code, rank, score, parts } of ranked) {
    const added = Object.fromEntries(parts.map(part => [part.feature, part.added]));
    insert.run(asOf, version, rank, code, score, weights.get(code) ?? 0, JSON.stringify(added));
  }
}

/** The ranked list of a day by a version of model A. */
export function ranksOn(db: Database, asOf: LocalDate, version: string): StoredRank[] {
  return db.orm
    .select()
    .from(signalRanks)
    .where(and(eq(signalRanks.asOf, asOf), eq(signalRanks.version, version)))
    .orderBy(signalRanks.rank)
    .all()
    .map(({ rank, code, score, weight, details }) => ({
      rank,
      code,
      score,
      weight,
      parts: details as Readonly<Record<string, number>>,
    }));
}

export function storeDrift(db: Database, runId: string, model: 'A' | 'B', readings: readonly DriftReading[]): void {
  db.assertTransaction();
  if (readings.length === 0) return;
  db.orm
    .insert(driftReadings)
    .values(
      readings.map(({ input, psi = null, usual = null, drifting, securities, band = null, reason = null, bins }) => ({
        runId,
        model,
        input,
        psi,
        usual,
        drifting,
        securities,
        details: { band, reason, bins },
      })),
    )
    .onConflictDoNothing()
    .run();
}

export type StoredDrift = DriftReading & { readonly model: 'A' | 'B' };

/** The readings of a run, the largest PSI first. */
export const driftOf = (db: Database, runId: string): StoredDrift[] =>
  db.orm
    .select()
    .from(driftReadings)
    .where(eq(driftReadings.runId, runId))
    .all()
    .map(({ model, input, psi, usual, drifting, securities, details }) => {
      const { band, reason, bins } = details as Pick<StoredDrift, 'bins'> & {
        band: StoredDrift['band'] | null;
        reason: string | null;
      };
      return {
        model,
        input,
        psi: known(psi),
        usual: known(usual),
        drifting,
        securities,
        band: known(band ?? null),
        reason: known(reason),
        bins,
      };
    })
    .sort((a, b) => (b.psi ?? -1) - (a.psi ?? -1) || (a.input < b.input ? -1 : 1));
