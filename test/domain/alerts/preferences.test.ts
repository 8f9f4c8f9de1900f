import { describe, expect, it } from 'vitest';
import type { NotificationDraft } from '../../../src/domain/alerts/notification.ts';
import {
  alertTypeOf,
  changedPreference,
  defaultAlertPreferences,
  defaultPreference,
  isWanted,
  parseAlertType,
  readPreference,
} from '../../../src/domain/alerts/preferences.ts';

const change = (to: string, confidence?: number | null): Pick<NotificationDraft, 'type' | 'data'> => ({
  type: 'signal_change',
  data: { code: 'BHP', to, ...(confidence === undefined ? {} : { confidence }) },
});

describe('defaults', () => {
  it('are of six types, at once, sure to 0.7, with the thresholds of the two alerts that everybody has', () => {
    expect(defaultAlertPreferences.map(each => [each.type, each.enabled, each.settings])).toEqual([
      ['signal_strong_buy', true, { frequency: 'immediate', min_confidence: 0.7 }],
      ['signal_strong_sell', true, { frequency: 'immediate', min_confidence: 0.7 }],
      ['signal_change', true, { frequency: 'immediate', min_confidence: 0 }],
      ['drift_detected', true, { frequency: 'immediate', min_confidence: 0.7 }],
      ['portfolio_alert', true, { frequency: 'immediate', min_confidence: 0.7, loss_pct: 10, gain_pct: 15 }],
      ['model_update', true, { frequency: 'immediate', min_confidence: 0.7 }],
    ]);
  });
  it('take the place of what is missing or makes no sense', () => {
    const settings = { frequency: 'hourly', min_confidence: 7, loss_pct: 'ten', gain_pct: -1 };
    expect(readPreference({ type: 'portfolio_alert', enabled: false, settings })).toEqual({
      type: 'portfolio_alert',
      enabled: false,
      frequency: 'immediate',
      minConfidence: 0.7,
      lossPct: 10,
      gainPct: 15,
    });
    expect(readPreference({ type: 'model_update', enabled: true, settings: { loss_pct: 3 } }).lossPct).toBeUndefined();
  });
});

describe('a change', () => {
  it('leaves what it does not name, and what another client put there', () => {
    const stored = { type: 'model_update', enabled: true, settings: { frequency: 'weekly', colour: 'red' } } as const;
    expect(changedPreference(stored, { minConfidence: 0.5 }).settings).toEqual({
      frequency: 'weekly',
      min_confidence: 0.5,
      colour: 'red',
    });
    expect(changedPreference(stored, { enabled: false })).toMatchObject({ enabled: false });
  });
  it('of thresholds is of portfolio_alert alone', () => {
    const set = (type: 'portfolio_alert' | 'model_update') =>
      changedPreference(defaultPreference(type), { lossPct: 12.5 }).settings['loss_pct'];
    expect(set('portfolio_alert')).toBe(12.5);
    expect(set('model_update')).toBeUndefined();
  });
  it.each([
    [{ minConfidence: 1.1 }, 'The confidence is 1.1, which is not a number from 0 to 1, like 0.7'],
    [{ minConfidence: -0.1 }, 'The confidence is -0.1'],
    [{ lossPct: 101 }, 'The loss is 101, which is not a percentage from 0 to 100, like 10'],
    [{ gainPct: -1 }, 'The gain is -1'],
  ])('to %o is refused', (wrong, words) => {
    expect(() => changedPreference(defaultPreference('portfolio_alert'), wrong)).toThrow(words);
  });
});

describe('the preference that a notification falls under', () => {
  it('is that of its type, but for the two strong signals and the system', () => {
    expect(alertTypeOf(change('STRONG_BUY'))).toBe('signal_strong_buy');
    expect(alertTypeOf(change('STRONG_SELL'))).toBe('signal_strong_sell');
    expect(alertTypeOf(change('BUY'))).toBe('signal_change');
    expect(alertTypeOf({ type: 'signal_change', data: {} })).toBe('signal_change');
    expect(alertTypeOf({ type: 'drift_detected', data: { to: 'STRONG_BUY' } })).toBe('drift_detected');
    expect(alertTypeOf({ type: 'system', data: {} })).toBeUndefined();
  });
  it('holds back a signal that is known to be less sure', () => {
    const strong = readPreference(defaultPreference('signal_strong_buy'));
    expect(isWanted(change('STRONG_BUY', 0.7), strong)).toBe(true);
    expect(isWanted(change('STRONG_BUY', 0.699), strong)).toBe(false);
    expect(isWanted(change('STRONG_BUY', null), strong)).toBe(true);
    expect(isWanted(change('STRONG_BUY'), strong)).toBe(true);
    // A BUY begins at 0.55: the default of signal_change lets it pass.
    expect(isWanted(change('BUY', 0.55), readPreference(defaultPreference('signal_change')))).toBe(true);
  });
  it('asks no confidence of what is no signal', () => {
    const drift = readPreference(defaultPreference('drift_detected'));
    expect(isWanted({ type: 'drift_detected', data: { confidence: 0.1 } }, drift)).toBe(true);
    expect(isWanted({ type: 'drift_detected', data: {} }, { ...drift, enabled: false })).toBe(false);
  });
});

it('a type is read by its name, and a wrong one is told the nearest', () => {
  expect(parseAlertType(' Signal-Change ')).toBe('signal_change');
  expect(() => parseAlertType('signal_chnge')).toThrow('"signal_chnge" is not a type of alert');
});
