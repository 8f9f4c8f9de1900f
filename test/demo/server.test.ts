import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoMarket, startDemoMarket } from '../../src/demo/server.ts';
import { readInstant } from '../../src/domain/date.ts';

const afterClose = readInstant('2026-11-20T09:00Z') ?? 0;
const midSession = readInstant('2026-11-20T02:00:30Z') ?? 0;

describe('the simulated market over HTTP', () => {
  let now = afterClose;
  let server: DemoMarket;
  beforeAll(async () => {
    server = await startDemoMarket({ now: () => now });
  });
  afterAll(() => server.close());

  const ask = (path: string, token = server.token): Promise<Response> =>
    fetch(`${server.url}/${path}${path.includes('?') ? '&' : '?'}fmt=json&api_token=${token}`);
  const json = async (path: string, at = afterClose) => {
    now = at;
    const response = await ask(path);
    expect(response.status, path).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    return JSON.parse(await response.text());
  };
  const text = async (path: string): Promise<[number, string]> => {
    now = afterClose;
    const response = await ask(path);
    return [response.status, await response.text()];
  };

  it('listens on loopback and wants its token', async () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api$/);
    const response = await ask('user', 'another');
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8');
    expect(response.headers.get('x-ratelimit-limit')).toBeNull();
    expect(await response.text()).toBe('Unauthenticated');
  });

  it('answers one quote as an object and several as an array in the order asked', async () => {
    const one = await json('real-time/BHP.AU', midSession);
    expect(Object.keys(one)).toEqual(
      'code timestamp gmtoffset open high low close volume previousClose change change_p'.split(' '),
    );
    expect(one).toMatchObject({ code: 'BHP.AU', gmtoffset: 0, timestamp: Math.floor(midSession / 60_000) * 60 - 1200 });
    expect(one.change).toBeCloseTo(one.close - one.previousClose, 4);
    expect(one.change_p).toBeCloseTo((one.change / one.previousClose) * 100, 3);
    const several = await json('real-time/BHP.AU?s=XXXXNOPE.AU,AXJO.INDX,SGR.AU', midSession);
    expect(several.map((row: { code: string }) => row.code)).toEqual(['BHP.AU', 'XXXXNOPE.AU', 'AXJO.INDX', 'SGR.AU']);
    expect(several[0]).toEqual(one);
    const absent = { open: 'NA', high: 'NA', low: 'NA', close: 'NA', volume: 'NA', change: 'NA', change_p: 'NA' };
    expect(several[1]).toEqual({ code: 'XXXXNOPE.AU', timestamp: 'NA', gmtoffset: 0, previousClose: 'NA', ...absent });
    expect(several[3]).toMatchObject({ timestamp: 'NA', previousClose: expect.any(Number), ...absent });
    expect(several[2].close).toBeGreaterThan(5000);
  });

  it('moves a quote from minute to minute', async () => {
    const closes = new Set<number>();
    for (let step = 0; step < 10; step += 1) {
      closes.add((await json('real-time/CBA.AU', midSession + step * 60_000)).close);
    }
    expect(closes.size).toBeGreaterThan(3);
  });

  it('answers daily bars oldest first, newest first when asked, and the last close alone', async () => {
    const rows = await json('eod/BHP.AU?from=2026-11-16&to=2026-11-20');
    expect(rows.map((row: { date: string }) => row.date)).toEqual(
      ['16', '17', '18', '19', '20'].map(day => `2026-11-${day}`),
    );
    expect(Object.keys(rows[0])).toEqual(['date', 'open', 'high', 'low', 'close', 'adjusted_close', 'volume']);
    expect(
      Object.values(rows[0])
        .slice(1)
        .every(value => typeof value === 'number'),
    ).toBe(true);
    expect(rows[4].adjusted_close).toBe(rows[4].close);
    expect(await json('eod/BHP.AU?from=2026-11-16&to=2026-11-20&order=d')).toEqual([...rows].reverse());
    expect(await json('eod/BHP.AU?filter=last_close')).toBe(rows[4].close);
    expect((await json('eod/BHP.AU')).length).toBeGreaterThan(1250);
    expect((await json('eod/AXJO.INDX')).length).toBeGreaterThan(1250);
    expect(await json('eod/BHP.AU?from=2026-11-21')).toEqual([]);
  });

  it('refuses what it does not know in the words of EODHD', async () => {
    expect(await text('eod/NOPE.AU')).toEqual([404, 'Ticker Not Found.']);
    expect(await text('eod/BHP.US')).toEqual([404, 'Ticker Not Found.']);
    expect(await text('div/NOPE.AU')).toEqual([404, 'Ticker Not Found.']);
    expect((await text('eod/BHP.AU?from=yesterday'))[0]).toBe(400);
    expect((await text('eod-bulk-last-day/US'))[0]).toBe(404);
    expect((await text('eod-bulk-last-day/AU?date=2026-11-21'))[0]).toBe(404);
    expect((await text('intraday/BHP.AU'))[0]).toBe(404);
    expect((await text('fundamentals/XXX.AU'))[0]).toBe(404);
    expect((await text('eod/%ZZ.AU'))[0]).toBe(404);
    const posted = await fetch(`${server.url}/user?api_token=${server.token}`, { method: 'POST' });
    expect(posted.status).toBe(405);
  });

  it('answers a bulk day that agrees with the single histories', async () => {
    const rows = await json('eod-bulk-last-day/AU?date=2024-09-30');
    expect(rows.length).toBeGreaterThan(200);
    const bhp = rows.find((row: { code: string }) => row.code === 'BHP');
    const [single] = await json('eod/BHP.AU?from=2024-09-30&to=2024-09-30');
    expect(bhp).toEqual({ code: 'BHP', exchange_short_name: 'AU', ...single });
    expect(bhp.adjusted_close).toBeLessThan(bhp.close);
    const latest = await json('eod-bulk-last-day/AU?symbols=CBA.AU,VAS');
    expect(latest.map((row: { code: string; date: string }) => `${row.code} ${row.date}`)).toEqual([
      'CBA 2026-11-20',
      'VAS 2026-11-20',
    ]);
  });

  it('answers dividends with franking, and in bulk by day as texts', async () => {
    const rows = await json('div/VAS.AU?from=2026-01-01&to=2026-12-31');
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatchObject({ date: '2026-01-02', period: 'Quarterly', currency: 'AUD' });
    expect(rows[0].franking).toMatch(/^\d+(\.\d+)?%$/);
    expect(rows[0].value).toBe(rows[0].unadjustedValue);
    const bulk = await json('eod-bulk-last-day/AU?type=dividends&date=2026-01-02');
    const vas = bulk.find((row: { code: string }) => row.code === 'VAS');
    expect(vas).toMatchObject({ exchange: 'AU', date: '2026-01-02', paymentDate: rows[0].paymentDate });
    expect(vas.dividend).toBe(rows[0].value.toFixed(5));
    expect(vas.unadjustedValue).toBe(rows[0].unadjustedValue.toFixed(10));
    expect(await json('div/XRO.AU')).toEqual([]);
  });

  it('leaves the franking of a dividend that is not yet ex unknown', async () => {
    const before = readInstant('2026-09-01T03:00Z') ?? 0;
    const rows = await json('div/CBA.AU', before);
    expect(rows.at(-1).date > '2026-09-01').toBe(true);
    expect(rows.at(-1).franking).toBeNull();
    expect(rows.at(-2).franking).toBe('100%');
  });

  it('scales dividends before a split, and tells of the split and the consolidation as new over old', async () => {
    const rows = await json('div/PME.AU?from=2025-01-01&to=2025-12-31');
    expect(rows[0].unadjustedValue / rows[0].value).toBeCloseTo(3, 3);
    expect(rows[1].value).toBe(rows[1].unadjustedValue);
    expect(await json('splits/PME.AU')).toEqual([{ date: '2025-05-12', split: '3.000000/1.000000' }]);
    expect(await json('splits/BRN.AU')).toEqual([{ date: '2025-11-10', split: '1.000000/10.000000' }]);
    expect(await json('splits/BHP.AU')).toEqual([]);
    expect(await json('splits/PME.AU?from=2025-05-13')).toEqual([]);
    expect(await json('eod-bulk-last-day/AU?type=splits&date=2025-05-12')).toEqual([
      { code: 'PME', exchange: 'AU', date: '2025-05-12', split: '3.000000/1.000000' },
    ]);
    expect(await json('eod-bulk-last-day/AU?type=splits&date=2025-05-13')).toEqual([]);
  });

  it('lists its symbols and finds them by code before name', async () => {
    const rows = await json('exchange-symbol-list/AU');
    expect(rows.find((row: { Code: string }) => row.Code === 'VAS')).toEqual({
      Code: 'VAS',
      Name: 'Vanguard Australian Shares Index ETF',
      Country: 'Australia',
      Exchange: 'AU',
      Currency: 'AUD',
      Type: 'ETF',
      Isin: null,
    });
    const etfs = await json('exchange-symbol-list/AU?type=etf');
    expect(etfs.length).toBeGreaterThan(40);
    expect(new Set(etfs.map((row: { Type: string }) => row.Type))).toEqual(new Set(['ETF']));
    const found = await json('search/car?exchange=AU&limit=3');
    expect(found[0].Code).toBe('CAR');
    expect(found).toHaveLength(3);
    const [vas] = await json('search/VAS');
    expect(vas).toMatchObject({ Code: 'VAS', Exchange: 'AU', ISIN: null, previousCloseDate: '2026-11-20' });
    expect(vas.previousClose).toBe(await json('eod/VAS.AU?filter=last_close'));
    expect(await json('search/zzzz')).toEqual([]);
  });

  it('tells the trading hours, holidays and early closes', async () => {
    const details = await json('exchange-details/AU');
    expect(details).toMatchObject({ Timezone: 'Australia/Sydney', OperatingMIC: 'XASX', isOpen: false });
    expect(details.TradingHours).toMatchObject({ OpenUTC: '23:00:00', CloseUTC: '05:00:00' });
    const dates = (rows: Record<string, { Date: string }>): string[] => Object.values(rows).map(row => row.Date);
    expect(dates(details.ExchangeHolidays)).toContain('2026-12-25');
    expect(dates(details.ExchangeHolidays)).toContain('2026-12-28');
    expect(dates(details.ExchangeEarlyCloseDays)).toEqual(['2026-12-24', '2026-12-31']);
    expect((await json('exchange-details/AU', midSession)).isOpen).toBe(true);
  });

  it('counts calls as EODHD would charge them', async () => {
    const spent = async (path: string): Promise<number> => {
      const before = (await json('user')).apiRequests;
      await json(path);
      return (await json('user')).apiRequests - before;
    };
    expect(await spent('eod/BHP.AU?from=2026-11-20')).toBe(1);
    expect(await spent('real-time/BHP.AU?s=CBA.AU,VAS.AU')).toBe(3);
    expect(await spent('eod-bulk-last-day/AU')).toBe(100);
    expect(await spent('user')).toBe(0);
    expect(await json('user')).toMatchObject({ dailyRateLimit: 100_000, apiRequestsDate: '2026-11-20' });
  });

  it('says so when its port is taken', async () => {
    const port = Number(new URL(server.url).port);
    await expect(startDemoMarket({ now: () => now, port })).rejects.toThrow(`127.0.0.1:${port}`);
  });
});
