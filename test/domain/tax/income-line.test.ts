import { describe, expect, it } from 'vitest';
import { type Money, plain } from '../../../src/domain/decimal.ts';
import type { IncomeReceived } from '../../../src/domain/ledger/fold.ts';
import { type IncomeLine, incomeLine } from '../../../src/domain/tax/income-line.ts';
import { alone, halves } from '../../support/capital-gains.ts';
import { entriesOf, ledgerOf } from '../../support/ledger.ts';

/** The line of the last entry. */
const lineOf = (lines: readonly string[], share = alone, isRecorded = true): IncomeLine =>
  incomeLine(ledgerOf(lines).income.at(-1) as IncomeReceived, share, isRecorded ? entriesOf(lines).at(-1) : undefined);
const text = (amount: Money | undefined): string => (amount === undefined ? '?' : plain(amount));
const shown = (line: IncomeLine): string =>
  [
    line.amount,
    line.franked,
    line.unfranked,
    line.frankingCredit,
    line.tfnWithheld,
    line.foreignTax,
    line.licAttributable,
  ]
    .map(text)
    .join(' ');

const held = 'buy 1000 ABC @ 10 on 2024-01-05';

describe('a dividend', () => {
  it('is split into franked and unfranked, with its credit and what was withheld', () => {
    // 60% of 100 is franked: 60 x 30 / 70 = 25.71.
    const line = lineOf([held, 'dividend ABC 100 franked 60% withheld 5 lic 30 ex 2026-02-20 on 2026-03-05']);
    expect(shown(line)).toBe('100 60 40 25.71 5 0 30');
    expect(line).toMatchObject({ exDate: '2026-02-20', paidOn: '2026-03-05', kind: 'dividend', foreign: false });
    expect([line.units && plain(line.units), plain(line.ownerPct), line.creditAssumed]).toEqual(['1000', '100', true]);
  });

  it('of unknown franking has neither part', () => {
    expect(shown(lineOf([held, 'dividend ABC 100 on 2026-03-05']))).toBe('100 ? ? ? 0 0 ?');
  });

  it('is read without its entry too', () => {
    expect(shown(lineOf([held, 'dividend ABC 100 franked 0% withheld 5 lic 30 on 2026-03-05'], alone, false))).toBe(
      '100 0 100 0 5 0 ?',
    );
  });

  it('reinvested has no capital gain part', () => {
    const line = lineOf([held, 'drp ABC 12 @ 12.345 dividend 156.51 franked 100% on 2026-03-05']);
    expect([line.kind, line.foreign, line.licAttributable, plain(line.amount)]).toEqual([
      'drp',
      false,
      undefined,
      '156.51',
    ]);
  });

  it('of a joint portfolio is the owner’s part of every amount', () => {
    const lines = [held, 'dividend ABC 100.01 franked 100% credit 42.87 withheld 5.01 lic 30.01 on 2026-03-05'];
    expect(shown(lineOf(lines, { pcts: halves, at: 0 }))).toBe('50.01 50.01 0 21.44 2.51 0 15.01');
    expect(shown(lineOf(lines, { pcts: halves, at: 1 }))).toBe('50 50 0 21.43 2.5 0 15');
  });
});

describe('a dividend declared in another currency', () => {
  it.each([
    ['franked 0%', '100 0 100 0 0 15 ?', true],
    ['', '100 ? ? ? 0 15 ?', true],
    ['franked 1%', '100 1 99 0.43 15 0 ?', false],
  ])('%s: what is withheld is foreign tax only without any franking', (franked, amounts, foreign) => {
    const line = lineOf([held, `dividend ABC 100 ${franked} withheld 15 declared 65 USD at 0.65 on 2026-03-05`]);
    expect([shown(line), line.foreign]).toEqual([amounts, foreign]);
  });
});
