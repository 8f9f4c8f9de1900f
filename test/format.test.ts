import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { day, hour, minute, parseLocalDate, sydneyInstant } from '../src/domain/date.ts';
import { decimal, money, plain, price, units } from '../src/domain/decimal.ts';
import {
  datesInWords,
  direction,
  formatAge,
  formatCount,
  formatDate,
  formatDateShort,
  formatDollars,
  formatFinancialYear,
  formatFreshness,
  formatMoney,
  formatNumber,
  formatPct,
  formatPrice,
  formatSydneyTime,
  formatUnits,
  formatWeekday,
  unknown,
} from '../src/format.ts';

const date = parseLocalDate;

describe('formatMoney', () => {
  test.each([
    ['1234.5', '1,234.50'],
    ['-1204.5', '-1,204.50'],
    ['0', '0.00'],
    ['999', '999.00'],
    ['1000', '1,000.00'],
    ['0.005', '0.01'],
    ['-0.005', '-0.01'],
    ['0.0049', '0.00'],
    ['-0.0049', '0.00'],
    ['999.995', '1,000.00'],
    ['123456789012345678901234.56', '123,456,789,012,345,678,901,234.56'],
  ])('%s is %s', (value, text) => {
    expect(formatMoney(money(value))).toBe(text);
  });

  it('writes a plus only when asked, and never on zero', () => {
    expect(formatMoney(money('88120.4'), { sign: true })).toBe('+88,120.40');
    expect(formatMoney(money('-1204.5'), { sign: true })).toBe('-1,204.50');
    expect(formatMoney(money('0'), { sign: true })).toBe('0.00');
    expect(formatMoney(money('0.001'), { sign: true })).toBe('0.00');
  });

  it('tells unknown from zero, and a negated zero is zero', () => {
    expect(formatMoney(undefined)).toBe('–');
    expect(formatMoney(undefined, { sign: true })).toBe(unknown);
    expect(formatMoney(money('0').neg() as ReturnType<typeof money>)).toBe('0.00');
  });

  it('rounds to whole dollars', () => {
    expect(formatMoney(money('2500.5'), { places: 0 })).toBe('2,501');
  });

  it('writes a number that reads back as its rounding', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), value => {
        const exact = decimal(String(value)).div(decimal('10000'));
        const text = formatMoney(money(exact.toFixed()));
        expect(text).toMatch(/^-?\d{1,3}(,\d{3})*\.\d\d$/);
        expect(plain(decimal(text.replaceAll(',', '')))).toBe(plain(exact.round(2)));
      }),
      { seed: 1 },
    );
  });
});

test('formatDollars puts the sign before the dollar', () => {
  expect(formatDollars(money('412806.15'))).toBe('$412,806.15');
  expect(formatDollars(money('-1204.5'))).toBe('-$1,204.50');
  expect(formatDollars(money('88120.4'), { sign: true })).toBe('+$88,120.40');
  expect(formatDollars(money('212.4'), { places: 0 })).toBe('$212');
  expect(formatDollars(undefined)).toBe('–');
});

test.each([
  ['43.2', '43.20'],
  ['98.76', '98.76'],
  ['1098.7', '1,098.70'],
  ['12.345', '12.345'],
  ['42.30125', '42.3013'],
  ['2', '2.00'],
  ['1.995', '1.995'],
  ['1.5', '1.500'],
  ['0.85', '0.850'],
  ['0.001', '0.001'],
  ['0.0005', '0.0005'],
  ['0', '0.000'],
  ['-0.25', '-0.250'],
])('formatPrice: %s is %s', (value, text) => {
  expect(formatPrice(price(value))).toBe(text);
});

test('formatPrice keeps to the places of its column', () => {
  expect(formatPrice(price('0.855'), { places: 2 })).toBe('0.86');
  expect(formatPrice(price('0.42'), { sign: true, places: 2 })).toBe('+0.42');
  expect(formatPrice(undefined)).toBe('–');
});

test.each([
  ['1050', '1,050'],
  ['0.5', '0.5'],
  ['100.00', '100'],
  ['1234567.12345678', '1,234,567.12345678'],
  ['0', '0'],
  ['-12', '-12'],
])('formatUnits: %s is %s', (value, text) => {
  expect(formatUnits(units(value))).toBe(text);
});
test('formatUnits tells unknown, and signs a change', () => {
  expect(formatUnits(undefined)).toBe('–');
  expect(formatUnits(units('25'), { sign: true })).toBe('+25');
});

