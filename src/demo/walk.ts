/**
 * The random walks that move simulated prices.
 *
 * Each is the logarithm of a level around its trend: daily normal steps, some of them of thrice the size, pulled back to
 * 0 with a half-life of about eight months, so that prices wander without ever leaving the plausible.
 */
import { hash, normalsFrom, randomFrom } from '../domain/random.ts';

const sessionsAYear = 252;
const pull = 0.996;
const jumpChance = 0.01;
const jumpSize = 3;

/** The walk's level at a session, from 0. `volatility` is yearly, as a fraction. */
export type Walk = (session: number) => number;

export function walk(seed: string, volatility: number): Walk {
  if (volatility === 0) return () => 0;
  const random = randomFrom(hash(seed));
  const normal = normalsFrom(random);
  const step = volatility / Math.sqrt(sessionsAYear);
  const levels = [(normal() * step) / Math.sqrt(1 - pull * pull)];
  return session => {
    for (let next = levels.length; next <= session; next += 1) {
      const size = random() < jumpChance ? jumpSize : 1;
      levels.push((levels[next - 1] ?? 0) * pull + normal() * step * size);
    }
    return levels[session] ?? 0;
  };
}
