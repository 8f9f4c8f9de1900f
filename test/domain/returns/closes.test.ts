import { expect, it } from 'vitest';
import { price } from '../../../src/domain/decimal.ts';
import {
  acrossRename,
  closesOf,
  dateOfKey,
  dayKey,
  readCloses,
  withLatest,
} from '../../../src/domain/returns/closes.ts';
import { on } from '../../support/ledger.ts';

const closes = (list: Record<string, string>) =>
  closesOf(Object.entries(list).map(([day, close]) => ({ date: on(day), close: price(close) })));
const text = ({ days, closes, places }: ReturnType<typeof readCloses>) =>
  [...days].map((day, index) => `${day} ${(closes[index] ?? 0) / 10 ** places}`);

it('reads a packed series exactly, of up to eight decimals', () => {
  expect(text(readCloses('2026-03-0243.21 2026-03-037 2026-03-040.005'))).toEqual([
    '20260302 43.21',
    '20260303 7',
    '20260304 0.005',
  ]);
  expect(readCloses('2026-03-0243.21').places).toBe(4);
  const fine = readCloses('2026-03-0243.2109871 2026-03-031');
  expect([fine.places, ...fine.closes]).toEqual([8, 4_321_098_710, 100_000_000]);
  expect(text(readCloses(''))).toEqual([]);
  expect(dayKey(on('2026-03-02'))).toBe(20_260_302);
});

it('a quote of a later day comes last; one of the day of the last close does not', () => {
  const known = closes({ '2026-03-02': '10' });
  const quote = { price: price('11.12345'), source: 'quote' } as const;
  expect(text(withLatest(known, { ...quote, on: on('2026-03-03') }))).toEqual(['20260302 10', '20260303 11.12345']);
  expect(withLatest(known, { ...quote, on: on('2026-03-02') })).toBe(known);
  expect(withLatest(known, undefined)).toBe(known);
});

it('a rename carries the old code’s last close until the new code has one', () => {
  const old = closes({ '2026-03-02': '10', '2026-03-05': '99' });
  const renamed = closes({ '2026-03-05': '12' });
  const both = acrossRename(old, renamed, on('2026-03-04'));
  expect([text(both.old), text(both.renamed)]).toEqual([['20260302 10'], ['20260302 10', '20260305 12']]);
  // A security that was there before and took the other over has its own history.
  const own = closes({ '2026-03-02': '5', '2026-03-05': '6' });
  expect(acrossRename(old, own, on('2026-03-04')).renamed).toBe(own);
});

it('days of any year are numbers and come back from them', () => {
  expect(text(readCloses('1999-12-311.5 2026-10-203'))).toEqual(['19991231 1.5', '20261020 3']);
  expect([19_991_231, 20_260_302].map(dateOfKey)).toEqual(['1999-12-31', '2026-03-02']);
});

it('leaves out what is beyond eight decimals', () => {
  const fine = readCloses('2026-03-0243.2109876543 2026-03-031');
  expect([fine.places, ...fine.closes]).toEqual([8, 4_321_098_765, 100_000_000]);
});

it('the numbers stay whole where a quote has more decimals than the closes, or fewer', () => {
  const latest = { on: on('2026-03-03'), source: 'quote' } as const;
  const finer = withLatest(closes({ '2026-03-02': '10' }), { ...latest, price: price('11.12345') });
  expect([finer.places, ...finer.closes]).toEqual([8, 1_000_000_000, 1_112_345_000]);
  const coarser = withLatest(closes({ '2026-03-02': '10.12345' }), { ...latest, price: price('11') });
  expect([coarser.places, ...coarser.closes]).toEqual([8, 1_012_345_000, 1_100_000_000]);
  // The last close of a day may have come as a quote: it is in the list already.
  const known = closes({ '2026-03-02': '10' });
  expect(withLatest(known, { ...latest, price: price('11'), source: 'close' })).toBe(known);
  expect(text(withLatest(closes({}), { ...latest, price: price('11') }))).toEqual(['20260303 11']);
});

it('a close of the day of the rename is the new code’s', () => {
  const day = on('2026-03-04');
  const old = closes({ '2026-03-02': '10', '2026-03-04': '99' });
  const renamed = closes({ '2026-03-04': '12' });
  const both = acrossRename(old, renamed, day);
  expect([text(both.old), text(both.renamed)]).toEqual([['20260302 10'], ['20260304 12']]);
  expect(both.renamed).toBe(renamed);
  // All of the history stands under the new code, but for a stray bar of the day itself.
  const whole = closes({ '2026-03-02': '10', '2026-03-05': '12' });
  expect(text(acrossRename(closes({ '2026-03-04': '99' }), whole, day).old)).toEqual(['20260302 10']);
  // Neither had a price before.
  const late = acrossRename(closes({}), closes({ '2026-03-05': '12' }), day);
  expect([text(late.old), text(late.renamed)]).toEqual([[], ['20260305 12']]);
  const early = acrossRename(closes({ '2026-03-02': '10' }), closes({}), day);
  expect([text(early.old), text(early.renamed)]).toEqual([['20260302 10'], ['20260302 10']]);
});
