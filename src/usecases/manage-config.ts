/** The settings: what holds, where it comes from, and changing what the config file says. */
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
  readonly source: 'environment' | 'file' | 'default';
  readonly default: string | undefined;
  readonly env: string | undefined;
  readonly description: string;
  readonly allowed: string;
};

export function viewSettings(app: App): Setting[] {
  const file = readConfigFile(app.config.configPath);
  return configKeys.map(({ key, default: fallback, env, description, allowed }) => {
    const given = env === undefined ? undefined : app.tokenPlaces.env[env];
    const source = given ? 'environment' : file[key] === undefined ? 'default' : 'file';
    return { key, value: app.config[key], source, default: fallback, env, description, allowed };
  });
}

export function viewSetting(app: App, name: string): Setting {
  const { key } = parseConfigKey(name);
  const found = viewSettings(app).find(setting => setting.key === key);
  if (!found) throw new Error(`The setting ${key} is not listed`);
  return found;
}

/** Writes a setting into the config file; undefined takes it out. Answers what the file said before. */
export function changeSetting(app: App, name: string, value: string | undefined): { before: string | undefined } {
  const key = parseConfigKey(name);
  const { configPath } = app.config;
  const file = readConfigFile(configPath);
  writeConfigFile(configPath, configWith(file, key, value));
  return { before: file[key.key] };
}
