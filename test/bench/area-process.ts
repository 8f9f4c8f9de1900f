/** One area of the bench in a process of its own: `area-process.ts NAME [--quick]`, which sends its parent what it measured. */
import { benches } from './benches.ts';
import type { Area } from './report.ts';

const [name = '', ...flags] = process.argv.slice(2);
const send = (area: Area): void => {
  process.send?.(area, () => process.disconnect());
};
try {
  const bench = await benches[name]?.();
  if (bench === undefined) throw new Error(`There is no bench "${name}"`);
  send({ name, outcomes: [await bench({ quick: flags.includes('--quick') })].flat() });
} catch (error) {
  const trouble = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${name} could not be measured: ${trouble}\n`);
  send({ name, outcomes: [], trouble: trouble.split('\n')[0] ?? '' });
}
