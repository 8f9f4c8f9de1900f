/** The tabs of the signals in a line, and which rows of the ensemble are shown, those in use in brackets. */
import type { EnsembleFilter } from '../domain/signals/ensemble.ts';
import { type SignalsTab, signalsTabs } from './state.ts';
import type { Line, Span } from './text.ts';

const titles: Readonly<Record<SignalsTab, string>> = {
  modelA: 'Model A',
  modelB: 'Model B',
  ensemble: 'Ensemble',
  drift: 'Drift',
  card: 'Model card',
};

export const keeps = ['all', 'agreement', 'no-conflict'] as const satisfies readonly EnsembleFilter['keep'][];
const keepTitles: Readonly<Record<EnsembleFilter['keep'], string>> = {
  all: 'All',
  agreement: 'Agreement',
  'no-conflict': 'No conflict',
};

const marked = (text: string, isOn: boolean): Span =>
  isOn ? { text: `[${text}]`, token: 'accent', bold: true } : { text: ` ${text} `, token: 'dim' };

/** The tab `step` further; after the last comes the first. */
export function neighbourSignalsTab(tab: SignalsTab, step: 1 | -1): SignalsTab {
  const count = signalsTabs.length;
  return signalsTabs[(signalsTabs.indexOf(tab) + step + count) % count] ?? tab;
}

export const signalsTabsLine = (tab: SignalsTab): Line => signalsTabs.map(each => marked(titles[each], each === tab));

export const keepLine = (keep: EnsembleFilter['keep']): Line =>
  keeps.map(each => marked(keepTitles[each], each === keep));
