/** The documents against the program: commands, variables and messages that they name are real. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { nouns } from '../src/cli/nouns.ts';
import type { Noun } from '../src/cli/program.ts';
import { configKeys } from '../src/config-file.ts';
import { readServerSettings } from '../src/server/settings.ts';
import { openTrader, words } from './support/cli.ts';
import { commandsOf, pages } from './support/documents.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
/** A command that a sentence names without what it needs, or with a word like VERSION in the place of a value. */
const isOfPlaceholder = (err: string): boolean => /Missing required argument|"[A-Z]+",? (which )?is not/.test(err);

const doNothing = (command: Command): void => {
  command.action(() => undefined);
  command.commands.forEach(doNothing);
};
/** The real tree of commands, which parses and does nothing. */
const parsed: readonly Noun[] = nouns.map(({ name, load }) => ({
  name,
  load: async () => {
    const add = await load();
    return (program, context) => {
      add(program, context);
      program.commands.forEach(doNothing);
    };
  },
}));

test('every command line in the documents is one that the program takes', { timeout: 60_000 }, async () => {
  const { asxos } = await openTrader({ nouns: parsed });
  expect((await asxos('holdings --no-such-option')).code).toBe(64);
  const lines = pages.flatMap(({ path, text }) => commandsOf(text).map(line => ({ path, line })));
  expect(lines.length).toBeGreaterThan(100);
  const refused: string[] = [];
  for (const { path, line } of lines) {
    const { code, err } = await asxos(words(line).slice(1));
    if (code !== 0 && !isOfPlaceholder(err)) refused.push(`${path}: ${line}: ${err.slice(0, 200)}`);
  }
  expect(refused).toEqual([]);
});

test('every page and file that a page links to is there', () => {
  for (const { path, text } of pages) {
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
      const found = globSync(join(root, path, '..', target));
      expect({ path, target, isThere: found.length > 0 }).toEqual({ path, target, isThere: true });
    }
  }
});

test('every file of the source that a page names is there', () => {
  for (const { path, text } of pages) {
    for (const [, named = ''] of text.matchAll(/`((?:src|test|scripts|migrations|packaging)\/[\w./*-]+)`/g)) {
      expect({ path, named, isThere: globSync(join(root, named)).length > 0 }).toEqual({ path, named, isThere: true });
    }
  }
});

describe('the environment', () => {
  const page = read('docs/environment.md');
  const [own = '', system = ''] = page.split('## Of the system');
  const named = (text: string): string[] => [...text.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name = '']) => name);
  const sources = globSync('{src,bin}/**/*.{ts,tsx,js}', { cwd: root }).map(read).join('\n');

  test('of the page is that of .env.example', () => {
    const listed = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
    expect(named(own).toSorted()).toEqual(listed.toSorted());
  });

  test('of the page is that of the code', () => {
    const asked = [
      ...sources.matchAll(/env\['([A-Z_]+)'\]|env: '([A-Z_]+)'|\(env, '([A-Z_]+)'|folder\('([A-Z_]+)'|env\.([A-Z_]+)/g),
    ];
    const found = asked.flatMap(match => match.slice(1).filter(name => name !== undefined));
    expect([...named(own), ...named(system)].toSorted()).toEqual([...new Set(found)].toSorted());
  });

  test('has the defaults that the page names', () => {
    const rowOf = (name: string): string => page.split('\n').find(line => line.startsWith(`| \`${name}\``)) ?? '';
    for (const { env, default: value } of configKeys) {
      if (env !== undefined && value !== undefined) expect(rowOf(env)).toContain(`| \`${value}\` |`);
    }
    const { accessTtl, refreshTtl, limits, proxies } = readServerSettings({ JWT_SECRET_KEY: 'x'.repeat(32) });
    const hour = 3_600_000;
    const defaults: [string, string][] = [
      ['ACCESS_TOKEN_TTL', `\`${accessTtl / hour}h\``],
      ['REFRESH_TOKEN_TTL', `\`${refreshTtl / (24 * hour)}d\``],
      ['LOGIN_LIMIT_ACCOUNT', String(limits.perAccount)],
      ['LOGIN_LIMIT_ADDRESS', String(limits.perAddress)],
      ['LOGIN_LIMIT_WINDOW', `\`${limits.window / 60_000}m\``],
      ['LOGIN_LIMIT_REGISTRATIONS', String(limits.registrations)],
      ['TRUSTED_PROXIES', String(proxies)],
    ];
    for (const [name, value] of defaults) expect(rowOf(name)).toContain(`| ${value} |`);
  });
});

/** The source with `…` for every value that a message holds, as the page writes them. */
const spoken = (source: string): string =>
  source
    .replace(/\$\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\}/g, '…')
    .replace(/\\(["'`])/g, '$1')
    .replace(/\\u2019/g, '’');

test('every message of the troubleshooting page is one that is said', () => {
  const said = spoken(globSync('src/**/*.ts', { cwd: root }).map(read).join('\n'));
  const rows = read('docs/troubleshooting.md').matchAll(/^\| `([^`]+)` \| \d+ \|/gm);
  const messages = [...rows].map(([, message = '']) => message);
  expect(messages.length).toBeGreaterThanOrEqual(25);
  const quoted = (message: string): boolean => ["'", '`'].some(quote => said.includes(`${quote}${message}`));
  expect(messages.filter(message => !quoted(message))).toEqual([]);
});
