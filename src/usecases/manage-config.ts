/**
 * The settings: what holds, where it comes from, and changing what the config file says. One that may hold a secret is
 * shown whole only to who asks for it by name.
 */
import type { App } from '../app.ts';
import {
  type ConfigName,
  configKeys,
  configWith,
  parseConfigKey,
  readConfigFile,
  writeConfigFile,
} from '../config-file.ts';

export type Setting = {
  readonly key: ConfigName;
  /** What holds now; undefined where nothing is set and there is no default. */
  readonly value: string | undefined;
  /** `value` without what may be a secret. */
  readonly shown: string | undefined;
  readonly source: 'environment' | 'file' | 'default';
  readonly default: string | undefined;
  readonly env: string | undefined;
  readonly description: string;
  readonly allowed: string;
  /** Where it is one of few. */
  readonly choices: readonly string[] | undefined;
  /** Whether a change holds at once; else from the next start on. */
  readonly isLive: boolean;
};

export function viewSettings(app: App): Setting[] {
  const file = readConfigFile(app.config.configPath);
  return configKeys.map(({ key, default: fallback, env, description, allowed, choices, shown }) => {
    const given = env === undefined ? undefined : app.tokenPlaces.env[env];
    const source = given ? 'environment' : file[key] === undefined ? 'default' : 'file';
    const value = app.config[key];
    const told = value === undefined || shown === undefined ? value : shown(value);
    return {
      key,
      value,
      shown: told,
      source,
      default: fallback,
      env,
      description,
      allowed,
      choices,
      isLive: isLiveSetting(key),
    };
  });
}

export function viewSetting(app: App, name: string): Setting {
  const { key } = parseConfigKey(name);
  const found = viewSettings(app).find(setting => setting.key === key);
  if (!found) throw new Error(`The setting ${key} is not listed`);
  return found;
}

/** Where data is kept, and whom prices come from, hold from the next start on. */
const isLiveSetting = (key: ConfigName): boolean => key !== 'dataDir' && key !== 'eodhdUrl';

type Changed = { readonly value: string | undefined; readonly before: string | undefined };

/** Writes a setting into the config file; undefined takes it out. Answers both as they may be shown. */
export function changeSetting(app: App, name: string, value: string | undefined): Changed {
  const key = parseConfigKey(name);
  const { configPath } = app.config;
  const file = readConfigFile(configPath);
  writeConfigFile(configPath, configWith(file, key, value));
  if (isLiveSetting(key.key)) app.rereadSetting(key.key);
  const told = (text: string | undefined): string | undefined =>
    text === undefined || key.shown === undefined ? text : key.shown(text);
  return { value: told(value), before: told(file[key.key]) };
}
