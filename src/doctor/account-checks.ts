/** The remote account: what this version can say of it. */
import { type Check, ok, unknown } from './check.ts';

export const accountChecks: readonly Check[] = [
  {
    id: 'account',
    looksAt: 'whether an account server is set, and whether it is signed in to and in sync',
    why: 'What is recorded on another device is not here, and the other way round.',
    fix: 'asxos config set accountUrl URL',
    look: ({ app: { config } }) =>
      config.accountUrl === undefined
        ? ok('no account: everything is on this computer')
        : unknown(`${config.accountUrl} is set, and was not asked`),
  },
];
