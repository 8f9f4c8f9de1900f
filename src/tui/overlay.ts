/** What may lie on top of a screen: its parameters. */
import type { Notification } from '../domain/alerts/notification.ts';
import type { Code } from '../domain/market/security.ts';
import type { ImportReport } from '../usecases/import-entries.ts';
import type { RemovedAlert } from '../usecases/pause-alerts.ts';
import type { TextFile } from '../usecases/read-file.ts';
import type { TextField } from './text-field.ts';

/** Why the figures of a holding are what they are; without a code, those of the screen. */
export type ExplainOverlay = {
  readonly kind: 'explain';
  readonly code: Code | undefined;
  readonly chosen: number;
  readonly top: number;
  /** What it was opened over, and goes back to. */
  readonly under?: SaleOverlay | undefined;
};

/** A sale being thought of: the units are being typed. */
export type SaleOverlay = {
  readonly kind: 'sale';
  readonly code: Code;
  readonly portfolio: string | undefined;
  readonly field: TextField;
};

/** An entry, and how a sentence names it. */
export type NamedEntry = { readonly id: string; readonly title: string };

/** The last change, which can be taken back. */
export type Undo =
  | (NamedEntry & { readonly kind: 'added' | 'edited' | 'deleted' | 'imported' | 'dismissed' })
  | { readonly kind: 'deleted-notification'; readonly notification: Notification; readonly title: string }
  | { readonly kind: 'deleted-rule'; readonly removed: RemovedAlert; readonly title: string };

/** An entry being typed. */
export type EntryLineOverlay = {
  readonly kind: 'entry-line';
  readonly field: TextField;
  /** The entry whose place the line takes, and its line as it is; undefined for a new one. */
  readonly edited?: (NamedEntry & { readonly line: string }) | undefined;
  /** The suggestion that it carries out. */
  readonly suggestion?: NamedEntry | undefined;
  /** What stood there before anything was typed. */
  readonly prefill: string;
  /** A line that was left unfinished, and is there again. */
  readonly draft?: string | undefined;
  /** Enter was pressed on the line as it is: a word that may be half typed is a problem too. */
  readonly tried: boolean;
  /** Which of the lines recorded before is shown, 1 the last one; 0 is the line being typed, kept in `own`. */
  readonly recalled: number;
  readonly own: string;
  /** Where it goes; the one shown where it is undefined. */
  readonly portfolio?: string | undefined;
  /** It was not typed by the user, and is not kept when it is left. */
  readonly passing?: boolean | undefined;
};

export type Trouble = { readonly message: string; readonly hint?: string | undefined };

/** What Rebalance asks for, being typed. */
export type RebalancePrompt = {
  readonly kind: 'rebalance-prompt';
  readonly asks: 'targets' | 'amount' | 'rate';
  readonly field: TextField;
  readonly trouble?: Trouble | undefined;
};

/** The path of a file being typed. */
export type ImportOverlay = {
  readonly kind: 'import';
  readonly field: TextField;
  /** The names that fit, after a completion. */
  readonly names: readonly string[];
  readonly trouble?: Trouble | undefined;
};

/** What is said of oneself to sign in, or to open an account. The password is here while it is typed, and nowhere else. */
export type AccountAnswers = {
  readonly does: 'login' | 'register';
  readonly username: string;
  readonly email: string;
  readonly password: string;
  /** The sign-in is kept in a file, where there is no keychain. */
  readonly inFile: boolean;
};

export type AccountPrompt = {
  readonly kind: 'account-prompt';
  readonly asks: 'username' | 'email' | 'password' | 'again';
  readonly field: TextField;
  readonly answers: AccountAnswers;
  readonly trouble?: Trouble | undefined;
};

/** The value of a setting being typed. */
export type SettingPrompt = {
  readonly kind: 'setting-prompt';
  readonly key: string;
  readonly field: TextField;
  readonly trouble?: Trouble | undefined;
};

/** An alert rule being typed. */
export type RulePrompt = {
  readonly kind: 'rule-prompt';
  readonly field: TextField;
  readonly trouble?: Trouble | undefined;
};

/** What the doctor found, and whether the chosen check is opened. */
export type DoctorOverlay = {
  readonly kind: 'doctor';
  /** The id of a check; the first one while none is named. */
  readonly chosen: string | undefined;
  readonly top: number;
  readonly isOpen: boolean;
};

export type Overlay =
  | { readonly kind: 'help'; readonly filter: TextField; readonly typing: boolean; readonly top: number }
  | { readonly kind: 'palette'; readonly query: TextField; readonly chosen: number }
  | { readonly kind: 'messages'; readonly top: number }
  /** All that the Dashboard says needs attention. */
  | { readonly kind: 'needs'; readonly top: number }
  /** `then` is what the portfolio is chosen for; all of them are no choice then. */
  | { readonly kind: 'portfolios'; readonly chosen: number; readonly then?: 'entry' | 'import' }
  /** Which portfolio to compare with. */
  | { readonly kind: 'compare-with'; readonly chosen: number }
  | ExplainOverlay
  | SaleOverlay
  /** The filter of the list beneath is being typed. */
  | { readonly kind: 'filter' }
  | EntryLineOverlay
  /** Asks whether to delete an entry. */
  | ({ readonly kind: 'delete' } & NamedEntry)
  /** Asks whether to delete a notification. */
  | { readonly kind: 'delete-notification'; readonly notification: Notification; readonly title: string }
  /** What a notification says, whole. */
  | { readonly kind: 'notification'; readonly notification: Notification; readonly top: number }
  /** Asks whether to put a dividend that waits aside. */
  | ({ readonly kind: 'dismiss' } & NamedEntry)
  /** Asks whether to reject a suggestion. */
  | ({ readonly kind: 'reject' } & NamedEntry)
  | DoctorOverlay
  | RulePrompt
  /** Asks whether to delete an alert rule. */
  | { readonly kind: 'delete-rule'; readonly alertId: number; readonly title: string }
  /** What an alert rule told so far. */
  | { readonly kind: 'rule-history'; readonly title: string; readonly top: number }
  | RebalancePrompt
  | AccountPrompt
  | SettingPrompt
  /** Asks whether to sign out. */
  | { readonly kind: 'sign-out'; readonly title: string }
  | ImportOverlay
  | { readonly kind: 'import-preview'; readonly file: TextFile; readonly report: ImportReport; readonly top: number };
