import { describe, expect, test } from 'vitest';
import { money } from '../../src/domain/decimal.ts';
import { changeSpans, moneyChange, pctCell, pctChange, shortDollars } from '../../src/tui/figures.ts';
import { plainText } from '../../src/tui/text.ts';

describe('changes', () => {
  test('sign, arrow and colour go together', () => {
    expect(moneyChange(money('1148.6'))).toEqual({ text: '+1,148.60', token: 'gain' });
    expect(moneyChange(money('-842'))).toEqual({ text: '-842.00', token: 'loss' });
    expect(pctChange(6.314)).toEqual({ text: '▲ 6.31%', token: 'gain' });
    expect(pctCell(-2.05)).toEqual({ text: '▼2.05', token: 'loss' });
    expect(plainText(changeSpans(money('-1204.5'), -0.29))).toBe('-1,204.50 ▼ 0.29%');
  });
  test('what rounds to nothing has no direction', () => {
    expect(pctCell(0.004)).toEqual({ text: '0.00' });
    expect(pctChange(0)).toEqual({ text: '0.00%' });
    expect(moneyChange(money('0.001'))).toEqual({ text: '0.00' });
  });
  test('unknown is a dash, not a zero', () => {
    expect([moneyChange(undefined), pctCell(undefined), pctChange(undefined)].map(each => each.text)).toEqual([
      '–',
      '–',
      '–',
    ]);
    expect(plainText(changeSpans(undefined, undefined))).toBe('–');
    expect(plainText(changeSpans(money('5'), undefined))).toBe('+5.00');
  });
});

test.each([
  [412_806.15, '412.8k'],
  [9_402, '9,402'],
  [1_250_000, '1.25m'],
  [2_500_000_000, '2.50b'],
  [-48_000, '-48.0k'],
  [0, '0'],
])('a chart writes %d as %s', (value, text) => {
  expect(shortDollars(value)).toBe(text);
});
