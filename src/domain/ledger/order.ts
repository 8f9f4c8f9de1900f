/**
 * The order in which entries take effect.
 *
 * By date; within a day by the sequence that the user or the file gave; without one, actions that hold from the day's
 * open (rename, split, demerger) come first, then what adds units, then what takes them, then income and cash. So a buy
 * precedes a sale of the same day. Cost base adjustments of a year come after everything else of its last day, increases
 * before decreases, whatever the sequence. Ties keep the order of recording.
 */
import { compareText } from '../compare-text.ts';
import { isPositive } from '../decimal.ts';
import type { Entry, EntryKind } from './entry.ts';

const ranks: Record<EntryKind, number> = {
  rename: 0,
  split: 1,
  consolidation: 1,
  demerger: 2,
  rollover: 2,
  bonus: 2,
  opening: 3,
  'transfer-in': 3,
  deposit: 3,
  buy: 4,
  drp: 4,
  sell: 5,
  'transfer-out': 5,
  'return-of-capital': 6,
  dividend: 7,
  distribution: 7,
  interest: 7,
  withdraw: 8,
  fee: 8,
  statement: 10,
  amit: 10,
};

/** 0 while a day lasts; above it, the place among what comes at its end. */
function placeAtDaysEnd(entry: Entry): number {
  if (entry.kind === 'amit') return isPositive(entry.adjustment) ? 1 : 3;
  return entry.kind === 'statement' ? 2 : 0;
}

export function byEffect(a: Entry, b: Entry): number {
  if (a.on !== b.on) return a.on < b.on ? -1 : 1;
  const late = placeAtDaysEnd(a) - placeAtDaysEnd(b);
  if (late !== 0) return late;
  if (a.sequence !== undefined && b.sequence !== undefined && a.sequence !== b.sequence) return a.sequence - b.sequence;
  return ranks[a.kind] - ranks[b.kind] || compareText(a.id, b.id);
}
