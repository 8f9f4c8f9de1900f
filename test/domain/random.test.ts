import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hash, normalsFrom, randomFrom } from '../../src/domain/random.ts';

describe('seeded randomness', () => {
  it('gives these numbers, today and on every machine', () => {
    const random = randomFrom(hash('BHP'));
    expect([hash('BHP'), random(), random()]).toMatchInlineSnapshot(`
      [
        2455838378,
        0.4573661875911057,
        0.4894703028257936,
      ]
    `);
  });

  it('stays within 0 and 1 for every seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), seed => {
        const random = randomFrom(seed);
        return Array.from({ length: 20 }, random).every(value => value >= 0 && value < 1);
      }),
      { seed: 11 },
    );
  });

  it('is spread as it should be', () => {
    const normal = normalsFrom(randomFrom(hash('spread')));
    const values = Array.from({ length: 20_000 }, normal);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });
});
