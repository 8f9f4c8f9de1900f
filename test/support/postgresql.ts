/** A PostgreSQL server of a test's own, where one is installed: in a temporary folder, on a free port of loopback. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

const installed = '/usr/lib/postgresql';
const folders = [
  ...(existsSync(installed) ? readdirSync(installed).sort((a, b) => Number(b) - Number(a)) : []).map(version =>
    join(installed, version, 'bin'),
  ),
  ...(process.env['PATH'] ?? '').split(delimiter),
];
const programs = folders.find(folder => ['postgres', 'initdb'].every(name => existsSync(join(folder, name))));

/** Root may not run PostgreSQL: another user does. */
type User = { uid?: number; gid?: number };
const runAs: User | undefined = process.getuid?.() === 0 ? (userOf('postgres') ?? userOf('nobody')) : {};

/** Why there is none; undefined where there is one. */
export const noPostgresql: string | undefined =
  programs === undefined
    ? 'PostgreSQL is not installed'
    : runAs === undefined
      ? 'root may not run PostgreSQL, and there is no user postgres or nobody'
      : undefined;

function userOf(name: string): User | undefined {
  const [uid, gid] = ['-u', '-g'].map(option => Number(spawnSync('id', [option, name]).stdout || Number.NaN));
  return uid !== undefined && gid !== undefined && uid > 0 ? { uid, gid } : undefined;
}

export type Postgresql = {
  /** The address of a new database. */
  readonly newDatabase: () => Promise<string>;
  /** Runs one of its tools, and answers what it writes to stdout. */
  readonly run: (tool: string, args: readonly string[], input?: Buffer) => Buffer;
  readonly stop: () => Promise<void>;
};

/** One that keeps nothing safe, and is quick; or one as it is installed. */
export async function startPostgresql({ isDurable = false } = {}): Promise<Postgresql> {
  if (programs === undefined || runAs === undefined) throw new Error(noPostgresql);
  const folder = mkdtempSync(join(tmpdir(), 'asxos-postgresql-'));
  if (runAs.uid !== undefined && runAs.gid !== undefined) chownSync(folder, runAs.uid, runAs.gid);
  const data = join(folder, 'data');
  const options = { cwd: folder, ...runAs };
  const initArgs = ['-D', data, '-U', 'asxos', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const made = spawnSync(join(programs, 'initdb'), initArgs, { ...options, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const quick = isDurable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  const settings = [...quick, 'listen_addresses=127.0.0.1'];
  const args = ['-D', data, '-p', String(port), '-k', folder, ...settings.flatMap(each => ['-c', each])];
  const server = spawn(join(programs, 'postgres'), args, { ...options, stdio: 'ignore' });
  const address = (database: string): string => `postgres://asxos@127.0.0.1:${port}/${database}`;
  await untilReady(address('postgres'), server);
  let count = 0;
  return {
    newDatabase: async () => {
      count += 1;
      const name = `accounts${count}`;
      await query(address('postgres'), `create database ${name}`);
      return address(name);
    },
    run: (tool, args, input) => {
      const path = existsSync(join(programs, tool)) ? join(programs, tool) : tool;
      const { status, stdout, stderr } = spawnSync(path, args, { cwd: folder, input });
      if (status !== 0) throw new Error(`${tool} ended with ${status}: ${stderr}`);
      return stdout;
    },
    stop: async () => {
      if (server.exitCode === null) {
        const ended = new Promise(resolve => server.once('exit', resolve));
        // Immediate: nothing in it is kept.
        server.kill('SIGQUIT');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs SQL on a connection of its own and answers the rows. */
export async function query(address: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function untilReady(address: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await query(address, 'select 1');
      return;
    } catch (error) {
      if (tries > 200 || server.exitCode !== null) throw error;
      await wait(50);
    }
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
