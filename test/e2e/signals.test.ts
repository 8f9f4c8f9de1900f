/** The signals through the program as it is built, on the demo's market: fetched, trained, said, shown; said once. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAllExplained } from '../support/explanations.ts';

const launcher = join(import.meta.dirname, '../../bin/asxos.js');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'asxos-signals-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Said = {
  readonly code: string;
  readonly signal: string | null;
  readonly score: number;
  readonly conflict: boolean;
  readonly modelA: { readonly signal: string | null; readonly probability: number };
  readonly modelB: { readonly signal: string | null; readonly score: number; readonly grade: string | null };
};
type Held = {
  readonly code: string;
  readonly signalA: string | null;
  readonly signalB: string | null;
  readonly signal: string | null;
  readonly grade: string | null;
};
/** What the commands of this test answer, all in one. */
type Data = {
  readonly run: { readonly version: string; readonly both: number };
  readonly added: number;
  readonly notified: number;
  readonly trained: string | null;
  readonly signals: readonly Said[];
  readonly statistics: { readonly total: number; readonly conflictRate: number };
  readonly reasons: {
    readonly bias: number;
    readonly logOdds: number;
    readonly features: readonly { readonly logOdds: number }[];
  };
  readonly readings: readonly { readonly securities: number; readonly psi: number | null }[];
  readonly notifications: readonly { readonly data: { readonly version?: string } }[];
  readonly totalCount: number;
  readonly holdings: readonly Held[];
  readonly runs: readonly unknown[];
};
type Reply = { readonly status: number | null; readonly err: string; readonly out: string; readonly data: Data };

function asxos(command: string): Reply {
  const { PATH, HOME } = process.env;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [launcher, '--demo', '--json', ...command.split(' ')],
    {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: {
        PATH,
        HOME,
        ASXOS_DATA_DIR: join(folder, 'data'),
        ASXOS_CONFIG: join(folder, 'config.json'),
        XDG_CACHE_HOME: join(folder, 'cache'),
        ASXOS_NOW: '2026-11-20T10:00Z',
      },
    },
  );
  return { status, err: stderr, out: stdout, data: stdout === '' ? undefined : JSON.parse(stdout).data };
}

test('a run on the whole simulated market, and a second one that changes nothing', () => {
  expect(asxos('refresh all').status).toBe(0);
  const started = performance.now();
  const run = asxos('signals run');
  const seconds = (performance.now() - started) / 1000;
  expect([run.err, run.status]).toEqual(['', 0]);
  expect(seconds).toBeLessThan(120);
  expect(run.data.run).toMatchObject({ asOf: '2026-11-20', universe: 'all' });
  expect(run.data.run.both).toBeGreaterThanOrEqual(80);
  expect(run.data.trained).toBe(run.data.run.version);

  const { data: ensemble } = asxos('signals ensemble --no-conflict');
  expect(ensemble.statistics.total).toBeGreaterThanOrEqual(80);
  expect(ensemble.statistics.conflictRate).toBe(0);
  expect(ensemble.signals.every(row => row.conflict === false)).toBe(true);
  const both = ensemble.signals.find(row => row.signal !== null);
  if (both === undefined) throw new Error('nothing was said');
  expect(both.score).toBeCloseTo(0.6 * both.modelA.probability + 0.4 * both.modelB.score, 9);

  const { data: shown } = asxos(`signals show ${both.code}`);
  const { bias, logOdds, features } = shown.reasons;
  expect(features.reduce((sum, each) => sum + each.logOdds, bias)).toBeCloseTo(logOdds, 9);

  const { data: drift } = asxos('signals drift');
  expect(drift.readings).toHaveLength(20);
  expect(drift.readings.every(each => each.securities >= 100 && each.psi !== null)).toBe(true);

  for (const command of ['ensemble --limit 20', `show ${both.code}`, 'compare SGR', 'drift']) {
    expectAllExplained(JSON.parse(asxos(`signals ${command} --explain`).out), command.startsWith('compare') ? 0 : 10);
  }

  const { data: inbox } = asxos('notifications list');
  expect(inbox.notifications.some(each => each.data.version === run.data.run.version)).toBe(true);

  const { data: held } = asxos('holdings');
  const said = new Map(asxos('signals latest').data.signals.map(row => [row.code, row]));
  const rows = held.holdings.filter(row => row.signalA !== null && row.signalB !== null);
  expect(rows.length).toBeGreaterThan(3);
  for (const row of rows) {
    const own = said.get(row.code);
    expect(row).toMatchObject({
      signalA: own?.modelA.signal,
      signalB: own?.modelB.signal,
      signal: own?.signal,
      grade: own?.modelB.grade,
    });
  }

  const again = asxos('signals run');
  expect([again.status, again.data.added, again.data.notified, again.data.trained]).toEqual([0, 0, 0, null]);
  expect(again.data.run).toEqual(run.data.run);
  expect(asxos('signals runs').data.runs).toHaveLength(1);
  expect(asxos('notifications list').data.totalCount).toBe(inbox.totalCount);
}, 300_000);
