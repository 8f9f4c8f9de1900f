import { describe, expect, it } from 'vitest';
import { type Instant, parseLocalDate, readInstant } from '../../../src/domain/date.ts';
import { decimal, plain, price } from '../../../src/domain/decimal.ts';
import { closeOn, currentPrice, type KnownPrice, type StoredQuote } from '../../../src/domain/market/known-price.ts';
import type { Bar, SplitEvent } from '../../../src/domain/market/price.ts';
import { parseCode } from '../../../src/domain/market/security.ts';

const at = (text: string): Instant => readInstant(text) ?? Number.NaN;
const date = parseLocalDate;
const code = parseCode('ABC');

const bar = (on: string, close: string): Bar => ({
  date: date(on),
  open: price(close),
  high: price(close),
  low: price(close),
  close: price(close),
  adjustedClose: price(close),
  volume: decimal('1000'),
});
const quote = (traded: string, now: string, before?: string, fetched = traded): StoredQuote => ({
  code,
  at: at(traded),
  price: price(now),
  previousClose: before === undefined ? undefined : price(before),
  fetchedAt: at(fetched),
});
const split = (on: string, newUnits: string, oldUnits: string): SplitEvent => ({
  code,
  date: date(on),
  newUnits: decimal(newUnits),
  oldUnits: decimal(oldUnits),
});
const shown = (known: KnownPrice | undefined) =>
  known && [plain(known.price), known.source, known.on, known.previousClose && plain(known.previousClose), known.stale];

// Monday 2 to Wednesday 4 March 2026; Sydney is 11 hours ahead, so a session is 23:00Z to 05:00Z.
const bars = [bar('2026-02-27', '10.00'), bar('2026-03-02', '10.50')];
const inputs = (more: { quote?: StoredQuote; bars?: readonly Bar[]; splits?: readonly SplitEvent[] } = {}) => ({
  bars: more.bars ?? bars,
  quote: more.quote,
  splits: more.splits ?? [],
});

describe('the newer of quote and close', () => {
  it('is the close in the evening, with the change of that day', () => {
    expect(shown(currentPrice(inputs(), at('2026-03-02T10:00Z')))).toEqual([
      '10.5',
      'close',
      '2026-03-02',
      '10',
      false,
    ]);
  });

  it('is yesterday’s close before the next open, still with the change of that day', () => {
    expect(shown(currentPrice(inputs(), at('2026-03-02T22:59Z')))).toEqual([
      '10.5',
      'close',
      '2026-03-02',
      '10',
      false,
    ]);
  });

  it('has no change once a newer session has opened: yesterday’s is never shown as today’s', () => {
    expect(shown(currentPrice(inputs(), at('2026-03-02T23:00Z')))).toEqual([
      '10.5',
      'close',
      '2026-03-02',
      undefined,
      false,
    ]);
  });

  it('is a quote of the running session, against the last close', () => {
    const known = currentPrice(
      inputs({ quote: quote('2026-03-03T01:00Z', '10.60', '10.50') }),
      at('2026-03-03T01:20Z'),
    );
    expect(shown(known)).toEqual(['10.6', 'quote', '2026-03-03', '10.5', false]);
  });

  it('takes the provider’s previous close where the bar of the day before is not stored', () => {
    const known = currentPrice(
      inputs({ bars: [], quote: quote('2026-03-03T01:00Z', '10.60', '10.55') }),
      at('2026-03-03T01:20Z'),
    );
    expect(shown(known)).toEqual(['10.6', 'quote', '2026-03-03', '10.55', false]);
  });

  it('is the close of the day over a quote of the same day', () => {
    const known = currentPrice(inputs({ quote: quote('2026-03-02T05:10Z', '10.49', '10') }), at('2026-03-02T10:00Z'));
    expect(shown(known)).toEqual(['10.5', 'close', '2026-03-02', '10', false]);
  });

  it('is nothing where there has never been a price', () => {
    expect(currentPrice(inputs({ bars: [] }), at('2026-03-02T10:00Z'))).toBeUndefined();
    expect(currentPrice(inputs({ bars: [], quote: { code, fetchedAt: 1 } }), at('2026-03-02T10:00Z'))).toBeUndefined();
  });
});

describe('stale', () => {
  it('is a close from before the one that is due, from 19:30 Sydney on, and says since when', () => {
    const evening = currentPrice(inputs(), at('2026-03-03T08:29Z'));
    expect(evening?.stale).toBe(false);
    const later = currentPrice(inputs(), at('2026-03-03T08:30Z'));
    expect([later?.stale, later?.reason, later?.previousClose]).toEqual([
      true,
      'no newer price than 2026-03-02',
      undefined,
    ]);
  });

  it('is not a price over a weekend or a holiday', () => {
    // Easter 2026: Thursday 2 April, then closed to Monday 6 April.
    const easter = currentPrice(inputs({ bars: [bar('2026-04-02', '10')] }), at('2026-04-06T10:00Z'));
    expect(easter?.stale).toBe(false);
  });
});

