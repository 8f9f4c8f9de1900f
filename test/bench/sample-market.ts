/** A made-up market and ledger, the same at every run: as many securities, bars and entries as a bench asks for. */
import { addDays, type LocalDate } from '../../src/domain/date.ts';
import { decimal, money, price, units } from '../../src/domain/decimal.ts';
import type { Entry } from '../../src/domain/ledger/entry.ts';
import { tradingDays } from '../../src/domain/market/calendar.ts';
import type { Bar } from '../../src/domain/market/price.ts';
import type { Code, Security } from '../../src/domain/market/security.ts';

/** Numbers from 0 (included) to 1 that follow from the seed alone. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** AAA, AAB, ... */
export const sampleCode = (index: number): Code =>
  [676, 26, 1].map(size => letters[Math.floor(index / size) % 26]).join('') as Code;

export const sampleCodes = (count: number): Code[] => Array.from({ length: count }, (_, index) => sampleCode(index));

const words = ['Northern', 'Pacific', 'Gold', 'Health', 'Property', 'Energy', 'Capital', 'Copper', 'Retail', 'Water'];
const kinds = ['Limited', 'Group Limited', 'Holdings Limited', 'Resources NL', 'Trust', 'Corporation Limited'];

export const sampleSecurities = (codes: readonly Code[]): Security[] =>
  codes.map((code, index) => ({
    code,
    name: `${words[index % 10]} ${words[(index * 7 + 3) % 10]} ${kinds[index % 6]}`,
    kind: 'share',
    currency: 'AUD',
  }));

const dollars = (value: number): string => (value < 2 ? value.toFixed(3) : value.toFixed(2));

/** One bar a trading day from `from` to `to`, on a random walk that starts between 0.50 and 80 dollars. */
export function sampleBars(days: readonly LocalDate[], seed: number): Bar[] {
  const random = randomFrom(seed * 7919 + 1);
  let last = 0.5 + random() ** 3 * 79.5;
  return days.map(date => {
    const open = last;
    last = Math.max(0.05, last * (1 + (random() - 0.495) * 0.03));
    return {
      date,
      open: price(dollars(open)),
      high: price(dollars(Math.max(open, last) * (1 + random() * 0.01))),
      low: price(dollars(Math.min(open, last) * (1 - random() * 0.01))),
      close: price(dollars(last)),
      adjustedClose: price((last * 0.97).toFixed(4)),
      volume: decimal(String(Math.floor(random() * 5_000_000))),
    };
  });
}

/** Trading days of about `years` years up to `to`. */
export const sampleDays = (to: LocalDate, years: number): LocalDate[] =>
  tradingDays(addDays(to, -Math.round(years * 365.25)), to);

const entryId = (index: number): string => `01900000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;

/** Entries of one portfolio that all take effect: seven in ten are buys, the rest sales of what is held and dividends. */
export function sampleEntries(
  count: number,
  codes: readonly Code[],
  days: readonly LocalDate[],
  portfolio: string,
): Entry[] {
  const random = randomFrom(count);
  const held = new Map<Code, number>();
  return Array.from({ length: count }, (_, index) => {
    // Every security is bought before any is sold.
    const code = codes[index < codes.length ? index : Math.floor(random() * codes.length)] ?? sampleCode(0);
    const on = days[Math.floor((index * days.length) / count)] ?? days[0];
    if (on === undefined) throw new Error('no days');
    const recorded = { id: entryId(index), portfolio, code, on };
    const kind = random();
    const has = held.get(code) ?? 0;
    const perUnit = price(dollars(0.5 + random() * 60));
    if (index >= codes.length && has > 1 && kind < 0.2) {
      const sold = 1 + Math.floor(random() * (has / 2));
      held.set(code, has - sold);
      return { ...recorded, kind: 'sell', units: units(String(sold)), price: perUnit, brokerage: money('9.5') };
    }
    if (index >= codes.length && has > 0 && kind < 0.3) {
      const amount = { total: money((random() * 500 + 1).toFixed(2)) };
      return { ...recorded, kind: 'dividend', amount, frankedPct: decimal('100') };
    }
    const bought = 10 + Math.floor(random() * 990);
    held.set(code, has + bought);
    return { ...recorded, kind: 'buy', units: units(String(bought)), price: perUnit, brokerage: money('19.95') };
  });
}
