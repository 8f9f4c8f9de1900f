// What is changed in the bundle so that the program starts sooner. Each costs tens of milliseconds where it is not done.
import { readFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** Built-in modules that Node has not loaded by itself when a program starts: loading them waits for their first use. */
const late = new Set([
  'child_process',
  'crypto',
  'fs/promises',
  'http',
  'net',
  'readline',
  'stream',
  'timers/promises',
  'v8',
]);

/**
 * An import of `node:fs` makes Node read every property of it, and with that load its streams. Taken from
 * `process.getBuiltinModule`, only what is used is read, and a function of a late module when it is called.
 */
export const plainBuiltins = {
  name: 'plain-builtins',
  setup(build) {
    build.onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path, kind }) => {
      const name = path.replace(/^node:/, '');
      const isBuiltin = builtinModules.includes(name) && kind === 'import-statement';
      return isBuiltin ? { path: name, namespace: 'plain-builtins', sideEffects: false } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: 'plain-builtins' }, ({ path }) => {
      const builtin = require(`node:${path}`);
      const isLate = name => late.has(path) && typeof builtin[name] === 'function' && /^[a-z]/.test(name);
      const exported = Object.keys(builtin)
        .filter(name => /^[A-Za-z]\w*$/.test(name) && name !== 'default')
        .map(name => {
          const value = isLate(name) ? `(...values) => of().${name}(...values)` : `/* @__PURE__ */ part('${name}')`;
          return `const _${name} = ${value}; export { _${name} as ${name} };`;
        });
      return {
        contents: [
          `const of = () => process.getBuiltinModule('node:${path}');`,
          'const part = name => of()[name];',
          late.has(path)
            ? 'export default /* @__PURE__ */ new Proxy({}, { get: (_, name) => of()[name] });'
            : 'export default /* @__PURE__ */ of();',
          ...exported,
        ].join('\n'),
      };
    });
  },
};

/**
 * The JavaScript of better-sqlite3 is bundled; its compiled part stays where it is installed: beside the program as it
 * is developed or installed, where it is looked for first, as asking Node takes 3 ms.
 */
export const sqliteInBundle = {
  name: 'sqlite-in-bundle',
  setup(build) {
    build.onLoad({ filter: /[\\/]better-sqlite3[\\/]lib[\\/]binding\.js$/ }, ({ path }) => ({
      contents: `
        const { dirname, join } = require('path');
        const near = ['../node_modules', '../..'].map(folder => join(bundled, folder, 'better-sqlite3/lib'));
        const __dirname =
          near.find(folder => require('fs').existsSync(folder)) ?? dirname(requireInstalled.resolve('better-sqlite3'));
        ${readFileSync(path, 'utf8')}`,
    }));
  },
};

/**
 * Drizzle's core asks of two things whether they are PostgreSQL's, enums and keys of relational queries, which we have
 * neither of; and with the question comes all of its PostgreSQL, to every command. Only the account server needs that.
 */
export const postgresqlApart = {
  name: 'postgresql-apart',
  setup(build) {
    const answers = {
      'import { PrimaryKeyBuilder } from "./pg-core/primary-keys.js";':
        'class PrimaryKeyBuilder { static [entityKind] = "NoPrimaryKeyBuilder"; }',
      'import { isPgEnum } from "../pg-core/columns/enum.js";': 'const isPgEnum = () => false;',
    };
    build.onLoad({ filter: /[\\/]drizzle-orm[\\/](relations|sql[\\/]sql)\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const asked = Object.keys(answers).find(question => source.includes(question));
      if (asked === undefined) throw new Error(`${path} is not as it was: look again`);
      return { contents: source.replace(asked, answers[asked]) };
    });
  },
};

/** One string-width for all packages, behind a test that answers for nearly all text and loads nothing. */
export const quickStringWidth = {
  name: 'quick-string-width',
  setup(build) {
    const quick = join(here, 'quick-string-width.js');
    const whole = join(here, '../node_modules/string-width/index.js');
    build.onResolve({ filter: /^string-width$/ }, ({ importer }) => ({ path: importer === quick ? whole : quick }));
  },
};

/** Packages make their segmenters when they are loaded, at 15 ms each, and use them for text that is seldom there. */
export const lateSegmenters = {
  name: 'late-segmenters',
  setup(build) {
    const made = /const (\w+) = new Intl\.Segmenter\(([^;]*)\);/;
    build.onLoad(
      { filter: /[\\/](ink[\\/]build[\\/]line-update|wrap-ansi[\\/]index|slice-ansi[\\/]tokenize-ansi)\.js$/ },
      ({ path }) => {
        const source = readFileSync(path, 'utf8');
        if (!made.test(source)) throw new Error(`${path} makes no segmenter any more: take it from the list`);
        return {
          contents: source.replace(
            made,
            (_, name, options) =>
              `let late_${name}; const ${name} = { segment: text => (late_${name} ??= new Intl.Segmenter(${options})).segment(text) };`,
          ),
        };
      },
    );
  },
};

