/** A run of the signals that goes on, in a line: what it does, how far it is, and how it is stopped. */
import { formatNumber } from '../../format.ts';
import type { SignalsWork } from '../state.ts';
import type { Line } from '../text.ts';

const cells = 20;

export function workLine({ what, done, total }: SignalsWork, width: number): Line {
  const filled = total === 0 ? 0 : Math.round((Math.min(done, total) / total) * cells);
  const count = total === 0 ? '' : ` ${formatNumber(done, { places: 0 })} of ${formatNumber(total, { places: 0 })}`;
  const bar: Line =
    total === 0 || width < 70
      ? []
      : [
          { text: '█'.repeat(filled), token: 'chart' },
          { text: '░'.repeat(cells - filled), token: 'rule' },
        ];
  return [
    { text: `  ↻ ${what} `, token: 'accent' },
    ...bar,
    { text: `${count} `, token: 'dim' },
    { text: ' esc', token: 'accent', bold: true },
    { text: ' stops it', token: 'dim' },
  ];
}
