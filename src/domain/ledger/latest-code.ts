/** What a security is called now: a rename keeps its identity, and a takeover with rollover goes on as the acquirer. */
import type { Code } from '../market/security.ts';
import type { Entry } from './entry.ts';

export function latestCodes(entries: readonly Entry[]): (code: Code) => Code {
  const next = new Map(
    entries.flatMap(entry =>
      entry.kind === 'rename' || entry.kind === 'rollover' ? [[entry.code, entry.newCode] as const] : [],
    ),
  );
  return code => {
    // Codes that were renamed to each other and back end where they began.
    const seen = new Set<Code>();
    let current = code;
    for (let later = next.get(current); later !== undefined && !seen.has(current); later = next.get(current)) {
      seen.add(current);
      current = later;
    }
    return current;
  };
}
