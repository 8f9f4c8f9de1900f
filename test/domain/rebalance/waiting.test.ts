import { expect, test } from 'vitest';
import { type LocalDate, parseLocalDate } from '../../../src/domain/date.ts';
import { decimal, money, plain, units } from '../../../src/domain/decimal.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { waiting } from '../../../src/domain/rebalance/waiting.ts';

const saved = (acquired: string, today: string, gain: string, discount = '0.5', deferred?: string) => {
  const parcel = {
    id: 'p',
    portfolio: 'm',
    code: parseCode('BHP'),
    acquiredOn: parseLocalDate(acquired),
    units: units('1'),
    cost: money('1'),
  };
  const owners = [{ part: decimal('1'), discount: decimal(discount) }];
  const sold = { parcel, gain: money(gain), deferred: deferred === undefined ? undefined : money(deferred) };
  return waiting(sold, { today: today as LocalDate, owners, marginalRatePct: decimal('40') });
};

test('half of the gain, at the marginal rate', () => {
  const wait = saved('2025-12-05', '2026-11-25', '1000');
  expect(wait).toMatchObject({ days: 11, from: '2026-12-06', deferredOnly: false });
  expect([wait?.gainSaved, wait?.taxSaved].map(each => plain(each ?? money('0')))).toEqual(['500', '200']);
});
test.each([
  ['the discount is far away', '2026-06-01', '2026-11-25', '1000', '0.5'],
  ['it is there already', '2025-11-24', '2026-11-25', '1000', '0.5'],
  ['there is no gain', '2025-12-05', '2026-11-25', '-1', '0.5'],
  ['the owner is a company', '2025-12-05', '2026-11-25', '1000', '0'],
  ['the parcel was bought under the rules of 1 July 2027', '2027-07-05', '2028-07-01', '1000', '0.5'],
])('nothing where %s', (_, acquired, today, gain, discount) => {
  expect(saved(acquired, today, gain, discount)).toBeUndefined();
});
test('across 1 July 2027 the deferred part alone, which at the same price is the whole gain', () => {
  expect(saved('2026-07-10', '2027-06-15', '1000')).toMatchObject({ from: '2027-07-11', deferredOnly: true });
});
test.each([
  ['on the part up to 30 June 2027', '1000', '600', '300'],
  ['on no more than the price has left of it', '400', '600', '200'],
])('after 1 July 2027 %s: gain %s, deferred %s', (_, gain, deferred, expected) => {
  const wait = saved('2026-08-10', '2027-07-15', gain, '0.5', deferred);
  expect(wait).toMatchObject({ from: '2027-08-11', days: 27, deferredOnly: true });
  expect(plain(wait?.gainSaved ?? money('0'))).toBe(expected);
});
test('after 1 July 2027 nothing where the deferred part lost, or is not known', () => {
  expect(saved('2026-08-10', '2027-07-15', '1000', '0.5', '-5')).toBeUndefined();
  expect(saved('2026-08-10', '2027-07-15', '1000', '0.5')).toBeUndefined();
});
