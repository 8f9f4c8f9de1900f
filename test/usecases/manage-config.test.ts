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
      'eodhdUrl environment',
      'accountUrl default',
    ]);
    expect(viewSetting(app, 'chart')).toMatchObject({ value: 'braille', default: 'braille', env: undefined });
  });

  it('is written to the file, changed and taken out, and says what was there before', async () => {
    const app = await open();
    expect(existsSync(app.config.configPath)).toBe(false);
    expect(changeSetting(app, 'chart', 'block')).toEqual({ before: undefined });
    expect(changeSetting(app, 'theme', 'safe')).toEqual({ before: undefined });
    expect(written(app)).toEqual({ chart: 'block', theme: 'safe' });
    expect(viewSetting(app, 'chart').source).toBe('file');
    expect(changeSetting(app, 'chart', 'braille')).toEqual({ before: 'block' });
    expect(changeSetting(app, 'chart', undefined)).toEqual({ before: 'braille' });
    expect(written(app)).toEqual({ theme: 'safe' });
    expect(viewSetting(app, 'chart').source).toBe('default');
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
