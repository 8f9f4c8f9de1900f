import { expect, test } from 'vitest';
import { listFindings, replaceFindings } from '../../src/db/data-findings.ts';
import { parseLocalDate } from '../../src/domain/date.ts';
import type { Finding } from '../../src/domain/market/quality.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { open } from './open-database.ts';

const [bhp, cba] = [parseCode('BHP'), parseCode('CBA')];
const gap = (detail: string): Finding => ({ kind: 'gap', date: parseLocalDate('2026-02-27'), detail });

test('findings of the codes that were checked are replaced, others stay, and nothing is written for nothing', () => {
  const db = open();
  replaceFindings(
    db,
    new Map([
      [bhp, [gap('one')]],
      [cba, [gap('one')]],
    ]),
    1000,
  );
  expect(listFindings(db).map(each => [each.code, each.detail, each.foundAt])).toEqual([
    ['BHP', 'one', 1000],
    ['CBA', 'one', 1000],
  ]);
  const revision = db.revision();
  replaceFindings(db, new Map([[bhp, [gap('one')]]]), 2000);
  expect(db.revision()).toBe(revision);
  // Other words for the same finding: it was found when it was found.
  replaceFindings(db, new Map([[bhp, [gap('two')]]]), 3000);
  expect(listFindings(db)[0]).toMatchObject({ detail: 'two', foundAt: 1000 });
  replaceFindings(db, new Map([[bhp, []]]), 4000);
  expect(listFindings(db).map(each => each.code)).toEqual(['CBA']);
});
