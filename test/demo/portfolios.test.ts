import { describe, expect, it } from 'vitest';
import { simulateMarket } from '../../src/demo/market.ts';
import { type DemoPortfolio, demoPortfolios, demoWatchlist } from '../../src/demo/portfolios.ts';
import { addDays, readInstant, sydneyDate } from '../../src/domain/date.ts';
import { isNegative, plain, toFloat } from '../../src/domain/decimal.ts';
import type { Entry } from '../../src/domain/ledger/entry.ts';
import { foldLedger } from '../../src/domain/ledger/ledger.ts';
import { byEffect } from '../../src/domain/ledger/order.ts';
import { isTradingDay } from '../../src/domain/market/calendar.ts';
import { entriesOf, ledgerOf } from '../support/ledger.ts';

const market = simulateMarket();
const instants = [
  '2026-11-22T02:00Z',
  '2026-01-15T01:00Z',
  '2025-06-30T09:00Z',
  '2028-02-29T09:00Z',
  '2024-09-30T10:00Z',
];
const now = readInstant('2026-11-22T02:00Z') ?? 0;

const entriesIn = (portfolio: DemoPortfolio): Entry[] => entriesOf(portfolio.lines).sort(byEffect);

describe.each(instants)('the demo portfolios at %s', instant => {
  const at = readInstant(instant) ?? 0;
  const portfolios = demoPortfolios(at, market);

  it('are lines of the entry grammar that the ledger takes without a problem', () => {
    for (const portfolio of portfolios) {
      const ledger = ledgerOf(portfolio.lines);
      expect(ledger.problems).toEqual([]);
      expect(ledger.warnings).toEqual([]);
      const held = new Set(ledger.parcels.map(parcel => parcel.code));
      expect(held.size).toBeGreaterThanOrEqual(11);
      expect(held.size).toBeLessThanOrEqual(16);
    }
  });

  it('are in order of date, on trading days, none after today', () => {
    for (const { lines } of portfolios) {
      const dates = entriesOf(lines).map(entry => entry.on);
      expect(dates).toEqual([...dates].sort());
      expect(dates.filter(date => !isTradingDay(date) || date > sydneyDate(at))).toEqual([]);
    }
  });

  it('trade within the range of the day', () => {
    let trades = 0;
    for (const entry of portfolios.flatMap(entriesIn)) {
      if (entry.kind !== 'buy' && entry.kind !== 'sell') continue;
      const security = market.find(entry.code);
      const bar = security && market.bars(security, at, entry.on, entry.on)[0];
      if (bar === undefined) throw new Error(`${entry.code} did not trade on ${entry.on}`);
      expect(toFloat(entry.price)).toBeGreaterThanOrEqual(bar.low);
      expect(toFloat(entry.price)).toBeLessThanOrEqual(bar.high);
      trades += 1;
    }
    expect(trades).toBeGreaterThan(35);
  });

  it('never sell more than is held, nor spend more cash than there is', () => {
    for (const portfolio of portfolios) {
      const held = new Map<string, number>();
      const change = (code: string, units: number): void => {
        held.set(code, (held.get(code) ?? 0) + units);
        expect(held.get(code), code).toBeGreaterThanOrEqual(0);
      };
      for (const entry of entriesIn(portfolio)) {
        if (entry.kind === 'buy' || entry.kind === 'drp') change(entry.code, toFloat(entry.units));
        if (entry.kind === 'sell') change(entry.code, -toFloat(entry.units));
        if (entry.kind === 'split' || entry.kind === 'consolidation') {
          const ratio = toFloat(entry.newUnits) / toFloat(entry.oldUnits);
          held.set(entry.code, Math.ceil((held.get(entry.code) ?? 0) * ratio - 1e-9));
        }
      }
      if (!portfolio.cash) continue;
      const entries = entriesOf(portfolio.lines);
      for (const date of new Set(entries.filter(entry => entry.kind === 'buy').map(entry => entry.on))) {
        const { cash } = foldLedger(entries, { asOf: date });
        expect(isNegative(cash), `${portfolio.name} has ${plain(cash)} on ${date}`).toBe(false);
      }
    }
  });

  it('have every dividend on what was held the day before its ex-date, to the cent', () => {
    for (const { lines } of portfolios) {
      const received = ledgerOf(lines).income;
      expect(received.length).toBeGreaterThan(40);
      for (const { code, exDate, units, amount } of received) {
        const security = market.find(code);
        const declared = security && market.dividends(security, at).find(item => item.exDate === exDate);
        if (declared === undefined || units === undefined) throw new Error(`${code} paid nothing ex ${exDate}`);
        expect(Math.abs(toFloat(amount) - toFloat(units) * declared.perUnit)).toBeLessThan(0.0051);
      }
    }
  });

  it('have none of those dividends missing, but two of the first portfolio that wait to be recorded', () => {
    for (const [index, portfolio] of portfolios.entries()) {
      const missing: string[] = [];
      const { lines } = portfolio;
      const received = new Set(ledgerOf(lines).income.map(({ code, exDate }) => `${code} ${exDate}`));
      const last = entriesOf(lines).at(-1)?.on ?? '';
      const bought = new Map<string, string>();
      const gone = new Set<string>();
      for (const entry of entriesIn(portfolio)) {
        if (entry.kind === 'buy' && !bought.has(entry.code)) bought.set(entry.code, entry.on);
      }
      const open = new Set(ledgerOf(lines).parcels.map(parcel => String(parcel.code)));
      for (const code of bought.keys()) if (!open.has(code)) gone.add(code);
      for (const [code, since] of bought) {
        const security = market.find(code);
        if (security === undefined || gone.has(code)) continue;
        for (const { exDate, paidOn } of market.dividends(security, at)) {
          if (exDate > since && paidOn <= last && !received.has(`${code} ${exDate}`)) missing.push(paidOn);
        }
      }
      const isLate = (paidOn: string): boolean => paidOn >= addDays(sydneyDate(at), -75);
      expect(missing.every(isLate), missing.join()).toBe(true);
      expect(missing.length).toBeLessThanOrEqual(index === 0 ? 2 : 0);
    }
  });
});

