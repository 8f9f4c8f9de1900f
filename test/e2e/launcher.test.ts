import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asxos-launcher-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The launcher in a package of its own, whose bundle is the given program. */
function install(main: string | undefined): string {
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name":"asxos","version":"9.8.7","type":"module"}');
  if (main !== undefined) {
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist/main.js'), main);
  }
  return join(folder, 'bin/asxos.js');
}

const run = (launcher: string, args: string[], options: { node?: string; env?: Record<string, string> } = {}) =>
  spawnSync(options.node ?? process.execPath, [launcher, ...args], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), ...options.env },
  });

const major = (node: string): number =>
  Number(/^v(\d+)/.exec(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout)?.[1]);
const oldNode = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map(path => join(path, 'node'))
  .find(path => !path.includes('node_modules') && existsSync(path) && major(path) >= 14 && major(path) < 22);

describe('the launcher', () => {
  test.each(['--version', '-V'])('%s prints the version of the package without the bundle', option => {
    expect(run(install(undefined), [option])).toMatchObject({ stdout: '9.8.7\n', stderr: '', status: 0 });
  });

  test('without a bundle says what to run', () => {
    expect(run(install(undefined), ['holdings'])).toMatchObject({
      stdout: '',
      stderr: 'asxos is not built yet. Run: npm run build\n',
      status: 69,
    });
  });

  test('runs the bundle with the arguments, and keeps its compiled code in the cache', () => {
    const launcher = install('console.log(process.argv.slice(2).join(" ")); process.exitCode = 3;');
    expect(run(launcher, ['quote', 'BHP'])).toMatchObject({ stdout: 'quote BHP\n', stderr: '', status: 3 });
    expect(readdirSync(join(folder, 'cache/asxos')).length).toBeGreaterThan(0);
  });

  test('a cache that cannot be written changes nothing', () => {
    const launcher = install('console.log("fine");');
    writeFileSync(join(folder, 'file'), '');
    const env = { XDG_CACHE_HOME: join(folder, 'file') };
    expect(run(launcher, [], { env })).toMatchObject({ stdout: 'fine\n', stderr: '', status: 0 });
  });

  test('a bundle that fails to load ends with 70 and says where', () => {
    const failed = run(install('throw new Error("broken");'), []);
    expect(failed).toMatchObject({ stdout: '', status: 70 });
    expect(failed.stderr).toContain('Error: broken\n    at file:');
  });

  const name = 'an old Node is refused in one line';
  test.skipIf(oldNode === undefined)(oldNode === undefined ? `${name} (no old Node on the PATH)` : name, () => {
    const refused = run(install('console.log("ran");'), ['--version'], { node: oldNode ?? '' });
    expect(refused).toMatchObject({ stdout: '', status: 69 });
    expect(refused.stderr).toMatch(/^asxos needs Node 22[.]19 or newer; this is Node \d+[.]\d+[.]\d+[.]\n$/);
  });

  test('asks for the Node that package.json asks for', () => {
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { node: string } };
    expect(engines.node).toBe('>=22.19');
  });
});

test('the bundle is plain ASCII: one other character makes reading it take three times as long', () => {
  const files = readdirSync(join(root, 'dist')).filter(file => file.endsWith('.js'));
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter(file => /[^\0-\x7f]/.test(readFileSync(join(root, 'dist', file), 'utf8')))).toEqual([]);
});
