/** How much more memory a console that is left open holds after every thousand refreshes: five weeks on a driven clock. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import type { Outcome } from './outcome.ts';
import { inPlace, migrationsDir, root } from './place.ts';
import { slopeOf } from './statistics.ts';

type Run = {
  readonly samples: readonly { readonly refreshes: number; readonly bytes: number }[];
  readonly seconds: number;
  readonly drawn: number;
  readonly resident: number;
};

const megabyte = 2 ** 20;

/** As the program is built, packages changed as they are there: what leaks in one leaks in the other. */
async function bundled<T>(work: (path: string) => T): Promise<T> {
  const { bundling, plugins } = (await import(pathToFileURL(join(root, 'scripts/build.js')).href)) as {
    bundling: BuildOptions;
    plugins: NonNullable<BuildOptions['plugins']>;
  };
  // Beside dist/, from where the compiled packages are found.
  const outdir = join(root, `dist.bench-${process.pid}`);
  try {
    await build({
      ...bundling,
      plugins,
      outdir,
      splitting: true,
      entryPoints: [join(root, 'test/bench/refresh-cycles-process.ts')],
    });
    return work(join(outdir, 'refresh-cycles-process.js'));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

export function refreshCycles({ quick }: { quick: boolean }): Promise<Outcome[]> {
  const cycles = quick ? 1000 : 5000;
  const sampleEvery = quick ? 50 : 250;
  return inPlace(place =>
    bundled(path => {
      const args = ['--expose-gc', path, place.dir, migrationsDir, String(cycles), String(sampleEvery)];
      const child = spawnSync(process.execPath, args, { encoding: 'utf8', env: place.env, maxBuffer: 2 ** 24 });
      if (child.status !== 0) throw new Error(child.stderr);
      const { samples, seconds, resident } = JSON.parse(child.stdout) as Run;
      // The first few hundred fill what is kept on purpose and find code that was never run.
      const settled = samples.slice(Math.ceil(samples.length / 5));
      const points = settled.map(({ refreshes, bytes }) => ({ x: refreshes / 1000, y: bytes / megabyte }));
      const [first, last] = [points[0]?.y ?? 0, points.at(-1)?.y ?? 0];
      return [
        {
          name: 'memory of 1,000 refreshes',
          unit: 'MB',
          measured: slopeOf(points),
          target: { of: 'measured', is: '<', value: 1 },
          note: `the heap after ${cycles.toLocaleString('en-AU')} on a driven clock: ${first.toFixed(1)}, then ${last.toFixed(1)} MB; resident ${(resident / megabyte).toFixed(0)} MB`,
        },
        {
          name: 'a refresh of 15 and its frame',
          unit: 'ms',
          measured: (seconds * 1000) / cycles,
          note: 'the market on the same processor',
        },
      ];
    }),
  );
}
