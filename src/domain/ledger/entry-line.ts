/**
 * The entry line: one line of words is one entry, `buy 100 BHP @ 43.21 fee 9.95 on 2026-03-02`.
 *
 * The same line is typed in the console, given to `add`, and written by `export`; `formatEntryLine` is the exact
 * inverse of `parseEntryLine`. First the kind, then its values in order, then its clauses in any order; `note` takes the
 * rest of the line. Case does not matter, `$` and thousands commas are fine, the date is today unless `on` says
 * otherwise, and a transfer without a cost has an unknown one.
 *
 * Troubles a user sees, each pointing at a word: a word that is not what its place asks for, a clause that does not
 * belong to the kind or is given twice, words that contradict each other (a 1:10 "split", a date before the one it must
 * follow), and a line that ends too soon.
 */
import { Failure } from '../../failure.ts';
import type { LocalDate } from '../date.ts';
import { type Draft, type EntryKind, entryKinds } from './entry.ts';
import { type Cursor, type LineProblem, openCursor } from './entry-cursor.ts';
import { conflictsIn, draftFrom } from './entry-draft.ts';
import {
  type ClauseName,
  clauseNamed,
  clauses,
  type Fields,
  grammar,
  type LineContext,
  shapeOf,
  type ValueName,
  values,
} from './entry-grammar.ts';
import { nearestWord, quoted, type Word } from './entry-words.ts';

export type LineReading = {
  /** In the order of the line. Empty for a line that is only unfinished. */
  readonly problems: readonly LineProblem[];
  /** The entry, once the line is whole and without problems. */
  readonly draft?: Draft;
  /** What could come next, in the words of the grammar. */
  readonly expecting?: string;
};

type Reading = { problems: LineProblem[]; draft?: Draft; expecting?: string; missing?: string; hint: string };

const kindList = entryKinds.join(', ');
const kindHint = `A line begins with ${kindList}.`;

/** The entry that a line says. Throws a Failure ('invalid-input') that points at the first word in trouble. */
export function parseEntryLine(text: string, context: LineContext): Draft {
  const { problems, draft, missing, hint } = readLine(text, context);
  const problem = problems[0];
  if (problem) {
    throw new Failure('invalid-input', `${problem.message} (word ${problem.word})`, { hint: problem.hint ?? hint });
  }
  if (draft === undefined) {
    const message = missing === undefined ? 'The entry is empty' : `The line ends before ${missing}`;
    throw new Failure('invalid-input', message, { hint });
  }
  return draft;
}

/** Reads a line that may still be typed: all its problems, the entry once it is whole, and what could come next. */
export function entryLineProblems(text: string, context: LineContext): LineReading {
  const { problems, draft, expecting } = readLine(text, context);
  return {
    problems,
    ...(draft === undefined ? {} : { draft }),
    ...(expecting === undefined ? {} : { expecting }),
  };
}

function readLine(text: string, context: LineContext): Reading {
  const first = openCursor(text, () => false);
  const word = first.take();
  if (word === undefined) return { problems: [], expecting: kindList, hint: kindHint };
  const kind = entryKinds.find(known => known === word.text.toLowerCase());
  return kind === undefined ? refuseKind(first, word, text) : readKind(kind, text, context);
}

function refuseKind(line: Cursor, word: Word, text: string): Reading {
  const name = word.text.toLowerCase();
  const nearest = nearestWord(name, entryKinds);
  const hint = nearest === undefined ? kindHint : `Did you mean ${nearest}? ${shapeOf(nearest)}`;
  line.refuse(word, `${quoted(word.text)} is not a kind of entry`, hint);
  const begun = entryKinds.filter(known => word.end === text.length && known.startsWith(name));
  return { problems: line.problems, hint, expecting: begun.length === 0 ? kindList : begun.join(', ') };
}

