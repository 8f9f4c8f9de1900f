import { describe, expect, it } from 'vitest';
import { contributionLines, dayLines, daysOf, flowLines, moveLines } from './days-of.ts';

// A Monday to a Friday.
const week = { from: '2026-03-02', to: '2026-03-06' };
const bought = 'buy 100 ABC @ 10 on 2026-03-02';
const profits = (days: ReturnType<typeof daysOf>): number[] => days.days.map(day => day.profit / 100);
const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0);
const contributed = (days: ReturnType<typeof daysOf>): number => sum(days.contributions.map(each => each.profit)) / 100;

describe('a demerger', () => {
  // 100 ABC at 12 become 100 ABC at 9 and 20 NEW at 15.
  const lines = [bought, 'demerger ABC into NEW 20 cost 20% on 2026-03-04'];
  const head = { '2026-03-02': '10', '2026-03-03': '12', '2026-03-04': '9', '2026-03-06': '9.5' };

  it('moves value between two codes: no flow, no jump, and neither loss nor gain to either', () => {
    const days = daysOf(lines, { ...week, market: { ABC: head, NEW: { '2026-03-04': '15', '2026-03-06': '16' } } });
    expect(dayLines(days)).toEqual([
      '03-02 V 1000 D 1000 W 0 P 0 r 0.000%',
      '03-03 V 1200 D 0 W 0 P 200 r 20.000%',
      '03-04 V 1200 D 0 W 0 P 0 r 0.000%',
      '03-05 V 1200 D 0 W 0 P 0 r 0.000%',
      '03-06 V 1270 D 0 W 0 P 70 r 5.833%',
    ]);
    // ABC: 950 + 300 given - 1,000; NEW: 320 - 300 received.
    expect(contributionLines(days)).toEqual([
      'ABC price 250 income 0 costs 0 profit 250',
      'NEW price 20 income 0 costs 0 profit 20',
    ]);
    expect(days.broughtIn).toEqual([]);
  });

  it('is the same with a cash account', () => {
    const days = daysOf(['deposit 1000 on 2026-03-02', ...lines], {
      ...week,
      market: { ABC: head, NEW: { '2026-03-04': '15', '2026-03-06': '16' } },
      cash: ['main'],
    });
    expect(profits(days)).toEqual([0, 200, 0, 0, 70]);
    expect(contributionLines(days).slice(0, 2)).toEqual([
      'ABC price 250 income 0 costs 0 profit 250',
      'NEW price 20 income 0 costs 0 profit 20',
    ]);
  });

  it('whose new code has its first close later makes up for the fall then, and says so', () => {
    const days = daysOf(lines, { ...week, market: { ABC: head, NEW: { '2026-03-06': '16' } } });
    expect(profits(days)).toEqual([0, 200, -300, 0, 370]);
    // What it made until its first close is the head's.
    expect(contributionLines(days)[0]).toBe('ABC price 270 income 0 costs 0 profit 270');
    expect(days.broughtIn).toEqual([{ code: 'NEW', on: '2026-03-06', amount: 32_000, at: 'market' }]);
  });

  it('counts a split between the demerger and the first close', () => {
    const days = daysOf([...lines, 'split NEW 2:1 on 2026-03-05'], {
      ...week,
      market: { ABC: head, NEW: { '2026-03-06': '8' } },
    });
    expect(contributionLines(days)[0]).toBe('ABC price 270 income 0 costs 0 profit 270');
  });

  it('whose new units are sold before any price counts what they brought', () => {
    for (const cash of [[], ['main']]) {
      const days = daysOf(['deposit 1000 on 2026-03-02', ...lines, 'sell 20 NEW @ 14 on 2026-03-05'], {
        ...week,
        market: { ABC: head },
        cash,
      });
      expect(profits(days)).toEqual([0, 200, -300, 280, 50]);
      expect(contributed(days)).toBe(230);
    }
  });

  it('of a head without a price brings its share of the cost base in', () => {
    const days = daysOf(lines, {
      ...week,
      market: { ABC: { '2026-03-06': '9.5' }, NEW: { '2026-03-04': '15' } },
    });
    // 200 of the 1,000 went with NEW on the 4th, 800 come in with ABC on the 6th.
    expect(dayLines(days).slice(2)).toEqual([
      '03-04 V 300 D 200 W 0 P 100 r 50.000% no price ABC',
      '03-05 V 300 D 0 W 0 P 0 r 0.000% no price ABC',
      '03-06 V 1250 D 800 W 0 P 150 r 13.636%',
    ]);
  });
});

