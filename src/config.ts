/**
 * Settings: environment + JSON config file + the places where a system keeps such files -> one frozen `Config`.
 *
 * An option on the command line beats an environment variable, which beats the config file, which beats the default.
 * A config file that is absent is an empty one. The EODHD key is not a setting and is never read or written here.
 */
import { homedir, platform as osPlatform } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { ConfigFile, ConfigName } from './config-file.ts';
import {
  chartStyles,
  checked,
  desktopNotices,
  parseConfigKey,
  readConfigFile,
  themes,
  webhookFormats,
} from './config-file.ts';
import { type Priority, priorities } from './domain/alerts/notification.ts';
import type { Instant } from './domain/date.ts';
import { type Code, readCode } from './domain/market/security.ts';
import { Failure } from './failure.ts';
import { readFixedNow } from './host/system.ts';

export type Theme = (typeof themes)[number];
export type ChartStyle = (typeof chartStyles)[number];

export type Config = {
  readonly dataDir: string;
  /** The demo's own data directory, inside the data directory. */
  readonly demoDir: string;
  readonly configPath: string;
  /** Where the EODHD key is kept when the user asks for a file. */
  readonly keyPath: string;
  /** Without a slash at its end. */
  readonly eodhdUrl: string;
  readonly accountUrl: string | undefined;
  /** Why the address that is set is not used: whatever needs the account throws it. Nothing else is stopped by it. */
  readonly accountUrlTrouble: Failure | undefined;
  /** The instant at which the clock stands still (ASXOS_NOW). */
  readonly now: Instant | undefined;
  readonly theme: Theme;
  readonly chart: ChartStyle;
  readonly defaultPortfolio: string | undefined;
  /** What returns are measured against; undefined is nothing. */
  readonly benchmark: Code | undefined;
  /** Percent a year, as written. */
  readonly cashRatePct: string;
  /** What a rebalancing counts with; numbers as they are written. */
  readonly brokerageFlat: string;
  readonly brokeragePct: string;
  readonly minimumCash: string;
  readonly positionCapPct: string | undefined;
  readonly rebalanceBandPct: string;
  /** The edges of a rebalancing by signals. */
  readonly strongSellConfidence: string;
  readonly sellConfidence: string;
  readonly strongBuyConfidence: string;
  readonly buyConfidence: string;
  readonly trimAbovePct: string;
  readonly trimToPct: string;
  /** Percent of the ensemble, as written. */
  readonly modelAWeightPct: string;
  readonly 'notify.desktop': (typeof desktopNotices)[number];
  /** A command line that no shell reads. */
  readonly 'notify.exec': string | undefined;
  /** It may hold a secret. */
  readonly 'notify.webhook': string | undefined;
  readonly 'notify.webhookFormat': (typeof webhookFormats)[number];
  readonly 'notify.minPriority': Priority;
  readonly 'notify.allowPrivateAddresses': string;
  /** yes or no. */
  readonly 'schedule.fundamentals': string;
  readonly 'schedule.signals': string;
  readonly 'schedule.sync': string;
  /** False when the environment says NO_COLOR. */
  readonly color: boolean;
  /** What is wrong with the settings, where that was not to end the program: see `loadConfig`. */
  readonly problems: readonly string[];
};

/**
 * Everything the program is told from outside, checked once. `dataDir` is the option `--data-dir`. With `anyhow` a file or
 * a variable that cannot be used is left out and told in `problems`, for the doctor; otherwise it is a Failure.
 */
