import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../src/config.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'asxos-home-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const load = (env: Record<string, string> = {}, options: { dataDir?: string; platform?: string } = {}) =>
  loadConfig({ env, home, platform: 'linux', ...options });

const writeConfig = (text: string): string => {
  const path = join(home, 'settings.json');
  writeFileSync(path, text);
  return path;
};

describe('with nothing said', () => {
  test('has its defaults, frozen', () => {
    const config = load();
    expect(config).toEqual({
      dataDir: join(home, '.local/share/asxos'),
      demoDir: join(home, '.local/share/asxos/demo'),
      configPath: join(home, '.config/asxos/config.json'),
      keyPath: join(home, '.local/share/asxos/eodhd.key'),
      eodhdUrl: 'https://eodhd.com/api',
      accountUrl: undefined,
      accountUrlTrouble: undefined,
      now: undefined,
      problems: [],
      theme: 'auto',
      chart: 'braille',
      defaultPortfolio: undefined,
      benchmark: 'VAS',
      cashRatePct: '3.85',
      brokerageFlat: '9.95',
      brokeragePct: '0.1',
      minimumCash: '0',
      positionCapPct: undefined,
      rebalanceBandPct: '1',
      strongSellConfidence: '0.70',
      sellConfidence: '0.60',
      strongBuyConfidence: '0.80',
      buyConfidence: '0.70',
      trimAbovePct: '15',
      trimToPct: '12',
      modelAWeightPct: '60',
      'notify.desktop': 'auto',
      'notify.exec': undefined,
      'notify.webhook': undefined,
      'notify.webhookFormat': 'auto',
      'notify.minPriority': 'normal',
      'notify.allowPrivateAddresses': 'no',
      'schedule.fundamentals': 'yes',
      'schedule.signals': 'yes',
      'schedule.sync': 'yes',
      color: true,
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  test.skipIf(process.platform === 'win32').each([
    ['darwin', {}, 'Library/Application Support/asxos', 'Library/Application Support/asxos'],
    ['win32', {}, 'AppData/Local/asxos', 'AppData/Roaming/asxos'],
    ['linux', { XDG_DATA_HOME: 'relative', XDG_CONFIG_HOME: '' }, '.local/share/asxos', '.config/asxos'],
  ])('keeps its files where %s keeps them', (platform, env, data, config) => {
    const found = load(env, { platform });
    expect(found.dataDir).toBe(join(home, data));
    expect(found.configPath).toBe(join(home, config, 'config.json'));
  });

  test('follows XDG_DATA_HOME and XDG_CONFIG_HOME', () => {
    const config = load({ XDG_DATA_HOME: join(home, 'd'), XDG_CONFIG_HOME: join(home, 'c') });
    expect(config.dataDir).toBe(join(home, 'd/asxos'));
    expect(config.configPath).toBe(join(home, 'c/asxos/config.json'));
  });
});

describe('precedence', () => {
  test('option, environment, file, default', () => {
    const ASXOS_CONFIG = writeConfig(JSON.stringify({ dataDir: join(home, 'file'), theme: 'light' }));
    expect(load({ ASXOS_CONFIG })).toMatchObject({ dataDir: join(home, 'file'), theme: 'light', chart: 'braille' });
    const ASXOS_DATA_DIR = join(home, 'env');
    expect(load({ ASXOS_CONFIG, ASXOS_DATA_DIR }).dataDir).toBe(ASXOS_DATA_DIR);
    expect(load({ ASXOS_CONFIG, ASXOS_DATA_DIR }, { dataDir: join(home, 'option') }).dataDir).toBe(
      join(home, 'option'),
    );
    expect(load({ ASXOS_CONFIG, ASXOS_DATA_DIR: '' }).dataDir).toBe(join(home, 'file'));
  });

  test('relative folders of the option and the environment are made whole', () => {
    expect(load({}, { dataDir: 'here' }).dataDir).toBe(resolve('here'));
    expect(load({ ASXOS_DATA_DIR: 'there' }).dataDir).toBe(resolve('there'));
  });

  test('reads what the environment says', () => {
    const config = load({
      ASXOS_EODHD_URL: 'http://127.0.0.1:8799/api/',
      ASXOS_ACCOUNT_URL: 'https://example.org',
      ASXOS_NOW: '2024-09-30T10:00Z',
      NO_COLOR: '1',
    });
    expect(config).toMatchObject({
      eodhdUrl: 'http://127.0.0.1:8799/api',
      accountUrl: 'https://example.org',
      now: 1_727_690_400_000,
      color: false,
    });
  });

  test('an ASXOS_CONFIG that does not exist is an empty one', () => {
    const path = join(home, 'nowhere.json');
    expect(load({ ASXOS_CONFIG: path })).toMatchObject({ configPath: path, theme: 'auto' });
  });
});

describe('trouble', () => {
  test.each([
    [{ ASXOS_EODHD_URL: 'eodhd.com' }, 'ASXOS_EODHD_URL is "eodhd.com"'],
    [{ ASXOS_EODHD_URL: 'ftp://eodhd.com' }, 'ASXOS_EODHD_URL is "ftp://eodhd.com"'],
    [{ ASXOS_NOW: '2024-13-01' }, 'ASXOS_NOW is "2024-13-01", which is not an instant'],
  ])('%j', (env, message) => {
    expect(() => load(env)).toThrow(expect.objectContaining({ code: 'invalid-input', message }));
  });

  test.each([
    ['https://me:pw@example.org', 'https://…@example.org'],
    ['http://example.org', 'http://example.org'],
  ])('an address of the account server that may not be, %s, is kept from use, and ends nothing else', (url, shown) => {
    const path = writeConfig(JSON.stringify({ accountUrl: url, theme: 'dark' }));
    const { accountUrl, accountUrlTrouble, theme } = load({ ASXOS_CONFIG: path });
    expect([accountUrl, theme]).toEqual([undefined, 'dark']);
    expect(accountUrlTrouble).toMatchObject({ code: 'bad-file', message: `accountUrl in ${path} is "${shown}"` });
    const given = load({ ASXOS_ACCOUNT_URL: url });
    expect(given.accountUrl).toBeUndefined();
    expect(given.accountUrlTrouble).toMatchObject({
      code: 'invalid-input',
      message: `ASXOS_ACCOUNT_URL is "${shown}"`,
    });
  });

  test('an empty --data-dir is refused', () => {
    expect(() => load({}, { dataDir: '' })).toThrow('--data-dir is empty');
  });

  test('trouble in the file names the file', () => {
    const path = writeConfig('{"theme":"pink"}');
    expect(() => load({ ASXOS_CONFIG: path })).toThrow(`theme in ${path} is "pink"`);
  });

  test('a folder is not a config file', () => {
    mkdirSync(join(home, 'folder'));
    const path = join(home, 'folder');
    expect(() => load({ ASXOS_CONFIG: path })).toThrow(`Cannot read the config file ${path}: EISDIR`);
  });
});
