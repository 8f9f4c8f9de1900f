import { describe, expect, it } from 'vitest';
import { parseLocalDate } from '../../src/domain/date.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { fetchMarket, type MarketQuestion } from '../../src/eodhd/fetch-market.ts';
import { connectEodhd } from '../support/eodhd-client.ts';
import type { Fault } from '../support/eodhd-server.ts';

const date = parseLocalDate;
const [aaa, bbb, ccc] = ['AAA', 'BBB', 'CCC'].map(parseCode) as [
  ReturnType<typeof parseCode>,
  ReturnType<typeof parseCode>,
  ReturnType<typeof parseCode>,
];
const json = (path: string, value: unknown): Fault => ({ path, body: JSON.stringify(value) });
const row = (on: string) => ({ date: on, open: 5, high: 5, low: 5, close: 5, adjusted_close: 5, volume: 1 });
const nothing: MarketQuestion = {
  quotes: [],
  bars: [],
  actions: [],
  members: undefined,
  symbols: false,
  calendar: false,
  followed: [],
  today: date('2026-03-02'),
  isRewritten: () => undefined,
};
const ask = async (
  question: Partial<MarketQuestion>,
  faults: readonly Fault[],
  signal = new AbortController().signal,
) => {
  const { eodhd, server } = await connectEodhd({ faults });
  const progress: [number, number][] = [];
  const answer = await fetchMarket(eodhd, { ...nothing, ...question }, signal, (done, total) =>
    progress.push([done, total]),
  );
  return { answer, progress, asked: server.requests.map(request => request.path), server };
};
const from = date('2026-02-01');

describe('fetchMarket', () => {
  it('asks for nothing where nothing is wanted', async () => {
    const { answer, asked } = await ask({}, []);
    expect([asked, answer.failed, answer.histories]).toEqual([[], [], []]);
  });

  it('asks for a security whole before the next, and for no day after today', async () => {
    const codes = [aaa, bbb];
    const { answer, asked, server, progress } = await ask(
      { followed: codes, actions: codes, bars: codes.map(code => ({ code, from, whole: true })) },
      [json('eod/', [row('2026-03-02')]), json('div/', []), json('splits/', [])],
    );
    expect(asked).toHaveLength(6);
    expect(answer.histories.map(each => each.code).sort()).toEqual(['AAA', 'BBB']);
    expect(server.requests.find(request => request.path === 'eod/AAA.AU')?.query).toMatchObject({
      from,
      to: '2026-03-02',
    });
    expect(progress.at(-1)).toEqual([4, 4]);
  });

  it('a trouble of one security is its row, and the others go on', async () => {
    const { answer } = await ask(
      { followed: [aaa, bbb], bars: [aaa, bbb].map(code => ({ code, from, whole: true })) },
      [json('eod/AAA.AU', [row('2026-03-02')]), { path: 'eod/BBB.AU', status: 404, body: 'Ticker Not Found.' }],
    );
    expect(answer.histories.map(each => each.code)).toEqual(['AAA']);
    expect(answer.failed.map(each => [each.code, each.what, each.failure.code])).toEqual([
      ['BBB', 'its prices', 'not-found'],
    ]);
  });

  it('the end of the quota fails what has not been sent without sending it', async () => {
    const codes = Array.from({ length: 20 }, (_, index) => parseCode(`C${String(index).padStart(2, '0')}`));
    const { answer, asked } = await ask({ followed: codes, bars: codes.map(code => ({ code, from, whole: true })) }, [
      { status: 402, body: 'You exceeded your daily API requests limit' },
    ]);
    expect(answer.failed.map(each => each.failure.code)).toEqual(Array(20).fill('quota'));
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  it('no bars since a day is no failure', async () => {
    const { answer } = await ask({ followed: [aaa], bars: [{ code: aaa, from, whole: false }] }, [json('eod/', [])]);
    expect([answer.failed, answer.unchanged]).toEqual([[], [{ code: 'AAA', reason: 'no prices since 2026-02-01' }]]);
  });

  it('a history that a dividend has changed is asked for once, whole, from its first day', async () => {
    const first = date('2020-01-02');
    const question: Partial<MarketQuestion> = {
      followed: [aaa],
      actions: [aaa],
      bars: [{ code: aaa, from, whole: false }],
      isRewritten: () => first,
    };
    const { answer, server } = await ask(question, [
      json('eod/', [row('2020-01-02')]),
      json('div/', []),
      json('splits/', []),
    ]);
    const eod = server.requests.filter(request => request.path.startsWith('eod'));
    expect(eod.map(request => request.query.from)).toEqual(['2020-01-02']);
    expect(answer.histories.map(each => each.whole)).toEqual([true]);
    expect(answer.dividends).toHaveLength(1);
  });

  it('its dividends wait where that history did not come: else the change would never be seen again', async () => {
    const question: Partial<MarketQuestion> = { followed: [aaa], actions: [aaa], isRewritten: () => from };
    const { answer } = await ask(question, [
      { path: 'eod/', status: 422, body: 'no' },
      json('div/', []),
      json('splits/', []),
    ]);
    expect([answer.dividends, answer.splits, answer.failed.length]).toEqual([[], [], 1]);
  });

  it('a plan without the trading days is served by the built-in calendar', async () => {
    const { answer } = await ask({ calendar: true }, [{ path: 'exchange-details', status: 403, body: 'Forbidden' }]);
    expect([answer.calendar, answer.failed]).toEqual([{ closed: [], earlyClose: [] }, []]);
  });

  it('an abort rejects with its reason', async () => {
    const abort = new AbortController();
    abort.abort(new Error('enough'));
    await expect(ask({ followed: [ccc], bars: [{ code: ccc, from, whole: true }] }, [], abort.signal)).rejects.toThrow(
      'enough',
    );
  });
});
