import { describe, expect, it } from 'vitest';
import { driftBand, driftBaselines, readingsInSteps, stabilityIndex } from '../../../src/domain/signals/drift.ts';
import { finish } from '../../../src/domain/steps.ts';
import { randomFrom } from './bars-of.ts';
import { panelOf } from './panel-of.ts';

const driftReadings = (...given: Parameters<typeof readingsInSteps>) => finish(readingsInSteps(...given));

const none = new Set<string>();
const one = <T>(list: readonly T[]): T => {
  if (list.length !== 1) throw new Error(`${list.length} instead of one`);
  return list[0] as T;
};

describe('the stability index', () => {
  it('is the sum over the bins of (c - b) ln(c / b)', () => {
    expect(stabilityIndex([0.5, 0.5], [0.6, 0.4])).toBeCloseTo(0.1 * Math.log(1.2) - 0.1 * Math.log(0.8), 12);
    expect(stabilityIndex([0.5, 0.5], [0.6, 0.4])).toBeCloseTo(0.040_547, 6);
    expect(stabilityIndex([0.2, 0.3, 0.5], [0.2, 0.3, 0.5])).toBe(0);
  });

  it('floors a share at a millionth', () => {
    expect(stabilityIndex([1, 0], [0, 1])).toBeCloseTo(2 * (1 - 1e-6) * Math.log(1e6), 9);
    expect(stabilityIndex([1, 0], [1, 0])).toBe(0);
  });

  it('has its bands', () => {
    expect([0, 0.0999, 0.1, 0.25, 0.2501].map(driftBand)).toEqual([
      'stable',
      'stable',
      'moderate',
      'moderate',
      'large',
    ]);
  });
});

/** `dates` dates of 120 securities, each value from `value`. */
const sample = (dates: number, value: (date: number, security: number) => number, securities = 120) =>
  Array.from({ length: dates }, (_, date) =>
    Array.from({ length: securities }, (_, security) => value(date, security)),
  );

