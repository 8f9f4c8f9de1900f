/** Runs a tool of the operating system, and answers what it said. No shell; a bounded time; its messages in English. */
import { execFile } from 'node:child_process';
import { Failure } from '../failure.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What crontab and systemctl need to find their user; nothing secret among it. */
const passedOn = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'TMPDIR'],
  ...['XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'DBUS_SESSION_BUS_ADDRESS'],
] as const;
const timeout = 30_000;
const mostHeard = 16 * 1024 * 1024;

/** One character of `out` is one byte. */
export type Said = { readonly code: number; readonly out: string; readonly err: string };

/** `input` is written byte for byte, one of each character. `Failure('unavailable')` where it cannot run or end. */
export function runTool(
  [path, ...args]: readonly [string, ...string[]],
  { env, input = '', signal }: { readonly env: Environment; readonly input?: string; readonly signal: AbortSignal },
): Promise<Said> {
  const given = Object.fromEntries(passedOn.flatMap(name => (env[name] === undefined ? [] : [[name, env[name]]])));
  return new Promise((resolve, reject) => {
    const options = {
      ...{ env: { ...given, LC_ALL: 'C' }, timeout, maxBuffer: mostHeard, signal },
      ...{ encoding: 'latin1' as const, killSignal: 'SIGKILL' as const },
    };
    const child = execFile(path, args, options, (error, out, err) => {
      const code = error === null ? 0 : error.code;
      if (signal.aborted) reject(signal.reason);
      else if (typeof code === 'number') resolve({ code, out, err });
      else {
        const why = error?.killed ? `did not end within ${timeout / 1000} s` : `cannot run: ${code ?? error?.message}`;
        reject(new Failure('unavailable', `${path} ${why}`, { cause: error }));
      }
    });
    // A tool that refuses may have stopped reading.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input, 'latin1');
  });
}
