/** A server of the built program, from its start to when it listens. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const launcher = join(import.meta.dirname, '../../bin/asxos.js');

export type ServedProgram<Data> = {
  /** What it said when it was ready. */
  readonly data: Data;
  readonly child: ChildProcess;
  readonly log: () => string;
  /** The exit code. */
  readonly ended: Promise<number | null>;
};

/** Starts `asxos COMMAND --port 0 --json …`; rejects with the log where it ends before it listens. */
export async function startServed<Data>(
  command: 'api' | 'serve',
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ServedProgram<Data>> {
  const child = spawn(process.execPath, [launcher, command, '--port', '0', '--json', ...args], { env });
  let log = '';
  child.stderr.on('data', text => {
    log += text;
  });
  const ended = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', text => resolve(String(text)));
    child.once('exit', code => reject(new Error(`asxos ${command} ended with ${code}: ${log}`)));
  });
  return { data: JSON.parse(line).data, child, log: () => log, ended };
}