describe('formatPct and formatNumber', () => {
  test.each([
    [27.1, '27.1%'],
    [-0.29, '-0.3%'],
    [0.15, '0.2%'],
    [1.005, '1.0%'],
    [-0.04, '0.0%'],
    [-0, '0.0%'],
    [1e-9, '0.0%'],
    [112.3, '112.3%'],
    [12345.67, '12,345.7%'],
    [1e21, '1,000,000,000,000,000,000,000.0%'],
    [undefined, '–'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('%s is %s', (value, text) => {
    expect(formatPct(value)).toBe(text);
  });

  it('takes its places, and a plus', () => {
    expect(formatPct(1.005, { places: 2 })).toBe('1.01%');
    expect(formatPct(54, { places: 0 })).toBe('54%');
    expect(formatPct(6.4, { sign: true })).toBe('+6.4%');
    expect(formatPct(0.01, { sign: true })).toBe('0.0%');
    expect(formatNumber(1.245)).toBe('1.25');
    expect(formatNumber(-1.2, { places: 3 })).toBe('-1.200');
    expect(formatNumber(undefined)).toBe('–');
  });
});

test('direction agrees with the figure beside it', () => {
  expect(direction(money('0.42'))).toBe('▲');
  expect(direction(money('-1204.5'))).toBe('▼');
  expect(direction(money('0'))).toBe('');
  expect(direction(-0.29)).toBe('▼');
  expect(direction(0.004)).toBe('');
  expect(direction(0.004, 3)).toBe('▲');
  expect(direction(undefined)).toBe('');
  expect(direction(Number.NaN)).toBe('');
});

test('dates', () => {
  expect(formatDate(date('2026-03-02'))).toBe('2 Mar 2026');
  expect(formatDate(date('1999-12-31'))).toBe('31 Dec 1999');
  expect(formatDate(undefined)).toBe('–');
  expect(formatDateShort(date('2026-01-26'))).toBe('26 Jan');
  expect(formatDateShort(undefined)).toBe('–');
  expect(formatWeekday(date('2026-03-02'))).toBe('Mon');
  expect(formatWeekday(date('2026-03-01'))).toBe('Sun');
});

test('formatSydneyTime follows daylight saving', () => {
  expect(formatSydneyTime(Date.UTC(2026, 0, 5, 0, 42))).toBe('11:42 AEDT');
  expect(formatSydneyTime(Date.UTC(2026, 6, 6, 1, 42))).toBe('11:42 AEST');
  expect(formatSydneyTime(Date.UTC(2026, 0, 4, 13, 5))).toBe('00:05 AEDT');
  expect(formatSydneyTime(undefined)).toBe('–');
});

test.each([
  [0, '0 min'],
  [-5 * minute, '0 min'],
  [59 * minute + 59_999, '59 min'],
  [hour, '1 h'],
  [day - 1, '23 h'],
  [3 * day, '3 d'],
  [1500 * day, '1,500 d'],
  [undefined, '–'],
])('formatAge: %s is %s', (age, text) => {
  expect(formatAge(age)).toBe(text);
});

describe('formatFreshness', () => {
  const friday = date('2026-02-27');
  const close = sydneyInstant(friday, 16 * 60 + 10);
  const monday = sydneyInstant(date('2026-03-02'), 9 * 60);
  const trading = sydneyInstant(friday, 11 * 60 + 42);

  it('is delayed while prices keep up with the feed', () => {
    expect(formatFreshness({ at: trading, now: trading + 20 * minute })).toBe('delayed 20 min · 11:42 AEDT');
    expect(formatFreshness({ at: trading, now: trading + minute, delay: 0 })).toBe('11:42 AEDT');
    expect(formatFreshness({ at: trading, now: trading + 30 * minute })).toBe('delayed 20 min · 11:42 AEDT');
    expect(formatFreshness({ at: trading, now: trading + 31 * minute })).toBe('prices as of 11:42 AEDT, 31 min old');
  });

  it('counts calendar days, and names the day', () => {
    expect(formatFreshness({ at: close, now: monday })).toBe('prices as of Fri 16:10, 3 d old');
    expect(formatFreshness({ at: close, now: close + 3 * hour })).toBe('prices as of 16:10 AEDT, 3 h old');
    expect(formatFreshness({ at: close, now: close + 8 * hour })).toBe('prices as of Fri 16:10, 1 d old');
    expect(formatFreshness({ at: close, now: close + 7 * day })).toBe('prices as of 27 Feb 16:10, 7 d old');
    expect(formatFreshness({ at: close, now: close + 365 * day })).toBe('prices as of 27 Feb 2026 16:10, 365 d old');
  });

  it('says offline, simulated, and that there is nothing yet', () => {
    expect(formatFreshness({ at: close, now: monday, offline: true })).toBe(
      'offline · prices as of Fri 16:10, 3 d old',
    );
    expect(formatFreshness({ at: trading, now: trading + 20 * minute, offline: true })).toBe(
      'offline · prices as of 11:42 AEDT, 20 min old',
    );
    expect(formatFreshness({ at: trading, now: trading, simulated: true })).toBe(
      'SIMULATED · delayed 20 min · 11:42 AEDT',
    );
    expect(formatFreshness({ at: undefined, now: monday })).toBe('no prices yet');
    expect(formatFreshness({ at: undefined, now: monday, offline: true })).toBe('offline · no prices yet');
  });
});

test('formatCount', () => {
  expect(formatCount(0, 'holding')).toBe('0 holdings');
  expect(formatCount(1, 'holding')).toBe('1 holding');
  expect(formatCount(1204, 'entry')).toBe('1,204 entries');
  expect(formatCount(2, 'day')).toBe('2 days');
  expect(formatCount(2, 'loss')).toBe('2 losses');
  expect(formatCount(2, 'was', 'were')).toBe('2 were');
});

test.each([
  [2026, 'FY2025–26'],
  [2000, 'FY1999–00'],
  [2010, 'FY2009–10'],
])('formatFinancialYear: %i is %s', (year, text) => {
  expect(formatFinancialYear(year)).toBe(text);
});

test('the days of a sentence are told as people read them, and nothing else is', () => {
  expect(datesInWords('no newer price than 2025-02-28, of 2025-02-30')).toBe(
    'no newer price than 28 Feb 2025, of 2025-02-30',
  );
});
