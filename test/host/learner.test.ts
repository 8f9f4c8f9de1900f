import { describe, expect, test } from 'vitest';
import { train, trainRules } from '../../src/domain/signals/learner/train.ts';
import { modelVersion } from '../../src/domain/signals/learner/trained.ts';
import type { Panel } from '../../src/domain/signals/panel.ts';
import { trainApart } from '../../src/host/learner.ts';
import { simulatedPanel } from '../domain/signals/simulated-panel.ts';

const rules = { ...trainRules, trees: 5 };
const small = { seed: 3, edge: 0.5, securities: 30, years: 3, features: 2 };

const inSharedMemory = (panel: Panel): Panel => ({
  ...panel,
  values: shared(panel.values, Float64Array),
  forward: shared(panel.forward, Float64Array),
  dateOf: shared(panel.dateOf, Int32Array),
  codeOf: shared(panel.codeOf, Int32Array),
});

function shared<T extends Float64Array | Int32Array>(numbers: T, kind: new (buffer: SharedArrayBuffer) => T): T {
  const copy = new kind(new SharedArrayBuffer(numbers.byteLength));
  copy.set(numbers);
  return copy;
}

describe('a training in a thread of its own', () => {
  test('learns what one in this thread learns, says how far it is, and leaves shared numbers where they are', async () => {
    const panel = inSharedMemory(simulatedPanel(small));
    const heard: [number, number][] = [];
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 1);
    const outcome = await trainApart(panel, { rules, onProgress: (...progress) => heard.push(progress) });
    clearInterval(ticking);
    const here = train(panel, rules);
    expect(outcome).toEqual(here);
    if (!('training' in outcome) || !('training' in here)) throw new Error('nothing was learned');
    expect(modelVersion(outcome.training.trained)).toBe(modelVersion(here.training.trained));
    const total = (outcome.training.folds + 1) * rules.trees;
    expect(heard).toEqual(Array.from({ length: total }, (_, index) => [index + 1, total]));
    expect(panel.values.length).toBe(panel.rows * 2);
    expect(ticks).toBeGreaterThan(0);
  });

  test('takes the panel whose numbers are not shared', async () => {
    const panel = simulatedPanel(small);
    await trainApart(panel, { rules });
    expect([panel.values.length, panel.forward.length]).toEqual([0, 0]);
  });

  test('says what is missing', async () => {
    const outcome = await trainApart(simulatedPanel({ ...small, securities: 5 }), { rules });
    expect(outcome).toEqual({ missing: ['30 securities with prices to learn from; there are 5'] });
  });

  test('ends when it is told to, with the reason', async () => {
    const stop = new AbortController();
    const training = trainApart(simulatedPanel(small), {
      rules: { ...rules, trees: 100_000 },
      onProgress: () => stop.abort(new Error('the console was left')),
      signal: stop.signal,
    });
    await expect(training).rejects.toThrow('the console was left');
    const late = trainApart(simulatedPanel(small), { rules, signal: stop.signal });
    await expect(late).rejects.toThrow('the console was left');
  });

  test('what goes wrong in it is heard', async () => {
    const broken = { ...simulatedPanel(small), dates: undefined } as unknown as Panel;
    await expect(trainApart(broken, { rules })).rejects.toThrow(TypeError);
  });
});
