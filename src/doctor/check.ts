/**
 * A check of the doctor: what it looks at, why that matters, and what it found.
 *
 * `ok` is what was looked at and is well; `warning` what will be a trouble or makes figures less sure; `problem` what
 * makes them wrong or keeps the program from working; `unknown` what could not be looked at, with the reason: it says
 * neither that all is well nor that it is not.
 */
import type { App } from '../app.ts';
import type { Database } from '../db/database.ts';
import type { FileFacts } from '../db/file-facts.ts';
import type { Machine } from '../host/machine.ts';

export type Status = 'ok' | 'warning' | 'problem' | 'unknown';

export type Finding = {
  readonly status: Status;
  /** With its figures. */
  readonly finding: string;
  /** What mends it, where that is not what usually does. */
  readonly fix?: string;
};

export type Check = {
  readonly id: string;
  /** Of the whole check, for the documents. */
  readonly looksAt: string;
  readonly why: string;
  /** The command that mends it. */
  readonly fix: string;
  readonly look: (patient: Patient) => Finding | Promise<Finding>;
};

/** What is examined. */
export type Patient = {
  readonly app: App;
  readonly machine: Machine;
  readonly file: FileFacts;
  /** The database, opened; a Failure where it cannot be, which makes the check unknown. */
  readonly db: () => Database;
  /** Undefined where the output is no terminal. */
  readonly terminal: { readonly columns: number; readonly rows: number } | undefined;
  /** What EODHD said now; undefined where it was not to be asked. */
  readonly provider: () => Promise<ProviderAnswer | undefined>;
  readonly signal: AbortSignal;
};

export type ProviderAnswer =
  | {
      readonly accepted: true;
      readonly plan: string | undefined;
      readonly used: number;
      readonly limit: number;
      /** Milliseconds; undefined where its answer had no time. */
      readonly serverAhead: number | undefined;
    }
  | { readonly accepted: false; readonly isRefused: boolean; readonly trouble: string };

export const ok = (finding: string): Finding => ({ status: 'ok', finding });
export const unknown = (finding: string, fix?: string): Finding => withFix('unknown', finding, fix);
export const warning = (finding: string, fix?: string): Finding => withFix('warning', finding, fix);
export const problem = (finding: string, fix?: string): Finding => withFix('problem', finding, fix);

const withFix = (status: Status, finding: string, fix: string | undefined): Finding =>
  fix === undefined ? { status, finding } : { status, finding, fix };

/** The first few of a list, and how many more there are. */
export function some(list: readonly string[], most = 5): string {
  const shown = list.slice(0, most).join(', ');
  return list.length > most ? `${shown} and ${list.length - most} more` : shown;
}
