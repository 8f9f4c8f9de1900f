/** A training of the learner alone, in a process of its own: prints its seconds and the most memory it held, as JSON. */
import { normalsFrom, randomFrom } from '../../src/domain/random.ts';
import { boost } from '../../src/domain/signals/learner/boost.ts';
import { probabilityOf } from '../../src/domain/signals/learner/forest.ts';

const [count, width, trees, depth] = [200_000, 25, 100, 6];
const random = randomFrom(1);
const normal = normalsFrom(random);
const values = new Float64Array(count * width).map(() => (random() < 0.05 ? Number.NaN : normal()));
const labels = new Uint8Array(count).map((_, row) => {
  const [a = 0, b = 0, c = 0] = values.subarray(row * width, row * width + 3);
  return random() < probabilityOf((a || 0) / 4 + ((b || 0) * (c || 0)) / 4) ? 1 : 0;
});
const features = Array.from({ length: width }, (_, index) => `input_${index}`);
const started = performance.now();
const forest = boost(
  { rows: { values, width, count }, features, labels },
  { trees, depth, shrinkage: 0.1, l2: 1, leastLeafWeight: 20, rowShare: 1, columnShare: 1, seed: 1 },
);
const seconds = (performance.now() - started) / 1000;
process.stdout.write(
  JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024, nodes: forest.feature.length }),
);
