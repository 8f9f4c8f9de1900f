/** Drift: each input's stability index, and of the selected one its bins, then and now, and the runs before. */
import { sparkline, volumeRow } from '../../chart.ts';
import { wordsOfBin } from '../../domain/explain/drift.ts';
import { formatCount, formatDate, formatPct } from '../../format.ts';
import type { DriftView } from '../../usecases/view-signals.ts';
import { featureTitle } from '../../words/signal-words.ts';
import { beside, fitBlock, heading, indent } from '../blocks.ts';
import { selectedId } from '../list-model.ts';
import type { SignalsModel } from '../signals-model.ts';
import type { ListState } from '../state.ts';
import { displayWidth, type Line } from '../text.ts';
import { wrap } from '../wrap.ts';
import { paragraph } from './empty.ts';
import { listLines } from './list.ts';

type Room = { readonly width: number; readonly height: number };
type Reading = DriftView['readings'][number];

/** From here on the bins stand beside the list. */
export const driftPaneWidth = 110;
const paneWidth = 52;
const gap = 3;
const margin = 2;
const leastList = 6;
/** Of what is said of an input where its bins do not fit each in a line. */
const small = 6;

/** Lines of what stands beneath the list, a blank one before it. */
export function driftBelow({ drift }: SignalsModel, height: number): number {
  const bins = drift[0]?.readings[0]?.bins.length ?? 0;
  const wanted = bins + 5;
  return bins === 0 ? 0 : height - wanted >= leastList ? wanted : Math.max(0, Math.min(small, height - leastList));
}

export function driftScreen(model: SignalsModel, state: ListState, { width, height }: Room): Line[] {
  const { list, drift } = model;
  const [newest] = drift;
  if (newest === undefined || newest.readings.length === 0) {
    return [
      [],
      ...paragraph(
        'Drift asks whether the inputs of model A are still those that it learned from. It is measured by a run with a trained model, and the newest one has none.',
        width,
      ),
    ];
  }
  const reading = newest.readings.find(each => each.input === selectedId(list, state));
  if (width >= driftPaneWidth) {
    const listWidth = width - paneWidth - gap - margin;
    const left = listLines(list, state, new Set(), { width: listWidth, height });
    return beside(left, reading === undefined ? [] : readingLines(reading, drift, paneWidth, height), listWidth, gap);
  }
  const below = driftBelow(model, height);
  const listHeight = height - below;
  const lines = fitBlock(listLines(list, state, new Set(), { width, height: listHeight }), width, listHeight);
  if (reading === undefined || below === 0) return lines;
  const own = readingLines(reading, drift, width - 2 * margin, below - 1).map(line => indent(line, margin));
  return [...lines, [], ...own];
}

/** What is said of it, its bins, and what the runs before found, as far as there is room. */
function readingLines(reading: Reading, views: readonly DriftView[], width: number, height: number): Line[] {
  const { input, bins } = reading;
  const said = wrap(verdict(reading), width).map((text): Line => [{ text }]);
  const head: Line[] = [[...heading(input), { text: `  ${featureTitle(input)}`, token: 'dim' }], ...said];
  const history = historyLines(input, views, width);
  const bars = binLines(bins, width);
  if (head.length + bars.length > height) {
    return [...head, ...smallBins(bins), ...history.slice(0, 1)].slice(0, height);
  }
  const rest = height - head.length - bars.length;
  return [...head, ...bars, ...(rest > history.length ? [[], ...history] : history.slice(0, rest))];
}

function verdict({ psi, usual, drifting, reason, band, securities }: Reading): string {
  if (reason !== undefined) return `Not judged: ${reason}.`;
  if (psi === undefined) return 'Not judged.';
  const of = `of ${formatCount(securities, 'security', 'securities')}`;
  if (drifting) {
    return `Drifting: ${psi.toFixed(3)} ${of} is over .25, and over what 95% of the training's own windows had, ${usual?.toFixed(3)}.`;
  }
  if (band !== 'large') return `${band === 'stable' ? 'Stable' : 'Moderate'}: ${psi.toFixed(3)} ${of}.`;
  return `${psi.toFixed(3)} ${of} is large, and no drift: of the training's own windows 5% were over ${usual?.toFixed(3)}.`;
}

const barCells = 12;

/** `to -0.12   ██████ 10%   ████████ 14%`: the training period, then the latest 21 sessions. */
function binLines(bins: Reading['bins'], width: number): Line[] {
  const most = Math.max(0.01, ...bins.flatMap(bin => [bin.baseline, bin.latest]));
  const names = bins.map((_, index) => wordsOfBin(bins, index));
  const nameWidth = Math.max(...names.map(displayWidth));
  const cells = Math.max(3, Math.min(barCells, Math.floor((width - nameWidth - 14) / 2)));
  const bar = (share: number, token: 'benchmark' | 'chart'): Line => {
    const filled = share === 0 ? 0 : Math.max(1, Math.round((share / most) * cells));
    return [
      { text: '█'.repeat(filled) + ' '.repeat(cells - filled), token },
      { text: ` ${formatPct(share * 100, { places: 0 }).padStart(4)}` },
    ];
  };
  const title = `${' '.repeat(nameWidth + 2)}${'trained on'.padEnd(cells + 7)}latest 21 sessions`;
  return [
    [{ text: title, token: 'dim' }],
    ...bins.map(
      (bin, index): Line => [
        { text: (names[index] ?? '').padStart(nameWidth), token: 'dim' },
        { text: '  ' },
        ...bar(bin.baseline, 'benchmark'),
        { text: '  ' },
        ...bar(bin.latest, 'chart'),
      ],
    ),
  ];
}

const cellsOfBin = 3;

/** Both in a line of eighth blocks, on one scale. */
function smallBins(bins: Reading['bins']): Line[] {
  const shares = [...bins.map(bin => bin.baseline), ...bins.map(bin => bin.latest)];
  const drawn = volumeRow(
    shares.flatMap(share => Array<number>(cellsOfBin).fill(share)),
    shares.length * cellsOfBin,
  );
  const half = bins.length * cellsOfBin;
  return [
    [
      { text: 'trained on  ', token: 'dim' },
      { text: drawn.slice(0, half), token: 'benchmark' },
    ],
    [
      { text: 'latest 21   ', token: 'dim' },
      { text: drawn.slice(half), token: 'chart' },
    ],
  ];
}

/** The index of this input in each run, the oldest first; then the runs in words. */
function historyLines(input: string, views: readonly DriftView[], width: number): Line[] {
  const found = views.map(({ run, readings }) => ({ run, reading: readings.find(each => each.input === input) }));
  const values = found.toReversed().map(each => each.reading?.psi);
  const runs = found.map(({ run, reading }): Line => {
    const index = reading?.psi === undefined ? 'not judged' : reading.psi.toFixed(3);
    const says = reading?.drifting === true ? 'drifting' : (reading?.band ?? '');
    return [
      { text: `${formatDate(run.asOf).padStart(11)}  `, token: 'dim' },
      { text: index.padEnd(10) },
      { text: `  ${says}`.trimEnd(), ...(reading?.drifting === true ? { token: 'warning' as const } : {}) },
      { text: `  ${run.version}`, token: 'dim' },
    ];
  });
  const line: Line = [
    { text: `${formatCount(views.length, 'run')}  `, token: 'dim' },
    { text: sparkline(values, Math.min(24, width - 12)), token: 'chart' },
  ];
  return [line, ...runs];
}
