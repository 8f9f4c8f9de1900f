import { type ReadOptions, type ReadResult, readBrokerFile } from '../../src/brokers/read.ts';
import { localDate } from '../../src/domain/date.ts';
import { plain } from '../../src/domain/decimal.ts';
import type { Draft } from '../../src/domain/ledger/entry.ts';
import { readCode } from '../../src/domain/market/security.ts';

export const today = localDate(2026, 11, 22);

/** BHP's ISIN alone is known. */
const findIsin = (isin: string) => (isin === 'AU000000BHP4' ? readCode('BHP') : undefined);

export const read = (text: string, options: Partial<ReadOptions> = {}): ReadResult =>
  readBrokerFile(text, { today, findIsin, ...options });

/** A draft as one line: kind, date, code, units and whatever amounts it has. */
export function brief(draft: Draft): string {
  const words: string[] = [draft.kind, draft.on, draft.code ?? ''];
  if ('units' in draft && draft.units !== undefined) words.push(plain(draft.units));
  if ('price' in draft) words.push(`@ ${plain(draft.price)}`);
  if ('brokerage' in draft && draft.brokerage !== undefined) words.push(`fee ${plain(draft.brokerage)}`);
  if ('total' in draft && draft.total !== undefined) words.push(`total ${plain(draft.total)}`);
  if ('cost' in draft && draft.cost !== undefined) words.push(`cost ${plain(draft.cost)}`);
  if ('acquiredOn' in draft && draft.acquiredOn !== undefined) words.push(`acquired ${draft.acquiredOn}`);
  if ('amount' in draft && 'total' in draft.amount) words.push(`amount ${plain(draft.amount.total)}`);
  if ('withheld' in draft && draft.withheld !== undefined) words.push(`withheld ${plain(draft.withheld)}`);
  if (draft.note !== undefined) words.push(`note ${draft.note}`);
  return words.filter(word => word !== '').join(' ');
}

export const briefs = (result: ReadResult): string[] => result.rows.map(row => brief(row.draft));
export const rejects = (result: ReadResult): string[] =>
  result.rejected.map(({ line, reason }) => `${line}: ${reason}`);
export const skips = (result: ReadResult): string[] => result.skipped.map(({ line, reason }) => `${line}: ${reason}`);
