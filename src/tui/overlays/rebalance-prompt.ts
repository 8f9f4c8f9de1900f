/** A line that Rebalance asks for: targets, new money, or the marginal tax rate. */
import { plain } from '../../domain/decimal.ts';
import { targetText } from '../../domain/rebalance/targets.ts';
import type { RebalanceView } from '../../usecases/view-rebalance.ts';
import type { Line } from '../text.ts';
import { fieldLine } from '../text-field.ts';
import type { RebalancePrompt } from '../typed-overlays.ts';
import { wrap } from '../wrap.ts';

export const promptTitles: Readonly<Record<RebalancePrompt['asks'], string>> = {
  targets: 'Targets of',
  amount: 'New money for',
  rate: 'Marginal tax rate for',
};

const help: Readonly<Record<RebalancePrompt['asks'], readonly string[]>> = {
  targets: [
    'Percent of securities and cash together, of codes and GICS sectors; a band of points after ~. Targets that are not named stay.',
    'CBA=10 VAS=40~3 sector:Materials=20',
    'remove CBA, sector:Materials',
    'clear',
  ],
  amount: [
    'Dollars to spend on what is short of its target; nothing is sold. Left empty, the cash account is spent.',
    '5,000',
  ],
  rate: ['Percent. The tax of sales counts in what is suggested. Left empty, tax is not counted.', '39'],
};

const margin = 4;

export function promptLines(
  { asks, field, trouble }: RebalancePrompt,
  view: RebalanceView | undefined,
  options: { readonly width: number },
): Line[] {
  const width = Math.min(110, options.width - 2);
  const paragraph = (text: string, token: 'dim' | 'warning', mark = ''): Line[] =>
    wrap(`${mark}${text}`, width - margin).map(line => [{ text: `${' '.repeat(margin)}${line}`, token }]);
  const [words = '', ...examples] = help[asks];
  const groups = asks === 'targets' ? (view?.groups ?? []) : [];
  const now = groups.map(({ target }) => {
    const band = target.bandPct === undefined ? '' : `~${plain(target.bandPct)}`;
    return `${targetText(target).replace(/^sector /, 'sector:')}=${plain(target.weightPct)}${band}`;
  });
  return [
    [{ text: '  › ', token: 'accent', bold: true }, ...fieldLine(field, width - margin)],
    ...(trouble === undefined
      ? []
      : paragraph(
          trouble.hint === undefined ? trouble.message : `${trouble.message}. ${trouble.hint}`,
          'warning',
          '! ',
        )),
    [],
    ...(now.length === 0 ? [] : [...paragraph(`now: ${now.join(' ')}`, 'dim'), []]),
    ...paragraph(words, 'dim'),
    ...examples.map((text): Line => [{ text: `${' '.repeat(margin + 2)}${text}`, token: 'dim' }]),
  ];
}
