import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sydneyClock } from '../domain/date.ts';
import { Failure } from '../failure.ts';
import { makePrivateFolder } from '../folder.ts';
import { reasonOf } from './private-file.ts';

/** A claim is a file named for its process, in the lock's folder, so that a dead one can be removed without a race. */
type Claim = { readonly name: string; readonly pid: number; readonly since: number };

/** Two that ask at the same moment both step back; this is how long they try again before one is refused. */
const grace = 300;

/**
 * Runs `work` while no other process does the same under this lock; a lock left by a process that died is taken over.
 * `path` is the lock's folder. Waits up to `waitMs` for the other; then `Failure('locked')` names its process and since
 * when. `what` completes "is busy with ...".
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T> | T,
  options: { readonly waitMs: number; readonly what: string },
): Promise<T> {
  const mine = await claim(path, options);
  try {
    return await work();
  } finally {
    rmSync(join(path, mine), { force: true });
  }
}

async function claim(path: string, options: { readonly waitMs: number; readonly what: string }): Promise<string> {
  const name = `${process.pid}-${startOf(process.pid) ?? 'unknown'}-${randomUUID()}`;
  const deadline = Date.now() + Math.max(options.waitMs, grace);
  for (;;) {
    // Claim first, look second: of two processes the one that claimed later always sees the other.
    writeClaim(path, name);
    const other = liveClaims(path).find(found => found.name !== name);
    if (other === undefined) return name;
    rmSync(join(path, name), { force: true });
    if (Date.now() >= deadline) throw lockedBy(other, path, options.what);
    await wait(10 + Math.random() * 40);
  }
}

export type FoundLock = {
  readonly name: string;
  readonly pid: number;
  readonly since: number;
  /** Milliseconds, by the machine's own clock. */
  readonly age: number;
  readonly runs: boolean;
};

/** The claims in the folders under `folder`, also those of processes that have ended; nothing is removed. */
export const foundLocks = (folder: string): FoundLock[] =>
  namesIn(folder).flatMap(lock =>
    namesIn(join(folder, lock)).flatMap(name => {
      const claim = readClaim(join(folder, lock), name);
      if (claim === undefined) return [];
      const { pid, since, runs } = claim;
      return [{ name: lock, pid, since, age: Date.now() - since, runs }];
    }),
  );

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function writeClaim(path: string, name: string): void {
  try {
    makePrivateFolder(path);
    writeFileSync(join(path, name), '', { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new Failure('cannot-write', `Cannot write the lock ${path}: ${reasonOf(cause)}`, {
      hint: 'Check that the data directory can be written and that the disk is not full.',
      cause,
    });
  }
}

function liveClaims(path: string): Claim[] {
  const live: Claim[] = [];
  for (const name of readdirSync(path)) {
    const claim = readClaim(path, name);
    if (claim === undefined) continue;
    if (claim.runs) live.push({ name, pid: claim.pid, since: claim.since });
    else rmSync(join(path, name), { force: true });
  }
  return live;
}

/** Undefined where it is none, or has gone. */
function readClaim(path: string, name: string): { pid: number; since: number; runs: boolean } | undefined {
  const [pid, start] = name.split('-');
  const file = statSync(join(path, name), { throwIfNoEntry: false });
  if (file === undefined || pid === undefined || start === undefined) return undefined;
  const since = file.mtimeMs;
  return { pid: Number(pid), since, runs: isRunning(Number(pid), start, since) };
}

/** Whether the process that made a claim still runs: its number may since have been given to another one. */
function isRunning(pid: number, start: string, since: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  // First, for it does not hang on a clock that may be set while the work goes on.
  const now = startOf(pid);
  if (now !== undefined && start !== 'unknown') return now === start;
  const booted = Date.now() - uptime() * 1000;
  // A minute's slack for a clock that was set.
  if (since + 60_000 < booted) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return reasonOf(error) === 'EPERM';
  }
}

/** When a process started, in clock ticks since boot (proc(5), field 22 of stat); undefined where there is no /proc. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the command in parentheses and may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie still has its number, and will never let go.
    return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : fields[19];
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'ENOTDIR'].includes(reasonOf(error))) return undefined;
    throw error;
  }
}

function lockedBy(other: Claim, path: string, what: string): Failure {
  const { date, minutes, zone } = sydneyClock(other.since);
  const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return new Failure(
    'locked',
    `Another asxos (process ${other.pid}) is busy with ${what} since ${date} ${time} ${zone} (${basename(path)})`,
    { hint: 'Wait until it is done, or end that process.' },
  );
}
