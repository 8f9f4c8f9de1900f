import { describe, expect, it } from 'vitest';
import { parseLocalDate } from '../../../src/domain/date.ts';
import { closedWeekdays, earlyCloses, holidaysByRule } from '../../../src/domain/market/holidays.ts';

const sorted = (days: ReadonlySet<string>): string[] => [...days].sort();

describe('the holiday rule', () => {
  it.each([2025, 2026, 2027])('foretells the published calendar of %i', year => {
    expect(sorted(holidaysByRule(year))).toEqual(sorted(closedWeekdays(year)));
  });

  it('knows Easter, early and late', () => {
    expect(holidaysByRule(2008).has(parseLocalDate('2008-03-21'))).toBe(true);
    expect(holidaysByRule(2008).has(parseLocalDate('2008-03-24'))).toBe(true);
    expect(holidaysByRule(2038).has(parseLocalDate('2038-04-23'))).toBe(true);
    expect(holidaysByRule(2038).has(parseLocalDate('2038-04-26'))).toBe(true);
  });

  it('moves Christmas and New Year off a weekend, past each other, but not 25 April', () => {
    expect(sorted(holidaysByRule(2021))).toEqual(
      ['01-01', '01-26', '04-02', '04-05', '06-14', '12-27', '12-28'].map(day => `2021-${day}`),
    );
    expect(sorted(holidaysByRule(2022))).toEqual(
      ['01-03', '01-26', '04-15', '04-18', '04-25', '06-13', '12-26', '12-27'].map(day => `2022-${day}`),
    );
  });

  it('counts 25 April once when it is Easter Monday', () => {
    expect(sorted(holidaysByRule(2011))).toEqual(
      ['01-03', '01-26', '04-22', '04-25', '06-13', '12-26', '12-27'].map(day => `2011-${day}`),
    );
  });
});

describe('dated days', () => {
  it.each(['1999-12-31', '2010-04-26', '2011-04-26', '2022-09-22'])('%s was closed beside the rule', text => {
    const date = parseLocalDate(text);
    expect(holidaysByRule(Number(text.slice(0, 4))).has(date)).toBe(false);
    expect(closedWeekdays(Number(text.slice(0, 4))).has(date)).toBe(true);
  });

  it('closes early on the 24th and 31st of December 2025 to 2027 alone', () => {
    expect(sorted(earlyCloses)).toEqual([2025, 2026, 2027].flatMap(year => [`${year}-12-24`, `${year}-12-31`]));
  });
});
