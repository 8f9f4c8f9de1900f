/** The risk tab: every figure with the days it is of or why it is unknown, what is held by sector and kind, warnings. */
import type { Part } from '../../domain/returns/allocation.ts';
import { harmless } from '../../domain/text.ts';
import { formatCount, formatDate, formatMoney, formatPct } from '../../format.ts';
import type { AnalysisView } from '../../usecases/view-analysis.ts';
import {
  exposureLines,
  formatRisk,
  isSaid,
  kindWords,
  oldSignalsLine,
  type RiskRow,
  riskRows,
  signalPartName,
} from '../../words/risk-rows.ts';
import { beside, heading } from '../blocks.ts';
import { displayWidth, type Line, shorten } from '../text.ts';
import { wrap } from '../wrap.ts';

const twoColumnsFrom = 106;
const rightWidth = 46;
const gap = 3;

export function riskLines(view: AnalysisView, width: number): Line[] {
  if (width < twoColumnsFrom) {
    return [...warningLines(view, width), ...figureLines(view, width), [], ...madeOfLines(view, width)];
  }
  const left = width - rightWidth - gap;
  const right = [...warningLines(view, rightWidth), ...madeOfLines(view, rightWidth)];
  return beside(figureLines(view, left), right, left, gap);
}

function warningLines({ concentrationWarnings }: AnalysisView, width: number): Line[] {
  const lines = concentrationWarnings.flatMap(({ message }) =>
    wrap(message, width - 2).map(
      (text, row): Line => [{ text: row === 0 ? '! ' : '  ', token: 'warning', bold: true }, { text }],
    ),
  );
  return lines.length === 0 ? [] : [...lines, []];
}

const valueWidth = 9;

function figureLines({ risk, cashRatePct }: AnalysisView, width: number): Line[] {
  const rows = riskRows(risk);
  const labelWidth = Math.max(...rows.map(row => row.label.length)) + 2;
  const cash = `Cash is taken to earn ${formatPct(cashRatePct, { places: 2 })} a year.`;
  return [
    ...rows.flatMap(row => figureLine(row, labelWidth, width)),
    ...wrap(cash, width).map((text): Line => [{ text, token: 'dim' }]),
  ];
}

function figureLine({ figure, label, of }: RiskRow, labelWidth: number, width: number): Line[] {
  const line: Line = [
    { text: label.padEnd(labelWidth), token: 'dim' },
    { text: formatRisk(figure, of).padStart(valueWidth) },
  ];
  const room = width - labelWidth - valueWidth - 2;
  if (of.reason !== undefined) {
    return [line, ...wrap(of.reason, width - 4).map((text): Line => [{ text: `    ${text}`, token: 'dim' }])];
  }
  const isOfHoldings = of.from === of.to;
  const count = formatCount(of.observations, isOfHoldings ? 'holding' : 'day');
  const window = isOfHoldings ? formatDate(of.to) : `${formatDate(of.from)} to ${formatDate(of.to)}`;
  const words = [`${count}, ${window}`, count].find(text => displayWidth(text) <= room);
  return [words === undefined ? line : [...line, { text: `  ${words}`, token: 'dim' }]];
}

function madeOfLines(view: AnalysisView, width: number): Line[] {
  const { allocation, signals } = view;
  const kinds = allocation.kinds.map(part => ({ ...part, name: part.name && kindWords[part.name] }));
  const said = isSaid(signals)
    ? signals.map(part => ({ ...part, name: `${part.codes.length} ${signalPartName(part)}` }))
    : [];
  const old = oldSignalsLine(signals);
  return [
    ...partLines('Sectors', allocation.sectors, width),
    ...partLines('Kinds', kinds, width),
    ...(said.length === 0 ? [] : partLines('Signals of the ensemble', said, width)),
    ...(old === undefined ? [] : [...wrap(old, width).map((text): Line => [{ text, token: 'dim' }]), []]),
    ...exposureLines(view).flatMap(text => wrap(text, width).map((line): Line => [{ text: line }])),
  ];
}

function partLines(title: string, parts: readonly Part[], width: number): Line[] {
  if (parts.length === 0) return [heading(title), [{ text: 'nothing that is held has a price', token: 'dim' }], []];
  const figures = parts.map(part => [formatPct(part.weightPct).padStart(7), formatMoney(part.value)] as const);
  const moneyWidth = Math.max(...figures.map(([, money]) => money.length));
  const nameWidth = Math.max(8, Math.min(26, width - 7 - 2 - moneyWidth - 2));
  return [
    heading(title),
    ...parts.map(({ name }, row): Line => {
      const [weight = '', money = ''] = figures[row] ?? [];
      const shown = shorten(harmless(name ?? 'unknown'), nameWidth);
      return [
        { text: shown + ' '.repeat(nameWidth - displayWidth(shown)) },
        { text: weight },
        { text: `  ${money.padStart(moneyWidth)}`, token: 'dim' },
      ];
    }),
    [],
  ];
}
