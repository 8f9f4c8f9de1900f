/** The documents of the repository, and the commands that they show. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export type Page = { readonly path: string; readonly text: string };

export const pages: readonly Page[] = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs')).map(name => `docs/${name}`),
]
  .filter(path => path.endsWith('.md'))
  .map(path => ({ path, text: readFileSync(join(root, path), 'utf8') }));

/** A command as people read it: without the words that explain it beside it. */
const withoutRemark = (line: string): string =>
  (line.replace(/^.*?(?=asxos )/, '').split(/ {2,}|\s#|\s[|>] |; /)[0] ?? '').trim();

/** Lines of blocks that begin with `asxos`, and what stands between backquotes, each once and in their order. */
export function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```.*\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  const shown = blocks.flatMap(block => block.split('\n')).filter(line => /^(\$ )?(sudo )?asxos\b/.test(line));
  const named = [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`(asxos [^`\n]+)`/g)].map(
    ([, line = '']) => line,
  );
  return [...new Set([...shown, ...named].map(withoutRemark))].filter(line => line !== 'asxos');
}
