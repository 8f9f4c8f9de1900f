/**
 * The best plan by looking at every one, for a handful of holdings. Written from the rules and not from the program, so
 * that the two can be held against each other. Everything is in whole cents.
 */
import { type LocalDate, parseLocalDate } from '../../../src/domain/date.ts';
import { decimal, money, plain, price, toFloat, units } from '../../../src/domain/decimal.ts';
import type { Code } from '../../../src/domain/market/security.ts';
import type { Candidate, RebalanceRequest } from '../../../src/domain/rebalance/situation.ts';

export type Vector = readonly [drift: number, cost: number, trades: number, codes: number];

type Option = {
  readonly cash: number;
  readonly value: number;
  readonly brokerage: number;
  readonly other: number;
  readonly discount: number;
  readonly loss: number;
  readonly traded: 0 | 1;
};

const cents = (amount: { toFixed: () => string }): number => Math.round(Number(amount.toFixed()) * 100);
const nothing: Option = { cash: 0, value: 0, brokerage: 0, other: 0, discount: 0, loss: 0, traded: 0 };

const heldUnits = (candidate: Candidate): number =>
  candidate.parcels.reduce((sum, each) => sum + toFloat(each.units), 0);

/** Every number of units of each parcel. */
const choices = (most: readonly number[]): number[][] =>
  most.reduce<number[][]>(
    (lists, top) => lists.flatMap(list => Array.from({ length: top + 1 }, (_, count) => [...list, count])),
    [[]],
  );