describe('a rollover', () => {
  // 100 ABC at 11 become 50 NEW at 18 and 200 in cash.
  const lines = [bought, 'rollover ABC into NEW 1:2 cash 200 worth 900 on 2026-03-04'];
  const market = { ABC: { '2026-03-02': '10', '2026-03-03': '11' }, NEW: { '2026-03-04': '18', '2026-03-06': '19' } };

  it('takes only its cash out', () => {
    const days = daysOf(lines, { ...week, market });
    expect(dayLines(days)).toEqual([
      '03-02 V 1000 D 1000 W 0 P 0 r 0.000%',
      '03-03 V 1100 D 0 W 0 P 100 r 10.000%',
      '03-04 V 900 D 0 W 200 P 0 r 0.000%',
      '03-05 V 900 D 0 W 0 P 0 r 0.000%',
      '03-06 V 950 D 0 W 0 P 50 r 5.556%',
    ]);
    // The acquirer's row goes on from the old one's: 950 + 200 - 1,000.
    expect(contributionLines(days)).toEqual(['NEW price 150 income 0 costs 0 profit 150']);
    expect(days.contributions[0]).toMatchObject({ putIn: 100_000, takenOut: 20_000 });
  });

  it('has its cash in the balance where there is an account', () => {
    const days = daysOf(['deposit 1000 on 2026-03-02', ...lines], { ...week, market, cash: ['main'] });
    expect(dayLines(days)[2]).toBe('03-04 V 1100 D 0 W 0 P 0 r 0.000%');
    expect(contributed(days)).toBe(150);
  });

  it('into a code without a price leaves at the last close and comes in again at the first', () => {
    const days = daysOf(lines, { ...week, market: { ...market, NEW: { '2026-03-06': '19' } } });
    expect(dayLines(days).slice(2)).toEqual([
      '03-04 V 0 D 0 W 1100 P 0 r 0.000% no price NEW',
      '03-05 V 0 D 0 W 0 P 0 r - no price NEW',
      '03-06 V 950 D 950 W 0 P 0 r 0.000%',
    ]);
    expect(contributed(days)).toBe(100);
  });

  it('of nothing held moves nothing', () => {
    const days = daysOf(lines.slice(1), { ...week, market });
    expect(days.days.every(day => day.outflow === 0 && day.profit === 0)).toBe(true);
  });
});

describe('a rename', () => {
  it('of a code without a price brings what was paid for it along', () => {
    const days = daysOf([bought, 'rename ABC to NEW on 2026-03-03'], {
      ...week,
      market: { NEW: { '2026-03-05': '12' } },
    });
    expect(dayLines(days).slice(3)).toEqual([
      '03-05 V 1200 D 1000 W 0 P 200 r 20.000%',
      '03-06 V 1200 D 0 W 0 P 0 r 0.000%',
    ]);
    expect(days.broughtIn).toEqual([{ code: 'NEW', on: '2026-03-05', amount: 100_000, at: 'cost' }]);
  });
});

describe('what changes a cost base alone', () => {
  it('moves nothing: an annual statement and an AMIT adjustment', () => {
    const days = daysOf([bought, 'statement ABC fy 2025 franked 50, amit-decrease 10', 'amit ABC -5 fy 2026'], {
      ...week,
      market: { ABC: { '2026-03-02': '10' } },
    });
    expect(profits(days)).toEqual([0, 0, 0, 0, 0]);
    expect(contributionLines(days)).toEqual(['ABC price 0 income 0 costs 0 profit 0']);
  });
});

describe('a sale for less than its brokerage', () => {
  it('puts money in', () => {
    const days = daysOf([bought, 'sell 1 ABC @ 0.05 fee 9.95 on 2026-03-03'], {
      ...week,
      market: { ABC: { '2026-03-02': '10' } },
    });
    expect(dayLines(days)[1]).toBe('03-03 V 990 D 9.9 W 0 P -19.9 r -1.970%');
  });
});