export function loadConfig(options: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dataDir?: string | undefined;
  readonly home?: string;
  readonly platform?: string;
  readonly anyhow?: boolean | undefined;
}): Config {
  const { env, home = homedir(), platform = osPlatform(), anyhow = false } = options;
  const problems: string[] = [];
  const orElse = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      if (!anyhow || !(error instanceof Failure)) throw error;
      problems.push(error.hint === undefined ? error.message : `${error.message}. ${error.hint}`);
      return otherwise;
    }
  };
  const places = standardPlaces(env, home, platform);
  const configPath = env['ASXOS_CONFIG'] ? resolve(env['ASXOS_CONFIG']) : join(places.config, 'config.json');
  const file = orElse(() => readConfigFile(configPath), {});
  const setting = (name: ConfigName): string | undefined => {
    const key = parseConfigKey(name);
    const given = key.env === undefined ? undefined : env[key.env];
    if (key.env === undefined || given === undefined || given === '') return file[name] ?? key.default;
    const text = name === 'dataDir' ? resolve(given) : given;
    return orElse(() => checked(key, text, key.env ?? name, 'invalid-input'), file[name] ?? key.default);
  };
  if (options.dataDir === '') {
    throw new Failure('invalid-input', '--data-dir is empty', { hint: 'Name a folder, like --data-dir ./portfolio.' });
  }
  const dataDir = options.dataDir === undefined ? (setting('dataDir') ?? places.data) : resolve(options.dataDir);
  return Object.freeze({
    dataDir,
    demoDir: join(dataDir, 'demo'),
    configPath,
    keyPath: join(dataDir, 'eodhd.key'),
    eodhdUrl: withoutSlash(setting('eodhdUrl') ?? ''),
    ...accountAddress(env, file, configPath),
    now: readFixedNow(env),
    theme: themes.find(theme => theme === setting('theme')) ?? 'auto',
    chart: chartStyles.find(chart => chart === setting('chart')) ?? 'braille',
    defaultPortfolio: setting('defaultPortfolio'),
    benchmark: optional(setting('benchmark'), text => (text === 'none' ? undefined : readCode(text))),
    cashRatePct: setting('cashRatePct') ?? '',
    brokerageFlat: setting('brokerageFlat') ?? '0',
    brokeragePct: setting('brokeragePct') ?? '0',
    minimumCash: setting('minimumCash') ?? '0',
    positionCapPct: setting('positionCapPct'),
    rebalanceBandPct: setting('rebalanceBandPct') ?? '0',
    strongSellConfidence: setting('strongSellConfidence') ?? '',
    sellConfidence: setting('sellConfidence') ?? '',
    strongBuyConfidence: setting('strongBuyConfidence') ?? '',
    buyConfidence: setting('buyConfidence') ?? '',
    trimAbovePct: setting('trimAbovePct') ?? '',
    trimToPct: setting('trimToPct') ?? '',
    modelAWeightPct: setting('modelAWeightPct') ?? '',
    'notify.desktop': desktopNotices.find(each => each === setting('notify.desktop')) ?? 'auto',
    'notify.exec': setting('notify.exec'),
    'notify.webhook': setting('notify.webhook'),
    'notify.webhookFormat': webhookFormats.find(each => each === setting('notify.webhookFormat')) ?? 'auto',
    'notify.minPriority': priorities.find(each => each === setting('notify.minPriority')) ?? 'normal',
    'notify.allowPrivateAddresses': setting('notify.allowPrivateAddresses') ?? 'no',
    'schedule.fundamentals': setting('schedule.fundamentals') ?? 'yes',
    'schedule.signals': setting('schedule.signals') ?? 'yes',
    'schedule.sync': setting('schedule.sync') ?? 'yes',
    color: !env['NO_COLOR'],
    problems,
  });
}

/** No secret goes over plain http off this machine, and who needs no account is not stopped by its address. */
function accountAddress(
  env: Readonly<Record<string, string | undefined>>,
  file: ConfigFile,
  configPath: string,
): Pick<Config, 'accountUrl' | 'accountUrlTrouble'> {
  const key = parseConfigKey('accountUrl');
  const given = env['ASXOS_ACCOUNT_URL'];
  const isGiven = given !== undefined && given !== '';
  const text = isGiven ? given : file.accountUrl;
  if (text === undefined) return { accountUrl: undefined, accountUrlTrouble: undefined };
  try {
    const url = isGiven
      ? checked(key, text, 'ASXOS_ACCOUNT_URL', 'invalid-input')
      : checked(key, text, `accountUrl in ${configPath}`, 'bad-file');
    return { accountUrl: withoutSlash(url), accountUrlTrouble: undefined };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { accountUrl: undefined, accountUrlTrouble: error };
  }
}

/** Folders by the XDG base directory specification, or by the habit of macOS and Windows. */
function standardPlaces(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  platform: string,
): { data: string; config: string } {
  // The specification has a relative path ignored.
  const folder = (name: string, otherwise: string) => {
    const given = env[name];
    return join(given !== undefined && isAbsolute(given) ? given : otherwise, 'asxos');
  };
  if (platform === 'darwin') {
    const support = join(home, 'Library', 'Application Support', 'asxos');
    return { data: support, config: support };
  }
  if (platform === 'win32') {
    return {
      data: folder('LOCALAPPDATA', join(home, 'AppData', 'Local')),
      config: folder('APPDATA', join(home, 'AppData', 'Roaming')),
    };
  }
  return {
    data: folder('XDG_DATA_HOME', join(home, '.local', 'share')),
    config: folder('XDG_CONFIG_HOME', join(home, '.config')),
  };
}

const withoutSlash = (text: string): string => text.replace(/\/+$/, '');
const optional = <T>(value: string | undefined, of: (value: string) => T | undefined): T | undefined =>
  value === undefined ? undefined : of(value);
