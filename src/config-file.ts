/**
 * The config file: a JSON object of text values, one for each setting that is not left at its default.
 */
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { programOf, readCommandLine } from './domain/alerts/command-line.ts';
import { priorities } from './domain/alerts/notification.ts';
import { isWebhookAddress, shownAddress } from './domain/alerts/webhook-address.ts';
import { nearestName } from './domain/edit-distance.ts';
import { readCode } from './domain/market/security.ts';
import { isLoopbackHost } from './domain/web-address.ts';
import { Failure } from './failure.ts';
import { reasonOf, writePrivateFile } from './host/private-file.ts';

export const themes = ['auto', 'dark', 'light', 'safe', 'mono'] as const;
export const chartStyles = ['braille', 'block'] as const;
export const desktopNotices = ['auto', 'off'] as const;
export const webhookFormats = ['auto', 'ntfy', 'slack', 'json'] as const;

/** The settings of a config file as written there; what is absent keeps its default. */
export type ConfigFile = Readonly<Partial<Record<ConfigName, string>>>;
export type ConfigName =
  | 'dataDir'
  | 'eodhdUrl'
  | 'accountUrl'
  | 'theme'
  | 'chart'
  | 'defaultPortfolio'
  | 'benchmark'
  | 'cashRatePct'
  | 'brokerageFlat'
  | 'brokeragePct'
  | 'minimumCash'
  | 'positionCapPct'
  | 'rebalanceBandPct'
  | 'strongSellConfidence'
  | 'sellConfidence'
  | 'strongBuyConfidence'
  | 'buyConfidence'
  | 'trimAbovePct'
  | 'trimToPct'
  | 'modelAWeightPct'
  | 'notify.desktop'
  | 'notify.exec'
  | 'notify.webhook'
  | 'notify.webhookFormat'
  | 'notify.minPriority'
  | 'notify.allowPrivateAddresses'
  | 'schedule.fundamentals'
  | 'schedule.signals'
  | 'schedule.sync';

export type ConfigKey = {
  readonly key: ConfigName;
  readonly description: string;
  readonly default: string | undefined;
  /** The environment variable that overrides it. */
  readonly env: string | undefined;
  /** What it may be, in words; and in so many, where it is one of few. */
  readonly allowed: string;
  readonly choices?: readonly string[];
  readonly isAllowed: (text: string) => boolean;
  /** It may hold a secret: what is shown of it. */
  readonly shown?: (text: string) => string;
};

const oneOf = (...values: readonly string[]) => ({
  allowed: values.join(', '),
  choices: values,
  isAllowed: (text: string) => values.includes(text),
});
const number = (allowed: string, least: number, most: number) => ({
  allowed,
  isAllowed: (text: string) => /^\d{1,9}([.]\d{1,4})?$/.test(text) && Number(text) >= least && Number(text) <= most,
});
const dollars = number('dollars, like 9.95', 0, 999_999_999);
const confidence = number('a number from 0.5 to 1', 0.5, 1);
const command = {
  allowed: 'a program and its arguments; no shell reads it, and quotes hold words together',
  isAllowed: (text: string) => readCommandLine(text) !== undefined,
};
/** What a key or a password is sent to. */
const url = {
  allowed: 'an https address; http for this machine alone',
  isAllowed: isSafeAddress,
  shown: (text: string) => text.replace(/[/][/][^/@]*@/, '//…@'),
};

