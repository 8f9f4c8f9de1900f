import type { Source } from './source.ts';

/** A shell's own text in a template: as it is typed, but for `$\{`, which is how a template holds the `${` of a shell. */
export const shellText = ({ raw }: TemplateStringsArray): string => raw.join('').replaceAll('$\\{', '${');

/** A word that holds no quote, as a word. */
export const literal = (text: string): string => `'${text}'`;

/** The text for `case`, in which `*` is anything. */
export const pattern = (text: string): string =>
  text
    .split('*')
    .map(part => (part === '' ? '' : literal(part)))
    .join('*');

/** The variables that say what a value can be; `listed` writes words as the shell has a list. */
export const assignedBy =
  (listed: (words: readonly string[]) => string) =>
  ({ words, names, paths }: Source): string =>
    [
      ...(words === undefined ? [] : [`_words=${listed(words)}`]),
      ...(names === undefined ? [] : [`_names=${names}`]),
      ...(paths === undefined ? [] : [`_paths=${paths}`]),
    ].join(' ');