/** Undefined where no plan is allowed; `plans` is how many were looked at. */
export function bestOfEveryPlan(request: RebalanceRequest): { best: Vector | undefined; plans: number } {
  const candidates = [...request.candidates].sort((a, b) => (a.code < b.code ? -1 : 1));
  const spendable = cents(request.cash) + cents(request.amount);
  const priceOf = (each: Candidate): number => cents(each.price.price);
  const worth = (each: Candidate): number => priceOf(each) * heldUnits(each);
  const securities = candidates.reduce((sum, each) => sum + worth(each), 0);
  const total = securities + spendable;
  const floor = Math.max(
    0,
    cents(request.limits.minimumCash),
    request.mode === 'cash' && cents(request.amount) > 0 ? cents(request.cash) : 0,
  );
  const targetOf = (each: Candidate) =>
    request.targets.find(target => target.name === each.code) ??
    request.targets.find(target => target.kind === 'sector' && target.name === each.sector);
  const groups = request.targets.map(target => {
    const members = candidates.filter(each => targetOf(each) === target);
    const value = members.reduce((sum, each) => sum + worth(each), 0);
    const share = toFloat(target.weightPct) / 100;
    const band = toFloat(target.bandPct ?? request.limits.bandPct) / 100;
    const isOut = Math.abs(value - share * total) > band * total + 1e-6;
    const goal = Math.round(share * total + 1e-9);
    const acts = request.mode === 'cash' ? value < goal : isOut && value !== goal;
    return { target, value, goal, acts };
  });
  const capPct = request.limits.positionCapPct;
  const cap = capPct === undefined ? Number.POSITIVE_INFINITY : (toFloat(capPct) / 100) * total;
  const flat = cents(request.brokerage.flat);
  const pct = toFloat(request.brokerage.pct);
  const fee = (value: number): number => Math.max(flat, Math.ceil((value * pct) / 100 - 1e-9));

  const optionsOf = (each: Candidate): Option[] => {
    const group = groups.find(({ target }) => target === targetOf(each));
    const value = worth(each);
    const perUnit = priceOf(each);
    const forced = request.mode === 'targets' && value > cap ? Math.ceil((value - cap) / perUnit - 1e-9) : 0;
    const isOver = group?.acts === true && group.value > group.goal && request.mode === 'targets';
    const isShort = group?.acts === true && group.value < group.goal;
    const sellable = each.parcels.map(parcel =>
      request.marginalRatePct !== undefined && parcel.cost === undefined ? 0 : toFloat(parcel.units),
    );
    if (forced > 0 || isOver) {
      const all = sellable.reduce((sum, count) => sum + count, 0);
      const least = Math.min(all, forced);
      return choices(sellable).flatMap(counts => {
        const sold = counts.reduce((sum, count) => sum + count, 0);
        if (sold < least || (!isOver && sold > least)) return [];
        if (sold === 0) return nothing;
        const gains = { other: 0, discount: 0, loss: 0 };
        each.parcels.forEach((parcel, at) => {
          const count = counts[at] ?? 0;
          const gain = count * (perUnit - (parcel.cost === undefined ? 0 : cents(parcel.cost) / toFloat(parcel.units)));
          if (gain < 0) gains.loss -= gain;
          else if (hasDiscount(parcel.acquiredOn, request.today)) gains.discount += gain;
          else gains.other += gain;
        });
        const brokerage = fee(sold * perUnit);
        return {
          cash: sold * perUnit - brokerage,
          value: -sold * perUnit,
          brokerage,
          traded: 1 as const,
          ...gains,
        };
      });
    }
    const options = [nothing];
    if (!isShort) return options;
    for (let count = 1; count * perUnit <= securities + spendable; count += 1) {
      const spent = count * perUnit;
      if (value < 50_000 && spent < 50_000) continue;
      if (value + spent > cap + 1e-6) break;
      options.push({ ...nothing, cash: -spent - fee(spent), value: spent, brokerage: fee(spent), traded: 1 });
    }
    return options;
  };

  const rows = candidates
    .map((each, index) => ({
      options: optionsOf(each),
      rank: index + 1,
      group: groups.findIndex(({ target }) => target === targetOf(each)),
    }))
    .filter(({ options }) => options.length > 1 || options[0]?.traded === 1)
    // Sales first: what they bring bounds the buys.
    .sort(
      (a, b) =>
        (b.options[0]?.cash ?? 0) - (a.options[0]?.cash ?? 0) || Number(brings(b.options)) - Number(brings(a.options)),
    );
  const values = groups.map(group => group.value);
  const kept: Vector[] = [];
  let leastDrift = Number.POSITIVE_INFINITY;
  let plans = 0;
  const rate = request.marginalRatePct === undefined ? undefined : toFloat(request.marginalRatePct) / 100;

  const taxed = ({ other, discount: gains, loss }: Pick<Option, 'other' | 'discount' | 'loss'>): number =>
    request.owners.reduce((sum, { part, discount }) => {
      const left = Math.max(0, loss - other);
      return sum + toFloat(part) * (Math.max(0, other - loss) + (1 - toFloat(discount)) * Math.max(0, gains - left));
    }, 0);
  const year = request.yearSoFar;
  const soFar = {
    other: year === undefined ? 0 : cents(year.other),
    discount: year === undefined ? 0 : cents(year.discount),
    loss: year === undefined ? 0 : cents(year.losses),
  };

  const walk = (at: number, cash: number, sums: Omit<Option, 'cash' | 'value'> & { codes: number }): void => {
    const row = rows[at];
    if (row === undefined) {
      plans += 1;
      if (cash < floor) return;
      const drift = groups.reduce((sum, group, index) => sum + Math.abs((values[index] ?? 0) - group.goal), 0);
      if (drift > leastDrift + 0.4) return;
      leastDrift = Math.min(leastDrift, drift);
      kept.push([drift, sums.brokerage + (rate ?? 0) * (taxed(sums) - taxed(soFar)), sums.traded, sums.codes]);
      return;
    }
    const isBuying = !brings(row.options);
    for (const option of row.options) {
      // Buys come last: cash that is short now stays short.
      if (isBuying && cash + option.cash < floor && option.cash < 0) continue;
      if (row.group >= 0) values[row.group] = (values[row.group] ?? 0) + option.value;
      walk(at + 1, cash + option.cash, {
        brokerage: sums.brokerage + option.brokerage,
        other: sums.other + option.other,
        discount: sums.discount + option.discount,
        loss: sums.loss + option.loss,
        traded: (sums.traded + option.traded) as 0 | 1,
        codes: sums.codes + option.traded * row.rank,
      });
      if (row.group >= 0) values[row.group] = (values[row.group] ?? 0) - option.value;
    }
  };
  walk(0, spendable, { brokerage: 0, ...soFar, traded: 0, codes: 0 });
  return { best: leastOf(kept), plans };
}

const brings = (options: readonly Option[]): boolean => options.some(option => option.value < 0);