describe('the ends of an exchange without a price', () => {
  const demerger = [bought, 'demerger ABC into NEW 20 cost 20% on 2026-03-04'];
  const head = { '2026-03-02': '10', '2026-03-03': '12', '2026-03-04': '9', '2026-03-06': '9.5' };

  it('a demerger moves the value of the units from row to row, and no money', () => {
    const days = daysOf(demerger, { ...week, market: { ABC: head, NEW: { '2026-03-04': '15' } } });
    expect(flowLines(days)).toEqual(['03-02 in 1000 entry-001']);
    expect(moveLines(days)).toEqual([
      '03-02 ABC in 1000 out 0 income 0 costs 0 entry-001',
      '03-04 ABC in 0 out 300 income 0 costs 0 entry-002',
      '03-04 NEW in 300 out 0 income 0 costs 0 entry-002',
    ]);
  });

  it('demerged units that are held and never priced leave the fall to the head', () => {
    const days = daysOf(demerger, { ...week, market: { ABC: head } });
    expect(profits(days)).toEqual([0, 200, -300, 0, 50]);
    expect(moveLines(days)).toEqual(['03-02 ABC in 1000 out 0 income 0 costs 0 entry-001']);
    expect(days.neverPriced).toEqual(['NEW']);
  });

  it('demerged units that are sold before any price count as what they brought, income and brokerage with it', () => {
    const days = daysOf(
      [...demerger, 'dividend NEW 6 withheld 1 on 2026-03-05', 'sell 20 NEW @ 14 fee 10 on 2026-03-05'],
      { ...week, market: { ABC: head } },
    );
    // 5 and 270.
    expect(flowLines(days)).toEqual(['03-02 in 1000 entry-001', '03-05 out 275 entry-002', '03-05 income 6 entry-002']);
    expect(moveLines(days).slice(1)).toEqual([
      '03-05 NEW in 0 out 275 income 6 costs 11 entry-002',
      '03-05 ABC in 0 out 275 income 0 costs 0 entry-002',
      '03-05 NEW in 275 out 0 income 0 costs 0 entry-002',
    ]);
    expect(profits(days)).toEqual([0, 200, -300, 275, 50]);
    expect(contributed(days)).toBe(225);
  });

  it('what such a sale brought is not told where units of unknown cost were in it, or dearer ones', () => {
    for (const line of ['opening 5 NEW cost unknown on 2026-03-04', 'buy 5 NEW @ 100 on 2026-03-04']) {
      const days = daysOf([...demerger, line, 'sell 25 NEW @ 14 on 2026-03-05'], { ...week, market: { ABC: head } });
      expect(profits(days)).toEqual([0, 200, -300, 0, 50]);
      expect(flowLines(days)).toEqual(['03-02 in 1000 entry-001']);
    }
  });

  it('of units that were demerged and bought each come in their own way', () => {
    const market = { ABC: head, NEW: { '2026-03-06': '8' } };
    const lines = ['buy 10 NEW @ 15 on 2026-03-02', 'split NEW 2:1 on 2026-03-03', ...demerger];
    const days = daysOf(lines, { ...week, market });
    // The split was before the 20 came: at 8 they are 160, and make up for the head's fall; the others cost 150.
    expect(days.broughtIn).toEqual([
      { code: 'NEW', on: '2026-03-06', amount: 15_000, at: 'cost' },
      { code: 'NEW', on: '2026-03-06', amount: 16_000, at: 'market' },
    ]);
    expect(flowLines(days)).toContain('03-06 in 150 NEW comes in with its first price, at what was paid for it');
    expect(contributionLines(days)).toEqual([
      'ABC price 110 income 0 costs 0 profit 110',
      'NEW price 10 income 0 costs 0 profit 10',
    ]);
    // Of unknown cost they come in at their own market value, 10 x 8.
    const opened = ['opening 10 NEW cost unknown on 2026-03-02', ...demerger];
    expect(daysOf(opened, { ...week, market }).broughtIn[0]).toEqual({
      code: 'NEW',
      on: '2026-03-06',
      amount: 8000,
      at: 'market',
    });
  });

  it('of an old code without a price and of unknown cost the new one comes in at its market value', () => {
    const opened = 'opening 100 ABC cost unknown on 2026-03-02';
    const renamed = daysOf([opened, 'rename ABC to NEW on 2026-03-03'], {
      ...week,
      market: { NEW: { '2026-03-05': '12' } },
    });
    expect(renamed.broughtIn).toEqual([{ code: 'NEW', on: '2026-03-05', amount: 120_000, at: 'market' }]);
    expect(profits(renamed)).toEqual([0, 0, 0, 0, 0]);
    const demerged = daysOf([opened, 'demerger ABC into NEW 20 cost 20% on 2026-03-04'], {
      ...week,
      market: { ABC: { '2026-03-06': '9.5' }, NEW: { '2026-03-04': '15' } },
    });
    expect(demerged.broughtIn).toEqual([
      { code: 'ABC', on: '2026-03-06', amount: 95_000, at: 'market' },
      { code: 'NEW', on: '2026-03-04', amount: 30_000, at: 'market' },
    ]);
    expect(profits(demerged)).toEqual([0, 0, 0, 0, 0]);
  });

  it('a head whose cost is not known and that came partly by purchase comes in at its market value', () => {
    const lines = ['buy 50 ABC @ 10 on 2026-03-02', 'opening 50 ABC cost unknown on 2026-03-02', demerger[1] ?? ''];
    const days = daysOf(lines, { ...week, market: { ABC: { '2026-03-06': '9.5' } } });
    expect(days.broughtIn).toEqual([{ code: 'ABC', on: '2026-03-06', amount: 95_000, at: 'market' }]);
  });

  it('nor is the cost of a head known that came partly by a rename of units of unknown cost', () => {
    const lines = [
      'opening 100 ABC cost unknown on 2026-03-02',
      'rename ABC to NEW on 2026-03-03',
      'buy 10 NEW @ 15 on 2026-03-03',
      'demerger NEW into KID 20 cost 20% on 2026-03-04',
    ];
    const days = daysOf(lines, { ...week, market: { NEW: { '2026-03-06': '9' } } });
    // Not 150 for the ten: how much of it went with the child is not known.
    expect(days.broughtIn).toEqual([
      { code: 'NEW', on: '2026-03-06', amount: 9000, at: 'market' },
      { code: 'NEW', on: '2026-03-06', amount: 90_000, at: 'market' },
    ]);
    expect(contributed(days)).toBe(0);
  });

  const rollover = [bought, 'rollover ABC into NEW 1:2 cash 200 worth 900 on 2026-03-04'];
  const market = { ABC: { '2026-03-02': '10', '2026-03-03': '11' }, NEW: { '2026-03-06': '19' } };

  it('a rollover into a code without a price flows out at the last close, less its cash, and in at the first', () => {
    const days = daysOf(rollover, { ...week, market });
    expect(flowLines(days)).toEqual([
      '03-02 in 1000 entry-001',
      '03-04 out 200 entry-002',
      '03-04 out 900 entry-002',
      '03-06 in 950 entry-002',
    ]);
    expect(days.broughtIn).toEqual([{ code: 'NEW', on: '2026-03-06', amount: 95_000, at: 'market' }]);
    // It never has one: what went out stays out.
    const never = daysOf(rollover, { ...week, market: { ABC: market.ABC } });
    expect(flowLines(never).slice(1)).toEqual(['03-04 out 200 entry-002', '03-04 out 900 entry-002']);
    expect(never.broughtIn).toEqual([]);
    expect(contributed(never)).toBe(100);
  });

  it('cash that is more than the last close leaves nothing to flow out', () => {
    const rich = [bought, 'rollover ABC into NEW 1:2 cash 1200 worth 10 on 2026-03-04'];
    const days = daysOf(rich, { ...week, market });
    expect(flowLines(days)).toEqual(['03-02 in 1000 entry-001', '03-04 out 1200 entry-002', '03-06 in 950 entry-002']);
  });

  it('of what was before the window only the first price is in it', () => {
    const days = daysOf(rollover, { from: '2026-03-05', to: '2026-03-06', market });
    expect(flowLines(days)).toEqual(['03-06 in 950 entry-002']);
    expect([days.startValue, contributed(days)]).toEqual([0, 0]);
    const gone = daysOf([...demerger, 'sell 20 NEW @ 14 on 2026-03-05'], {
      from: '2026-03-06',
      to: '2026-03-06',
      market: { ABC: head },
    });
    expect([flowLines(gone), moveLines(gone), contributed(gone)]).toEqual([[], [], 50]);
    const moved = daysOf(demerger, {
      from: '2026-03-05',
      to: '2026-03-06',
      market: { ABC: head, NEW: { '2026-03-04': '15' } },
    });
    expect([moveLines(moved), contributed(moved)]).toEqual([[], 50]);
  });
});
