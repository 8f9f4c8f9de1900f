/** What the palette offers for a typed text: commands, and securities by code or name. */
import { type Code, readCode } from '../domain/market/security.ts';
import { harmless } from '../domain/text.ts';
import type { Choice, Command } from './command.ts';
import { matchScore } from './fuzzy.ts';

export type Named = { readonly code: Code; readonly name?: string | undefined };

export type PaletteSources = {
  readonly commands: readonly Command[];
  /** Held and watched: offered before the rest. */
  readonly own: readonly Named[];
  /** From the stored symbol list, the best first. */
  readonly stored: readonly Named[];
  /** Whether there is a stored symbol list at all. */
  readonly isListStored: boolean;
};

const most = 50;
type Scored = { readonly choice: Choice; readonly score: number };

const byScore = (a: Scored, b: Scored): number => b.score - a.score;

function scoredCodes(query: string, all: readonly Named[], bonus: number): Scored[] {
  return all.flatMap(({ code, name = '' }) => {
    const scores = [matchScore(query, code), name === '' ? undefined : matchScore(query, name)];
    const known = scores.filter(score => score !== undefined);
    if (known.length === 0) return [];
    const choice: Choice = { kind: 'code', code, name: harmless(name) };
    // A code that was typed whole is meant, whatever else its letters match.
    const exact = code === query.trim().toUpperCase() ? 2000 : 0;
    return [{ choice, score: Math.max(...known) + bonus + exact }];
  });
}

/** The choices, best first. Without a text the commands as they are listed, then what is held and watched. */
export function paletteChoices(query: string, { commands, own, stored, isListStored }: PaletteSources): Choice[] {
  const known = new Set<string>(own.map(each => each.code));
  const others = stored.filter(each => !known.has(each.code));
  const listed: Scored[] = commands.flatMap(command => {
    const score = matchScore(query, command.title);
    return score === undefined ? [] : [{ choice: { kind: 'command', command }, score }];
  });
  const all = [...listed, ...scoredCodes(query, own, query === '' ? 0 : 50), ...scoredCodes(query, others, 0)];
  const choices = (query === '' ? all : all.sort(byScore)).map(each => each.choice).slice(0, most);
  const typed = readCode(query);
  const isListed = typed === undefined || choices.some(each => each.kind === 'code' && each.code === typed);
  return isListed
    ? choices
    : [
        ...choices,
        { kind: 'code', code: typed, name: isListStored ? 'not in the stored symbol list' : 'no symbol list yet' },
      ];
}
