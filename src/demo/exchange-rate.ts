/** The rate of the Australian dollar to the US dollar on the simulated market, a close for every session. */
import { addMonths, type Instant, type LocalDate, sydneyDate } from '../domain/date.ts';
import { lastCompletedSession } from '../domain/market/calendar.ts';
import { numberSessions } from './sessions.ts';
import { usualRate } from './statements.ts';
import { walk } from './walk.ts';

const yearly = 0.08;
const historyMonths = 60;

export function exchangeRate() {
  const sessions = numberSessions();
  const moved = walk('AUDUSD', yearly);
  const rateAt = (session: number): number => Math.round(usualRate * Math.exp(moved(session)) * 10_000) / 10_000;
  return (now: Instant, from?: LocalDate, to?: LocalDate) => {
    const start = from ?? addMonths(sydneyDate(now), -historyMonths);
    const until = lastCompletedSession(now);
    const end = to !== undefined && to < until ? to : until;
    const rows = [];
    for (let session = sessions.firstFrom(start); sessions.dateAt(session) <= end; session += 1) {
      const close = rateAt(session);
      const open = session === 0 ? close : rateAt(session - 1);
      const [low, high] = [Math.min(open, close), Math.max(open, close)];
      rows.push({ date: sessions.dateAt(session), open, high, low, close, adjusted_close: close, volume: 0 });
    }
    return rows;
  };
}
