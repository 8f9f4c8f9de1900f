/**
 * A command line that is run without a shell: a program and its arguments, apart at spaces; single or double quotes hold
 * words together, a backslash takes the next character as it is but within single quotes. Nothing else has a meaning: no
 * variables, no pipes, no wildcards. Trouble a user sees: a quote that is not closed.
 */

/** The program and its arguments; undefined where a quote is not closed or there is no program. */
export function readCommandLine(text: string): readonly [program: string, ...args: string[]] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  const characters = [...text];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] as string;
    if (character === '\\' && quote !== "'") {
      at += 1;
      if (at === characters.length) return undefined;
      word = `${word ?? ''}${characters[at]}`;
    } else if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (quote !== undefined) return undefined;
  if (word !== undefined) words.push(word);
  const [program, ...args] = words;
  return program === undefined || program === '' || text.includes('\0') ? undefined : [program, ...args];
}

/** The program alone: arguments may hold a secret. */
export function programOf(text: string): string {
  const [program, ...args] = readCommandLine(text) ?? ['', ''];
  return args.length === 0 ? program : `${program} …`;
}
