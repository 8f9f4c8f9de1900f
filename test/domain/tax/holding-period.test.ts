import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../src/domain/date.ts';
import { add, decimal, isZero, money, plain, units } from '../../../src/domain/decimal.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import {
  daysAtRisk,
  type HoldingPeriod,
  holdingPeriod,
  isSmallHolder,
  splitCredit,
} from '../../../src/domain/tax/holding-period.ts';
import { unitMovements } from '../../../src/domain/tax/unit-movements.ts';
import { entriesOf, on } from '../../support/ledger.ts';

const shares = new Map([['main', decimal('100')]]);

/** The holding period of a BHP dividend, seen on `today`. */
const periodOf = (lines: readonly string[], exDate: string, today: string, daysNeeded = 45): HoldingPeriod =>
  holdingPeriod(
    unitMovements(entriesOf(lines), parseCode('BHP'), shares),
    { exDate: on(exDate), daysNeeded },
    on(today),
  );
const shown = ({ passed, failed, open, entitled }: HoldingPeriod): string =>
  `${plain(passed)} passed, ${plain(failed)} failed, ${plain(open)} open of ${plain(entitled)}`;

describe('45 days at risk', () => {
  const buy = 'buy 100 BHP @ 40 on 2026-08-03';

  test.each([
    ['2026-09-17', 44, '0 passed, 100 failed, 0 open of 100'],
    ['2026-09-18', 45, '100 passed, 0 failed, 0 open of 100'],
  ])('bought 2026-08-03 and sold %s is %i days: %s', (sold, days, outcome) => {
    const period = periodOf([buy, `sell 100 BHP @ 41 on ${sold}`], '2026-08-10', '2027-01-01');
    expect(shown(period)).toBe(outcome);
    expect(period.lots.map(lot => lot.days)).toEqual([days]);
  });
  test.each([
    ['2026-08-20', 'open', 16],
    ['2026-09-17', 'open', 44],
    ['2026-09-18', 'passed', 45],
  ])('still held on %s: %s', (today, outcome, days) => {
    const [lot] = periodOf([buy], '2026-08-10', today).lots;
    expect(lot).toMatchObject({ outcome, days, keepUntil: '2026-09-18', disposedOn: undefined });
  });
  test('bought on the ex-date is not entitled; a purchase of the day before is', () => {
    expect(shown(periodOf([buy], '2026-08-03', '2026-12-01'))).toBe('0 passed, 0 failed, 0 open of 0');
    expect(shown(periodOf([buy], '2026-08-04', '2026-12-01'))).toBe('100 passed, 0 failed, 0 open of 100');
  });
  test('units of a demerger or rollover have been at risk since what they came from was bought', () => {
    // Received 2026-08-17 and sold 20 days later: 45 days since 2026-07-22, 44 since 2026-07-23.
    const lines = (bought: string, action: string) => [
      `buy 100 OLD @ 40 on ${bought}`,
      action,
      'sell 100 BHP @ 41 on 2026-09-06',
    ];
    for (const action of [
      'demerger OLD into BHP 100 cost 20% on 2026-08-17',
      'rollover OLD into BHP 1:1 on 2026-08-17',
    ]) {
      expect(shown(periodOf(lines('2026-07-22', action), '2026-08-24', '2027-01-01'))).toBe(
        '100 passed, 0 failed, 0 open of 100',
      );
      expect(shown(periodOf(lines('2026-07-23', action), '2026-08-24', '2027-01-01'))).toBe(
        '0 passed, 100 failed, 0 open of 100',
      );
    }
  });
  test('days after the 45th following the ex-date do not count: a preference share of 90 days has its own end', () => {
    const lines = [buy, 'sell 100 BHP @ 41 on 2026-10-20'];
    expect(shown(periodOf(lines, '2026-08-10', '2027-01-01', 90))).toBe('0 passed, 100 failed, 0 open of 100');
    expect(periodOf([buy], '2026-08-10', '2027-03-01', 90).lots[0]?.days).toBe(97);
    expect([daysAtRisk('preference'), daysAtRisk('share'), daysAtRisk(undefined)]).toEqual([90, 45, 45]);
  });
  test('held for long and sold on the ex-date passes; sold the day before is not entitled', () => {
    const old = 'buy 100 BHP @ 40 on 2024-01-02';
    const sold = (day: string) => shown(periodOf([old, `sell 100 BHP @ 41 on ${day}`], '2026-08-10', '2027-01-01'));
    expect(sold('2026-08-10')).toBe('100 passed, 0 failed, 0 open of 100');
    expect(sold('2026-08-09')).toBe('0 passed, 0 failed, 0 open of 0');
  });
});

