/**
 * Entries in asxos's own words: the text that `export --format ledger` writes, one entry line each, and the CSV of
 * `export --format csv`, whose column `entry` holds the same line. A line that begins with # is a comment.
 */

import type { Draft } from '../domain/ledger/entry.ts';
import { entryKinds } from '../domain/ledger/entry.ts';
import { parseEntryLine } from '../domain/ledger/entry-line.ts';
import { Failure } from '../failure.ts';
import { cut } from './cell.ts';
import type { Context, Reading } from './reading.ts';
import { dataRows, type Table } from './table.ts';

const isComment = (line: string): boolean => line.trim() === '' || line.trimStart().startsWith('#');

/** Whether the first line that says something begins as an entry does, and has no header's commas before its figures. */
export function isLedgerText(text: string): boolean {
  const first = text.split('\n').find(line => !isComment(line)) ?? '';
  const [word = '', next = ''] = first.trim().toLowerCase().split(/\s+/);
  return entryKinds.some(kind => kind === word) && next !== '';
}

export function readLedgerText(text: string, context: Context, reading: Reading): void {
  for (const [index, line] of text.split('\n').entries()) if (!isComment(line)) add(index + 1, line, context, reading);
}

export function readEntryTable(table: Table, context: Context, reading: Reading): void {
  for (const row of dataRows(table, context, reading)) add(row.line, row.text('details'), context, reading);
}

function add(line: number, text: string, { today }: Context, reading: Reading): void {
  const read = draftOf(text, today);
  if ('reason' in read) reading.reject(line, read.reason);
  else reading.add({ line, draft: read.draft });
}

function draftOf(text: string, today: Context['today']): { draft: Draft } | { reason: string } {
  try {
    return { draft: parseEntryLine(text, { today }) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { reason: `${error.message}: "${cut(text.trim())}"` };
  }
}
