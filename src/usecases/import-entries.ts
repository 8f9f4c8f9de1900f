/** Imports a broker's file into one portfolio, in one transaction: a preview first, an undo after. */
import type { App } from '../app.ts';
import { type ReadResult, readBrokerFile } from '../brokers/read.ts';
import { insertBatch } from '../db/batches.ts';
import { currentEntries, existingSourceKeys, insertEntries } from '../db/entries.ts';
import { isOwnExport } from '../db/export-rows.ts';
import { methodsOf } from '../db/ledger.ts';
import { portfolioForWriting, storeFirstPortfolio } from '../db/portfolio-for-writing.ts';
import { countSecurities, findByIsin, findSecurity } from '../db/securities.ts';
import { readOverrides } from '../db/trading-days.ts';
import type { Money, Price, Units } from '../domain/decimal.ts';
import { admitEntries } from '../domain/ledger/admit.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import { valueHoldings } from '../domain/ledger/holding.ts';
import { foldLedger } from '../domain/ledger/ledger.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import { isTradingDay } from '../domain/market/calendar.ts';
import type { Code } from '../domain/market/security.ts';
import { Failure } from '../failure.ts';

export type ImportQuestion = {
  readonly text: string;
  readonly fileName: string;
  readonly format?: string | undefined;
  readonly map?: Readonly<Record<string, string>> | undefined;
  readonly portfolio?: string | undefined;
  readonly dryRun?: boolean | undefined;
};

export type ImportReport = {
  /** Undefined in a preview, and where nothing was added. */
  readonly batch: string | undefined;
  readonly format: string;
  readonly title: string;
  readonly verified: boolean;
  readonly portfolio: string;
  readonly createdPortfolio: boolean;
  readonly written: boolean;
  readonly added: number;
  readonly duplicates: number;
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
  /** Lines that are no entries, with the reason. */
  readonly skipped: readonly { readonly line: number; readonly reason: string }[];
  readonly warnings: readonly string[];
  /** The entries that were, or would be, added. */
  readonly entries: readonly Entry[];
  /** The portfolio's holdings after it. */
  readonly holdings: readonly {
    readonly code: Code;
    readonly units: Units;
    readonly costBase: Money | undefined;
    readonly averageCost: Price | undefined;
  }[];
};

export function importEntries(app: App, question: ImportQuestion): ImportReport {
  if (isOwnExport(question.text)) {
    throw new Failure('bad-file', 'This is an export of all portfolios, and cannot be added to one', {
      hint: 'Take it in as a whole: asxos import FILE.',
    });
  }
  const read = readBrokerFile(question.text, {
    today: app.today(),
    format: question.format,
    map: question.map,
    findIsin: isin => findByIsin(app.db, isin)?.code,
  });
  if (question.dryRun) return admit(app, read, question).report;
  return app.db.transaction(() => {
    const { report, portfolio } = admit(app, read, question);
    const { batch, format, added, duplicates, rejected } = report;
    if (batch === undefined) return report;
    const now = app.now();
    if (report.createdPortfolio) storeFirstPortfolio(app.db, portfolio);
    insertBatch(app.db, {
      id: batch,
      portfolio: portfolio.id,
      format,
      fileName: question.fileName,
      importedAt: now,
      added,
      duplicates,
      rejected: rejected.length,
    });
    insertEntries(app.db, report.entries, now);
    return report;
  });
}

/** Sorts the rows into those to add, those that are there already, and those that are refused. */
function admit(app: App, read: ReadResult, question: ImportQuestion): { report: ImportReport; portfolio: Portfolio } {
  const { db } = app;
  const write = question.dryRun !== true;
  const { portfolio, created } = portfolioForWriting(db, question.portfolio, app, false);
  const known = existingSourceKeys(db, portfolio.id);
  const fresh = read.rows.filter(row => !known.has(row.sourceKey));
  const batch = app.newId();
  const lineOf = new Map<string, number>();
  const drafts: Entry[] = fresh.map(row => {
    const id = app.newId();
    lineOf.set(id, row.line);
    return { ...row.draft, id, portfolio: portfolio.id, batch, sourceKey: row.sourceKey };
  });
  const recorded = currentEntries(db, { portfolios: [portfolio.id] });
  const methods = methodsOf([portfolio]);
  const { admitted, refused } = admitEntries(recorded, drafts, { methods });
  const ledger = foldLedger([...recorded, ...admitted], { methods });
  const { holdings } = valueHoldings(ledger.parcels, { prices: new Map(), names: new Map(), cash: undefined });
  const isListed = countSecurities(db) > 0;
  const rejected = [
    ...read.rejected.map(each =>
      isListed || !isUnknownIsin(each.reason) ? each : { ...each, reason: `${each.reason}${noList}` },
    ),
    ...refused.map(({ entry, reason }) => ({ line: lineOf.get(entry.id) ?? 0, reason })),
  ];
  const report: ImportReport = {
    batch: write && admitted.length > 0 ? batch : undefined,
    format: read.format,
    title: read.title,
    verified: read.verified,
    portfolio: portfolio.name,
    createdPortfolio: created && admitted.length > 0,
    written: write,
    added: admitted.length,
    duplicates: read.rows.length - fresh.length,
    rejected: rejected.sort((a, b) => a.line - b.line),
    skipped: read.skipped,
    warnings: [
      ...(read.verified
        ? []
        : [`The layout of "${read.title}" is unverified: check the preview before you rely on it`]),
      ...(read.rows.length + read.rejected.length + read.skipped.length === 0
        ? ['The file has no rows beneath its header']
        : []),
      ...read.warnings,
      ...entryWarnings(app, admitted, lineOf),
    ],
    entries: admitted,
    holdings: holdings
      .map(({ code, units, costBase, averageCost }) => ({ code, units, costBase, averageCost }))
      .sort((a, b) => (a.code < b.code ? -1 : 1)),
  };
  return { report, portfolio };
}

const isUnknownIsin = (reason: string): boolean => /^ISIN .* is not in the symbol list$/.test(reason);
const noList = ': there is none yet, run asxos refresh first';

/** One warning for each kind of doubt, however many rows have it. */
function entryWarnings(app: App, entries: readonly Entry[], lineOf: ReadonlyMap<string, number>): string[] {
  const warnings: string[] = [];
  const overrides = readOverrides(app.db);
  const offDays = entries.filter(
    entry => (entry.kind === 'buy' || entry.kind === 'sell') && !isTradingDay(entry.on, overrides),
  );
  const [first] = offDays;
  if (first) {
    const more = offDays.length > 1 ? `, and ${offDays.length - 1} more rows are on such days` : '';
    warnings.push(`Line ${lineOf.get(first.id) ?? 0}: ${first.on} was not a trading day${more}`);
  }
  if (countSecurities(app.db) > 0) {
    const codes = [...new Set(entries.flatMap(entry => entry.code ?? []))].filter(code => !findSecurity(app.db, code));
    if (codes.length > 0)
      warnings.push(
        `Not in the stored symbol list: ${codes.slice(0, 10).join(', ')}${codes.length > 10 ? ` and ${codes.length - 10} more` : ''}`,
      );
  }
  return warnings;
}
