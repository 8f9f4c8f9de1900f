/**
 * Which of many new entries a ledger admits.
 *
 * A file may hold sales whose buys it does not. Such a row is refused alone and every other row is admitted. What is
 * recorded stays: of new sales that would take the units from under a recorded one, the latest are refused, and no more
 * of them than it takes. An action that alone does so is refused too.
 *
 * Troubles a user sees: `BHP: sell 50, held 0 on 2025-03-03`, or "a recorded entry would lose its units: ...".
 */

import type { Entry } from './entry.ts';
import type { LedgerProblem } from './fold.ts';
import { type FoldOptions, foldLedger } from './ledger.ts';
import { byEffect } from './order.ts';

export type Admission = {
  readonly admitted: Entry[];
  /** The refused ones, with the ledger's words. */
  readonly refused: { readonly entry: Entry; readonly reason: string }[];
};

const takesUnits = (entry: Entry): boolean => entry.kind === 'sell' || entry.kind === 'transfer-out';
const changesUnits = (entry: Entry): boolean =>
  entry.kind === 'split' || entry.kind === 'consolidation' || 'newCode' in entry;

export function admitEntries(recorded: readonly Entry[], added: readonly Entry[], options: FoldOptions): Admission {
  if (added.length === 0) return { admitted: [], refused: [] };
  const troubled = new Set(foldLedger(recorded, options).problems.map(problem => problem.entry));
  const recordedIds = new Set(recorded.map(entry => entry.id));
  const problemsWith = (rows: readonly Entry[]): LedgerProblem[] =>
    foldLedger([...recorded, ...rows], options).problems.filter(problem => !troubled.has(problem.entry));
  const refused: { entry: Entry; reason: string }[] = [];
  let admitted = [...added];
  const refuse = (reasons: ReadonlyMap<string, string>): void => {
    for (const entry of admitted) {
      const reason = reasons.get(entry.id);
      if (reason !== undefined) refused.push({ entry, reason });
    }
    admitted = admitted.filter(entry => !reasons.has(entry.id));
  };
  for (;;) {
    const problems = problemsWith(admitted);
    const lost = problems.find(problem => recordedIds.has(problem.entry));
    if (lost === undefined) {
      // A row that is refused had no effect on the others, so leaving it out changes nothing else.
      refuse(new Map(problems.map(problem => [problem.entry, problem.message])));
      return { admitted, refused };
    }
    const family = familyOf(lost.code, [...recorded, ...admitted]);
    const own = admitted.filter(entry => entry.code !== undefined && family.has(entry.code));
    const base = recorded.filter(entry => entry.code !== undefined && family.has(entry.code));
    const idle = new Set(problems.map(problem => problem.entry));
    const culprits = culpritsOf(lost, base, own, idle, options);
    refuse(new Map(culprits.map(entry => [entry.id, `a recorded entry would lose its units: ${lost.message}`])));
  }
}

/** The code and all that renames, demergers and rollovers connect with it. */
export const familyOf = (code: Entry['code'], entries: readonly Entry[]): ReadonlySet<string> =>
  connected(
    code,
    entries.flatMap(entry => ('newCode' in entry ? [[entry.code, entry.newCode] as const] : [])),
  );

/** The code and the others that renames connect with it: one security under its names. */
export const namesOf = (code: Entry['code'], entries: readonly Entry[]): ReadonlySet<string> =>
  connected(
    code,
    entries.flatMap(entry => (entry.kind === 'rename' ? [[entry.code, entry.newCode] as const] : [])),
  );

function connected(code: Entry['code'], renames: readonly (readonly [string, string])[]): ReadonlySet<string> {
  const family = new Set<string>(code === undefined ? [] : [code]);
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const [from, to] of renames) {
      if (family.has(from)) family.add(to);
      else if (family.has(to)) family.add(from);
    }
  }
  return family;
}

/** The fewest of the latest new rows without which `lost` keeps its units; `idle` ones have no effect as it is. */
function culpritsOf(
  lost: LedgerProblem,
  recorded: readonly Entry[],
  own: readonly Entry[],
  idle: ReadonlySet<string>,
  options: FoldOptions,
): Entry[] {
  const takers = own.filter(entry => takesUnits(entry) && !idle.has(entry.id) && entry.on <= lost.on).sort(byEffect);
  const isKept = (left: number): boolean => {
    const out = new Set(takers.slice(left).map(entry => entry.id));
    const rest = own.filter(entry => !out.has(entry.id));
    return !foldLedger([...recorded, ...rest], options).problems.some(problem => problem.entry === lost.entry);
  };
  if (takers.length === 0 || !isKept(0)) {
    const actions = own.filter(changesUnits);
    if (actions.length > 0) return actions;
    if (takers.length > 0) return takers;
    if (own.length > 0) return [...own];
    throw new Error(`No new row explains why ${lost.message}`);
  }
  let low = 0;
  let high = takers.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (isKept(middle)) low = middle;
    else high = middle;
  }
  return takers.slice(low);
}
