/** The key and what it gives: where it is kept, whether EODHD takes it, what is left of today's quota. */
import { lastAnswer } from '../db/last-answer.ts';
import { readQuota } from '../db/quota.ts';
import { sydneyDate } from '../domain/date.ts';
import { formatDate } from '../format.ts';
import { type Check, ok, problem, unknown, warning } from './check.ts';

const demo = ok('the demo needs none');
const count = (value: number): string => value.toLocaleString('en-AU');

export const providerChecks: readonly Check[] = [
  {
    id: 'keychain',
    looksAt: 'the keychain of the operating system keeps what it is given',
    why: 'Without it the key must be in a file or in the environment.',
    fix: 'asxos key set --file',
    look: async ({ app }) => {
      if (app.simulated) return demo;
      const keychain = await app.tokenPlaces.openKeychain();
      if (keychain.available) return ok('it keeps what it is given');
      const found = await app.findToken();
      return found === undefined
        ? warning(`there is none: ${keychain.reason}`)
        : ok(`there is none (${keychain.reason}); the key is in the ${found.source}`);
    },
  },
  {
    id: 'key',
    looksAt:
      'there is an EODHD key, and EODHD takes it: by its last answer, with --online by asking now (no call is spent)',
    why: 'Without it no price is fetched.',
    fix: 'asxos key set',
    look: async patient => {
      const { app } = patient;
      if (app.simulated) return demo;
      const found = await app.findToken();
      if (found === undefined) return warning('there is none');
      const answer = await patient.provider();
      const where = `it is in the ${found.source}`;
      if (answer?.accepted) return ok(`${where}, and EODHD takes it`);
      if (answer?.isRefused) return problem(`${where}, and EODHD refuses it`);
      if (answer !== undefined) return unknown(`${where}; ${answer.trouble}`, 'asxos doctor --online');
      const last = lastAnswer(patient.db());
      if (last === undefined) return unknown(`${where}, and was never tried`, 'asxos doctor --online');
      const on = formatDate(sydneyDate(last.at));
      return last.refused
        ? problem(`${where}, and EODHD refused it on ${on}`)
        : ok(`${where}, and EODHD took it on ${on}`);
    },
  },
  {
    id: 'quota',
    looksAt: "more than a tenth of today's calls is left; with --online also the plan",
    why: 'What needs a call waits until the quota is renewed, at midnight UTC.',
    fix: 'asxos refresh --plan',
    look: async patient => {
      const { app } = patient;
      if (app.simulated) return demo;
      const answer = await patient.provider();
      const quota = readQuota(patient.db());
      const told = answer?.accepted
        ? { left: Math.max(0, answer.limit - answer.used), limit: answer.limit, plan: answer.plan }
        : quota && { left: app.callsLeft() ?? 0, limit: quota.dailyLimit, plan: undefined };
      if (told === undefined) return unknown('EODHD was not asked yet', 'asxos doctor --online');
      const { left, limit, plan } = told;
      const words = `${count(left)} of ${count(limit)} calls left today${plan === undefined ? '' : `, plan ${plan}`}`;
      if (left === 0) return problem(words);
      return left * 10 < limit ? warning(words) : ok(words);
    },
  },
];
