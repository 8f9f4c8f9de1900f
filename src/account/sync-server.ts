/**
 * What sync asks of the account server. A client of it rejects with a `Failure`: `refused` where the server does not take
 * a cursor (409, 422), `unauthorised` where it does not know who asks, `unavailable` or `offline` where it is not there.
 */
import type { SyncRow, UploadedNotification } from './messages.ts';

type Options = { readonly signal?: AbortSignal | undefined };

export type SyncServer = {
  readonly push: (
    rows: readonly SyncRow[],
    options?: Options,
  ) => Promise<{ readonly stored: number; readonly replayed: number }>;
  readonly pull: (
    options: Options & { readonly since: string; readonly limit?: number | undefined },
  ) => Promise<{ readonly rows: readonly SyncRow[]; readonly cursor: string; readonly more: boolean }>;
};

/** What it is asked besides where notifications go to it in clear. */
export type InboxServer = {
  readonly settings: (options?: Options) => Promise<{ readonly settings: Readonly<Record<string, unknown>> }>;
  readonly uploadNotifications: (
    notifications: UploadedNotification[],
    options?: Options,
  ) => Promise<{ readonly count: number }>;
};
