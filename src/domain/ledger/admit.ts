/**
 * Which of many new entries a ledger admits.
 *
 * A file may hold sales whose buys it does not. Such a row is refused alone and every other row is admitted. A new sale
 * that would take the units from under a sale already recorded is refused too: what is recorded stays.
 */

import { newProblems } from './effect.ts';
import type { Entry } from './entry.ts';
import { type FoldOptions, foldLedger } from './ledger.ts';

export type Admission = {
  readonly admitted: Entry[];
  /** The refused ones, with the ledger's words. */
  readonly refused: { readonly entry: Entry; readonly reason: string }[];
};

const takesUnits = (entry: Entry): boolean => entry.kind === 'sell' || entry.kind === 'transfer-out';

export function admitEntries(recorded: readonly Entry[], added: readonly Entry[], options: FoldOptions): Admission {
  const before = foldLedger(recorded, options);
  const refused: { entry: Entry; reason: string }[] = [];
  let admitted = [...added];
  for (;;) {
    const problems = newProblems(before, foldLedger([...recorded, ...admitted], options));
    if (problems.length === 0) return { admitted, refused };
    const reasons = new Map(problems.map(problem => [problem.entry, problem.message]));
    const own = admitted.filter(entry => reasons.has(entry.id));
    for (const entry of own) refused.push({ entry, reason: reasons.get(entry.id) ?? '' });
    if (own.length > 0) {
      admitted = admitted.filter(entry => !reasons.has(entry.id));
      continue;
    }
    const [problem] = problems;
    const culprit = admitted.findLast(
      entry => takesUnits(entry) && entry.code === problem?.code && problem !== undefined && entry.on <= problem.on,
    );
    if (!problem || !culprit) {
      // Not a sale: an action that changes units. Refuse the rows of that code together.
      const rows = admitted.filter(entry => entry.code === problem?.code);
      for (const entry of rows)
        refused.push({ entry, reason: `a recorded entry would lose its units: ${problem?.message ?? ''}` });
      admitted = rows.length === 0 ? [] : admitted.filter(entry => !rows.includes(entry));
      continue;
    }
    refused.push({ entry: culprit, reason: `a recorded sale would lose its units: ${problem.message}` });
    admitted = admitted.filter(entry => entry !== culprit);
  }
}