/** Twelve months, neither the day of buying nor of selling counted: the tests' dates are never at the end of a month. */
const hasDiscount = (acquiredOn: LocalDate, today: LocalDate): boolean => {
  const yearLater = `${Number(acquiredOn.slice(0, 4)) + 1}${acquiredOn.slice(4)}`;
  return today > yearLater;
};

/** The least of the first, then of the second among those, and so on; amounts within 0.4 of a cent are one amount. */
function leastOf(plans: readonly Vector[]): Vector | undefined {
  let left = plans;
  for (const at of [0, 1, 2, 3] as const) {
    const least = Math.min(...left.map(each => each[at]));
    left = left.filter(each => each[at] <= least + 0.4);
  }
  return left[0];
}

/** Numbers from 0 to 1 that follow from the seed alone. */
export function numbersFrom(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const today = parseLocalDate('2026-11-25');

/** A small portfolio with few units of dear securities, so that its plans can be counted. */
export function smallRequest(seed: number): RebalanceRequest {
  const random = numbersFrom(seed);
  const whole = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  const oneOf = <T>(...list: readonly T[]): T => list[whole(0, list.length - 1)] as T;
  const sectors = [undefined, 'Materials', 'Financials'];
  const count = whole(1, 6);
  const candidates = Array.from({ length: count }, (_, index): Candidate => {
    const code = `AA${String.fromCharCode(65 + index)}` as Code;
    const perUnit = whole(8000, 120_000);
    const parcels = Array.from({ length: whole(0, 2) }, (_, at) => {
      const held = whole(1, count > 4 ? 2 : 3);
      const cost =
        random() < 0.05
          ? undefined
          : money(plain(decimal(String(Math.round(held * perUnit * (0.5 + random())))).div('100')));
      const acquiredOn = parseLocalDate(oneOf('2024-05-06', '2025-11-24', '2025-11-25', '2026-03-02'));
      return { id: `${code}-${at}`, portfolio: 'p', code, acquiredOn, units: units(String(held)), cost };
    });
    return {
      code,
      name: undefined,
      sector: oneOf(...sectors),
      price: {
        price: price(plain(decimal(String(perUnit)).div('100'))),
        stamp: { kind: 'close', on: today },
        source: 'close',
        on: today,
        previousClose: undefined,
        stale: false,
        reason: undefined,
      } as Candidate['price'],
      units: units(String(parcels.reduce((sum, parcel) => sum + toFloat(parcel.units), 0))),
      parcels,
    };
  });
  const left = { pct: 100 };
  const take = (): number => {
    const pct = Math.min(left.pct, whole(0, 60));
    left.pct -= pct;
    return pct;
  };
  const target = (kind: 'code' | 'sector', name: string) => ({
    kind,
    name,
    weightPct: decimal(String(take())),
    bandPct: random() < 0.5 ? undefined : decimal(String(whole(0, 5))),
  });
  const targets = [
    ...candidates.filter(() => random() < 0.75).map(({ code }) => target('code', code)),
    ...['Materials', 'Financials'].filter(() => random() < 0.4).map(name => target('sector', name)),
  ];
  const part = decimal(oneOf('1', '0.5'));
  const dollars = () => money(oneOf('0', String(whole(1, 900))));
  const smsf = { part: decimal('1').minus(part), discount: decimal('1').div('3') };
  return {
    mode: oneOf('targets', 'targets', 'cash'),
    today,
    candidates,
    targets,
    cash: money(plain(decimal(String(whole(0, 250_000) - (random() < 0.1 ? 100_000 : 0))).div('100'))),
    amount: money(random() < 0.5 ? '0' : plain(decimal(String(whole(0, 200_000))).div('100'))),
    limits: {
      minimumCash: money(oneOf('0', '0', '200')),
      positionCapPct: oneOf(undefined, undefined, decimal(String(whole(15, 60)))),
      bandPct: decimal(oneOf('0', '1')),
    },
    brokerage: { flat: money(oneOf('9.95', '5')), pct: decimal(oneOf('0', '0.1', '1.2')) },
    owners: [{ part, discount: decimal('0.5') }, ...(part.eq('1') ? [] : [smsf])],
    marginalRatePct: oneOf(undefined, decimal('32'), decimal('47')),
    yearSoFar: part.eq('1') ? { other: dollars(), discount: dollars(), losses: dollars() } : undefined,
  };
}
