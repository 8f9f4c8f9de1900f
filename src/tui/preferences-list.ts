/** The alert preferences as rows, and what each is about. */
import type { AlertType } from '../domain/alerts/notification.ts';
import type { Preference } from '../domain/alerts/preferences.ts';
import { formatNumber, formatPct } from '../format.ts';
import { type ListModel, listRows, plainList } from './list-model.ts';
import type { TableColumn, TableRow } from './table.ts';

const columns: readonly TableColumn[] = [
  { id: 'told', title: '', kind: 'text', priority: 1 },
  { id: 'name', title: 'You are told of', kind: 'text', priority: 2 },
  { id: 'frequency', title: 'How often', kind: 'text', priority: 3 },
  { id: 'confidence', title: 'Sure from', kind: 'number', priority: 4 },
  { id: 'loss', title: 'Loss', kind: 'number', priority: 5, group: 'thresholds' },
  { id: 'gain', title: 'Gain', kind: 'number', priority: 6, group: 'thresholds' },
];

export const alertWords: Readonly<Record<AlertType, string>> = {
  signal_strong_buy: 'STRONG BUY',
  signal_strong_sell: 'STRONG SELL',
  signal_change: 'other changes of signal',
  drift_detected: 'drift of the inputs',
  portfolio_alert: 'alerts on what you hold',
  model_update: 'a model that was trained',
};

const frequencyWords = { immediate: 'at once', daily: 'each evening', weekly: 'each Monday' } as const;

/** Whether confidence decides anything of this type. */
export const asksConfidence = (type: AlertType): boolean => type.startsWith('signal_');

const rowOf = ({ type, enabled, frequency, minConfidence, lossPct, gainPct }: Preference): TableRow => {
  const pct = (value: number | undefined): string =>
    value === undefined ? '' : formatPct(value, { places: Number.isInteger(value) ? 0 : 1 });
  return {
    id: type,
    dim: !enabled,
    cells: {
      told: enabled ? { text: '●', token: 'accent' } : '○',
      name: alertWords[type],
      frequency: enabled ? frequencyWords[frequency] : 'never',
      confidence: asksConfidence(type) ? formatNumber(minConfidence, { places: 2 }) : '',
      loss: pct(lossPct),
      gain: pct(gainPct),
    },
  };
};

export const preferencesList = (rows: readonly Preference[]): ListModel =>
  plainList(listRows({ columns, rowOf, sorts: [] }, rows));
