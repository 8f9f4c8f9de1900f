/** Ten thousand entries to holdings: the fold and the valuation alone, in this process. */
import { parseLocalDate } from '../../src/domain/date.ts';
import type { Entry } from '../../src/domain/ledger/entry.ts';
import { valueHoldings } from '../../src/domain/ledger/holding.ts';
import { foldLedger } from '../../src/domain/ledger/ledger.ts';
import type { KnownPrice } from '../../src/domain/market/known-price.ts';
import type { Code } from '../../src/domain/market/security.ts';
import type { Outcome } from './outcome.ts';
import { sampleBars, sampleCodes, sampleDays, sampleEntries } from './sample-market.ts';
import { median } from './statistics.ts';
import { interleaved, timed } from './stopwatch.ts';

const count = 10_000;

export async function folding({ quick }: { quick: boolean }): Promise<Outcome> {
  const days = sampleDays(parseLocalDate('2026-11-20'), 10);
  const codes = sampleCodes(200);
  const entries = sampleEntries(count, codes, days, 'main');
  const few = sampleEntries(count, codes.slice(0, 5), days, 'main');
  const prices = new Map(codes.map((code, index) => [code, knownPrice(index, days)]));
  const taken = await interleaved(quick ? 3 : 9, {
    many: () => timed(() => fold(entries, prices)),
    few: () => timed(() => fold(few, prices)),
  });
  return {
    name: '10,000 entries to holdings',
    unit: 'ms',
    measured: median(taken.many),
    target: { of: 'measured', is: '<=', value: 1000 },
    note: `of 200 securities; of 5 securities ${median(taken.few).toFixed(0)} ms; the first time ${taken.many[0]?.toFixed(0)} ms`,
  };
}

function fold(entries: readonly Entry[], prices: ReadonlyMap<Code, KnownPrice>): void {
  const ledger = foldLedger(entries);
  const { totals } = valueHoldings(ledger.parcels, { prices, names: new Map(), cash: undefined });
  if (ledger.problems.length > 0 || totals.value === undefined) throw new Error('the sample ledger does not add up');
}

function knownPrice(index: number, days: readonly KnownPrice['on'][]): KnownPrice {
  const [bar] = sampleBars(days.slice(-1), index);
  if (bar === undefined) throw new Error('no bar');
  return {
    price: bar.close,
    stamp: { kind: 'close', on: bar.date },
    source: 'close',
    on: bar.date,
    previousClose: bar.open,
    stale: false,
    reason: undefined,
  };
}
