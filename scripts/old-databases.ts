// `node scripts/old-databases.ts`: the stored databases of earlier schemas, test/fixtures/schemas/schema-N.sql, each made
// by the last program of that schema in this repository's history: built in a worktree of its own, given entries, an
// import, edits and prices by its own commands, and written out as SQL with the holdings that it showed. Run it with a
// number, once that schema is no longer the newest: node scripts/old-databases.ts 5
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

const root = join(import.meta.dirname, '..');

function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}
const git = (...args: string[]): string => run('git', args, root).trim();

/** The commit before the one that raised the schema beyond this. */
function lastCommitOf(schema: number): string {
  const commits = git('log', '--first-parent', '--format=%h', '--', 'src/db/schema.ts').split('\n');
  const all = git('log', '--format=%h', '--', 'src/db/schema.ts').split('\n');
  for (const commit of new Set([...commits, ...all])) {
    if (git('ls-tree', '--name-only', `${commit}^`, 'src/db/schema.ts') === '') continue;
    const text = git('show', `${commit}^:src/db/schema.ts`);
    const next = git('show', `${commit}:src/db/schema.ts`);
    const of = (source: string): number => Number(/schemaVersion = (\d+);/.exec(source)?.[1] ?? 0);
    if (of(text) === schema && of(next) === schema + 1) return git('rev-parse', '--short', `${commit}^`);
  }
  throw new Error(`No commit has schema ${schema} as its last: commit what raises it first`);
}

const trades = `ticker,shares,avg_cost,date_acquired
WES,40,52.10,2023-03-06
CSL,12,281.5,2022-11-01
`;

/** What the owner of the data did; each line is a command. */
const commands: readonly (readonly string[])[] = [
  ['portfolio', 'create', 'Super', '--taxpayer', 'smsf'],
  ['add', 'buy 100 BHP @ 43.21 fee 9.95 on 2022-07-04'],
  ['add', 'buy 50 BHP @ 38.5 fee 9.95 on 2024-09-12'],
  ['add', 'sell 30 BHP @ 45.01 fee 9.95 on 2025-02-03'],
  ['add', 'dividend BHP 120.50 franked 100% on 2025-03-27'],
  ['add', 'buy 20 VAS @ 88.123456 on 2023-01-05', '--portfolio', 'Super'],
  ['add', 'drp VAS 1 @ 95.1 dividend 95.1 on 2025-04-16', '--portfolio', 'Super'],
  ['add', 'split WES 2:1 on 2024-05-06'],
  ['add', 'buy 5 CBA @ 150 on 2025-06-02'],
  ['watch', 'add', 'RIO', '--note', "a 'quote' and a ü"],
];

function fill(program: string, dataDir: string): unknown {
  const file = join(dataDir, 'trades.csv');
  writeFileSync(file, trades);
  writeFileSync(join(dataDir, 'config.json'), '{}');
  const { EODHD_API_TOKEN: _key, CI: _ci, ...others } = process.env;
  const env = {
    ...others,
    ASXOS_DATA_DIR: dataDir,
    ASXOS_CONFIG: join(dataDir, 'config.json'),
    ASXOS_NOW: '2025-07-01T10:00Z',
  };
  const asxos = (...args: readonly string[]): string => run(process.execPath, [program, ...args], dataDir, env);
  const data = (...args: readonly string[]) => JSON.parse(asxos(...args, '--json')).data;
  asxos('portfolio', 'create', 'Main');
  asxos('import', file, '--portfolio', 'Main');
  for (const command of commands) {
    const isOfMain = command[0] === 'add' && !command.includes('--portfolio');
    asxos(...command, ...(isOfMain ? ['--portfolio', 'Main'] : []));
  }
  const listed: { id: string; code: string | null }[] = data('entries', 'list', '--portfolio', 'all').entries;
  const cba = listed.find(({ code }) => code === 'CBA')?.id ?? '';
  asxos('entries', 'edit', cba, 'buy 6 CBA @ 151.5 fee 5 on 2025-06-02');
  asxos('add', 'buy 1 ANZ @ 30 on 2025-06-03', '--portfolio', 'Main');
  const again: { id: string; code: string | null }[] = data('entries', 'list', '--portfolio', 'all').entries;
  asxos('entries', 'delete', again.find(({ code }) => code === 'ANZ')?.id ?? '');
  storePrices(join(dataDir, 'asxos.db'));
  const { holdings } = data('holdings', '--portfolio', 'all');
  return holdings.map(({ code, units, costBase, value }: Record<string, unknown>) => ({
    code,
    units,
    costBase,
    value,
  }));
}

