/** The imports so far, and taking one back. */
import type { App } from '../app.ts';
import { findBatches, type ImportBatch, listBatches, markBatchUndone } from '../db/batches.ts';
import { currentEntries, deleteEntry, entriesOfBatch } from '../db/entries.ts';
import { methodsOf } from '../db/ledger.ts';
import { listPortfolios } from '../db/portfolios.ts';
import { refuseProblems } from '../domain/ledger/effect.ts';
import { foldLedger } from '../domain/ledger/ledger.ts';
import { Failure } from '../failure.ts';

export type ImportRow = ImportBatch & { readonly portfolioName: string };

export function listImports(app: App): ImportRow[] {
  const names = new Map(listPortfolios(app.db, { archived: true }).map(each => [each.id, each.name]));
  return listBatches(app.db).map(batch => ({ ...batch, portfolioName: names.get(batch.portfolio) ?? '' }));
}

/** The import that `name` (its id, its beginning or its end) means. */
function batchNamed(app: App, name: string): ImportBatch {
  const [batch, other] = name.length < 4 ? [] : findBatches(app.db, name);
  if (batch && !other) return batch;
  const why = other ? `More than one import is named "${name}"` : `There is no import "${name}"`;
  throw new Failure('not-found', why, { hint: 'They are listed by: asxos import list.' });
}

/** Deletes the entries that an import brought. Refused where that would leave a sale without its units. */
export function undoImport(app: App, name: string): { batch: ImportBatch; removed: number } {
  const { db } = app;
  const batch = batchNamed(app, name);
  if (batch.undoneAt !== undefined)
    throw new Failure('refused', `The import ${batch.id} of ${batch.fileName} is undone already`);
  const portfolio = listPortfolios(db, { archived: true }).find(each => each.id === batch.portfolio);
  return db.transaction(() => {
    const own = entriesOfBatch(db, batch.id);
    const ids = new Set(own.map(entry => entry.id));
    const entries = currentEntries(db, { portfolios: [batch.portfolio] });
    const options = { methods: methodsOf(portfolio ? [portfolio] : []) };
    const rest = entries.filter(entry => !ids.has(entry.id));
    refuseProblems(
      foldLedger(entries, options),
      foldLedger(rest, options),
      ids,
      'Nothing was undone. Delete that entry first, or edit it.',
    );
    for (const entry of own) deleteEntry(db, entry.id, app.now());
    markBatchUndone(db, batch.id, app.now());
    return { batch, removed: own.length };
  });
}
