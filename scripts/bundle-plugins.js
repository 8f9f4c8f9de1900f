// What is changed in the bundle so that the program starts sooner. Each costs tens of milliseconds where it is not done.
import { readFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/**
 * An import of `node:fs` makes Node read every property of it, and with that load its streams. Taken from
 * `process.getBuiltinModule`, only what is used is read.
 */
export const plainBuiltins = {
  name: 'plain-builtins',
  setup(build) {
    build.onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path, kind }) => {
      const name = path.replace(/^node:/, '');
      const isBuiltin = builtinModules.includes(name) && (kind === 'import-statement' || kind === 'dynamic-import');
      return isBuiltin ? { path: name, namespace: 'plain-builtins', sideEffects: false } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: 'plain-builtins' }, ({ path }) => {
      const names = Object.keys(require(`node:${path}`)).filter(
        name => /^[A-Za-z]\w*$/.test(name) && name !== 'default',
      );
      const exported = names.map(
        name => `const _${name} = /* @__PURE__ */ of('${name}'); export { _${name} as ${name} };`,
      );
      return {
        contents: [
          `const builtin = process.getBuiltinModule('node:${path}');`,
          'const of = name => builtin[name];',
          'export default builtin;',
          ...exported,
        ].join('\n'),
      };
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