const root = join(here, '..');
/** Commands that scripts, cron and the Tab key run again and again: with the program they are one file. */
const quick = /[/]commands[/](holdings|refresh|completion)[.]ts$/;
/** The other commands, and why a figure is what it is: a second file. */
const later = /[/](commands[/][^/]+|explained-[^/]+)[.]ts$/;
const isLater = path => later.test(path) && !quick.test(path);
/** What brings the network, brokers' files, the demo or the screen: loaded when it is asked for. */
const apart =
  /(refresh-prices|quote-codes|import-entries|list-formats|set-up-demo|manage-key|read-file|schemas)[.]ts$|[/](tui|demo|eodhd|host|server|http|api|account|sync|completion)[/]/;

/** The imports of a source, those at its top and those that wait, without what stays apart. */
const nearbyImports = source =>
  [...source.matchAll(/(?:from |\bimport\()'([.][^']+)'/g)].map(match => match[1]).filter(from => !apart.test(from));
const commandImports = readFileSync(join(root, 'src/cli/nouns.ts'), 'utf8').match(/(?<=import\(')[^']+/g) ?? [];

/** What nearly every command needs is loaded with the program: asked for later, it would be a file of its own. */
export const nearbyCommands = {
  name: 'nearby-commands',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/](main|cli[\\/].*)[.]ts$/, namespace: 'file' }, ({ path }) => {
      const imported = new Map();
      const contents = readFileSync(path, 'utf8').replace(/(?:await )?import\('([^']+)'\)/g, (whole, from) => {
        if (apart.test(from) || isLater(from)) return whole;
        imported.set(from, imported.get(from) ?? `nearby${imported.size}`);
        return imported.get(from);
      });
      const imports = [...imported].map(([from, name]) => `import * as ${name} from '${from}';`);
      return { contents: `${imports.join('')}${contents}`, loader: 'ts' };
    });
  },
};

/**
 * A file costs a millisecond to find, read and link, and modules are put in one file when the same parts of the program
 * reach them: there would be a hundred files. So whatever stays apart is made to reach all that the program starts with,
 * which has been loaded by then, and that is one file; and each of the later commands is made to reach the others.
 */
export const oneCore = {
  name: 'one-core',
  setup(build) {
    const namespace = 'one-core';
    const sources = join(root, 'src');
    build.onResolve({ filter: /^[.]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === namespace || !importer.startsWith(sources)) return undefined;
      const resolved = await build.resolve(path, { kind, importer, resolveDir, pluginData: namespace });
      return resolved.errors.length > 0 ? resolved : { path: resolved.path, namespace };
    });
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => {
      const core = nearbyImports(readFileSync(join(sources, 'main.ts'), 'utf8'));
      const others = isLater(path) ? commandImports.filter(isLater).map(from => `./cli/${from}`) : [];
      const imports = [...core, ...others].map(from => `import '${from}';`).join('');
      return { contents: `${imports}export * from ${JSON.stringify(path)};`, resolveDir: sources };
    });
  },
};

/**
 * Ink takes the text of every row apart anew for every frame, though nearly all rows are those of the frame before. Kept
 * from frame to frame, a key on a full screen is painted in half the time. The last few hundred rows are kept, not all.
 */
export const rowsKeptBetweenFrames = {
  name: 'rows-kept-between-frames',
  setup(build) {
    const own = 'caches = new OutputCaches();';
    const map = /^( {4}(?:widths|blockWidths|styledChars) = new )Map\(\);$/gm;
    build.onLoad({ filter: /[\\/]ink[\\/]build[\\/]output\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!source.includes(own) || source.match(map)?.length !== 3)
        throw new Error(`${path} is not as it was: look again`);
      const kept = `
        class RecentMap {
          young = new Map();
          old = new Map();
          get(key) {
            const found = this.young.get(key);
            if (found !== undefined) return found;
            const older = this.old.get(key);
            if (older !== undefined) this.set(key, older);
            return older;
          }
          set(key, value) {
            if (this.young.size >= 400) [this.old, this.young] = [this.young, new Map()];
            this.young.set(key, value);
          }
        }
        const keptCaches = new OutputCaches();`;
      return { contents: source.replace(own, 'caches = keptCaches;').replace(map, '$1RecentMap();') + kept };
    });
  },
};
