import { describe, expect, it } from 'vitest';
import type { Code } from '../../../src/domain/market/security.ts';
import { isValued } from '../../../src/domain/returns/portfolio-days.ts';
import { entriesOf } from '../../support/ledger.ts';
import { contributionLines, dayLines, daysOf, daysOfEntries, flowLines } from './days-of.ts';

// A Monday to a Friday.
const week = { from: '2026-03-02', to: '2026-03-06' };
const abc = {
  ABC: { '2026-03-02': '10', '2026-03-03': '11', '2026-03-04': '12', '2026-03-05': '9', '2026-03-06': '10' },
};

describe('without a cash account', () => {
  it('buys with brokerage flow in, sales net and income flow out', () => {
    const days = daysOf(
      [
        'buy 100 ABC @ 9.90 fee 10 on 2026-03-02',
        'dividend ABC 50 withheld 5 on 2026-03-04',
        'sell 40 ABC @ 9.50 fee 10 on 2026-03-05',
      ],
      { ...week, market: abc },
    );
    expect(dayLines(days)).toEqual([
      '03-02 V 1000 D 1000 W 0 P 0 r 0.000%',
      '03-03 V 1100 D 0 W 0 P 100 r 10.000%',
      '03-04 V 1200 D 0 W 45 P 145 r 13.182%',
      '03-05 V 540 D 0 W 370 P -290 r -24.167%',
      '03-06 V 600 D 0 W 0 P 60 r 11.111%',
    ]);
    expect(contributionLines(days)).toEqual(['ABC price -10 income 50 costs 25 profit 15']);
  });

  it('fees flow in and interest flows out; deposits and withdrawals are not the portfolio’s', () => {
    const lines = ['buy 100 ABC @ 10 on 2026-03-02', 'fee 7 on 2026-03-03', 'interest 3 on 2026-03-04'];
    const days = daysOf([...lines, 'deposit 500 on 2026-03-05'], { ...week, market: abc });
    expect(days.days.map(day => day.profit / 100)).toEqual([0, 93, 103, -300, 100]);
    expect(contributionLines(days)).toEqual([
      'ABC price 0 income 0 costs 0 profit 0',
      'cash price 0 income 3 costs 7 profit -4',
    ]);
  });

  it('a reinvested dividend is income out and a buy in; what the registry keeps was taken out', () => {
    const days = daysOf(['buy 100 ABC @ 10 on 2026-03-02', 'drp ABC 5 @ 9 dividend 50 residual 5 on 2026-03-06'], {
      ...week,
      market: abc,
    });
    expect(dayLines(days).at(-1)).toBe('03-06 V 1050 D 45 W 50 P 155 r 16.402%');
    expect(contributionLines(days)).toEqual(['ABC price 5 income 50 costs 0 profit 55']);
  });

  it('a return of capital is taken out, and is not income', () => {
    const days = daysOf(['buy 100 ABC @ 10 on 2026-03-02', 'return-of-capital ABC 0.5 on 2026-03-04'], {
      ...week,
      market: abc,
    });
    expect(dayLines(days)[2]).toBe('03-04 V 1200 D 0 W 50 P 150 r 13.636%');
    expect(contributionLines(days)).toEqual(['ABC price 50 income 0 costs 0 profit 50']);
  });
});

describe('with a cash account', () => {
  it('only deposits and withdrawals are flows', () => {
    const days = daysOf(
      [
        'deposit 2000 on 2026-03-02',
        'buy 100 ABC @ 9.90 fee 10 on 2026-03-02',
        'dividend ABC 50 withheld 5 on 2026-03-04',
        'sell 40 ABC @ 9.50 fee 10 on 2026-03-05',
        'interest 1 on 2026-03-05',
        'withdraw 500 on 2026-03-06',
      ],
      { ...week, market: abc, cash: ['main'] },
    );
    expect(dayLines(days)).toEqual([
      '03-02 V 2000 D 2000 W 0 P 0 r 0.000%',
      '03-03 V 2100 D 0 W 0 P 100 r 5.000%',
      '03-04 V 2245 D 0 W 0 P 145 r 6.905%',
      '03-05 V 1956 D 0 W 0 P -289 r -12.873%',
      '03-06 V 1516 D 0 W 500 P 60 r 3.067%',
    ]);
    expect(contributionLines(days)).toEqual([
      'ABC price -10 income 50 costs 25 profit 15',
      'cash price 0 income 1 costs 0 profit 1',
    ]);
  });

  it('of a reinvested dividend only what the registry keeps leaves', () => {
    const days = daysOf(
      [
        'deposit 1000 on 2026-03-02',
        'buy 100 ABC @ 10 on 2026-03-02',
        'drp ABC 5 @ 9 dividend 50 residual 5 on 2026-03-06',
      ],
      { ...week, market: abc, cash: ['main'] },
    );
    expect(dayLines(days).at(-1)).toBe('03-06 V 1050 D 0 W 5 P 155 r 17.222%');
  });

  it('all in cash has a value, a profit and a return', () => {
    const days = daysOf(['deposit 1000 on 2026-03-02', 'interest 1 on 2026-03-04', 'fee 2 on 2026-03-05'], {
      ...week,
      market: {},
      cash: ['main'],
    });
    expect(days.days.map(day => day.profit)).toEqual([0, 0, 100, -200, 0]);
    expect(days.days.at(-1)?.timeWeighted).toBe(0);
    expect(contributionLines(days)).toEqual(['cash price 0 income 1 costs 2 profit -1']);
  });
});

