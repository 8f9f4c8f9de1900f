import { expect, test } from 'vitest';
import { openDatabase } from '../../../src/db/database.ts';
import { storeSecurities } from '../../../src/db/securities.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { migrationsDir } from '../../support/app.ts';
import { openTrader, type Trader } from '../../support/cli.ts';
import { say } from '../../support/said.ts';

async function open(): Promise<Trader> {
  const trader = await openTrader();
  const db = openDatabase(`${trader.dataDir}/asxos.db`, { migrationsDir, now: () => trader.clock.now });
  const listed = (code: string, name: string, sector?: string) => ({
    code: parseCode(code),
    name,
    kind: 'share' as const,
    ...(sector === undefined ? {} : { sector }),
  });
  db.transaction(() =>
    storeSecurities(
      db,
      [listed('BHP', 'BHP Group', 'Materials'), listed('NST', 'Northern Star', 'Materials'), listed('XYZ', 'Xyz Gold')],
      trader.clock.now,
    ),
  );
  say(db, '2026-03-02', {
    BHP: { a: 'BUY', b: 'BUY', grade: 'B', signal: 'BUY', score: 0.7 },
    NST: { a: 'HOLD', b: 'SELL', grade: 'D', signal: 'HOLD', score: 0.45 },
  });
  db.close();
  return trader;
}

test('keeps what matches, with what was asked, and counts what has no value', async () => {
  const trader = await open();
  const { out, code } = await trader.asxos(['search', '--where', 'grade<=B and p>=0.7']);
  expect(code).toBe(0);
  expect(out).toMatch(/^BHP +B +0\.70 +Materials +BHP Group$/m);
  expect(out).toContain('1 of 3 securities match.');
  expect(out).toContain('1 of 3 have no grade, 1 of 3 have no p: an unknown value never matches.');
  const { out: json } = await trader.asxos(['search', '--where', 'grade<=B and p>=0.7', '--json']);
  expect(JSON.parse(json).data).toEqual({
    where: 'grade<=B and p>=0.7',
    matches: [{ code: 'BHP', name: 'BHP Group', sector: 'Materials', values: { grade: 'B', p: 0.7 } }],
    matched: 1,
    screened: 3,
    unknown: [
      { field: 'grade', count: 1 },
      { field: 'p', count: 1 },
    ],
  });
});

test('a mistake is pointed at, and nothing is printed', async () => {
  const trader = await open();
  const { out, err, code } = await trader.asxos(['search', '--where', 'grad<=B']);
  expect([out, code]).toEqual(['', 64]);
  expect(err).toBe('asxos: There is no field "grad"\n  grad<=B\n  ^^^^\nDid you mean grade?\n');
});

test('the fields are listed; one question at a time', async () => {
  const trader = await open();
  expect((await trader.asxos('search --fields')).out).toMatch(/^roe +< <= > >= = !=, in percent +Return on equity$/m);
  expect((await trader.asxos('search')).code).toBe(64);
  expect((await trader.asxos('search bhp --where pe<5')).code).toBe(64);
  const { err } = await (await openTrader()).asxos('search --where pe<5');
  expect(err).toContain('There are no securities stored to screen');
});
