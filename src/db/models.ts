/** The learners of model A as they were trained. One that was stored stays. */
import { desc, eq, lte } from 'drizzle-orm';
import type { Instant, LocalDate } from '../domain/date.ts';
import type { Backtest } from '../domain/signals/backtest.ts';
import type { DriftBaseline } from '../domain/signals/drift.ts';
import type { Evaluation } from '../domain/signals/evaluation/evaluation.ts';
import type { Importance } from '../domain/signals/learner/importance.ts';
import type { TrainRules } from '../domain/signals/learner/train.ts';
import { parseTrained, type Trained, trainedText } from '../domain/signals/learner/trained.ts';
import type { Database } from './database.ts';
import { models } from './schema-signals.ts';

/** What is shown of a model: what it learned from and how well it did on what it had not seen. */
export type ModelCard = {
  readonly rules: TrainRules;
  readonly from: LocalDate;
  readonly through: LocalDate;
  readonly rows: number;
  readonly securities: number;
  readonly folds: number;
  readonly evaluation: Evaluation;
  readonly importance: readonly Importance[];
  readonly baselines: readonly DriftBaseline[];
  readonly backtest: Backtest | { readonly reason: string };
};

export type StoredModel = {
  readonly version: string;
  /** The last day of which prices were known. */
  readonly trainedThrough: LocalDate;
  readonly createdAt: Instant;
  readonly card: ModelCard;
  readonly trained: Trained;
};

/** False where the same model is there already. */
export function storeModel(db: Database, { version, trainedThrough, createdAt, card, trained }: StoredModel): boolean {
  db.assertTransaction();
  const row = { version, trainedThrough, createdAt, details: { ...card }, trees: trainedText(trained) };
  return db.orm.insert(models).values(row).onConflictDoNothing().run().changes > 0;
}

const read = ({ version, trainedThrough, createdAt, details, trees }: typeof models.$inferSelect): StoredModel => ({
  version,
  trainedThrough,
  createdAt,
  card: details as unknown as ModelCard,
  trained: parseTrained(trees),
});

/** The newest model that knew nothing after a day. */
export function latestModel(db: Database, upTo: LocalDate): StoredModel | undefined {
  const row = db.orm
    .select()
    .from(models)
    .where(lte(models.trainedThrough, upTo))
    .orderBy(desc(models.trainedThrough), desc(models.createdAt))
    .limit(1)
    .get();
  return row && read(row);
}

export function findModel(db: Database, version: string): StoredModel | undefined {
  const row = db.orm.select().from(models).where(eq(models.version, version)).get();
  return row && read(row);
}
