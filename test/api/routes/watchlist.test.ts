import { expect, onTestFinished, test } from 'vitest';
import { openConsoleApp } from '../../support/demo-console.ts';
import { openLocalApi } from '../../support/local-api.ts';
import { storeCloses, storeListed } from '../../usecases/stored-market.ts';

test('a security is watched once, told with its price, and let go of', async () => {
  const { app, close } = await openConsoleApp({ demo: false });
  onTestFinished(close);
  const api = openLocalApi(app);
  // Without a stored symbol list every code is taken.
  const watch = (ticker: string, note?: string) => api.send('POST', '/watchlist', { body: { ticker, note } });
  const first = await watch('bhp.au', 'below 40');
  expect([first.status, first.body]).toEqual([
    201,
    { status: 'success', message: 'BHP.AX added to watchlist', watchlist_item_id: 1, ticker: 'BHP.AX' },
  ]);
  const second = await watch('BHP');
  expect([second.status, second.body.message]).toEqual([200, 'BHP.AX is already in your watchlist']);
  storeListed(app, ['BHP', 'CSL']);
  storeCloses(app, { BHP: { '2026-11-19': '45.00', '2026-11-20': '46.00' } });
  expect([(await watch('CSL')).status, (await watch('WES')).status]).toEqual([201, 404]);
  expect(await api.get('/watchlist')).toEqual({
    count: 2,
    items: [
      {
        id: 1,
        ticker: 'BHP.AX',
        name: 'BHP Limited',
        sector: null,
        current_price: 46,
        price_as_of: '2026-11-20',
        stale: false,
        price_change: 1,
        price_change_pct: (1 / 45) * 100,
        low_52w: 45,
        high_52w: 46,
        current_signal: null,
        signal_confidence: null,
        quality_score: null,
        added_at: '2026-11-20T10:00:00Z',
        note: 'below 40',
      },
      expect.objectContaining({ id: 2, ticker: 'CSL.AX', current_price: null, price_as_of: null, stale: null }),
    ],
  });
  const remove = () => api.send('DELETE', '/watchlist/BHP.AX');
  expect((await remove()).body).toEqual({
    status: 'success',
    message: 'BHP.AX removed from watchlist',
    ticker: 'BHP.AX',
  });
  const gone = await remove();
  expect([gone.status, gone.body]).toEqual([404, { detail: 'BHP.AX not found in your watchlist' }]);
});
