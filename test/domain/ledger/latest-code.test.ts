import { expect, it } from 'vitest';
import { latestCodes } from '../../../src/domain/ledger/latest-code.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { entriesOf } from '../../support/ledger.ts';

it('follows renames and takeovers to the end, and codes that were swapped back to where they began', () => {
  const latest = latestCodes(
    entriesOf([
      'rename AAA to BBB on 2025-01-06',
      'rollover BBB into CCC 1:2 on 2025-02-03',
      'rename XXX to YYY on 2025-01-06',
      'rename YYY to XXX on 2025-02-03',
    ]),
  );
  expect(['AAA', 'BBB', 'CCC', 'ZZZ', 'XXX'].map(parseCode).map(latest)).toEqual(['CCC', 'CCC', 'CCC', 'ZZZ', 'XXX']);
});
