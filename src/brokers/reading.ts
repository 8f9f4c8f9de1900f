import type { LocalDate } from '../domain/date.ts';
import type { Draft } from '../domain/ledger/entry.ts';
import type { Code } from '../domain/market/security.ts';
import type { DateOrder } from './cell.ts';

/** A line of the file and what is wrong with it, or why it is no trade. */
export type Problem = { line: number; reason: string };

/** A draft read from one line. `reference` is the broker's number; `undated` drafts took today for want of a date. */
export type Found = { line: number; draft: Draft; reference?: string | undefined; undated?: boolean | undefined };

/** What a reader needs to know that the file does not say. */
export type Context = {
  readonly today: LocalDate;
  readonly dateOrder: DateOrder;
  /** `readDay` in that order; remembers, for a file repeats its dates. */
  readonly readDay: (text: string) => LocalDate | undefined;
  readonly findIsin: (isin: string) => Code | undefined;
};

/** Why a row cannot be read; a value, because a file may have thousands. */
export class Refusal {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Collects what one file gives. */
export class Reading {
  readonly found: Found[] = [];
  readonly rejected: Problem[] = [];
  readonly skipped: Problem[] = [];
  readonly warnings: string[] = [];

  add(found: Found | Problem): void {
    if ('draft' in found) this.found.push(found);
    else this.rejected.push(found);
  }
  reject(line: number, reason: string): void {
    this.rejected.push({ line, reason });
  }
  skip(line: number, reason: string): void {
    this.skipped.push({ line, reason });
  }
  warn(text: string, line?: number): void {
    this.warnings.push(line === undefined ? text : `line ${line}: ${text}`);
  }
}
