import { expect, test } from 'vitest';
import { plain } from '../../../src/domain/decimal.ts';
import { entryAmount } from '../../../src/domain/ledger/entry-amount.ts';
import { entriesOf } from '../../support/ledger.ts';

test.each([
  ['buy 100 BHP @ 43.21 fee 9.95 on 2026-03-02', '4330.95'],
  ['buy 100 BHP @ 43.21 fee 9.95 total 4331 on 2026-03-02', '4331'],
  ['sell 100 BHP @ 43.21 fee 9.95 on 2026-03-02', '4311.05'],
  ['transfer-in 10 BHP cost 400 on 2026-03-02', '400'],
  ['transfer-in 10 BHP cost unknown on 2026-03-02', undefined],
  ['dividend BHP 65 on 2026-03-02', '65'],
  ['dividend BHP @ 0.65 on 2026-03-02', undefined],
  ['drp BHP 2 @ 30 dividend 65 on 2026-03-02', '65'],
  ['drp BHP 2 @ 30 dividend @ 0.65 on 2026-03-02', undefined],
  ['opening 10 BHP cost 400 on 2026-03-02', '400'],
  ['distribution VAS 65 on 2026-03-02', '65'],
  ['split BHP 2:1 on 2026-03-02', undefined],
  ['rename BHP to BHQ on 2026-03-02', undefined],
  ['demerger BHP into WDS 18 cost 5% on 2026-03-02', undefined],
  ['rollover BHP into WDS 1:2 cash 50 worth 500 on 2026-03-02', '50'],
  ['amit VAS -5 fy 2025', '-5'],
  ['statement VAS fy 2025 franked 5', undefined],
  ['fee 5 on 2026-03-02', '5'],
  ['deposit 6 on 2026-03-02', '6'],
  ['withdraw 7 on 2026-03-02', '7'],
  ['interest 8 on 2026-03-02', '8'],
])('%s: %s', (line, wanted) => {
  const [entry] = entriesOf([line]);
  const amount = entry && entryAmount(entry);
  expect(amount && plain(amount)).toBe(wanted);
});