describe('what cannot be believed', () => {
  it('a quote that jumped is held back: the last close stays, stale, with the reason', () => {
    const known = currentPrice(inputs({ quote: quote('2026-03-03T01:00Z', '1.05', '10.50') }), at('2026-03-03T01:20Z'));
    expect(shown(known)).toEqual(['10.5', 'close', '2026-03-02', undefined, true]);
    expect(known?.reason).toBe('a quote is held back: trades at 1.05 after 10.5');
  });

  it('a bar that jumped is held back until the next one confirms it', () => {
    const jumped = [...bars, bar('2026-03-03', '4.00')];
    const known = currentPrice(inputs({ bars: jumped }), at('2026-03-03T10:00Z'));
    expect([plain(known!.price), known?.stale]).toEqual(['10.5', true]);
    expect(known?.reason).toBe('the bar of 2026-03-03 is held back: closed at 4 after 10.5');
    const confirmed = currentPrice(inputs({ bars: [...jumped, bar('2026-03-04', '4.10')] }), at('2026-03-04T10:00Z'));
    expect(shown(confirmed)).toEqual(['4.1', 'close', '2026-03-04', '4', false]);
  });

  it('a move beside a split is believed', () => {
    const known = currentPrice(
      inputs({ bars: [...bars, bar('2026-03-03', '105.00')], splits: [split('2026-03-03', '1', '10')] }),
      at('2026-03-03T10:00Z'),
    );
    expect(plain(known!.price)).toBe('105');
  });
});

describe('a consolidation recorded after the price', () => {
  const consolidated = (on: string) => (day: string) => (day < on ? decimal('0.1') : decimal('1'));

  it('restates the price, so that a tenth of the units is worth the same', () => {
    const known = currentPrice({ ...inputs(), unitsSince: consolidated('2026-03-03') }, at('2026-03-02T23:30Z'));
    expect([plain(known!.price), known?.reason]).toEqual(['105', 'price of 2026-03-02, restated for later splits']);
  });

  it('restates the close before a price in new units: the change is of the market, not of the action', () => {
    const known = currentPrice(
      {
        ...inputs({ quote: quote('2026-03-03T01:00Z', '106', '10.5'), splits: [split('2026-03-03', '1', '10')] }),
        unitsSince: consolidated('2026-03-03'),
      },
      at('2026-03-03T01:20Z'),
    );
    expect(shown(known)).toEqual(['106', 'quote', '2026-03-03', '105', false]);
    const withoutBar = currentPrice(
      {
        bars: [],
        quote: quote('2026-03-03T01:00Z', '106', '10.5'),
        splits: [],
        unitsSince: consolidated('2026-03-03'),
      },
      at('2026-03-03T01:20Z'),
    );
    expect(withoutBar?.previousClose && plain(withoutBar.previousClose)).toBe('105');
  });
});

describe('closeOn', () => {
  const week = ['2026-03-02', '2026-03-03', '2026-03-05'].map((on, index) => bar(on, String(10 + index)));

  it('is the last close up to the day', () => {
    expect(shown(closeOn(inputs({ bars: week }), date('2026-03-03'), undefined))).toEqual([
      '11',
      'close',
      '2026-03-03',
      '10',
      false,
    ]);
  });

  it('is stale where that session has none, with no change, and says so', () => {
    const known = closeOn(inputs({ bars: week }), date('2026-03-04'), undefined);
    expect(shown(known)).toEqual(['11', 'close', '2026-03-03', undefined, true]);
    expect(known?.reason).toBe('no price on 2026-03-04, last one 2026-03-03');
  });

  it('has no change over a gap', () => {
    expect(closeOn(inputs({ bars: week }), date('2026-03-05'), undefined)?.previousClose).toBeUndefined();
  });

  it('on a Sunday is Friday’s close, and not stale', () => {
    const friday = closeOn(inputs({ bars: [...week, bar('2026-03-06', '14')] }), date('2026-03-08'), undefined);
    expect([plain(friday!.price), friday?.stale]).toEqual(['14', false]);
  });

  it('takes out a re-base by its factor, and says where it is unknown', () => {
    const old = [bar('2021-08-04', '48.1354')];
    const rebase = { before: date('2022-05-26'), factor: decimal('0.890407') };
    const known = closeOn(inputs({ bars: old }), date('2021-08-04'), rebase);
    expect(known && plain(known.price)).toBe('54.06');
    const unknown = closeOn(inputs({ bars: old }), date('2021-08-04'), { before: date('2022-05-26') });
    expect([plain(unknown!.price), unknown?.reason]).toEqual([
      '48.1354',
      'the price of 2021-08-04 is re-based by the provider',
    ]);
  });

  it('a later day’s action does not touch an earlier valuation', () => {
    const since = (day: string) => (day < '2026-03-05' ? decimal('0.1') : decimal('1'));
    // Valued on the 3rd with the actions up to the 3rd: none.
    expect(plain(closeOn(inputs({ bars: week }), date('2026-03-03'), undefined)!.price)).toBe('11');
    // Valued on the 5th without a bar of that day, with the action of the 5th.
    const known = closeOn({ ...inputs({ bars: week.slice(0, 2) }), unitsSince: since }, date('2026-03-05'), undefined);
    expect(plain(known!.price)).toBe('110');
  });

  it('is nothing before the first bar', () => {
    expect(closeOn(inputs({ bars: week }), date('2026-03-01'), undefined)).toBeUndefined();
  });
});