/** Every setting, in the order in which `config list` shows them. */
export const configKeys: readonly ConfigKey[] = [
  {
    key: 'dataDir',
    description: 'Folder of the database and its backups',
    default: undefined,
    env: 'ASXOS_DATA_DIR',
    allowed: 'an absolute path; in the environment also a relative one',
    isAllowed: isAbsolute,
  },
  {
    key: 'theme',
    description: 'Colours of the console; safe avoids red and green',
    default: 'auto',
    env: undefined,
    ...oneOf(...themes),
  },
  {
    key: 'chart',
    description: 'How price charts are drawn; block suits fonts without braille',
    default: 'braille',
    env: undefined,
    ...oneOf(...chartStyles),
  },
  {
    key: 'defaultPortfolio',
    description: 'Portfolio to open when --portfolio is not given',
    default: undefined,
    env: undefined,
    allowed: 'the name of a portfolio, or all',
    isAllowed: text => text.trim() !== '',
  },
  {
    key: 'benchmark',
    description: 'What returns are measured against; AXJO is the index without its dividends',
    default: 'VAS',
    env: undefined,
    allowed: 'an ASX code, or none',
    isAllowed: text => text === 'none' || readCode(text) !== undefined,
  },
  {
    key: 'cashRatePct',
    description: 'What cash earns, in percent a year, for Sharpe and Sortino',
    // The RBA's cash rate target from 4 February 2026.
    default: '3.85',
    env: undefined,
    allowed: 'a percentage from 0 to 50, like 3.85',
    isAllowed: text => /^\d{1,2}(\.\d{1,4})?$/.test(text) && Number(text) <= 50,
  },
  {
    key: 'brokerageFlat',
    description: 'Brokerage of a trade that a rebalancing counts with, at least',
    default: '9.95',
    env: undefined,
    ...dollars,
  },
  {
    key: 'brokeragePct',
    description: 'The same as percent of the trade, where that is more',
    default: '0.1',
    env: undefined,
    ...number('a percentage from 0 to 10', 0, 10),
  },
  {
    key: 'minimumCash',
    description: 'Cash that a rebalancing leaves',
    default: '0',
    env: undefined,
    ...dollars,
  },
  {
    key: 'positionCapPct',
    description: 'Percent of the portfolio that a rebalancing lets one security be',
    default: undefined,
    env: undefined,
    ...number('a percentage from 1 to 100', 1, 100),
  },
  {
    key: 'rebalanceBandPct',
    description: 'Points that a weight may be away from a target without a band of its own',
    default: '1',
    env: undefined,
    ...number('a percentage from 0 to 100', 0, 100),
  },
  {
    key: 'strongSellConfidence',
    description: 'Confidence from which a rebalancing by signals sells all of a STRONG_SELL',
    default: '0.70',
    env: undefined,
    ...confidence,
  },
  {
    key: 'sellConfidence',
    description: 'The same of a SELL, of which half is sold',
    default: '0.60',
    env: undefined,
    ...confidence,
  },
  {
    key: 'strongBuyConfidence',
    description: 'The same of a STRONG_BUY, of which 20% is added',
    default: '0.80',
    env: undefined,
    ...confidence,
  },
  {
    key: 'buyConfidence',
    description: 'The same of a BUY, of which 10% is added',
    default: '0.70',
    env: undefined,
    ...confidence,
  },
  {
    key: 'trimAbovePct',
    description: 'Percent of the portfolio above which a rebalancing by signals trims a security',
    default: '15',
    env: undefined,
    ...number('a percentage from 1 to 100', 1, 100),
  },
  {
    key: 'trimToPct',
    description: 'What it is then trimmed to',
    default: '12',
    env: undefined,
    ...number('a percentage from 0 to 100', 0, 100),
  },
  {
    key: 'modelAWeightPct',
    description: 'Weight of model A in the ensemble; model B has the rest',
    default: '60',
    env: undefined,
    ...number('a percentage from 0 to 100', 0, 100),
  },
  {
    key: 'notify.desktop',
    description: 'Notifications on the desktop: by notify-send where it is there, by the terminal of an open console',
    default: 'auto',
    env: undefined,
    ...oneOf(...desktopNotices),
  },
  {
    key: 'notify.exec',
    description: 'Command that is run for each notification, with JSON of it on stdin',
    default: undefined,
    env: undefined,
    shown: programOf,
    ...command,
  },
  {
    key: 'notify.webhook',
    description: 'Address that each notification is posted to',
    default: undefined,
    env: undefined,
    allowed: 'an https address; http within your own network where notify.allowPrivateAddresses is yes',
    isAllowed: isWebhookAddress,
    shown: shownAddress,
  },
  {
    key: 'notify.webhookFormat',
    description: 'What is posted; auto knows ntfy and Slack by their names and posts plain JSON elsewhere',
    default: 'auto',
    env: undefined,
    ...oneOf(...webhookFormats),
  },
  {
    key: 'notify.minPriority',
    description: 'Least priority that leaves the inbox',
    default: 'normal',
    env: undefined,
    ...oneOf(...priorities),
  },
  {
    key: 'notify.allowPrivateAddresses',
    description: 'Whether the webhook may be in your own network',
    default: 'no',
    env: undefined,
    ...oneOf('no', 'yes'),
  },
  {
    key: 'schedule.fundamentals',
    description: 'Whether refresh --if-due fetches the fundamentals of what you follow, once a week; 10 calls each',
    default: 'yes',
    env: undefined,
    ...oneOf('yes', 'no'),
  },
  {
    key: 'schedule.signals',
    description: 'Whether refresh --if-due computes the signals of each closed day',
    default: 'yes',
    env: undefined,
    ...oneOf('yes', 'no'),
  },
  {
    key: 'schedule.sync',
    description: 'Whether refresh --if-due and the open console sync by themselves, where this device takes part',
    default: 'yes',
    env: undefined,
    ...oneOf('yes', 'no'),
  },
  {
    key: 'eodhdUrl',
    description: 'Address of the EODHD API',
    default: 'https://eodhd.com/api',
    env: 'ASXOS_EODHD_URL',
    ...url,
  },
  {
    key: 'accountUrl',
    description: 'Address of the account server',
    default: undefined,
    env: 'ASXOS_ACCOUNT_URL',
    ...url,
  },
];

