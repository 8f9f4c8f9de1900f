/**
 * A place in an entry line, and the problems found so far. A bad word is noted and passed, so that one reading of a line
 * finds every problem in it, which is what a line being typed needs.
 */
import { Failure } from '../../failure.ts';
import { quoted, splitWords, type Word } from './entry-words.ts';

/** What is wrong with the characters from `start` up to `end`. */
export type LineProblem = {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly hint?: string | undefined;
  /** The word's place in the line, from 1. */
  readonly word: number;
  /** The line ends with this word, with no space after it: it may be half typed. */
  readonly typing: boolean;
};

export type Cursor = ReturnType<typeof openCursor>;

/** `isClause` tells the words that begin a clause: a value is never read from one of them. */
export function openCursor(text: string, isClause: (word: string) => boolean) {
  const words = splitWords(text);
  const problems: LineProblem[] = [];
  let next = 0;
  let missing: string | undefined;

  const refuse = (word: Word, message: string, hint?: string): void => {
    const { start, end, place } = word;
    problems.push({ start, end, message, hint, word: place, typing: end === text.length });
  };

  const require = (shape: string): void => {
    missing ??= shape;
  };

  return {
    problems,
    refuse,
    /** Notes that the line ended before `shape`. Only the first such gap counts. */
    require,
    missing: (): string | undefined => missing,
    peek: (): Word | undefined => words[next],
    last: (): Word | undefined => words[next - 1],
    take: (): Word | undefined => {
      const word = words[next];
      if (word !== undefined) next += 1;
      return word;
    },
    /** Takes the next word when it is one of `texts`. */
    accept: (...texts: string[]): boolean => {
      const found = texts.includes(words[next]?.text.toLowerCase() ?? '');
      if (found) next += 1;
      return found;
    },
    /** Passes over words up to the next clause. */
    skip: (): void => {
      while (next < words.length && !isClause(words[next]?.text ?? '')) next += 1;
    },
    /** The rest of the line as it was typed. */
    rest: (): string => {
      const from = words[next - 1]?.end ?? 0;
      next = words.length;
      return text.slice(from);
    },
    /**
     * Reads one word with `parse`. Undefined, with the trouble noted, when the line ends, when a clause begins instead
     * (unless `anyWord`), or when `parse` throws a Failure.
     */
    read: <T>(shape: string, parse: (text: string) => T, anyWord = false): T | undefined => {
      const word = words[next];
      if (word === undefined) {
        require(shape);
        return undefined;
      }
      if (word.text === '@' || (!anyWord && isClause(word.text))) {
        refuse(word, `${shape} is missing before ${quoted(word.text)}`);
        return undefined;
      }
      next += 1;
      try {
        return parse(word.text);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        refuse(word, error.message, error.hint);
        return undefined;
      }
    },
  };
}
