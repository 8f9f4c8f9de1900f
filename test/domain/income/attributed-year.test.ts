import { expect, test } from 'vitest';
import { attributedYear } from '../../../src/domain/income/attributed-year.ts';
import { on } from '../../support/ledger.ts';

test.each([
  ['a June distribution paid in July is of the old year', '2026-06-29', '2026-07-16', 2026],
  ['one that goes ex on the first trading day of July too', '2026-07-01', '2026-07-16', 2026],
  ['a March distribution is of the year it is paid in', '2026-04-01', '2026-04-16', undefined],
  ['so is one that goes ex well within July', '2026-07-08', '2026-07-20', undefined],
  ['a June one paid in June has no other year', '2026-06-10', '2026-06-25', undefined],
] as const)('%s', (_, exDate, paidOn, year) => {
  expect(attributedYear(on(exDate), on(paidOn))).toBe(year);
});
