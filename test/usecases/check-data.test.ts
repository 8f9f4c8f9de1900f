import { expect, test } from 'vitest';
import { parseCode } from '../../src/domain/market/security.ts';
import { checkData } from '../../src/usecases/check-data.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { openTestApp } from '../support/app.ts';
import { at, storeCloses } from './stored-market.ts';

const whole = { '2026-02-26': '50', '2026-02-27': '50', '2026-03-02': '51' };
const { '2026-02-27': _, ...holed } = whole;

test('a finding keeps its time while it stays, and goes when it is mended', async () => {
  const { app, clock } = await openTestApp({ now: at('2026-03-02T10:00Z') });
  recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02');
  storeCloses(app, { BHP: holed, CBA: holed });
  const first = checkData(app);
  expect(first).toEqual({
    checked: 1,
    findings: [{ code: 'BHP', kind: 'gap', date: '2026-02-27', detail: 'no bar on 2026-02-27', foundAt: clock.now }],
  });
  const foundAt = clock.now;
  clock.now += 3_600_000;
  const revision = app.db.revision();
  expect(checkData(app).findings[0]?.foundAt).toBe(foundAt);
  expect(app.db.revision()).toBe(revision);
  expect(checkData(app, { all: true }).findings.map(each => each.code)).toEqual(['BHP', 'CBA']);
  storeCloses(app, { BHP: whole });
  expect(checkData(app, { codes: [parseCode('BHP')] }).findings).toEqual([]);
  // What was not checked keeps its finding.
  expect(checkData(app, { all: true }).findings.map(each => each.code)).toEqual(['CBA']);
});