describe('portfolios combined', () => {
  it('each keep their own rule, and units that move between them cancel', () => {
    const entries = [
      ...entriesOf([
        'deposit 1000 on 2026-03-02',
        'buy 100 ABC @ 10 on 2026-03-02',
        'transfer-out 50 ABC on 2026-03-04',
      ]),
      ...entriesOf(
        ['buy 10 ABC @ 10 on 2026-03-02', 'transfer-in 50 ABC cost 500 acquired 2026-03-02 on 2026-03-04'],
        'other',
      ).map(entry => ({ ...entry, id: `other ${entry.id}` })),
    ];
    const days = daysOfEntries(entries, { ...week, market: abc, cash: ['main'] });
    expect(dayLines(days).slice(0, 3)).toEqual([
      '03-02 V 1100 D 1100 W 0 P 0 r 0.000%',
      '03-03 V 1210 D 0 W 0 P 110 r 10.000%',
      '03-04 V 1320 D 0 W 0 P 110 r 9.091%',
    ]);
  });
});

describe('units that come and go without money', () => {
  it('count at the market value of their day', () => {
    const days = daysOf(
      ['opening 100 ABC cost 400 acquired 2020-01-06 on 2026-03-03', 'transfer-out 50 ABC on 2026-03-05'],
      { ...week, market: abc },
    );
    expect(dayLines(days)).toEqual([
      '03-02 V 0 D 0 W 0 P 0 r -',
      '03-03 V 1100 D 1100 W 0 P 0 r 0.000%',
      '03-04 V 1200 D 0 W 0 P 100 r 9.091%',
      '03-05 V 450 D 0 W 450 P -300 r -25.000%',
      '03-06 V 500 D 0 W 0 P 50 r 11.111%',
    ]);
  });

  it('a bonus and a split are no flow; a close carried over the split is restated', () => {
    const days = daysOf(
      ['buy 100 ABC @ 10 on 2026-03-02', 'split ABC 2:1 on 2026-03-04', 'bonus ABC 20 on 2026-03-06'],
      { ...week, market: { ABC: { '2026-03-02': '10', '2026-03-03': '11', '2026-03-05': '5.6', '2026-03-06': '5' } } },
    );
    expect(dayLines(days).slice(1)).toEqual([
      '03-03 V 1100 D 0 W 0 P 100 r 10.000%',
      '03-04 V 1100 D 0 W 0 P 0 r 0.000%',
      '03-05 V 1120 D 0 W 0 P 20 r 1.818%',
      '03-06 V 1100 D 0 W 0 P -20 r -1.786%',
    ]);
  });

  it('a rename is one security, whichever code the provider keeps its history under', () => {
    const lines = ['buy 100 ABC @ 10 on 2026-03-02', 'rename ABC to NEW on 2026-03-04'];
    const first = { '2026-03-02': '10', '2026-03-03': '11' };
    const then = { '2026-03-05': '12', '2026-03-06': '13' };
    const expected = [100, 0, 100, 100];
    for (const market of [{ ABC: first, NEW: then }, { NEW: { ...first, ...then } }]) {
      const days = daysOf(lines, { ...week, market });
      expect(days.days.slice(1).map(day => day.profit / 100)).toEqual(expected);
      expect(contributionLines(days)).toEqual(['NEW price 300 income 0 costs 0 profit 300']);
      expect(days.days.every(day => day.held === 1 && day.unpriced.length === 0)).toBe(true);
    }
  });
});