describe('the demo portfolios', () => {
  const portfolios = demoPortfolios(now, market);
  const [fund, own] = portfolios;

  it('are a super fund with a cash account and an individual without', () => {
    expect(portfolios.map(({ name, taxpayer, cash }) => [name, taxpayer, cash])).toEqual([
      ['Family SMSF', 'smsf', true],
      ['Long Term', 'individual', false],
    ]);
    const kinds = portfolios.map(portfolio => new Set(entriesIn(portfolio).map(entry => entry.kind)));
    for (const kind of ['buy', 'sell', 'drp', 'return-of-capital', 'dividend', 'distribution'] as const) {
      for (const recorded of kinds) expect(recorded.has(kind), kind).toBe(true);
    }
    expect(kinds[0]?.has('deposit') && kinds[0].has('interest') && kinds[0].has('fee')).toBe(true);
    expect(kinds[1]?.has('deposit')).toBe(false);
  });

  it('hold the security that split, the one that was consolidated and the suspended one', () => {
    expect(fund?.lines).toContain('split PME 3:1 on 2025-05-12');
    expect(own?.lines).toContain('consolidation BRN 1:10 on 2025-11-10');
    expect(ledgerOf(fund?.lines ?? []).parcels.some(parcel => parcel.code === 'SGR')).toBe(true);
  });

  it('are the same every time', () => {
    expect(demoPortfolios(now)).toEqual(portfolios);
  });

  it('watch a dozen securities that are not held', () => {
    const held = new Set(portfolios.flatMap(({ lines }) => ledgerOf(lines).parcels.map(parcel => parcel.code)));
    const watched = demoWatchlist();
    expect(watched).toHaveLength(12);
    expect(watched.filter(code => held.has(code) || market.find(code) === undefined)).toEqual([]);
  });
});
