/** The built program as a process of its own, which a test may wait for, kill, or set beside others. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export const launcher = join(import.meta.dirname, '../../bin/asxos.js');

export type Ended = {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
};
export type Started = { readonly child: ChildProcess; readonly ended: Promise<Ended> };

export type Around = {
  readonly env: Readonly<Record<string, string>>;
  readonly input?: string | undefined;
  /** A program that runs the command that follows, like `setpriv`. */
  readonly under?: readonly string[] | undefined;
};

/** What a process is given of this one's environment: what finds programs, and no session bus, so that there is no keychain. */
const inherited = { PATH: process.env['PATH'] ?? '', DBUS_SESSION_BUS_ADDRESS: 'disabled:' };

export function startProgram(args: readonly string[], { env, input = '', under = [] }: Around): Started {
  const [command = '', ...rest] = [...under, process.execPath, launcher, ...args];
  const begun = performance.now();
  const child = spawn(command, rest, { env: { ...inherited, ...env } });
  let [out, err] = ['', ''];
  child.stdout.on('data', text => {
    out += text;
  });
  child.stderr.on('data', text => {
    err += text;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => resolve({ code, out, err, ms: performance.now() - begun }));
  });
  return { child, ended };
}

export const runProgram = (args: readonly string[], around: Around): Promise<Ended> => startProgram(args, around).ended;

/** Runs it, and kills it with no chance to tidy up so many milliseconds after its start, unless it has ended by then. */
export async function killProgram(args: readonly string[], around: Around, afterMs: number): Promise<Ended> {
  const { child, ended } = startProgram(args, around);
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  try {
    return await ended;
  } finally {
    clearTimeout(timer);
  }
}

/** The environment of a data directory whose EODHD is at `url`. */
export const dataEnv = (dataDir: string, url: string, now: string): Record<string, string> => ({
  ASXOS_DATA_DIR: dataDir,
  ASXOS_CONFIG: join(dataDir, 'config.json'),
  ASXOS_EODHD_URL: url,
  EODHD_API_TOKEN: 'recorded',
  ASXOS_NOW: now,
});
