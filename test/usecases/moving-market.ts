/** A market of a few securities whose closes move by a known pattern, and the sessions it moves on. */
import type { App } from '../../src/app.ts';
import type { LocalDate } from '../../src/domain/date.ts';
import { tradingDays } from '../../src/domain/market/calendar.ts';
import { on } from '../support/ledger.ts';
import { at, storeCloses } from './stored-market.ts';

/** After the close of Tuesday 3 March 2026. */
export const afterClose = at('2026-03-03T07:00:00Z');
export const lastSession = on('2026-03-03');

/** The sessions from `from` up to the last one. */
export const sessionsFrom = (from: string): LocalDate[] => tradingDays(on(from), lastSession);

/** Stores closes of each code: `start` on the first session, then moved by its pattern of daily returns, over and over. */
export function storeMoves(
  app: App,
  sessions: readonly LocalDate[],
  moves: Readonly<Record<string, { readonly start: number; readonly pattern: readonly number[] }>>,
): void {
  const closes = Object.entries(moves).map(([code, { start, pattern }]) => {
    let close = start;
    const days = sessions.map((date, index) => {
      if (index > 0) close *= 1 + (pattern[(index - 1) % pattern.length] ?? 0);
      return [date, close.toFixed(6)] as const;
    });
    return [code, Object.fromEntries(days)] as const;
  });
  storeCloses(app, Object.fromEntries(closes));
}
