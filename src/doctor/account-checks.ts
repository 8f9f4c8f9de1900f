/** The remote account and sync, by what is kept on this device: the server is not asked. */
import { countUnpushed, listRefused } from '../db/sync-rows.ts';
import { readSyncFact } from '../db/sync-state.ts';
import { day, sydneyDate } from '../domain/date.ts';
import { Failure } from '../failure.ts';
import { formatCount, formatDate } from '../format.ts';
import { listConflicts } from '../sync/conflicts.ts';
import { findSyncDevice } from '../sync/device.ts';
import { type Check, ok, problem, warning } from './check.ts';

const none = ok('no account: everything is on this computer');

export const accountChecks: readonly Check[] = [
  {
    id: 'account',
    looksAt: 'the address of the account server is one that may be used, and whoever uses it is signed in to it',
    why: 'Nothing goes to your other devices, or comes from them.',
    fix: 'asxos account login NAME',
    look: async ({ app }) => {
      if (app.simulated) return none;
      const { accountUrl, accountUrlTrouble } = app.config;
      if (accountUrlTrouble !== undefined) {
        const { message, hint } = accountUrlTrouble;
        return problem(`${message}. ${hint}`, 'asxos config set accountUrl https://accounts.example.com');
      }
      const kept = await app.keptSignIn();
      if (kept === undefined) {
        return accountUrl === undefined ? none : warning(`${accountUrl} is set, and nobody is signed in`);
      }
      const { user, server, tokens } = kept.signIn;
      return tokens === undefined
        ? problem(`the server has ended the sign-in of ${user.username}`, `asxos account login ${user.username}`)
        : ok(`${user.username} is signed in to ${server}`);
    },
  },
  {
    id: 'sync',
    looksAt: 'a device that takes part in sync has its key, synced in the last seven days, and left nothing to settle',
    why: 'The devices differ until they sync, and an entry that two of them changed counts by one of the two.',
    fix: 'asxos sync',
    look: async patient => {
      const { app } = patient;
      if (app.simulated) return none;
      const db = patient.db();
      try {
        if ((await findSyncDevice(app)) === undefined) return ok('this device takes no part');
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        return problem(error.message, 'asxos sync enrol');
      }
      const conflicts = listConflicts(db).length;
      if (conflicts > 0)
        return warning(`${formatCount(conflicts, 'entry')} changed on two devices`, 'asxos sync status');
      const refused = listRefused(db).length;
      if (refused > 0) return warning(`${formatCount(refused, 'row')} of the server not taken`, 'asxos sync status');
      const last = Number(readSyncFact(db, 'syncedAt') ?? Number.NaN);
      if (Number.isNaN(last)) return warning('it has never synced');
      const words = `the last was on ${formatDate(sydneyDate(last))}, ${formatCount(countUnpushed(db), 'row')} to be sent`;
      return app.now() - last > 7 * day ? warning(words) : ok(words);
    },
  },
];
