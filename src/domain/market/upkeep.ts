/**
 * The cheapest way to bring many histories up to date: each security by itself, or the latest days of the whole exchange
 * for all of them at once.
 *
 * A day of the exchange costs the same for one security as for all. Days are asked for from the latest back, so `n` of
 * them serve every security that misses no more than `n` sessions; the others are asked for by themselves. Of two plans
 * that cost the same, the one with days sends fewer requests. 100 securities at 3 calls against a day at 300: the day.
 */

/** What one security misses, and what it costs in calls. */
export type Upkeep = {
  /** Sessions up to the latest of which something is missing. */
  readonly sessions: number;
  /** Asked for by itself. */
  readonly alone: number;
  /** What is still asked for by itself where the days of the exchange come. */
  readonly besideDays: number;
};

/** How many of the latest days of the exchange to ask for; 0 where each security by itself is cheaper. */
export function cheapestDays(upkeep: readonly Upkeep[], callsOfDay: number): number {
  const ordered = upkeep.filter(each => each.sessions > 0).toSorted((a, b) => a.sessions - b.sessions);
  let saved = 0;
  let best = { days: 0, gain: -1 };
  ordered.forEach(({ sessions, alone, besideDays }, index) => {
    saved += alone - besideDays;
    if (ordered[index + 1]?.sessions === sessions) return;
    const gain = saved - sessions * callsOfDay;
    if (gain > best.gain) best = { days: sessions, gain };
  });
  return best.days;
}
