/** What the screen of the account and the settings shows. */
import type { App } from '../app.ts';
import { type Setting, viewSettings } from '../usecases/manage-config.ts';
import type { AccountState } from './account-task.ts';
import { keepLast } from './keep-last.ts';
import type { ListModel } from './list-model.ts';
import { settingsList } from './settings-list.ts';
import type { State } from './state.ts';
import type { SyncState } from './sync-task.ts';

export type AccountModel = {
  readonly kind: 'account';
  readonly account: AccountState;
  readonly sync: SyncState;
  /** The setting schedule.sync. */
  readonly syncsByItself: boolean;
  /** The setting accountUrl. */
  readonly server: string | undefined;
  readonly isSimulated: boolean;
  readonly configPath: string;
  readonly settings: readonly Setting[];
  readonly list: ListModel;
};

export function openAccountModel(app: App) {
  // A setting that is changed here makes all models anew.
  const read = keepLast((_revision: number) => {
    const all = viewSettings(app);
    // What the account needs stands beneath it.
    const isOfAccount = ({ key }: Setting): boolean => key === 'accountUrl';
    const settings = [...all.filter(isOfAccount), ...all.filter(each => !isOfAccount(each))];
    return { settings, list: settingsList(settings) };
  });
  return (state: State): AccountModel => ({
    kind: 'account',
    account: state.account,
    sync: state.sync,
    syncsByItself: app.config['schedule.sync'] !== 'no',
    server: app.config.accountUrl,
    isSimulated: app.simulated,
    configPath: app.config.configPath,
    ...read(state.revision),
  });
}
