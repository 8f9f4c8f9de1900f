import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { changeSetting, viewSetting, viewSettings } from '../../src/usecases/manage-config.ts';
import { openTestApp } from '../support/app.ts';

const open = async (): Promise<App> => (await openTestApp()).app;
const written = (app: App): unknown => JSON.parse(readFileSync(app.config.configPath, 'utf8'));

describe('a setting', () => {
  it('comes from the environment, or is the default', async () => {
    const app = await open();
    const sources = viewSettings(app).map(({ key, source }) => `${key} ${source}`);
    expect(sources).toEqual([
      'dataDir environment',
      'theme default',
      'chart default',
      'defaultPortfolio default',
      'benchmark default',
      'cashRatePct default',
      'brokerageFlat default',
      'brokeragePct default',
      'minimumCash default',
      'positionCapPct default',
      'rebalanceBandPct default',
      'strongSellConfidence default',
      'sellConfidence default',
      'strongBuyConfidence default',
      'buyConfidence default',
      'trimAbovePct default',
      'trimToPct default',
      'modelAWeightPct default',
      'notify.desktop default',
      'notify.exec default',
      'notify.webhook default',
      'notify.webhookFormat default',
      'notify.minPriority default',
      'notify.allowPrivateAddresses default',
      'schedule.fundamentals default',
      'schedule.signals default',
      'schedule.sync default',
      'eodhdUrl environment',
      'accountUrl default',
    ]);
    expect(viewSetting(app, 'chart')).toMatchObject({ value: 'braille', default: 'braille', env: undefined });
  });

  it('is written to the file, changed and taken out, and says what was there before', async () => {
    const app = await open();
    expect(existsSync(app.config.configPath)).toBe(false);
    expect(changeSetting(app, 'chart', 'block')).toEqual({ value: 'block', before: undefined });
    expect(changeSetting(app, 'theme', 'safe')).toEqual({ value: 'safe', before: undefined });
    expect(written(app)).toEqual({ chart: 'block', theme: 'safe' });
    expect(viewSetting(app, 'chart').source).toBe('file');
    expect(changeSetting(app, 'chart', 'braille')).toEqual({ value: 'braille', before: 'block' });
    expect(changeSetting(app, 'chart', undefined)).toEqual({ value: undefined, before: 'braille' });
    expect(written(app)).toEqual({ theme: 'safe' });
    expect(viewSetting(app, 'chart').source).toBe('default');
  });

  it('that may hold a secret is shown without it', async () => {
    const app = await open();
    const first = 'https://ntfy.sh/secret';
    expect(changeSetting(app, 'notify.webhook', first)).toEqual({ value: 'https://ntfy.sh/…', before: undefined });
    expect(changeSetting(app, 'notify.webhook', undefined).before).toBe('https://ntfy.sh/…');
    expect(changeSetting(app, 'notify.exec', "tell --token 'a secret'").value).toBe('tell …');
    expect(() => changeSetting(app, 'notify.webhook', 'ntfy.sh/secret')).toThrow('notify.webhook is "…"');
    expect(written(app)).toEqual({ 'notify.exec': "tell --token 'a secret'" });
  });

  it('that is none, or cannot be so, is refused, and the file stays as it was', async () => {
    const app = await open();
    changeSetting(app, 'theme', 'dark');
    expect(() => changeSetting(app, 'theme', 'pink')).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(() => changeSetting(app, 'colour', 'dark')).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(() => viewSetting(app, 'colour')).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(written(app)).toEqual({ theme: 'dark' });
  });
});
