/** Writes the accountant pack of an owner's year: what the two reports say, as Markdown and CSV. */
import type { App } from '../app.ts';
import { ownerOf, readOwnerBooks } from '../db/owner-books.ts';
import { financialYear } from '../domain/date.ts';
import type { Owner } from '../domain/ledger/portfolio.ts';
import { capitalGains } from '../domain/tax/capital-gains.ts';
import { incomeYear } from '../domain/tax/income-year.ts';
import { pastOrRunningYear } from '../domain/tax/tax-year.ts';
import { writeFiles } from '../host/write-files.ts';
import { packDay, taxPack } from '../words/tax-pack.ts';

export type TaxPack = {
  readonly owner: Owner;
  readonly fy: number;
  readonly folder: string;
  readonly files: readonly string[];
  readonly coverage: number;
  readonly warnings: readonly string[];
};

export function packTaxYear(
  app: App,
  question: {
    readonly fy?: number | undefined;
    readonly owner?: string | undefined;
    readonly portfolio?: string | undefined;
  },
  folder: string,
): TaxPack {
  const today = app.today();
  const fy = pastOrRunningYear(question.fy ?? financialYear(today), today);
  const books = readOwnerBooks(app.db, ownerOf(app.db, question));
  const gains = capitalGains(books, fy, packDay(fy));
  const income = incomeYear(books, fy, packDay(fy));
  const files = taxPack(gains, income, app.simulated);
  writeFiles(folder, files);
  return {
    owner: books.owner,
    fy,
    folder,
    files: files.map(each => each.name),
    coverage: Math.min(gains.coverage, income.coverage),
    warnings: [
      ...new Set([...gains.warnings, ...income.warnings]),
      ...(fy === financialYear(today) ? [`FY${fy} is not over: the pack is of what is recorded so far`] : []),
    ],
  };
}
