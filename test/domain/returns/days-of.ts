/** The days of portfolios that are written as entry lines, on closes that are written out. */
import { addDays, type Instant, type LocalDate } from '../../../src/domain/date.ts';
import { plain, price } from '../../../src/domain/decimal.ts';
import { reconstructionFactor } from '../../../src/domain/ledger/actions.ts';
import type { Entry } from '../../../src/domain/ledger/entry.ts';
import { latestCodes } from '../../../src/domain/ledger/latest-code.ts';
import { foldLedger } from '../../../src/domain/ledger/ledger.ts';
import { isTradingDay, tradingDays } from '../../../src/domain/market/calendar.ts';
import type { Code } from '../../../src/domain/market/security.ts';
import { acrossRename, closesOf } from '../../../src/domain/returns/closes.ts';
import { combinedUnits } from '../../../src/domain/returns/holding-days.ts';
import { movementsOf } from '../../../src/domain/returns/movements.ts';
import { type PortfolioDays, portfolioDays } from '../../../src/domain/returns/portfolio-days.ts';
import { entriesOf, on } from '../../support/ledger.ts';

/** `{ BHP: { '2026-03-02': '43.21' } }`: as-traded closes by code and day. */
export type Market = Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Setting = {
  readonly from: string;
  readonly to: string;
  readonly market: Market;
  /** Keep a cash account: `main`, unless others are named. */
  readonly cash?: readonly string[];
  /** The last close of each of these is a quote of then. */
  readonly quotedAt?: Readonly<Record<string, string>>;
  readonly everyDayFrom?: string;
};

export const daysOf = (lines: readonly string[], setting: Setting): PortfolioDays =>
  daysOfEntries(entriesOf(lines), setting);

export function daysOfEntries(entries: readonly Entry[], setting: Setting): PortfolioDays {
  const { from, to, market, cash = [], quotedAt = {}, everyDayFrom } = setting;
  const ledger = foldLedger([...entries]);
  const [start, end] = [on(from), on(to)];
  const { ofHoldings, ofCash } = movementsOf(entries, ledger, end);
  const dates = new Set<LocalDate>(tradingDays(start, end));
  for (const entry of entries) if (entry.on >= start && entry.on <= end) dates.add(entry.on);
  const closes = (code: Code) =>
    closesOf(Object.entries(market[code] ?? {}).map(([day, text]) => ({ date: on(day), close: price(text) })));
  const renames = entries.flatMap(entry => (entry.kind === 'rename' ? [entry] : []));
  const latestCode = latestCodes(entries);
  const codes = [...new Set(ledger.unitCloses.map(each => each.code))];
  const keepsCash = new Set(cash);
  return portfolioDays({
    baseline: addDays(start, -1),
    dates: [...dates].sort(),
    isTradingDay,
    keepsCash,
    holdings: codes.map(code => {
      const into = renames.find(each => each.code === code);
      const outOf = renames.find(each => each.newCode === code);
      const own = closes(code);
      return {
        code,
        identity: latestCode(code),
        units: combinedUnits(ledger.unitCloses.filter(each => each.code === code).map(each => each.closes)),
        movements: ofHoldings.filter(each => each.code === code),
        closes: into
          ? acrossRename(own, closes(into.newCode), into.on).old
          : outOf
            ? acrossRename(closes(outOf.code), own, outOf.on).renamed
            : own,
        splits: entries.flatMap(entry =>
          (entry.kind === 'split' || entry.kind === 'consolidation') && entry.code === code
            ? [{ on: entry.on, newPerOld: reconstructionFactor(entry) }]
            : [],
        ),
        quotedAt: quotedAt[code] as Instant | undefined,
      };
    }),
    cash: ledger.cashCloses.filter(each => keepsCash.has(each.portfolio)).map(each => each.closes),
    cashMovements: ofCash,
    everyDayFrom: everyDayFrom === undefined ? undefined : on(everyDayFrom),
  });
}

/** One line a day: `03-02 V 1000 D 1000 W 0 P 0 r 0.00%`, in dollars. */
export const dayLines = (days: PortfolioDays): string[] =>
  days.days.map(day => {
    const [value, inflow, outflow, profit] = [day.value, day.inflow, day.outflow, day.profit].map(each => each / 100);
    const r = day.timeWeighted === undefined ? '-' : `${(day.timeWeighted * 100).toFixed(3)}%`;
    const missing = day.unpriced.length === 0 ? '' : ` no price ${day.unpriced.join(' ')}`;
    return `${day.date.slice(5)} V ${value} D ${inflow} W ${outflow} P ${profit} r ${r}${missing}`;
  });

/** One line a security: `ABC price 10 income 5 costs 1 profit 14`. */
export const contributionLines = (days: PortfolioDays): string[] =>
  days.contributions.map(each => {
    const [price, income, costs, profit] = [each.price, each.income, each.costs, each.profit].map(cents => cents / 100);
    return `${each.code ?? 'cash'} price ${price} income ${income} costs ${costs} profit ${profit}`;
  });

const ofEntry = (of: { readonly entry: string | undefined; readonly words: string | undefined }): string =>
  `${of.entry ?? ''}${of.words ?? ''}`;

/** One line an amount: `03-02 in 1000 entry-001`. */
export const flowLines = ({ trail }: PortfolioDays): string[] =>
  trail.flows.map(each => `${each.on.slice(5)} ${each.way} ${each.amount / 100} ${ofEntry(each)}`);

/** One line an entry's part: `03-02 ABC in 1000 out 0 income 0 costs 10 entry-001`. */
export const moveLines = ({ trail }: PortfolioDays): string[] =>
  trail.moves.map(each => {
    const [putIn, out, income, costs] = [each.putIn, each.takenOut, each.income, each.costs].map(cents => cents / 100);
    const what = `in ${putIn} out ${out} income ${income} costs ${costs}`;
    return `${each.on.slice(5)} ${each.identity ?? 'cash'} ${what} ${ofEntry(each)}`;
  });

/** One line a holding: `03-02 ABC 1000 = 100 x 100000e-4 of 20260302 for ABC`. */
export const positionLines = ({ trail }: PortfolioDays): string[] =>
  trail.positions.map(({ on, code, identity, value, held }) => {
    const line = `${on.slice(5)} ${code ?? 'cash'} ${value / 100}`;
    if (held === undefined) return `${line}${identity ?? ''}`;
    const { digits, places, day, newPerOld, tradedAt } = held.close;
    const split = newPerOld === undefined ? '' : ` / ${plain(newPerOld)}`;
    return `${line} = ${plain(held.units)} x ${digits}e-${places}${split} of ${tradedAt ?? day} for ${identity}`;
  });
