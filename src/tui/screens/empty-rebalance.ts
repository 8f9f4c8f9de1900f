/** What the Rebalance screen says while there is nothing to decide: what it is for, and the key that fills it. */
import { sydneyDate } from '../../domain/date.ts';
import { isTrade } from '../../domain/rebalance/pending.ts';
import { formatDate } from '../../format.ts';
import type { RebalanceModel } from '../rebalance-model.ts';
import type { Line } from '../text.ts';
import { paragraph, steps } from './empty.ts';

const purpose =
  'Rebalance suggests the trades that bring a portfolio to the weights you want: whole units, brokerage, the parcels ' +
  'with the least tax, and cash that never falls below zero.';

export function emptyRebalance(model: RebalanceModel, width: number): Line[] {
  const { view, isCombined } = model;
  if (view === undefined) {
    return isCombined
      ? [
          [],
          ...paragraph(purpose, width),
          [],
          ...paragraph('It is of one portfolio: its own targets and its own cash.', width),
          [],
          ...steps([['p', 'choose the portfolio']], width),
        ]
      : [[], ...paragraph(`${purpose} There is no portfolio yet.`, width), [], ...steps([['a', 'add a trade']], width)];
  }
  if (view.groups.length === 0 && model.mode !== 'signals') {
    return [
      [],
      ...paragraph(`${purpose} ${view.portfolio.name} has no targets.`, width),
      [],
      ...steps(
        [
          ['t', 'set targets, as percent of securities and cash: CBA=10 VAS=40~3'],
          ['m', 'or follow the signals, which need none'],
        ],
        width,
      ),
      [],
      ...paragraph('or on the command line: asxos rebalance targets set CBA=10 VAS=40~3', width),
    ];
  }
  return [[], ...paragraph(nothingOpen(model), width), [], ...steps([['n', 'work out new suggestions']], width)];
}

function nothingOpen({ view }: RebalanceModel): string {
  const [first] = view?.run ?? [];
  if (view === undefined || first === undefined) return `${purpose} None were made yet.`;
  const made = formatDate(sydneyDate(first.createdAt));
  const open = view.run.some(row => isTrade(row) && row.status === 'pending');
  if (open) return `The suggestions of ${made} expired on ${formatDate(sydneyDate(first.expiresAt))}.`;
  return `The suggestions of ${made} are all decided.`;
}