describe('reorganisations', () => {
  it('a takeover paid in scrip goes on under the acquirer; only its cash is taken out', () => {
    const days = daysOf(
      ['buy 100 ABC @ 10 on 2026-03-02', 'rollover ABC into NEW 1:2 cash 100 worth 1100 on 2026-03-04'],
      {
        ...week,
        market: { ABC: abc.ABC, NEW: { '2026-03-04': '22', '2026-03-06': '23' } },
      },
    );
    expect(dayLines(days).slice(2)).toEqual([
      '03-04 V 1100 D 0 W 100 P 100 r 9.091%',
      '03-05 V 1100 D 0 W 0 P 0 r 0.000%',
      '03-06 V 1150 D 0 W 0 P 50 r 4.545%',
    ]);
    expect(contributionLines(days)).toEqual(['NEW price 250 income 0 costs 0 profit 250']);
  });

  it('of a demerger nothing flows: what the head loses its child has', () => {
    const days = daysOf(['buy 100 ABC @ 10 on 2026-03-02', 'demerger ABC into NEW 50 cost 20% on 2026-03-05'], {
      ...week,
      market: { ABC: abc.ABC, NEW: { '2026-03-05': '6', '2026-03-06': '7' } },
    });
    expect(dayLines(days).slice(3)).toEqual([
      '03-05 V 1200 D 0 W 0 P 0 r 0.000%',
      '03-06 V 1350 D 0 W 0 P 150 r 12.500%',
    ]);
  });
});

describe('without a price', () => {
  const late = { ...abc, XYZ: { '2026-03-04': '6', '2026-03-06': '7' } };
  const lines = ['buy 100 ABC @ 10 on 2026-03-02', 'buy 10 XYZ @ 5 fee 1 on 2026-03-03'];

  it('a security is in neither value nor flows, then comes in at what was paid for it', () => {
    const days = daysOf(lines, { ...week, market: late });
    expect(dayLines(days)).toEqual([
      '03-02 V 1000 D 1000 W 0 P 0 r 0.000%',
      '03-03 V 1100 D 0 W 0 P 100 r 10.000% no price XYZ',
      '03-04 V 1260 D 51 W 0 P 109 r 9.470%',
      '03-05 V 960 D 0 W 0 P -300 r -23.810%',
      '03-06 V 1070 D 0 W 0 P 110 r 11.458%',
    ]);
    expect(days.broughtIn).toEqual([{ code: 'XYZ', on: '2026-03-04', amount: 5100, at: 'cost' }]);
    expect(contributionLines(days)[0]).toBe('XYZ price 20 income 0 costs 1 profit 19');
  });

  it('what a cash account pays for it has left the portfolio until then', () => {
    const days = daysOf(['deposit 2000 on 2026-03-02', ...lines], { ...week, market: late, cash: ['main'] });
    expect(dayLines(days).slice(1, 3)).toEqual([
      '03-03 V 2049 D 0 W 51 P 100 r 5.000% no price XYZ',
      '03-04 V 2209 D 51 W 0 P 109 r 5.190%',
    ]);
    const profits = days.contributions.map(each => each.profit);
    expect(profits.reduce((a, b) => a + b)).toBe(days.days.reduce((total, day) => total + day.profit, 0));
  });

  it('is named when it never has one, and gone before any it stays out', () => {
    const lost = daysOf([...lines, 'sell 10 XYZ @ 8 on 2026-03-05'], { ...week, market: abc });
    expect(lost.neverPriced).toEqual(['XYZ']);
    expect(lost.days.map(day => day.unpriced.length)).toEqual([0, 1, 1, 0, 0]);
    expect(lost.days.every(day => day.outflow === 0)).toBe(true);
    expect(contributionLines(lost)).toEqual(['ABC price 0 income 0 costs 0 profit 0']);
  });

  it('units of unknown cost come in at the first market value', () => {
    const days = daysOf(['opening 10 XYZ cost unknown on 2026-03-02'], { ...week, market: late });
    expect(days.broughtIn).toEqual([{ code: 'XYZ', on: '2026-03-04', amount: 6000, at: 'market' }]);
    expect(days.days.map(day => day.profit / 100)).toEqual([0, 0, 0, 0, 10]);
  });
});