describe('last in, first out', () => {
  // As the ATO's example: an old holding, more bought just before the ex-date, as many sold just after.
  const lines = [
    'buy 10000 BHP @ 40 on 2025-03-03',
    'buy 4000 BHP @ 40 on 2026-08-03',
    'sell 4000 BHP @ 41 method fifo on 2026-08-24',
  ];

  test('the units bought last are the ones sold, whatever the method of the sale', () => {
    expect(shown(periodOf(lines, '2026-08-10', '2027-01-01'))).toBe('10000 passed, 4000 failed, 0 open of 14000');
  });
  test('units bought after the ex-date are sold first', () => {
    const more = [...lines.slice(0, 2), 'buy 1000 BHP @ 39 on 2026-08-20', 'sell 1500 BHP @ 41 on 2026-08-24'];
    const period = periodOf(more, '2026-08-10', '2026-09-01');
    expect(shown(period)).toBe('10000 passed, 500 failed, 3500 open of 14000');
    expect(period.keepUntil).toBe('2026-09-18');
  });
  test('a sale that is still to come on that day is not known', () => {
    expect(shown(periodOf(lines, '2026-08-10', '2026-08-23'))).toBe('10000 passed, 0 failed, 4000 open of 14000');
  });
});

describe('splits between', () => {
  const split = ['buy 100 BHP @ 40 on 2025-03-03', 'buy 50 BHP @ 40 on 2026-08-03', 'split BHP 3:1 on 2026-08-17'];

  test('units sold after a 3:1 split are a third of those entitled', () => {
    const period = periodOf([...split, 'sell 90 BHP @ 14 on 2026-08-24'], '2026-08-10', '2027-01-01');
    expect(shown(period)).toBe('120 passed, 30 failed, 0 open of 150');
  });
  test('units of a dividend after the split are the new ones', () => {
    const period = periodOf([...split, 'sell 90 BHP @ 14 on 2026-08-24'], '2026-08-20', '2027-01-01');
    expect(shown(period)).toBe('360 passed, 90 failed, 0 open of 450');
  });
  test('a consolidation rounds the holding up and keeps the dates', () => {
    const lines = ['buy 1234 BHP @ 1 on 2026-08-03', 'consolidation BHP 1:10 on 2026-08-17'];
    const period = periodOf([...lines, 'sell 124 BHP @ 10 on 2026-09-18'], '2026-08-10', '2027-01-01');
    expect(shown(period)).toBe('1234 passed, 0 failed, 0 open of 1234');
  });
});

describe('the exemption of small holders', () => {
  test.each([
    ['individual', '5000', true],
    ['individual', '5000.01', false],
    ['smsf', '100', false],
    ['company', '100', false],
    ['trust', '100', false],
  ] as const)('%s with credits of %s: %s', (taxpayer, credits, exempt) => {
    expect(isSmallHolder(taxpayer, money(credits))).toBe(exempt);
  });
});

describe('splitCredit', () => {
  test('is in cents by largest remainder', () => {
    const period = periodOf(
      ['buy 200 BHP @ 40 on 2025-03-03', 'buy 100 BHP @ 40 on 2026-08-03', 'sell 100 BHP @ 41 on 2026-08-24'],
      '2026-08-10',
      '2027-01-01',
    );
    const { allowed, denied, open } = splitCredit(money('10.01'), period);
    expect([allowed, denied, open].map(plain)).toEqual(['6.67', '3.34', '0']);
  });
  test('stands whole where the ledger held nothing', () => {
    expect(plain(splitCredit(money('12.34'), periodOf([], '2026-08-10', '2027-01-01')).allowed)).toBe('12.34');
  });
});

