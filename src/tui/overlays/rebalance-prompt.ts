/** A line that Rebalance asks for: targets, new money, or the marginal tax rate. */
import { plain } from '../../domain/decimal.ts';
import { targetText } from '../../domain/rebalance/targets.ts';
import type { RebalanceView } from '../../usecases/view-rebalance.ts';
import type { RebalancePrompt } from '../overlay.ts';
import type { Line } from '../text.ts';
import { fieldLine } from '../text-field.ts';
import { promptMargin as margin, promptWidth, promptWords, troubleWords } from './prompt.ts';

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

export function promptLines(
  { asks, field, trouble }: RebalancePrompt,
  view: RebalanceView | undefined,
  options: { readonly width: number },
): Line[] {
  const width = promptWidth(options.width);
  const paragraph = (text: string): Line[] => promptWords(text, 'dim', width);
  const [words = '', ...examples] = help[asks];
  const groups = asks === 'targets' ? (view?.groups ?? []) : [];
  const now = groups.map(({ target }) => {
    const band = target.bandPct === undefined ? '' : `~${plain(target.bandPct)}`;
    return `${targetText(target).replace(/^sector /, 'sector:')}=${plain(target.weightPct)}${band}`;
  });
  return [
    [{ text: '  › ', token: 'accent', bold: true }, ...fieldLine(field, width - margin)],
    ...troubleWords(trouble, width),
    [],
    ...(now.length === 0 ? [] : [...paragraph(`now: ${now.join(' ')}`), []]),
    ...paragraph(words),
    ...examples.map((text): Line => [{ text: `${' '.repeat(margin + 2)}${text}`, token: 'dim' }]),
  ];
}
