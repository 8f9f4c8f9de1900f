import { describe, expect, it } from 'vitest';
import { capitalGains } from '../../../src/domain/tax/capital-gains.ts';
import { incomeYear } from '../../../src/domain/tax/income-year.ts';
import {
  type LodgedFigure,
  lodgedDifferences,
  lodgedFigures,
  readLodged,
} from '../../../src/domain/tax/lodged-year.ts';
import { on } from '../../support/ledger.ts';
import { booksOf } from '../../support/owner-books.ts';

const figuresOf = (lines: readonly string[], fy = 2026): LodgedFigure[] => {
  const books = booksOf(lines);
  return lodgedFigures(capitalGains(books, fy, on('2030-01-01')), incomeYear(books, fy, on('2030-01-01')));
};
const shown = (figures: readonly LodgedFigure[]): string[] =>
  figures.map(({ key, label, value }) => `${key} | ${label} | ${value ?? '?'}`);

const lines = [
  'buy 100 ABC @ 10 on 2024-01-05',
  'opening 10 XYZ cost unknown on 2024-01-05',
  'sell 10 ABC @ 8 on 2025-02-03',
  'sell 40 ABC @ 20 fee 10 on 2026-02-03',
  'sell 10 XYZ @ 3 on 2026-02-04',
  'dividend ABC 70 franked 100% on 2026-03-03',
  'dividend ABC 7 on 2026-03-04',
];

describe('the figures of a year', () => {
  it('are its totals, each disposal, the totals of its income and each dividend, in words and by keys that last', () => {
    // A loss of 20 is carried in; 800 less 410 are 390, less 20 are 370, halved 185.
    expect(shown(figuresOf(lines))).toEqual([
      'netCapitalGain | net capital gain | 185',
      'discountGains | discountable gains | 390',
      'otherGains | other gains | 0',
      'losses | losses of the year | 0',
      'lossesCarriedIn | losses carried in | 20',
      'lossesCarriedOut | losses carried out | 0',
      'entry-004/entry-001/A1/current/proceeds | ABC sold on 2026-02-03, parcel of 2024-01-05, current: proceeds | 800',
      'entry-004/entry-001/A1/current/costBase | ABC sold on 2026-02-03, parcel of 2024-01-05, current: cost base | 410',
      'entry-004/entry-001/A1/current/gain | ABC sold on 2026-02-03, parcel of 2024-01-05, current: gain | 390',
      'entry-005/entry-002/A1/current/proceeds | XYZ sold on 2026-02-04, parcel of 2024-01-05, current: proceeds | 30',
      'entry-005/entry-002/A1/current/costBase | XYZ sold on 2026-02-04, parcel of 2024-01-05, current: cost base | ?',
      'entry-005/entry-002/A1/current/gain | XYZ sold on 2026-02-04, parcel of 2024-01-05, current: gain | ?',
      'income/dividends | income: dividends | 77',
      'income/franked | income: franked | 70',
      'income/unfranked | income: unfranked | 0',
      'income/frankingCredits | income: frankingCredits | 30',
      'income/creditsAllowed | income: creditsAllowed | 30',
      'income/creditsDenied | income: creditsDenied | 0',
      'income/creditsOpen | income: creditsOpen | 0',
      'income/trustIncome | income: trustIncome | 0',
      'income/unattributedCash | income: unattributedCash | 0',
      'income/interest | income: interest | 0',
      'income/foreignIncome | income: foreignIncome | 0',
      'income/foreignTaxPaid | income: foreignTaxPaid | 0',
      'income/foreignTaxOffset | income: foreignTaxOffset | 0',
      'income/tfnWithheld | income: tfnWithheld | 0',
      'income/licDeduction | income: licDeduction | 0',
      'income/assessable | income: assessable | 107',
      'entry-006/amount | ABC paid on 2026-03-03: amount | 70',
      'entry-006/creditAllowed | ABC paid on 2026-03-03: franking credit allowed | 30',
      'entry-007/amount | ABC paid on 2026-03-04: amount | 7',
      'entry-007/creditAllowed | ABC paid on 2026-03-04: franking credit allowed | ?',
    ]);
  });

  it('hold the losses carried out', () => {
    const figures = figuresOf(lines, 2025);
    expect(figures.find(each => each.key === 'losses')?.value).toBe('20');
    expect(figures.find(each => each.key === 'lossesCarriedOut')?.value).toBe('20');
  });
});

describe('what later edits made of it', () => {
  const locked: LodgedFigure[] = [
    { key: 'a', label: 'one', value: '1' },
    { key: 'b', label: 'two', value: null },
    { key: 'c', label: 'three', value: '3' },
    { key: 'd', label: 'four', value: null },
  ];

  it('is nothing where every figure is the same, whatever its place and words', () => {
    expect(lodgedDifferences(locked, [...locked].reverse())).toEqual([]);
    expect(
      lodgedDifferences(
        locked,
        locked.map(each => ({ ...each, label: 'other words' })),
      ),
    ).toEqual([]);
  });

  it('is each figure that is another one, was or has become unknown, is gone, or is new', () => {
    const now: LodgedFigure[] = [
      { key: 'e', label: 'five', value: '5' },
      { key: 'f', label: 'six', value: null },
      { key: 'a', label: 'one', value: null },
      { key: 'b', label: 'two', value: '2' },
    ];
    expect(lodgedDifferences(locked, now)).toEqual([
      { figure: 'one', locked: '1', now: null },
      { figure: 'two', locked: null, now: '2' },
      { figure: 'three', locked: '3', now: undefined },
      { figure: 'four', locked: null, now: undefined },
      { figure: 'five', locked: undefined, now: '5' },
      { figure: 'six', locked: undefined, now: null },
    ]);
  });

  it('of an edited sale is its own figures and the totals that it moves', () => {
    const edited = lines.map(line => line.replace('sell 40 ABC @ 20 fee 10', 'sell 40 ABC @ 21 fee 10'));
    const what = 'ABC sold on 2026-02-03, parcel of 2024-01-05, current';
    expect(lodgedDifferences(figuresOf(lines), figuresOf(edited))).toEqual([
      { figure: 'net capital gain', locked: '185', now: '205' },
      { figure: 'discountable gains', locked: '390', now: '430' },
      { figure: `${what}: proceeds`, locked: '800', now: '840' },
      { figure: `${what}: gain`, locked: '390', now: '430' },
    ]);
  });
});

describe('what was stored', () => {
  const good = { key: 'a', label: 'one', value: '1' };

  it('is read as it was written', () => {
    const figures = figuresOf(lines);
    expect(readLodged(JSON.parse(JSON.stringify({ figures })))).toEqual(figures);
    expect(readLodged({ figures: [] })).toEqual([]);
  });

  it.each([
    ['no list', 'a'],
    ['nothing', undefined],
    ['a word among them', [good, 'a']],
    ['null among them', [good, null]],
    ['a number as its value', [good, { ...good, value: 1 }]],
    ['no value', [good, { key: 'a', label: 'one' }]],
    ['no key', [{ label: 'one', value: '1' }, good]],
    ['a number as its key', [good, { ...good, key: 1 }]],
    ['a number as its label', [good, { ...good, label: 1 }]],
  ])('with %s cannot be read', (_, figures) => {
    expect(readLodged({ figures })).toBeUndefined();
  });
});