describe('laws', () => {
  const step = fc.record({
    kind: fc.constantFrom('buy', 'buy', 'sell', 'split', 'consolidation'),
    units: fc.integer({ min: 1, max: 500 }),
    gap: fc.integer({ min: 0, max: 30 }),
  });
  const history = fc.array(step, { minLength: 1, maxLength: 12 }).map(steps => {
    let day = on('2026-01-05');
    return steps.map(({ kind, units: count, gap }) => {
      day = addDays(day, gap);
      const ratio = {
        split: `split BHP ${(count % 3) + 2}:1`,
        consolidation: `consolidation BHP 1:${(count % 3) + 2}`,
      };
      return kind === 'split' || kind === 'consolidation'
        ? `${ratio[kind]} on ${day}`
        : `${kind} ${count} BHP @ 1 on ${day}`;
    });
  });
  const days = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }));

  test('passed, failed and open are the units entitled, and so are the lots', () => {
    fc.assert(
      fc.property(history, days, (lines, [ex, later]) => {
        const exDate = addDays(on('2026-01-05'), ex);
        const movements = unitMovements(entriesOf(lines), parseCode('BHP'), shares);
        const period = holdingPeriod(movements, { exDate, daysNeeded: 45 }, addDays(exDate, later));
        const held = movements
          .filter(movement => movement.on < exDate)
          .reduce(
            (total, movement) =>
              movement.kind === 'in'
                ? add(total, movement.units)
                : movement.kind === 'out'
                  ? add(total, units(`-${plain(movement.units)}`))
                  : movement.units,
            units('0'),
          );
        const { passed, failed, open, entitled } = period;
        expect(plain(add(add(passed, failed), open))).toBe(plain(entitled));
        expect(plain(entitled)).toBe(plain(held));
        expect(isZero(open)).toBe(period.keepUntil === undefined);
      }),
    );
  });
  test('what is not sold within 45 days of the ex-date passes, and time never opens again what it closed', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 200 }), (lines, ex) => {
        const exDate = addDays(on('2026-01-05'), ex);
        const movements = unitMovements(entriesOf(lines), parseCode('BHP'), shares);
        const seen = (after: number) => holdingPeriod(movements, { exDate, daysNeeded: 45 }, addDays(exDate, after));
        expect(plain(seen(46).open)).toBe('0');
        for (const after of [5, 20, 40]) {
          expect(seen(after).passed.lte(seen(after + 6).passed)).toBe(true);
          expect(seen(after).failed.lte(seen(after + 6).failed)).toBe(true);
        }
      }),
    );
  });
});

describe('the lots of a dividend', () => {
  const lotsOf = (period: HoldingPeriod): string[] =>
    period.lots.map(lot => `${plain(lot.units)} of ${lot.acquiredOn} ${lot.disposedOn ?? 'held'} ${lot.outcome}`);

  test('are the last acquired first, sold ones before those of the same day that are held', () => {
    const lines = [
      'buy 100 BHP @ 40 on 2026-08-03',
      'buy 200 BHP @ 40 on 2025-03-03',
      'opening 50 BHP cost 900 acquired 2026-07-20 on 2026-08-04',
      'sell 10 BHP @ 41 on 2026-08-24',
      'sell 20 BHP @ 41 on 2026-08-26',
    ];
    // Bought on the ex-date and later, so not entitled, and sold first.
    const more = ['buy 5 BHP @ 40 on 2026-08-10', 'sell 5 BHP @ 40 on 2026-08-11'];
    const period = periodOf([...lines, ...more], '2026-08-10', '2026-09-01');
    expect(lotsOf(period)).toEqual([
      '10 of 2026-08-03 2026-08-24 failed',
      '20 of 2026-08-03 2026-08-26 failed',
      '70 of 2026-08-03 held open',
      '50 of 2026-07-20 held open',
      '200 of 2025-03-03 held passed',
    ]);
    // The units of July are kept from 4 September on, all of them from 18 September on.
    expect(period.lots.map(lot => lot.keepUntil)).toContain('2026-09-04');
    expect(period.keepUntil).toBe('2026-09-18');
  });

  test('a purchase with an earlier date than one that is held is sold after it', () => {
    const lines = [
      'buy 100 BHP @ 40 on 2026-08-03',
      'transfer-in 100 BHP cost 900 acquired 2020-01-06 on 2026-08-04',
      'sell 100 BHP @ 41 on 2026-08-24',
    ];
    expect(lotsOf(periodOf(lines, '2026-08-10', '2026-09-01'))).toEqual([
      '100 of 2026-08-03 2026-08-24 failed',
      '100 of 2020-01-06 held passed',
    ]);
  });

  test('a sale counts from its own day on, one on the ex-date among those after it', () => {
    const lines = ['buy 100 BHP @ 40 on 2026-08-03', 'sell 40 BHP @ 41 on 2026-08-10'];
    expect(lotsOf(periodOf(lines, '2026-08-10', '2026-08-10'))).toEqual([
      '40 of 2026-08-03 2026-08-10 failed',
      '60 of 2026-08-03 held open',
    ]);
    expect(lotsOf(periodOf(lines, '2026-08-10', '2026-08-09'))).toEqual(['100 of 2026-08-03 held open']);
  });

  test('a sale of a hair more than is held takes all, and nothing is open', () => {
    const acquired = { kind: 'in', on: on('2026-08-03'), acquiredOn: on('2026-08-03'), units: units('1') } as const;
    const sold = { kind: 'out', on: on('2026-08-20'), units: units('1.00000001') } as const;
    const period = holdingPeriod([acquired, sold], { exDate: on('2026-08-10'), daysNeeded: 45 }, on('2026-12-01'));
    expect(lotsOf(period)).toEqual(['1 of 2026-08-03 2026-08-20 failed']);
    expect(period.keepUntil).toBeUndefined();
  });
});
