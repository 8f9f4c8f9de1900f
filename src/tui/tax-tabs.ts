/** The tabs of tax and income in a line, the one in view in brackets. */
import { type TaxTab, taxTabs } from './state.ts';
import type { Line } from './text.ts';

const titles: Readonly<Record<TaxTab, string>> = {
  received: 'Income',
  calendar: 'Calendar',
  confirm: 'To confirm',
  gains: 'Capital gains',
  assessed: 'Tax income',
};

/** The tab `step` further; after the last comes the first. */
export function neighbourTaxTab(tab: TaxTab, step: 1 | -1): TaxTab {
  const count = taxTabs.length;
  return taxTabs[(taxTabs.indexOf(tab) + step + count) % count] ?? tab;
}

/** `waiting`: how many dividends wait to be recorded. */
export const taxTabsLine = (tab: TaxTab, waiting: number): Line =>
  taxTabs.map(each => {
    const title = each === 'confirm' && waiting > 0 ? `${titles[each]} ${waiting}` : titles[each];
    return each === tab ? { text: `[${title}]`, token: 'accent', bold: true } : { text: ` ${title} `, token: 'dim' };
  });
