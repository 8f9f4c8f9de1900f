import { describe, expect, test } from 'vitest';
import { decimal, money, plain, price, units } from '../../../src/domain/decimal.ts';
import {
  type Confirmation,
  carriedResidual,
  confirmedDraft,
  incomeKind,
  type Proposal,
  proposalCandidates,
  reinvested,
} from '../../../src/domain/income/proposal.ts';
import { matchDividends } from '../../../src/domain/ledger/dividend-match.ts';
import { formatEntryLine } from '../../../src/domain/ledger/entry-text.ts';
import type { DeclaredDividend } from '../../../src/domain/market/price.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { entriesOf, ledgerOf, on } from '../../support/ledger.ts';

const nab = parseCode('NAB');
const portfolio = '019cb000-0000-7000-8000-00000000000a';
const declared = (exDate: string, perUnit: string, more: Partial<DeclaredDividend> = {}): DeclaredDividend => ({
  code: nab,
  exDate: on(exDate),
  paidOn: on('2026-07-03'),
  perUnit: price(perUnit),
  currency: 'AUD',
  frankedPct: decimal('100'),
  ...more,
});
const lines = ['buy 333 NAB @ 12 on 2025-01-06'];
const candidates = (
  dividends: readonly DeclaredDividend[],
  more: readonly string[] = [],
  kind: Proposal['entryKind'] = 'dividend',
) => {
  const ledger = ledgerOf([...lines, ...more]);
  const rows = matchDividends(
    dividends,
    ledger.income,
    ledger.unitCloses.map(each => each.closes),
  );
  return proposalCandidates(portfolio, rows, kind, on('2026-11-25'));
};
const only = (dividend: DeclaredDividend, kind: Proposal['entryKind'] = 'dividend'): Proposal => {
  const [candidate] = candidates([dividend], [], kind);
  if (candidate === undefined) throw new Error('nothing is proposed');
  return candidate.proposal;
};
const lineOf = (proposal: Proposal, said: Confirmation = {}, carried = '0'): string =>
  formatEntryLine(confirmedDraft(proposal, said, money(carried)));

describe('proposalCandidates', () => {
  test('are known by code, ex-date and portfolio; two of a day are told apart', () => {
    const special = declared('2026-05-08', '0.10');
    const ids = candidates([declared('2026-05-08', '0.47'), special]).map(each => each.proposal.id);
    expect(ids).toEqual(['NAB-2026-05-08-0000000a', 'NAB-2026-05-08-0000000a-2']);
  });
  test('know the entries that recorded them, and leave out what is to come or was not held', () => {
    const recorded = 'dividend NAB 156.51 ex 2026-05-08 on 2026-07-03';
    expect(candidates([declared('2026-05-08', '0.47')], [recorded]).map(each => each.recorded)).toEqual([
      ['entry-002'],
    ]);
    expect(
      candidates([declared('2025-01-06', '0.47'), declared('2026-11-09', '0.5', { paidOn: on('2026-12-10') })]),
    ).toEqual([]);
  });
});

describe('confirmedDraft', () => {
  test('is the dividend as declared', () => {
    expect(lineOf(only(declared('2026-05-08', '0.47')))).toBe(
      'dividend NAB 156.51 franked 100% ex 2026-05-08 on 2026-07-03',
    );
  });
  test('takes what the statement says', () => {
    const said = { amount: money('150'), frankedPct: decimal('80'), on: on('2026-07-06') };
    expect(lineOf(only(declared('2026-05-08', '0.47')), said)).toBe(
      'dividend NAB 150 franked 80% ex 2026-05-08 on 2026-07-06',
    );
  });
  test('a June distribution paid in July is of the old year; a dividend is of the year it is paid', () => {
    const june = declared('2026-06-29', '1', { frankedPct: undefined });
    expect(lineOf(only(june, 'distribution'))).toBe('distribution NAB 333 ex 2026-06-29 fy 2026 on 2026-07-03');
    expect(lineOf(only(june))).toBe('dividend NAB 333 ex 2026-06-29 on 2026-07-03');
    expect(lineOf(only(june, 'distribution'), { issue: { price: price('10') } })).toBe(
      'drp NAB 33 @ 10 dividend 333 residual 3 ex 2026-06-29 fy 2026 on 2026-07-03',
    );
  });
  test('of another currency needs the dollars, and keeps what was declared', () => {
    const foreign = only(declared('2026-05-08', '0.50', { currency: 'USD' }));
    expect(() => lineOf(foreign)).toThrow('NAB declared 166.5 USD, not Australian dollars');
    expect(lineOf(foreign, { amount: money('250') })).toBe(
      'dividend NAB 250 franked 100% declared 166.5 USD at 0.666 ex 2026-05-08 on 2026-07-03',
    );
  });
  test('needs a payment date, after the ex-date', () => {
    const undated = only(declared('2026-05-08', '0.47', { paidOn: undefined }));
    expect(() => lineOf(undated)).toThrow('The payment date of NAB ex 2026-05-08 is not known');
    expect(() => lineOf(undated, { on: on('2026-05-07') })).toThrow(
      '2026-05-07 is before the ex-date of NAB, 2026-05-08',
    );
    expect(lineOf(undated, { on: on('2026-06-01') })).toContain('on 2026-06-01');
  });
});

describe('reinvestment', () => {
  test('333 units x 0.47 + 3.20 carried at 12.345: 12 units, cost 148.14, residual 11.57, assessable 156.51', () => {
    const line = lineOf(only(declared('2026-05-08', '0.47')), { issue: { price: price('12.345') } }, '3.20');
    expect(line).toBe('drp NAB 12 @ 12.345 dividend 156.51 franked 100% residual 11.57 ex 2026-05-08 on 2026-07-03');
    const ledger = ledgerOf([...lines, line]);
    const [, parcel] = ledger.parcels;
    expect([parcel?.units, parcel?.cost, ledger.income[0]?.amount].map(each => each && plain(each))).toEqual([
      '12',
      '148.14',
      '156.51',
    ]);
  });
  test('the residual carried in is that of the issue before', () => {
    const entries = entriesOf([
      'buy 333 NAB @ 12 on 2025-01-06',
      'drp NAB 12 @ 12 dividend 147.20 residual 3.20 on 2025-07-03',
      'drp NAB 12 @ 12 dividend 150 residual 9.20 on 2025-12-15',
    ]);
    const carried = (before: string): string => plain(carriedResidual(entries, nab, on(before)));
    expect([carried('2025-07-03'), carried('2025-12-15'), carried('2026-07-03')]).toEqual(['0', '3.2', '9.2']);
  });
  test('stated units leave their own residual, and cannot cost more than there was', () => {
    const stated = (count: string) =>
      reinvested(money('156.51'), money('3.20'), { price: price('12.345'), units: units(count) });
    expect(plain(stated('11').residual)).toBe('23.91');
    expect(() => stated('13')).toThrow('13 units at 12.345 cost $160.49, more than the $159.71 there was');
  });
  test('a price that buys nothing is refused', () => {
    expect(() => reinvested(money('5'), money('0'), { price: price('12.345') })).toThrow(
      '$5 does not buy one unit at 12.345',
    );
  });
});

test('incomeKind is a fund’s distribution, or what was recorded last', () => {
  const entries = entriesOf(['distribution NAB 10 on 2025-01-06']);
  expect([incomeKind(entries, nab, 'share'), incomeKind([], nab, 'share'), incomeKind([], nab, 'etf')]).toEqual([
    'distribution',
    'dividend',
    'distribution',
  ]);
});
