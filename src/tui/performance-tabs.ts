/** The tabs of Performance in a line, and its ranges, the ones in use in brackets. */
import { type PerformanceRange, type PerformanceTab, performanceRanges, performanceTabs } from './state.ts';
import type { Line, Span } from './text.ts';

const titles: Readonly<Record<PerformanceTab, string>> = {
  value: 'Value',
  months: 'Months',
  years: 'Years',
  holdings: 'Holdings',
  risk: 'Risk',
  correlation: 'Correlation',
};

const marked = (text: string, isOn: boolean): Span =>
  isOn ? { text: `[${text}]`, token: 'accent', bold: true } : { text: ` ${text} `, token: 'dim' };

export const performanceTabsLine = (tab: PerformanceTab): Line =>
  performanceTabs.map(each => marked(titles[each], each === tab));

export const performanceRangeLine = (range: PerformanceRange): Line =>
  performanceRanges.map(each => marked(each, each === range));
