/** The choice of the portfolio that the console shows. */
import { visibleRows } from '../layout.ts';
import { fitText, type Line } from '../text.ts';
import type { PortfolioChoice } from '../views.ts';

export function portfolioLines(
  choices: readonly PortfolioChoice[],
  chosen: number,
  { width, height }: { readonly width: number; readonly height: number },
): Line[] {
  const { start, end } = visibleRows(chosen, 0, Math.max(1, height), choices.length, 1);
  return choices.slice(start, end).map((choice, row) => {
    const selected = start + row === chosen ? { selected: true, bold: true } : {};
    const words = choice.shown ? `${choice.label} · shown now` : choice.label;
    return [
      { text: start + row === chosen ? ' › ' : '   ', token: 'accent', ...selected },
      { text: fitText(words, Math.min(75, width - 3)), ...selected },
    ];
  });
}
