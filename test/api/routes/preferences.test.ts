import { expect, onTestFinished, test } from 'vitest';
import { viewPreferences } from '../../../src/usecases/manage-preferences.ts';
import { openConsoleApp } from '../../support/demo-console.ts';
import { openLocalApi } from '../../support/local-api.ts';

test('preferences are set and merged; what another program keeps among them stays, and the console reads what it knows', async () => {
  const { app, close } = await openConsoleApp({ demo: false });
  onTestFinished(close);
  const api = openLocalApi(app);
  const patch = (type: string, body: unknown) => api.send('PATCH', `/alerts/preferences/${type}`, { body });
  expect((await patch('portfolio_alert', { settings: { gain_pct: 25, sound: 'bell' } })).body).toEqual({
    alert_type: 'portfolio_alert',
    enabled: true,
    settings: { frequency: 'immediate', min_confidence: 0.7, loss_pct: 10, gain_pct: 25, sound: 'bell' },
  });
  expect((await patch('portfolio_alert', { enabled: false })).body.settings.sound).toBe('bell');
  const body = [
    { alert_type: 'drift_detected', enabled: false, settings: { frequency: 'weekly' } },
    { alert_type: 'model_update', enabled: false },
  ];
  const { preferences } = (await api.send('PUT', '/alerts/preferences', { body })).body;
  expect(preferences).toHaveLength(6);
  expect(preferences.slice(3)).toEqual([
    { alert_type: 'drift_detected', enabled: false, settings: { frequency: 'weekly' } },
    expect.objectContaining({ alert_type: 'portfolio_alert', enabled: false }),
    { alert_type: 'model_update', enabled: false, settings: { frequency: 'immediate', min_confidence: 0.7 } },
  ]);
  expect(
    viewPreferences(app)
      .filter(each => !each.enabled)
      .map(each => [each.type, each.frequency, each.gainPct]),
  ).toEqual([
    ['drift_detected', 'weekly', undefined],
    ['portfolio_alert', 'immediate', 25],
    ['model_update', 'immediate', undefined],
  ]);
});
