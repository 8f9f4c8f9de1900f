/** Two whole Apps that sync by one account, on a server in this process. */
import type { Instant } from '../../src/domain/date.ts';
import type { Store } from '../../src/server/store/store.ts';
import { joinSync, lookForKey, startSync } from '../../src/usecases/enrol-sync.ts';
import { login, register } from '../../src/usecases/sign-in.ts';
import { evening } from '../usecases/scripted-market.ts';
import { listenOnLoopback, openTestServer } from './account-server.ts';
import { openTestApp, type TestApp } from './app.ts';

const ann = { username: 'ann', password: 'correct horse' };
const passphrase = 'correct horse battery staple';

/** Two devices of one account, without a key for EODHD: sync is all that comes due. */
export async function openTwo(store: Store) {
  const clock = { now: evening as Instant };
  const server = await listenOnLoopback(await openTestServer(store, { clock }));
  const device = (): Promise<TestApp> =>
    openTestApp({ now: evening, token: undefined, env: { ASXOS_ACCOUNT_URL: server.url } });
  const [laptop, desktop] = [await device(), await device()];
  await register(laptop.app, { ...ann, email: 'ann@example.com' }, {});
  await startSync({ ...laptop.app, passphraseCost: 2 ** 10 }, passphrase);
  await login(desktop.app, ann, {});
  const key = await lookForKey(desktop.app);
  if (key === undefined) throw new Error('The account has no key');
  await joinSync(desktop.app, key, passphrase);
  const pass = (time: number): void => {
    for (const each of [clock, laptop.clock, desktop.clock]) each.now += time;
  };
  return { laptop: laptop.app, desktop: desktop.app, server, pass };
}