/** Closes of two days; the provider of those days is not asked again. */
function storePrices(path: string): void {
  const db = new Sqlite(path);
  const bar = db.prepare("INSERT INTO prices VALUES (@code, @date, @close, @close, @close, @close, @close, '1000')");
  const history =
    db.prepare(`INSERT INTO price_histories (code, first_date, last_date, fetched_at, full_fetched_at, source)
    VALUES (?, '2025-06-30', '2025-07-01', 1751364000000, 1751364000000, 'eodhd')`);
  const closes = { BHP: ['36.71', '37.05'], VAS: ['105.2', '104.9'], WES: ['84.74', '85'], CSL: ['239.5', '240.11'] };
  for (const [code, days] of Object.entries(closes)) {
    for (const [index, close] of days.entries()) bar.run({ code, date: ['2025-06-30', '2025-07-01'][index], close });
    history.run(code);
  }
  db.close();
}

/** The whole database as SQL that makes it again. */
function dump(path: string): string {
  const db = new Sqlite(path);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const pragma = (name: string): string => `PRAGMA ${name} = ${db.pragma(name, { simple: true })};`;
  const listed = db
    .prepare<[], { type: string; name: string; sql: string }>(
      "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY rowid",
    )
    .all();
  const rowsOf = (table: string): string[] => {
    const columns = db.pragma(`table_info(${table})`) as { name: string }[];
    const cells = columns.map(({ name }) => `quote("${name}")`).join(` || ',' || `);
    const rows = db.prepare(`SELECT ${cells} FROM "${table}"`).pluck().all();
    return rows.map(row => `INSERT INTO "${table}" VALUES (${row});`);
  };
  const tables = listed.filter(({ type }) => type === 'table');
  const others = listed.filter(({ type }) => type !== 'table');
  const text = [
    ...tables.map(({ sql }) => `${sql};`),
    ...tables.flatMap(({ name }) => rowsOf(name)),
    ...others.map(({ sql }) => `${sql.replace(/;$/, '')};`),
    ...['application_id', 'user_version'].map(pragma),
    '',
  ];
  db.close();
  return text.join('\n');
}

function store(schema: number): void {
  const commit = lastCommitOf(schema);
  const folder = mkdtempSync(join(tmpdir(), 'asxos-schema-'));
  const tree = join(folder, 'program');
  try {
    git('worktree', 'add', '--detach', tree, commit);
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
    run(process.execPath, ['scripts/build.js'], tree);
    const dataDir = join(folder, 'data');
    mkdirSync(dataDir);
    const holdings = fill(join(tree, 'bin/asxos.js'), dataDir);
    const to = join(root, 'test/fixtures/schemas');
    mkdirSync(to, { recursive: true });
    const head = `-- By asxos of commit ${commit} and its own commands; see scripts/old-databases.ts.\n`;
    writeFileSync(join(to, `schema-${schema}.sql`), head + dump(join(dataDir, 'asxos.db')));
    writeFileSync(join(to, `schema-${schema}.json`), `${JSON.stringify(holdings, null, 2)}\n`);
    console.log(`Schema ${schema}, of commit ${commit}.`);
  } finally {
    git('worktree', 'remove', '--force', tree);
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const argument of process.argv.slice(2)) store(Number(argument));
