// Bundles src/main.ts into dist/. With --if-needed only when a source is newer than the last build.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  lateSegmenters,
  nearbyCommands,
  oneCore,
  plainBuiltins,
  postgresqlApart,
  quickStringWidth,
  rowsKeptBetweenFrames,
  sqliteInBundle,
} from './bundle-plugins.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const entry = join(root, 'src/main.ts');
/** What runs in threads of its own: each is one file beside the chunks, see src/host/worker-file.ts. */
const workers = ['learner-worker', 'solver-worker'].map(name => join(root, `src/host/${name}.ts`));
const out = join(root, 'dist');
const stamp = join(out, '.built');
const sources = ['src', 'package.json', 'package-lock.json', 'scripts'];

// Ink asks for this package only when debugging, and then at the top of a module: leaving it out breaks the start.
const withoutDevtools = {
  name: 'without-devtools',
  setup(build) {
    build.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'without-devtools' }));
    build.onLoad({ filter: /.*/, namespace: 'without-devtools' }, () => ({
      contents: 'export default { initialize() {}, connectToDevTools() {} };',
    }));
  },
};

// Yoga's loader asks fetch for the WASM that it carries in itself, and Node loads its whole HTTP client for that.
const withoutFetch = {
  name: 'without-fetch',
  setup(build) {
    build.onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, ({ path }) => ({
      contents: `const fetch = undefined;${readFileSync(path, 'utf8')}`,
    }));
  },
};

/** How every file of the program is bundled. */
export const bundling = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'linked',
  define: { 'process.env.NODE_ENV': '"production"' },
  // CommonJS packages in the bundle call require for Node's own modules.
  banner: {
    js: "const requireInstalled = process.getBuiltinModule('node:module').createRequire(import.meta.url), require = requireInstalled, bundled = import.meta.dirname;",
  },
  // Optional packages, which may be absent: most are compiled, and all are loaded where they are used.
  external: ['keytar', '@node-rs/argon2', '@electric-sql/pglite', 'pg'],
  logLevel: 'silent',
};
/** What is changed in the packages and in how the program's parts are put into files. */
export const plugins = [
  withoutDevtools,
  withoutFetch,
  plainBuiltins,
  sqliteInBundle,
  postgresqlApart,
  quickStringWidth,
  lateSegmenters,
  nearbyCommands,
  oneCore,
  rowsKeptBetweenFrames,
];

/** @returns {boolean} whether dist/ is missing or older than what it is made of */
export function isBuildNeeded() {
  const built = statSync(stamp, { throwIfNoEntry: false });
  return built === undefined || sources.some(source => newest(join(root, source)) > built.mtimeMs);
}

/** Builds into a folder beside dist/ and puts it in its place, so that a failed build leaves the last one. */
export async function build() {
  const { build: bundle } = await import('esbuild');
  const started = performance.now();
  // Taken before the sources are read: what is saved during the build is newer.
  const startedAt = new Date();
  const draft = `${out}.${process.pid}`;
  try {
    mkdirSync(draft, { recursive: true });
    const common = { ...bundling, outdir: draft };
    await bundle({
      ...common,
      entryPoints: [entry],
      splitting: true,
      entryNames: 'main',
      chunkNames: '[name]-[hash]',
      plugins,
    });
    await bundle({ ...common, entryPoints: workers, entryNames: '[name]', plugins: [plainBuiltins] });
    writeFileSync(join(draft, '.built'), `${startedAt.toISOString()}\n`);
    utimesSync(join(draft, '.built'), startedAt, startedAt);
    rmSync(out, { recursive: true, force: true });
    renameSync(draft, out);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return { milliseconds: performance.now() - started };
}

/** The newest change of a file, or of a folder and all it holds (a folder changes when a file is removed). */
function newest(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return Number.NEGATIVE_INFINITY;
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), found.mtimeMs);
}

/** One line of what is wrong and where, for each problem that esbuild found. */
function problemLines(error) {
  const problems = Array.isArray(error?.errors) ? error.errors : [];
  if (problems.length === 0) return [error instanceof Error ? error.message : String(error)];
  return problems.map(({ text, location }) =>
    location === null
      ? text
      : `${relative('.', resolve(root, location.file))}:${location.line}:${location.column + 1} ${text}`,
  );
}

/** Builds, when needed or always; says so on stderr; false when it failed, with the reasons said. */
export async function buildAndReport({ always }) {
  if (!always && !isBuildNeeded()) return true;
  try {
    const { milliseconds } = await build();
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    process.stderr.write(`Built asxos ${version} in ${Math.round(milliseconds)} ms.\n`);
    return true;
  } catch (error) {
    process.stderr.write(
      `The build failed:\n${problemLines(error)
        .map(line => `  ${line}\n`)
        .join('')}`,
    );
    return false;
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const done = await buildAndReport({ always: !process.argv.includes('--if-needed') });
  process.exitCode = done ? 0 : 1;
}
