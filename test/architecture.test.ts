import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const config = join(root, '.dependency-cruiser.cjs');

type Violation = { rule: { name: string }; from: string };
type Cruise = { summary: { violations: Violation[] } };

/** What dependency-cruiser finds under `src` of a folder, as `rule: file`. */
function cruise(folder: string): string[] {
  const tool = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const run = spawnSync(process.execPath, [tool, 'src', '--config', config, '--output-type', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.stdout === '') throw new Error(`dependency-cruiser said nothing: ${run.stderr}`);
  const { summary } = JSON.parse(run.stdout) as Cruise;
  return [...new Set(summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`))].sort();
}

const files = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map(path => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter(path => /[.]tsx?$/.test(path) && !path.startsWith('test/fixtures/'))
    .sort();

const linesOf = (path: string): string[] => readFileSync(join(root, path), 'utf8').split('\n');

/** That the source follows them is looked at by `npm run check`. */
describe('the direction of imports', () => {
  test('every rule reports its deliberate violation, and nothing else is reported', () => {
    const violations = cruise(join(root, 'test/fixtures/architecture'));
    expect(violations).toEqual([
      'accounts-only-in-server: src/usecases/signs.ts',
      'adapters-know-only-domain: src/eodhd/stores.ts',
      'api-knows-only-use-cases-and-http: src/api/queries.ts',
      'commander-only-in-cli: src/usecases/parses-arguments.ts',
      'decimals-only-in-domain: src/usecases/calculates.ts',
      'demo-knows-only-domain: src/demo/asks.ts',
      'domain-is-pure: src/domain/knows-database.ts',
      'domain-is-pure: src/domain/reads-files.ts',
      'failure-imports-nothing: src/failure.ts',
      'format-knows-only-domain: src/format.ts',
      'highs-only-in-solver: src/usecases/solves.ts',
      'hono-only-in-servers: src/usecases/serves.ts',
      'http-serves-anybody: src/http/serves-values.ts',
      'keytar-only-in-keychain: src/host/secrets.ts',
      'no-circular: src/domain/circular-other.ts',
      'no-unresolvable: src/usecases/missing.ts',
      'no-use-case-in-a-use-case: src/usecases/import-entries.ts',
      'nobody-imports-main: src/config.ts',
      'only-app-starts-the-demo: src/usecases/simulates.ts',
      'only-main-opens-the-app: src/cli/opens-app.ts',
      'only-main-starts-a-server: src/usecases/starts-server.ts',
      'papaparse-only-in-brokers: src/usecases/parses-csv.ts',
      'react-only-in-tui: src/cli/draws.ts',
      'react-only-in-tui: src/cli/hooks.ts',
      'server-stands-alone: src/server/values.ts',
      'skins-know-only-use-cases: src/cli/queries.ts',
      'skins-know-only-use-cases: src/tui/prints.ts',
      'source-stands-alone: src/usecases/builds.ts',
      'source-stands-alone: src/usecases/tests.ts',
      'sqlite-only-in-db: src/usecases/opens-database.ts',
      'sqlite-only-in-db: src/usecases/queries.ts',
      'steps-are-below-use-cases: src/refresh/asks.ts',
      'undici-only-where-requests-are-made: src/usecases/requests.ts',
      'use-cases-know-no-skin: src/usecases/prints.ts',
      'use-cases-know-no-skin: src/usecases/simulates.ts',
      'use-cases-know-no-skin: src/usecases/starts-server.ts',
      'words-know-no-adapter: src/words/asks.ts',
    ]);
    const rules: { forbidden: { name: string }[] } = createRequire(import.meta.url)(config);
    const seen = new Set(violations.map(line => line.split(':')[0]));
    expect(rules.forbidden.map(({ name }) => name).filter(name => !seen.has(name))).toEqual([]);
  });
});

describe('the shape of the source', () => {
  test('no file is longer than 400 lines', () => {
    const long = files('src').filter(path => linesOf(path).length > 401);
    expect(long).toEqual([]);
  });

  test('every test file is named for a source file or folder', () => {
    const free =
      /^test\/(e2e|support|bench)\/|^test\/(architecture|docs([.]commands)?|fuzz|packaging|readme)[.]test[.]ts$/;
    const strays = files('test')
      .filter(path => /[.]test[.]tsx?$/.test(path) && !free.test(path))
      .filter(path => {
        // The laws of a folder are those that all its files keep together.
        const subject = path
          .replace(/^test\/(?=scripts\/)/, '')
          .replace(/^test\//, 'src/')
          .replace(/(\/laws|([^/.]+))[.][^/]*$/, '$2');
        return !['', '.ts', '.tsx'].some(ending => existsSync(join(root, subject + ending)));
      });
    expect(strays).toEqual([]);
  });

  test('the database is installed without a compiler', () => {
    // npm builds whatever has a binding.gyp unless the lock file says not to; better-sqlite3 brings its binaries.
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    expect(lock.packages['node_modules/better-sqlite3'].gypfile).toBe(false);
  });

  test('.env.example lists the variables that the source reads, and no other', () => {
    const listed = [...readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^([A-Z_]+)=/gm)].map(
      ([, name]) => name,
    );
    const read = files('src').flatMap(path =>
      linesOf(path)
        .filter(line => !/^\s*(\*|\/\/)/.test(line))
        .flatMap(line =>
          [
            ...line.matchAll(
              /['"]?\b(EODHD_API_TOKEN|ASXOS_[A-Z_]+|NO_COLOR|JWT_SECRET_KEY|DATABASE_URL|[A-Z]+_TOKEN_TTL|LOGIN_LIMIT_[A-Z]+|TRUSTED_PROXIES)\b/g,
            ),
          ].map(([, name]) => name),
        ),
    );
    expect([...new Set(read)].sort()).toEqual([...listed].sort());
  });
});

describe('banned words', () => {
  const host = /^src\/host\//;
  const edges = /^src\/(main[.]ts|host\/|cli\/|server\/|tui\/start[.]tsx?)/;
  const never = /^$/;
  const banned: { word: RegExp; why: string; except: RegExp }[] = [
    { word: /\bDate[.]now\b|\bnew Date\b|\bperformance[.]now\b/, why: 'time is a parameter', except: host },
    {
      word: /\bMath[.]random\b|\brandomUUID\b|\brandomBytes\b/,
      why: 'ids are a parameter',
      // Keys, nonces and codes: what is secret is never a parameter.
      except: /^src\/(host\/|account\/(seal|key-wrap|recovery-code)[.]ts$)/,
    },
    { word: /\bprocess[.][a-z]/, why: 'the process is met at the edges', except: edges },
    { word: /\bparseFloat\b/, why: 'it accepts trailing rubbish', except: never },
    {
      word: /\bconsole[.](log|warn|error|info|debug|table|dir)\b/,
      why: 'output goes through the skins',
      except: never,
    },
    { word: /\bas any\b|: any\b|<any>|@ts-ignore|@ts-nocheck/, why: 'types are kept', except: never },
    { word: /^\s*(export )?(const )?enum /, why: 'unions of words', except: never },
    { word: /^\s*export default\b/, why: 'named exports', except: never },
    { word: /\bTODO\b|\bFIXME\b|\bXXX\b/, why: 'what is there is whole', except: never },
  ];

  const found = (paths: string[], word: RegExp): string[] =>
    paths.flatMap(path => linesOf(path).flatMap((line, index) => (word.test(line) ? [`${path}:${index + 1}`] : [])));

  test.each(banned)('$word in the source ($why)', ({ word, except }) => {
    const paths = files('src').filter(path => !except.test(path));
    expect(found(paths, word)).toEqual([]);
  });

  test.each([
    { word: /\bvi[.]mock\b/, why: 'real things are tested' },
    { word: /\b(test|it|describe)[.]only\b/, why: 'it hides the other tests' },
  ])('$word in the tests ($why)', ({ word }) => {
    const paths = files('test').filter(path => path !== 'test/architecture.test.ts');
    expect(found(paths, word)).toEqual([]);
  });

  test('the words are found where they are', () => {
    for (const { word } of banned) {
      const samples = ['new Date(', 'Math.random()', 'process.exit(1)', 'parseFloat(x)', 'console.log(1)', 'x as any'];
      const more = ['export enum Side {', 'export default 1', '// TODO later'];
      expect([...samples, ...more].filter(sample => word.test(sample))).toHaveLength(1);
    }
  });
});