describe('days', () => {
  it('a day with entries on which the exchange is closed has its own record', () => {
    const days = daysOf(['buy 100 ABC @ 10 on 2026-03-06', 'buy 10 ABC @ 9 on 2026-03-07'], {
      from: '2026-03-06',
      to: '2026-03-10',
      market: abc,
    });
    expect(days.days.map(day => [day.date.slice(8), day.isTradingDay])).toEqual([
      ['06', true],
      ['07', false],
      ['09', true],
      ['10', true],
    ]);
    expect(dayLines(days)[1]).toBe('03-07 V 1100 D 90 W 0 P 10 r 0.917%');
  });

  it('a window in the middle starts from the value at the close before it', () => {
    const lines = ['buy 100 ABC @ 9.90 fee 10 on 2026-03-02', 'sell 40 ABC @ 9.50 fee 10 on 2026-03-05'];
    const days = daysOf(lines, { from: '2026-03-04', to: '2026-03-05', market: abc });
    expect([days.startValue, days.days.length]).toEqual([110_000, 2]);
    expect(contributionLines(days)).toEqual(['ABC price -180 income 0 costs 10 profit -190']);
  });

  it('nothing invested, or less than nothing, has no return', () => {
    const days = daysOf(['buy 100 ABC @ 10 on 2026-03-02', 'deposit 500 on 2026-03-03'], {
      ...week,
      market: abc,
      cash: ['main'],
    });
    expect(days.days.slice(0, 2).map(day => [day.value, day.timeWeighted])).toEqual([
      [0, undefined],
      [60_000, 0.2],
    ]);
    expect(daysOf([], { ...week, market: {} }).days.every(day => day.timeWeighted === undefined)).toBe(true);
  });

  it('an entry that the ledger refuses moves nothing', () => {
    const days = daysOf(['buy 10 ABC @ 10 on 2026-03-02', 'sell 20 ABC @ 10 on 2026-03-03'], { ...week, market: abc });
    expect(days.days.map(day => day.outflow)).toEqual([0, 0, 0, 0, 0]);
  });

  it('all lost is -100%; more than all is no return', () => {
    const setting = { ...week, market: abc, cash: ['main'] };
    const spent = daysOf(['deposit 100 on 2026-03-02', 'fee 100 on 2026-03-03'], setting);
    expect(spent.days[1]?.timeWeighted).toBe(-1);
    const owed = daysOf(['deposit 100 on 2026-03-02', 'fee 100.01 on 2026-03-03'], setting);
    expect(owed.days[1]).toMatchObject({ value: -1, profit: -10_001, timeWeighted: undefined });
  });

  it('interest of an account that is kept is income and no flow', () => {
    const lines = ['deposit 100 on 2026-03-02', 'interest 2 on 2026-03-03', 'withdraw 5 on 2026-03-04'];
    const days = daysOf(lines, { ...week, market: abc, cash: ['main'] });
    expect(days.days.map(day => [day.income, day.inflow, day.outflow]).slice(0, 3)).toEqual([
      [0, 10_000, 0],
      [200, 0, 0],
      [0, 0, 500],
    ]);
    expect(flowLines(days)).toEqual(['03-02 in 100 entry-001', '03-03 income 2 entry-002', '03-04 out 5 entry-003']);
  });

  it('contributions are by profit, those of the same profit by code, and idle ones are left out', () => {
    const flat = { '2026-03-02': '10' };
    const days = daysOf(
      ['CCC', 'AAA', 'UPP', 'BBB', 'DWN'].map(code => `buy 1 ${code} @ 10 on 2026-03-02`),
      {
        ...week,
        market: { AAA: flat, BBB: flat, CCC: flat, UPP: { ...flat, '2026-03-04': '11' }, DWN: { '2026-03-02': '9' } },
      },
    );
    expect(days.contributions.map(each => each.code)).toEqual(['UPP', 'AAA', 'BBB', 'CCC', 'DWN']);
    const before = daysOf(['buy 1 ABC @ 10 on 2026-02-02', 'sell 1 ABC @ 10 on 2026-02-03'], { ...week, market: abc });
    expect(before.contributions).toEqual([]);
  });
});

describe('the value of a day', () => {
  const of = (held: number, unpriced: number, value: number): boolean =>
    isValued({ held, unpriced: Array.from({ length: unpriced }, () => 'ABC' as Code), value });

  it('is unknown where all that is held has no price and there is no cash, and only there', () => {
    expect(of(2, 2, 0)).toBe(false);
    expect([of(0, 0, 0), of(2, 1, 0), of(2, 2, 100), of(2, 2, -100), of(2, 0, 0)]).toEqual(Array(5).fill(true));
  });
});

describe('the codes without a price', () => {
  const lines = [
    'buy 1 ABC @ 10 on 2026-02-27',
    'buy 1 XYZ @ 10 on 2026-02-27',
    'buy 1 LOST @ 10 on 2026-02-27',
    'sell 1 LOST @ 10 on 2026-03-04',
    'buy 1 LOST @ 10 on 2026-03-06',
  ];
  const market = { ABC: { '2026-02-27': '10' }, XYZ: { '2026-03-03': '5' } };

  it('are told from the first day on, though they were held before it, until they have one or are sold', () => {
    const days = daysOf(lines, { ...week, market });
    expect(days.days.map(day => day.unpriced)).toEqual([['XYZ', 'LOST'], ['LOST'], [], [], ['LOST']]);
    expect(days.neverPriced).toEqual(['LOST']);
    expect(days.days.map(day => day.held)).toEqual([3, 3, 2, 2, 3]);
  });

  it('are one list from a day to the next while nothing changes', () => {
    const { days } = daysOf(lines.slice(0, 3), { ...week, market: { ABC: market.ABC } });
    expect(days[0]?.unpriced).toEqual(['XYZ', 'LOST']);
    for (const day of days) expect(day.unpriced).toBe(days[0]?.unpriced);
  });
});
