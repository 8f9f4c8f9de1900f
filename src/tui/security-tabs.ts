/** The tabs of a security in a line, the one in view in brackets: `[Chart]  Parcels 3   Entries 12   Dividends`. */
import type { SecurityView } from '../usecases/view-security.ts';
import { type SecurityTab, securityTabs } from './state.ts';
import { type Line, lineWidth } from './text.ts';

const titles: Readonly<Record<SecurityTab, string>> = {
  chart: 'Chart',
  fundamentals: 'Fundamentals',
  votes: 'Signals',
  parcels: 'Parcels',
  entries: 'Entries',
  dividends: 'Dividends',
};

/** The tab `step` further; after the last comes the first. */
export function neighbourTab(tab: SecurityTab, step: 1 | -1): SecurityTab {
  const count = securityTabs.length;
  return securityTabs[(securityTabs.indexOf(tab) + step + count) % count] ?? tab;
}

/** Where it would not fit, without the counts, then closer together. */
export function tabsLine(
  tab: SecurityTab,
  { parcels, entries }: Pick<SecurityView, 'parcels' | 'entries'>,
  width = Number.POSITIVE_INFINITY,
): Line {
  const counts: Partial<Record<SecurityTab, number>> = { parcels: parcels.length, entries: entries.length };
  const whole = lineOf(tab, counts, ' ');
  if (lineWidth(whole) <= width) return whole;
  const uncounted = lineOf(tab, {}, ' ');
  return lineWidth(uncounted) <= width ? uncounted : lineOf(tab, {}, '');
}

/** `after` stands behind each tab that is not in view, in the place of its bracket. */
const lineOf = (tab: SecurityTab, counts: Partial<Record<SecurityTab, number>>, after: string): Line =>
  securityTabs.map(each => {
    const count = counts[each] ?? 0;
    const title = count === 0 ? titles[each] : `${titles[each]} ${count}`;
    return each === tab
      ? { text: `[${title}]`, token: 'accent', bold: true }
      : { text: ` ${title}${after}`, token: 'dim' };
  });
