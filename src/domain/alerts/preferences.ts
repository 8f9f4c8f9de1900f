/**
 * What the owner wants to be told: for each type of alert whether at all, how often, and how sure the models must be.
 *
 * A notification belongs to the preference of its own type, but a change of signal to STRONG_BUY or STRONG_SELL to one of
 * its own. One that is off is not written. `min_confidence` holds back a change of signal whose confidence is known to be
 * lower. It is 0 for `signal_change`: a BUY of the ensemble begins at 0.55, so that the 0.7 of the others would silence
 * every BUY and SELL. `loss_pct` and `gain_pct` of `portfolio_alert` are the thresholds of the two alerts that everybody
 * has. The inbox has everything at once; `frequency` says when it goes out: at once, or in one message each evening or
 * each Monday. Notifications of the system have no preference and cannot be switched off.
 *
 * Settings are kept in snake case, as the account server has them; what another client put there besides is left alone.
 * Troubles a user sees: a name that is no type of alert, a frequency that is none, a number out of its range.
 */
import { Failure } from '../../failure.ts';
import { nearestName } from '../edit-distance.ts';
import { type AlertPreference, type AlertType, alertTypes, type NotificationDraft } from './notification.ts';

export const frequencies = ['immediate', 'daily', 'weekly'] as const;
export type Frequency = (typeof frequencies)[number];

/** `AlertPreference` with its settings read; percentages are of `portfolio_alert` alone. */
export type Preference = {
  readonly type: AlertType;
  readonly enabled: boolean;
  readonly frequency: Frequency;
  /** 0 to 1. */
  readonly minConfidence: number;
  readonly lossPct: number | undefined;
  readonly gainPct: number | undefined;
};

/** What is undefined stays as it is. */
export type PreferenceChange = {
  readonly [Field in Exclude<keyof Preference, 'type'>]?: Preference[Field] | undefined;
};

const defaultSettings = (type: AlertType): Readonly<Record<string, unknown>> => ({
  frequency: 'immediate',
  min_confidence: type === 'signal_change' ? 0 : 0.7,
  ...(type === 'portfolio_alert' ? { loss_pct: 10, gain_pct: 15 } : {}),
});

export const defaultPreference = (type: AlertType): AlertPreference => ({
  type,
  enabled: true,
  settings: defaultSettings(type),
});

export const defaultAlertPreferences: readonly AlertPreference[] = alertTypes.map(defaultPreference);

const isBetween = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most;
const isConfidence = (value: unknown): value is number => isBetween(value, 0, 1);
/** A holding can gain any percentage; it cannot lose more than all. */
const isLoss = (value: unknown): value is number => isBetween(value, 0, 100);
const isGain = (value: unknown): value is number => isBetween(value, 0, 10_000);

/** A setting that is missing or makes no sense, such as one that another client wrote, is the default. */
export function readPreference({ type, enabled, settings }: AlertPreference): Preference {
  const usual = defaultSettings(type);
  const number = (name: string, isRight: (value: unknown) => value is number): number | undefined =>
    [settings[name], usual[name]].find(isRight);
  const ofPortfolio = type === 'portfolio_alert';
  return {
    type,
    enabled,
    frequency: frequencies.find(each => each === settings['frequency']) ?? 'immediate',
    minConfidence: number('min_confidence', isConfidence) ?? 0,
    lossPct: ofPortfolio ? number('loss_pct', isLoss) : undefined,
    gainPct: ofPortfolio ? number('gain_pct', isGain) : undefined,
  };
}

/** The preference with a change made; thresholds are of `portfolio_alert` alone, and left alone elsewhere. */
export function changedPreference(stored: AlertPreference, change: PreferenceChange): AlertPreference {
  const { enabled = stored.enabled, frequency, minConfidence, lossPct, gainPct } = change;
  refuse('The confidence', minConfidence, isConfidence, 'a number from 0 to 1, like 0.7');
  refuse('The loss', lossPct, isLoss, 'a percentage from 0 to 100, like 10');
  refuse('The gain', gainPct, isGain, 'a percentage from 0 to 10000, like 15');
  const settings: Record<string, unknown> = { ...defaultSettings(stored.type), ...stored.settings };
  if (frequency !== undefined) settings['frequency'] = frequency;
  if (minConfidence !== undefined) settings['min_confidence'] = minConfidence;
  if (stored.type === 'portfolio_alert') {
    if (lossPct !== undefined) settings['loss_pct'] = lossPct;
    if (gainPct !== undefined) settings['gain_pct'] = gainPct;
  }
  return { type: stored.type, enabled, settings };
}

function refuse(what: string, value: number | undefined, isRight: (value: unknown) => boolean, right: string): void {
  if (value === undefined || isRight(value)) return;
  throw new Failure('invalid-input', `${what} is ${value}, which is not ${right}`);
}

export function parseAlertType(text: string): AlertType {
  const found = alertTypes.find(each => each === text.trim().toLowerCase().replaceAll('-', '_'));
  if (found !== undefined) return found;
  const nearest = nearestName(text, alertTypes);
  throw new Failure('invalid-input', `"${text}" is not a type of alert`, {
    hint:
      nearest === undefined
        ? `The types are ${alertTypes.join(', ')}; all is all of them.`
        : `Did you mean ${nearest}?`,
  });
}

/** The preference that a notification falls under; undefined for the system's. */
export function alertTypeOf({ type, data }: Pick<NotificationDraft, 'type' | 'data'>): AlertType | undefined {
  if (type === 'system') return undefined;
  if (type !== 'signal_change') return type;
  const to = data['to'];
  return to === 'STRONG_BUY' ? 'signal_strong_buy' : to === 'STRONG_SELL' ? 'signal_strong_sell' : 'signal_change';
}

/** Whether it is to be told, by the preference that it falls under. */
export function isWanted(draft: Pick<NotificationDraft, 'type' | 'data'>, preference: Preference): boolean {
  if (!preference.enabled) return false;
  const confidence = draft.data['confidence'];
  if (draft.type !== 'signal_change' || typeof confidence !== 'number') return true;
  return confidence >= preference.minConfidence;
}
