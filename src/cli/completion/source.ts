/**
 * What a value can be where Commander does not know its choices: by the place that it stands in, else by what help calls
 * it. A new argument that is called `<code>` or `<file>` is completed without a line here.
 */
import type { Argument, Option } from 'commander';
import { type ConfigKey, configKeys } from '../../config-file.ts';
import { alertTypes, notificationTypes, priorities } from '../../domain/alerts/notification.ts';
import { entryKinds } from '../../domain/ledger/entry.ts';
import { listFormats } from '../../usecases/list-formats.ts';
import type { NameKind } from '../../usecases/list-names.ts';
import { figureNames } from '../explainable.ts';
import { schemaNames } from '../schemas.ts';

export type Source = {
  readonly words?: readonly string[];
  /** Names that the data has. */
  readonly names?: NameKind;
  readonly paths?: 'files' | 'folders';
};

const codes: Source = { names: 'codes' };
const portfolios: Source = { names: 'portfolios' };
const portfolioOrAll: Source = { names: 'portfolios', words: ['all'] };
const owners: Source = { names: 'owners' };
const settings: Source = { words: configKeys.map(({ key }) => key) };

const byOption: Readonly<Record<string, Source>> = { '--owner': owners, '--portfolio': portfolioOrAll };

const byWhatItIsCalled: Readonly<Record<string, Source>> = {
  code: codes,
  portfolio: portfolioOrAll,
  file: { paths: 'files' },
  folder: { paths: 'folders' },
  dir: { paths: 'folders' },
};

/** By the command and its option, or the number of its argument; `+` is of those after it too. */
export const byPlace: Readonly<Record<string, Source>> = {
  'add 1': { words: entryKinds },
  'add 1+': codes,
  'alerts add 1': { words: ['any'], names: 'codes' },
  'alerts preferences set 1': { words: [...alertTypes, 'all'] },
  'compare 1': portfolioOrAll,
  'compare 2': portfolioOrAll,
  'config get 1': settings,
  'config set 1': settings,
  'import --format': { words: ['auto', ...listFormats().map(({ id }) => id)] },
  'jobs --job': { names: 'jobs' },
  'notifications list --priority': { words: priorities },
  'notifications list --type': { words: notificationTypes },
  'portfolio archive 1': portfolios,
  'portfolio rename 1': portfolios,
  'portfolio set 1': portfolios,
  'portfolio use 1': portfolios,
  'rebalance targets remove 1+': codes,
  'rebalance targets set 1+': codes,
  'schema 1': { words: schemaNames },
  'why 1': { words: figureNames },
};

/** Undefined where nothing can be proposed: an amount, a date, a new name. */
export function sourceOf(place: string, value: Argument | Option): Source | undefined {
  if (value.argChoices !== undefined) return { words: value.argChoices };
  const isOption = 'flags' in value;
  const called = isOption ? (/<([\w-]+)>/.exec(value.flags)?.[1] ?? '') : value.name();
  return byPlace[place] ?? (isOption ? byOption[value.long ?? ''] : undefined) ?? byWhatItIsCalled[called];
}

function settingSource({ key, choices }: ConfigKey): Source | undefined {
  if (choices !== undefined) return { words: choices };
  if (key === 'benchmark') return { words: ['none'], names: 'codes' };
  if (key === 'defaultPortfolio') return portfolioOrAll;
  return key === 'dataDir' ? { paths: 'folders' } : undefined;
}

/** What the value of each setting can be, by the setting's name. */
export const settingValues = configKeys.map(key => [key.key, settingSource(key)] as const);
