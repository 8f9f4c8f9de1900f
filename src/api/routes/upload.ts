/**
 * Holdings from a CSV file, by the same import as `asxos import`: nothing that is held is touched, a row that was
 * imported before is not imported again, and the batch can be taken back with `asxos import undo`.
 */
import type { Context } from 'hono';
import { z } from 'zod';
import type { App } from '../../app.ts';
import { add, isZero, noUnits, subtract } from '../../domain/decimal.ts';
import { Failure } from '../../failure.ts';
import { formatUnits } from '../../format.ts';
import { readBytes } from '../../http/body.ts';
import { fieldRefusal, refusal } from '../../http/refusal.ts';
import { type ImportReport, importEntries } from '../../usecases/import-entries.ts';
import { createPortfolio, viewPortfolios } from '../../usecases/manage-portfolios.ts';
import { decodeText } from '../../usecases/read-file.ts';
import type { Endpoints, Parts } from '../parts.ts';
import { portfolioQuery } from '../portfolio-record.ts';
import { tickerOf } from '../ticker.ts';
import { count, date, figure, numberOf, orNull, text, warnings, words } from '../values.ts';

const rows = z.array(z.object({ line: z.int(), reason: text }));

const uploadAnswer = z.object({
  status: z.enum(['success', 'partial']),
  portfolio_id: z.int(),
  holdings_count: count,
  message: text,
  batch: words,
  added: count,
  holdings: z.array(z.object({ ticker: text, shares: figure, cost_basis: figure, date_acquired: date.nullable() })),
  duplicates: count,
  rejected: rows,
  skipped: rows,
  warnings,
});

const mostBytes = 1_048_576;
const format = 'holdings';
const wantedColumns = 'CSV must have columns: ticker, shares, avg_cost, date_acquired (optional)';

export function addUpload(endpoints: Endpoints, parts: Parts): void {
  endpoints.signedIn(
    {
      method: 'post',
      path: '/portfolio/upload',
      summary: 'Add holdings from a CSV: ticker, shares, avg_cost, date_acquired',
      query: portfolioQuery,
      otherBody: {
        'multipart/form-data': z.object({ file: z.string().meta({ format: 'binary' }) }),
        'text/csv': z.string(),
      },
      answer: uploadAnswer,
    },
    async ({ c, query }) => {
      const file = await readUpload(c);
      const { app } = parts;
      const report = importInto(app, query.portfolio_name ?? parts.portfolio, file);
      const { added, duplicates, rejected } = report;
      if (added + duplicates === 0) throw refusal(400, whyNothing(report));
      const { portfolios } = viewPortfolios(app, { archived: true });
      return {
        status: rejected.length === 0 ? ('success' as const) : ('partial' as const),
        portfolio_id: portfolios.findIndex(each => each.name === report.portfolio) + 1,
        holdings_count: added + duplicates,
        message: messageOf(report),
        batch: orNull(report.batch),
        added,
        holdings: openingsOf(report).map(({ code, units, cost, acquiredOn }) => ({
          ticker: tickerOf(code),
          shares: numberOf(units),
          cost_basis: numberOf(cost),
          date_acquired: orNull(acquiredOn),
        })),
        duplicates,
        rejected: [...rejected],
        skipped: [...report.skipped],
        warnings: [...report.warnings, ...enlarged(report)],
      };
    },
  );
}

type UploadedFile = { readonly name: string; readonly bytes: Uint8Array };

/** The file of a form, or a body that is the file. */
async function readUpload(c: Context): Promise<UploadedFile> {
  const type = c.req.header('content-type') ?? 'text/csv';
  const isForm = /^multipart\/form-data\s*;/i.test(type);
  if (!isForm && !/^(text\/(csv|plain)|application\/(csv|vnd\.ms-excel|octet-stream))\s*(;|$)/i.test(type)) {
    throw refusal(415, 'Send the file as multipart/form-data, or its text as text/csv');
  }
  const bytes = await readBytes(c, mostBytes);
  if (!isForm) return { name: 'upload.csv', bytes };
  const file = await fileOf(bytes, type);
  if (file === undefined) throw fieldRefusal(['body', 'file'], 'field required', 'value_error.missing');
  if (typeof file === 'string') return { name: 'upload.csv', bytes: Buffer.from(file) };
  return { name: file.name.slice(0, 100), bytes: new Uint8Array(await file.arrayBuffer()) };
}

async function fileOf(bytes: Uint8Array, type: string): Promise<File | string | undefined> {
  try {
    const form = await new Response(Buffer.from(bytes), { headers: { 'content-type': type } }).formData();
    return form.get('file') ?? undefined;
  } catch {
    throw refusal(400, 'The body is not the multipart/form-data that its content type tells of');
  }
}

/** A first portfolio is made under the name that is asked for, once the file has something to put into it. */
function importInto(app: App, portfolio: string | undefined, { name: fileName, bytes }: UploadedFile): ImportReport {
  const question = { text: decodeText(bytes), fileName, format };
  try {
    const isFirst = viewPortfolios(app, { archived: true }).portfolios.length === 0;
    if (isFirst && portfolio !== undefined) {
      const preview = importEntries(app, { ...question, dryRun: true });
      if (preview.added === 0) return preview;
      createPortfolio(app, portfolio);
    }
    return importEntries(app, { ...question, portfolio });
  } catch (error) {
    if (error instanceof Failure && error.code === 'bad-file' && bytes.length > 0) throw refusal(400, wantedColumns);
    throw error;
  }
}

/** The rows that were refused, in the words of the import. */
function whyNothing({ rejected }: ImportReport): string {
  if (rejected.length === 0) return 'No valid holdings found in CSV';
  const told = rejected.slice(0, 5).map(({ line, reason }) => `line ${line}: ${reason}`);
  const more = rejected.length > 5 ? `; and ${rejected.length - 5} more` : '';
  return `No valid holdings found in CSV: ${told.join('; ')}${more}`;
}

const holdingsOf = (number: number): string => `${number} ${number === 1 ? 'holding' : 'holdings'}`;

function messageOf({ added, duplicates, rejected }: ImportReport): string {
  const refused = rejected.length === 0 ? '' : `; ${rejected.length} refused`;
  if (added === 0) return `${holdingsOf(duplicates)} had been uploaded before; nothing was added${refused}`;
  const known = duplicates === 0 ? '' : `; ${duplicates} had been uploaded before`;
  return `Successfully uploaded ${holdingsOf(added)}${known}${refused}`;
}

const openingsOf = ({ entries }: ImportReport) => entries.flatMap(entry => (entry.kind === 'opening' ? [entry] : []));

/** Who uploads a list of all that is held would count it twice: what was held before stays. */
function enlarged(report: ImportReport): string[] {
  const { holdings } = report;
  const brought = new Map<string, typeof noUnits>();
  for (const { code, units } of openingsOf(report)) brought.set(code, add(brought.get(code) ?? noUnits, units));
  return holdings.flatMap(({ code, units }) => {
    const own = brought.get(code);
    const before = own && subtract(units, own);
    return before === undefined || isZero(before)
      ? []
      : `${tickerOf(code)}: ${formatUnits(own)} were added to the ${formatUnits(before)} that are held already`;
  });
}