describe('drift', () => {
  const even = sample(60, (_, security) => security);

  it('has ten bins at the deciles of the training period', () => {
    const { edges, shares, usual, windows } = one(driftBaselines(panelOf(even), none));
    // Winsorised: 0 and 1 are at 1.19, 118 and 119 at 117.81.
    expect(edges).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map(tenth => expect.closeTo(tenth * 11.9, 9)));
    expect(shares).toEqual(Array(10).fill(expect.closeTo(0.1, 12)));
    expect([usual, windows]).toEqual([0, 40]);
  });

  it('of the same values is none; of values beyond the last edge it is in the open bin', () => {
    const baselines = driftBaselines(panelOf(even), none);
    const same = one(driftReadings(baselines, panelOf(even.slice(0, 21), { first: 60 })));
    expect(same).toMatchObject({ psi: 0, band: 'stable', drifting: false, securities: 120, reason: undefined });
    const beyond = one(
      driftReadings(
        baselines,
        panelOf(
          sample(21, () => 1e9),
          { first: 60 },
        ),
      ),
    );
    expect(beyond).toMatchObject({ band: 'large', drifting: true });
    expect(beyond.bins.map(bin => bin.latest)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(beyond.psi).toBeCloseTo(9 * (1e-6 - 0.1) * Math.log(1e-5) + 0.9 * Math.log(10), 9);
    expect(beyond.bins.at(-1)?.upTo).toBeUndefined();
  });

  it('looks at the latest 21 sessions alone, daily or not', () => {
    const baselines = driftBaselines(panelOf(even), none);
    const turned = [...sample(30, () => 1e9), ...even.slice(0, 21)];
    expect(one(driftReadings(baselines, panelOf(turned, { first: 60 }))).psi).toBe(0);
    // Every fifth session: five of the last 21 sessions, 0 to 20 of them back.
    const weekly = [...sample(3, () => 1e9), ...even.slice(0, 5)];
    expect(one(driftReadings(baselines, panelOf(weekly, { first: 60, every: 5 }))).psi).toBe(0);
    expect(one(driftBaselines(panelOf(even.slice(0, 30), { every: 5 }), none)).windows).toBe(26);
  });

  it('of a boolean has two bins', () => {
    const flags = sample(60, (_, security) => Number(security < 90));
    const baselines = driftBaselines(panelOf(flags, { name: 'trend' }), new Set(['trend']));
    expect(one(baselines)).toMatchObject({ edges: [0.5], shares: [0.25, 0.75] });
    const fewer = sample(21, (_, security) => Number(security < 60));
    const { psi, bins } = one(driftReadings(baselines, panelOf(fewer, { name: 'trend', first: 60 })));
    expect(psi).toBeCloseTo(0.25 * Math.log(2) - 0.25 * Math.log(2 / 3), 12);
    expect(bins).toEqual([
      { upTo: 0.5, baseline: 0.25, latest: 0.5 },
      { upTo: undefined, baseline: 0.75, latest: 0.5 },
    ]);
  });

  it('is not judged of fewer than 100 securities, nor against few windows, and says so', () => {
    const baselines = driftBaselines(panelOf(even), none);
    expect(
      one(
        driftReadings(
          baselines,
          panelOf(
            sample(21, () => 1e9, 99),
            { first: 60 },
          ),
        ),
      ),
    ).toMatchObject({
      psi: undefined,
      band: undefined,
      drifting: false,
      securities: 99,
      reason: 'too few to judge: 99 securities, it takes 100',
    });
    const short = driftBaselines(panelOf(even.slice(0, 30)), none);
    expect(
      one(
        driftReadings(
          short,
          panelOf(
            sample(21, () => 1e9),
            { first: 60 },
          ),
        ),
      ),
    ).toMatchObject({
      band: 'large',
      usual: undefined,
      drifting: false,
      reason: 'too few to judge: the training period has 10 windows of 21 sessions, it takes 20',
    });
  });

  it('of inputs that are unknown counts the known alone', () => {
    const half = sample(60, (_, security) => (security < 10 ? Number.NaN : security));
    const baselines = driftBaselines(panelOf(half), none);
    expect(one(driftReadings(baselines, panelOf(half.slice(0, 21), { first: 60 })))).toMatchObject({
      psi: 0,
      securities: 110,
    });
    expect(driftBaselines(panelOf(sample(60, () => Number.NaN)), none)).toEqual([]);
    expect(one(driftReadings(baselines, panelOf([], { first: 60 })))).toMatchObject({ psi: undefined, securities: 0 });
    expect(one(driftReadings(baselines, panelOf(half, { name: 'other' }))).securities).toBe(0);
  });

  it('law: it rarely alarms in a market that moves slowly but does not drift, and does where one has', () => {
    // One factor that all securities share and that returns to its mean over a few months.
    const days = 350;
    const market = (seed: number, shift: number) => {
      const random = randomFrom(seed);
      const noise = () => random() + random() + random() - 1.5;
      let factor = 0;
      return Array.from({ length: days }, (_, date) => {
        factor = 0.97 * factor + 0.25 * noise();
        return Array.from({ length: 105 }, () => factor + noise() + (date >= days - 21 ? shift : 0));
      });
    };
    const verdict = (seed: number, shift: number) => {
      const all = market(seed, shift);
      const baselines = driftBaselines(panelOf(all.slice(0, -21)), none);
      return one(driftReadings(baselines, panelOf(all.slice(-21), { first: days - 21 })));
    };
    const calm = Array.from({ length: 24 }, (_, index) => verdict(index + 1, 0));
    expect(calm.filter(each => (each.psi ?? 0) > 0.25).length).toBeGreaterThan(8);
    expect(calm.filter(each => each.drifting).length).toBeLessThanOrEqual(3);
    expect([1, 2, 3, 4].map(seed => verdict(seed, 5).drifting)).toEqual([true, true, true, true]);
  });
});
