import { expect, test } from 'vitest';
import { aheadWarnings } from '../../../src/domain/ledger/ahead.ts';
import { entriesOf, on } from '../../support/ledger.ts';

const entries = entriesOf(['buy 100 BHP @ 40 on 2026-03-02', 'split BHP 2:1 on 2026-03-04', 'deposit 5 on 2026-03-05']);

test.each([
  ['2026-03-05', []],
  ['2026-03-04', ['1 entry is dated after today (2026-03-04) and counted already; --as-of 2026-03-04 leaves it out']],
  [
    '2026-03-03',
    ['2 entries are dated after today (2026-03-03) and counted already; --as-of 2026-03-03 leaves them out'],
  ],
])('on %s', (today, wanted) => expect(aheadWarnings(entries, on(today))).toEqual(wanted));
