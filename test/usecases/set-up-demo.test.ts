import { describe, expect, it } from 'vitest';
import { currentEntries } from '../../src/db/entries.ts';
import { listPortfolios } from '../../src/db/portfolios.ts';
import { countSecurities } from '../../src/db/securities.ts';
import { Failure } from '../../src/failure.ts';
import { viewInbox } from '../../src/usecases/inbox.ts';
import { setKey } from '../../src/usecases/manage-key.ts';
import { refresh } from '../../src/usecases/refresh-prices.ts';
import { setUpDemo } from '../../src/usecases/set-up-demo.ts';
import { viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import { viewWatchlist } from '../../src/usecases/view-watchlist.ts';
import { openTestApp, temporaryFolder } from '../support/app.ts';
import { at } from './stored-market.ts';

const now = at('2026-03-02T10:00Z');

describe('setUpDemo', () => {
  it('fills the demo once: portfolios, a watchlist, a symbol list and an inbox, and no entry without effect', async () => {
    const { app } = await openTestApp({ now, demo: true });
    expect([await setUpDemo(app), await setUpDemo(app)]).toEqual([true, false]);
    expect(listPortfolios(app.db)).toHaveLength(2);
    expect(countSecurities(app.db)).toBeGreaterThanOrEqual(200);
    const { rows, simulated } = viewWatchlist(app);
    expect([rows.length > 0, simulated]).toEqual([true, true]);
    expect(viewInbox(app).totalCount).toBeGreaterThan(0);
    const all = viewPortfolio(app, { portfolio: 'all' });
    expect(all.ledger.problems).toEqual([]);
    expect([all.holdings.length >= 20, all.simulated]).toEqual([true, true]);
  });

  it('fills it once when two start at the same time', async () => {
    const dataDir = temporaryFolder();
    const first = await openTestApp({ now, demo: true, dataDir });
    const second = await openTestApp({ now, demo: true, dataDir, server: first.server });
    const filled = await Promise.all([setUpDemo(first.app), setUpDemo(second.app)]);
    expect(filled.sort()).toEqual([false, true]);
    expect(listPortfolios(first.app.db)).toHaveLength(2);
    expect(currentEntries(first.app.db)).toEqual(currentEntries(second.app.db));
  });

  it('is kept apart from the trader’s own data', async () => {
    const dataDir = temporaryFolder();
    const demo = await openTestApp({ now, demo: true, dataDir });
    await setUpDemo(demo.app);
    const own = await openTestApp({ now, dataDir, server: demo.server });
    expect(listPortfolios(own.app.db)).toEqual([]);
    expect(demo.app.dataDir).toBe(own.app.config.demoDir);
  });

  it('is refreshed from the simulated market, without a key and without the network', async () => {
    const { app, server } = await openTestApp({ now, demo: true, token: undefined });
    await setUpDemo(app);
    const report = await refresh(app, { target: 'all' });
    expect([report.failed, server.requests]).toEqual([[], []]);
    const view = viewPortfolio(app, { portfolio: 'all' });
    expect(view.totals.priced).toBeGreaterThanOrEqual(20);
    expect(view.warnings.filter(warning => warning.includes('not recorded'))).toEqual([]);
    const [vas] = viewPortfolio(app).holdings.filter(row => row.code === 'VAS');
    expect(vas?.weightPct).toBeGreaterThan(10); // as its inbox says
    const again = await refresh(app, { target: 'all' });
    expect([again.calls, again.failed]).toEqual([0, []]);
  });

  it('takes no key', async () => {
    const { app } = await openTestApp({ now, demo: true });
    await expect(setKey(app, 'abc', 'file')).rejects.toThrow(Failure);
  });
});
