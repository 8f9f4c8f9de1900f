import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignalBars } from '../../../src/domain/signals/bars.ts';
import { featureNames, securityFeatures } from '../../../src/domain/signals/features.ts';
import { type Panel, panelInSteps } from '../../../src/domain/signals/panel.ts';
import { finish } from '../../../src/domain/steps.ts';
import { barsOf, dayAt, randomBars, until } from './bars-of.ts';

const featurePanel = (...given: Parameters<typeof panelInSteps>): Panel => finish(panelInSteps(...given));

const open = { leastTurnover: 0, leastPrice: 0 };
const dates = (...places: number[]) => places.map(dayAt);
const rowOf = (panel: Panel, row: number) => [
  ...panel.values.subarray(row * featureNames.length, (row + 1) * featureNames.length),
];
const rowsOf = (panel: Panel) =>
  Array.from(panel.dateOf, (date, row) => `${panel.dates[date]} ${panel.codes[panel.codeOf[row] as number]}`);

describe('a panel', () => {
  const [a, b] = [randomBars(1, 300, { code: 'AAA' }), randomBars(2, 300, { code: 'BBB', first: 100 })];

  it('has a row for each date and security with a bar of that day, by date and then code', () => {
    const panel = featurePanel([b, a], dates(50, 250, 350), { gates: open });
    expect(panel.codes).toEqual(['AAA', 'BBB']);
    expect(rowsOf(panel)).toEqual([`${dayAt(50)} AAA`, `${dayAt(250)} AAA`, `${dayAt(250)} BBB`, `${dayAt(350)} BBB`]);
    expect([panel.rows, panel.values.length, panel.forward.length]).toEqual([4, 4 * featureNames.length, 4]);
  });

  it('has the very bits that one security on one date has, from bars that end there', () => {
    const securities = [a, b, randomBars(3, 700, { code: 'CCC' })];
    const places = [19, 120, 252, 253, 299, 399, 400, 650];
    const panel = featurePanel(securities, dates(...places), { gates: open });
    expect(panel.rows).toBeGreaterThan(15);
    for (let row = 0; row < panel.rows; row += 1) {
      const whole = securities[panel.codeOf[row] as number] as SignalBars;
      const date = panel.dates[panel.dateOf[row] as number] ?? dayAt(0);
      const place = whole.days.indexOf(Number(date.replaceAll('-', '')));
      const { values } = securityFeatures(until(whole, place), date);
      expect(rowOf(panel, row)).toEqual(featureNames.map(name => values[name] ?? Number.NaN));
    }
  });

  it('leaves out what trades too little, costs too little, has too few bars or was not believed that day', () => {
    const thin = barsOf(Array<number>(60).fill(2), { code: 'AAA', volume: Array<number>(60).fill(100) });
    const cheap = barsOf(Array<number>(60).fill(0.5), { code: 'BBB', volume: Array<number>(60).fill(1e8) });
    const fine = barsOf(Array<number>(60).fill(2), {
      code: 'CCC',
      volume: Array<number>(60).fill(1e7),
      confirmedLater: [dayAt(40)],
    });
    const panel = featurePanel([thin, cheap, fine], dates(18, 19, 40, 41));
    expect(rowsOf(panel)).toEqual([`${dayAt(19)} CCC`, `${dayAt(41)} CCC`]);
    expect(featurePanel([], dates(3)).rows).toBe(0);
    expect(featurePanel([fine], []).rows).toBe(0);
  });
});

describe('the forward return', () => {
  const line = (count: number, made = {}) =>
    barsOf(
      Array.from({ length: count }, (_, day) => 100 + day),
      made,
    );

  it('is the change of the close over the next 21 sessions', () => {
    const { forward } = featurePanel([line(60)], dates(30, 38, 39), { gates: open });
    expect(forward[0]).toBe(151 / 130 - 1);
    expect(forward[1]).toBe(159 / 138 - 1);
    expect(forward[2]).toBeNaN();
  });

  it('is known once the session is over, also of a security that did not trade on it', () => {
    const whole = line(60, { code: 'AAA' });
    const gone = { ...until(line(60), 35), code: 'BBB' as SignalBars['code'] };
    const panel = featurePanel([whole, gone], dates(30), { gates: open });
    expect([...panel.forward]).toEqual([151 / 130 - 1, 135 / 130 - 1]);
    expect([...featurePanel([gone], dates(30), { gates: open }).forward]).toEqual([Number.NaN]);
    const known = featurePanel([gone], dates(30), { gates: open, knownUntil: dayAt(51) });
    expect([...known.forward]).toEqual([135 / 130 - 1]);
  });

  it('never reaches beyond the 21st session over a gap', () => {
    const closes = [100, 101, 150];
    const gap = barsOf(closes, { days: dates(10, 11, 32) });
    const steady = line(60, { code: 'ZZZ' });
    const panel = featurePanel([gap, steady], dates(11, 32), { gates: { leastTurnover: 0, leastPrice: 0 } });
    // Too few bars for its own turnover: it needs twenty.
    expect(rowsOf(panel)).toEqual([`${dayAt(32)} ZZZ`]);
    const long = barsOf([...Array<number>(20).fill(100), 150], { days: dates(...Array(20).keys(), 42) });
    const behind = featurePanel([long, steady], dates(19), { gates: open });
    expect(behind.forward[0]).toBe(0);
  });

  it('law: of dates whose session is over it does not change with what comes later', () => {
    const bars = randomBars(9, 300);
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 270 }), fc.integer({ min: 0, max: 29 }), (place, more) => {
        const whole = featurePanel([bars], dates(place), { gates: open });
        const cut = featurePanel([until(bars, place + more)], dates(place), { gates: open });
        expect(cut.values).toEqual(whole.values);
        if (more >= 21) expect(cut.forward).toEqual(whole.forward);
        else expect(cut.forward[0]).toBeNaN();
      }),
    );
  });
});
