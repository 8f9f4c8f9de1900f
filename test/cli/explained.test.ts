/** Every figure of every report of the demo says why, and is made again from what it says. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { readInstant } from '../../src/domain/date.ts';
import { migrationsDir } from '../support/app.ts';
import { type Trader, traderAt } from '../support/cli.ts';
import { type EodhdServer, startEodhdServer } from '../support/eodhd-server.ts';
import { expectAllExplained } from '../support/explanations.ts';
import { say } from '../support/said.ts';

/** The reports of the demo. */
const reports = [
  'holdings',
  'holdings --portfolio all',
  'holdings --as-of 2026-01-15',
  'performance',
  'performance --portfolio all',
  'analyze',
  'analyze --portfolio all --from 2026-01-15',
  'compare "Family SMSF" "Long Term"',
  'performance --from 2025-03-10 --to 2025-09-15',
  'history --values --from 2026-01-15',
  'history --values --portfolio all --limit 30',
  'history --compare-to 2025-06-30',
  'history --compare-to 2024-01-15 --portfolio all',
  'parcels',
  'parcels --portfolio all',
  'income',
  'income --portfolio all --fy 2025',
  'income calendar',
  'income forecast --portfolio all',
  'tax cgt',
  'tax cgt --fy 2026 --owner "Ann Lee"',
  'tax income --fy 2026',
  'tax income --fy 2026 --owner "Ann Lee"',
  'sell-preview BHP 20',
  'dashboard',
  'dashboard --portfolio all',
  'rebalance --marginal-rate 39',
  'rebalance --mode cash --amount 5000 --dry-run',
  'rebalance --portfolio "Long Term" --marginal-rate 39 --dry-run',
  'rebalance --mode signals --marginal-rate 39 --amount 500 --dry-run',
  'rebalance --mode signals',
  'rebalance list --all',
  'fundamentals BHP',
  'fundamentals CBA',
  'fundamentals GMG',
  'fundamentals SGR',
  'fundamentals BHP --as-of 2025-12-31',
];

/** So that there is something to rebalance in both portfolios: codes and a sector, above and below. */
const targets = [
  'rebalance targets set CBA=2~1 VAS=30~3 WOW=8 sector:Materials=5',
  'rebalance targets set RIO=2 LYC=4 XRO=2 IVV=30 --portfolio "Long Term"',
];

let folder: string;
let server: EodhdServer;
let trader: Trader;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'asxos-why-'));
  server = await startEodhdServer({});
  trader = traderAt(folder, server);
  const { asxos } = trader;
  expect((await asxos('holdings --demo')).code).toBe(0);
  const db = openDatabase(join(folder, 'demo', 'asxos.db'), { migrationsDir, now: () => trader.clock.now });
  say(db, '2026-02-16', { FMG: { a: 'SELL', b: 'SELL', grade: 'D', signal: 'SELL', score: 0.3 } });
  say(db, '2026-03-02', {
    BHP: { a: 'STRONG_SELL', b: 'SELL', grade: 'F', signal: 'STRONG_SELL', score: 0.26 },
    CBA: { a: 'BUY', b: 'BUY', grade: 'B', signal: 'BUY', score: 0.71 },
    WOW: { a: 'HOLD', b: 'HOLD', grade: 'C', signal: 'HOLD', score: 0.5 },
    CSL: { a: 'SELL' },
  });
  db.close();
  for (const each of targets) {
    const { err, code } = await trader.asxos(`${each} --demo`);
    expect(code, err).toBe(0);
  }
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a figure may be written with hyphens; of one that is mistyped the nearest is told', async () => {
  expect((await trader.asxos('why cost-base BHP --demo')).code).toBe(0);
  const { err, code } = await trader.asxos('why costbas BHP --demo');
  expect([code, err]).toEqual([64, 'asxos: "costbas" is not a figure of a report\nDid you mean costBase?\n']);
  expect((await trader.asxos('why zzzzzz --demo')).err).toContain('The figures are units, averageCost, costBase');
});

async function expectExplained(asked: Trader, command: string, least: number): Promise<void> {
  const { out, err, code } = await asked.asxos(`${command} --json --explain`);
  expect([0, 3], err).toContain(code);
  expectAllExplained(JSON.parse(out), least);
}

test.each(reports)('%s', { timeout: 60_000 }, async command => {
  await expectExplained(trader, `${command} --demo`, 10);
});

describe('an owner of a joint portfolio after 1 July 2027, with losses brought in', () => {
  const lines = [
    'buy 100 BHP @ 10 fee 20 on 2020-03-02',
    'buy 33 BHP @ 12 fee 9.95 on 2027-08-02',
    'buy 70 CSL @ 9.13 fee 9.95 on 2026-01-05',
    'sell 50 CSL @ 5 fee 9.95 on 2026-05-04',
    'dividend BHP 101.01 franked 70% ex 2028-08-10 on 2028-09-01',
    'dividend CSL 60.00 on 2028-09-02',
    'statement VAS fy 2029 franked 100.01, franking-credit 30.03, discount-gains 40.05, other-gains 7.01, foreign-income 5',
    'interest 3.33 on 2028-08-08',
    'sell 120 BHP @ 30.01 fee 19.95 on 2029-02-05',
    'sell 20 CSL @ 9.20 fee 9.95 on 2028-11-06',
  ];
  const setUp = [
    'portfolio create Joint --owners "Ann 60, Bob 40" --cash',
    'tax cpi set 2027Q3 100',
    'tax cpi set 2028Q4 104.9',
    'tax cpi set 2029Q1 106.25',
    'tax market-value set BHP 22.22',
    'tax market-value set CSL 9.10',
    'tax facts set losses-brought-in 33.33 --fy 2026 --owner Ann',
    'tax facts set other-income 100000 --fy 2029 --owner Ann',
    'tax facts set marginal-rate-pct 37 --fy 2026 --owner Ann',
  ];
  let joint: Trader;
  let place: string;
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'asxos-why-joint-'));
    joint = traderAt(place, server, { now: readInstant('2029-03-05T01:00Z') ?? 0 });
    for (const command of [...setUp, ...lines.map(line => `add "${line}" --portfolio Joint`)]) {
      const { err, code } = await joint.asxos(command);
      expect(code, `${command}: ${err}`).toBe(0);
    }
  });
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  test.each([
    ['tax cgt --fy 2029 --owner Ann', 40],
    ['tax cgt --fy 2029 --owner Bob', 40],
    ['tax cgt --fy 2026 --owner Ann', 10],
    ['tax income --fy 2029 --owner Ann', 25],
    ['tax income --fy 2029 --owner Bob', 25],
    ['income --fy 2029', 25],
    ['sell-preview BHP 13 --price 31.55', 40],
  ] as const)('%s', { timeout: 60_000 }, async (command, least) => {
    await expectExplained(joint, command, least);
  });

  test('the year has what there is to explain: both regimes, an index, a loss of before, shares, a trust', async () => {
    const { out } = await joint.asxos('tax cgt --fy 2029 --owner Ann --json');
    const { data } = JSON.parse(out);
    const shown = data.disposals.map((each: Record<string, unknown>) => [each['category'], each['indexationFactor']]);
    expect(shown).toContainEqual(['deferred', null]);
    expect(shown).toContainEqual(['later', '1.063']);
    expect(data.carriedIn.map((each: { madeIn: number | null }) => each.madeIn)).toEqual([null, 2026]);
    expect(data.lossesUsed.length).toBeGreaterThan(1);
    expect(data.minimumTaxGap).not.toBeNull();
    expect(data.trusts).toHaveLength(1);
  });
});