/** The setting of that name; `Failure` names the nearest one. */
export function parseConfigKey(name: string): ConfigKey {
  const found = configKeys.find(({ key }) => key === name);
  if (found === undefined)
    throw new Failure('invalid-input', `There is no setting "${name}"`, { hint: nearestKey(name) });
  return found;
}

/** The file with one setting changed, or taken out when `value` is undefined; `Failure` when it may not be that. */
export function configWith(file: ConfigFile, key: ConfigKey, value: string | undefined): ConfigFile {
  const { [key.key]: _, ...rest } = file;
  return value === undefined ? rest : { ...rest, [key.key]: checked(key, value, key.key, 'invalid-input') };
}

/**
 * The config file, checked; an absent one is empty. `Failure('bad-file')` names the file, the setting and its value. The
 * address of the account server is left as it is written: it stops only what uses the account (see `loadConfig`).
 */
export function readConfigFile(path: string): ConfigFile {
  const found = readJson(path);
  if (found === undefined) return {};
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    throw new Failure('bad-file', `The config file ${path} is not a JSON object`, {
      hint: 'Write it like {"theme":"dark"}.',
    });
  }
  const file: Partial<Record<ConfigName, string>> = {};
  for (const [name, value] of Object.entries(found)) {
    const key = configKeys.find(known => known.key === name);
    if (key === undefined) {
      throw new Failure('bad-file', `The config file ${path} has an unknown setting "${name}"`, {
        hint: nearestKey(name),
      });
    }
    const isLeft = key.key === 'accountUrl' && typeof value === 'string';
    file[key.key] = isLeft ? value : checked(key, value, `${name} in ${path}`, 'bad-file');
  }
  return file;
}

/** Replaces the config file as a whole. */
export const writeConfigFile = (path: string, file: ConfigFile): void =>
  writePrivateFile(path, `${JSON.stringify(file, undefined, 2)}\n`);

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = reasonOf(cause);
    if (reason === 'ENOENT') return undefined;
    throw new Failure('bad-file', `Cannot read the config file ${path}: ${reason}`, {
      hint: `Check that it is a file that you can read, in ${dirname(path)}.`,
      cause,
    });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new Failure('bad-file', `The config file ${path} is not JSON: ${reasonOf(cause)}`, {
      hint: 'Mend it, or remove it to return to the defaults.',
      cause,
    });
  }
}

/** A value that the setting may have; else a `Failure` that names `place`, the value and what is allowed. */
export function checked(key: ConfigKey, value: unknown, place: string, code: 'invalid-input' | 'bad-file'): string {
  if (typeof value === 'string' && key.isAllowed(value)) return value;
  const shown = typeof value === 'string' ? `"${key.shown?.(value) ?? value}"` : JSON.stringify(value);
  throw new Failure(code, `${place} is ${shown}`, { hint: `It can be: ${key.allowed}.` });
}

function isSafeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  const isEncrypted = protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
  return isEncrypted && username + password + search + hash === '';
}

function nearestKey(name: string): string {
  const names = configKeys.map(({ key }) => key);
  const nearest = nearestName(name, names);
  return nearest === undefined ? `The settings are ${names.join(', ')}.` : `Did you mean ${nearest}?`;
}
