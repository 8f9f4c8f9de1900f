/** Timings of processes and of work in this process, in milliseconds. */
import { spawnSync } from 'node:child_process';

export function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** From the start of a process to its end. One that fails ends the bench: its timing would be of something else. */
export function timeProcess(args: readonly string[], env: NodeJS.ProcessEnv): number {
  const started = performance.now();
  const { status, stderr, error } = spawnSync(process.execPath, args, { env, maxBuffer: 2 ** 28 });
  const elapsed = performance.now() - started;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${error?.message ?? stderr}`);
  return elapsed;
}

type Timing = () => number | Promise<number>;

/** Takes `rounds` timings of each in turns (A B A B ...), so that a slow minute of the machine falls on all of them. */
export async function interleaved<Name extends string>(
  rounds: number,
  timings: Record<Name, Timing>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(timings) as Name[];
  const taken = Object.fromEntries(names.map(name => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round++) for (const name of names) taken[name].push(await timings[name]());
  return taken;
}