function readKind(kind: EntryKind, text: string, context: LineContext): Reading {
  const shape = grammar[kind];
  const needed = shape.needed ?? [];
  const line = openCursor(text, word => clauseNamed(word) !== undefined);
  line.take();
  const fields: Fields = {};
  const places = new Map<ValueName | ClauseName, Word | undefined>();
  let expecting: string | undefined;

  for (const [index, name] of shape.values.entries()) {
    values[name].read(line, fields, context);
    places.set(name, line.last());
    if (line.missing() !== undefined && expecting === undefined) {
      const later = shape.values.slice(index + 1).map(value => values[value].shape);
      expecting = [line.missing(), ...later, ...needed.map(clause => clauses[clause].shape)].join(' ');
    }
  }
  readClauses(line, kind, fields, context, places);
  expecting ??= line.missing();
  for (const name of needed) if (!places.has(name)) line.require(clauses[name].shape);

  pointAtConflicts(line, kind, { ...fields, on: fields.on ?? context.today }, places);
  const problems = line.problems.sort((a, b) => a.start - b.start);
  const missing = line.missing();
  const draft = problems.length === 0 && missing === undefined ? draftFrom(kind, fields, context.today) : undefined;
  const rest = expecting ?? expectedClauses(kind, places, problems.at(-1), text);
  return {
    problems,
    hint: shapeOf(kind),
    ...(draft === undefined ? {} : { draft }),
    ...(missing === undefined ? {} : { missing }),
    ...(rest === '' ? {} : { expecting: rest }),
  };
}

function readClauses(
  line: Cursor,
  kind: EntryKind,
  fields: Fields,
  context: LineContext,
  places: Map<ValueName | ClauseName, Word | undefined>,
): void {
  const shape = grammar[kind];
  const allowed = [...(shape.needed ?? []), ...shape.optional];
  const given = new Set<ClauseName>();
  for (let word = line.take(); word !== undefined; word = line.take()) {
    const name = clauseNamed(word.text);
    if (name === undefined) {
      line.refuse(word, `${quoted(word.text)} is not understood here`, suggestion(word.text, allowed) ?? shapeOf(kind));
      line.skip();
    } else if (!allowed.includes(name)) {
      line.refuse(word, `${quoted(word.text)} does not belong in ${article(kind)} ${kind} entry`, shapeOf(kind));
      if (name === 'note') line.rest();
      else line.skip();
    } else if (given.has(name)) {
      line.refuse(word, `${quoted(word.text)} is given twice`);
      clauses[name].read(line, {}, context);
    } else {
      given.add(name);
      clauses[name].read(line, fields, context);
      places.set(name, line.last());
    }
  }
}

const article = (kind: EntryKind): string => (/^[aeiou]/.test(kind) ? 'an' : 'a');

function suggestion(text: string, allowed: readonly ClauseName[]): string | undefined {
  const nearest = nearestWord(text, allowed.includes('fee') ? [...allowed, 'brokerage'] : allowed);
  const name = nearest === undefined ? undefined : clauseNamed(nearest);
  return name === undefined ? undefined : `Did you mean ${nearest}? ${clauses[name].shape}`;
}

function pointAtConflicts(
  line: Cursor,
  kind: EntryKind,
  fields: Fields & { on: LocalDate },
  places: ReadonlyMap<ValueName | ClauseName, Word | undefined>,
): void {
  for (const conflict of conflictsIn(kind, fields)) {
    const word = places.get(conflict.at);
    if (word) line.refuse(word, conflict.message, conflict.hint);
  }
}

/** The clauses still to come; those that begin like the word being typed, where one is. */
function expectedClauses(
  kind: EntryKind,
  places: ReadonlyMap<ValueName | ClauseName, Word | undefined>,
  problem: LineProblem | undefined,
  text: string,
): string {
  const { needed = [], optional } = grammar[kind];
  const left = [...needed, ...optional].filter(name => !places.has(name));
  if (left.length > 0 && !places.has('note')) {
    const typed = problem?.typing === true ? text.slice(problem.start).toLowerCase() : '';
    const begun = left.filter(name => name.startsWith(typed));
    return (begun.length > 0 ? begun : left).map(name => clauses[name].shape).join(' · ');
  }
  return '';
}
