/**
 * Money-weighted return (XIRR): the yearly rate r at which all flows are worth nothing on the first day,
 *
 *   sum of amount / (1 + r)^(days since the first flow / 365) = 0
 *
 * with actual days over 365, as Excel's XIRR has it. Money in is below zero, money out and the value at the end above.
 * The sum is looked at over the whole range of growth from one to e^40 of the period either way, and each change of its
 * sign is closed in on by halving. One root is the answer; with none, or with more than one, there is no answer, and
 * the reason says which. Of less than 365 days the return of the period is shown, never a yearly rate.
 */
import { addDays, daysBetween, type LocalDate } from '../date.ts';
import type { Cents } from './cents.ts';
import type { PortfolioDays } from './portfolio-days.ts';

export type Flow = { readonly on: LocalDate; readonly amount: Cents };

export type MoneyWeighted = {
  /** In percent: a year's where `annualised`, else of the whole period. */
  readonly pct: number | undefined;
  readonly annualised: boolean;
  /** From the first flow to the last. */
  readonly days: number;
  readonly reason: string | undefined;
};

/**
 * The flows of the days of a portfolio: what it was worth before them and what went in below zero; what came out, and what
 * is there at the end, above.
 */
export function moneyFlows(
  { startValue, days }: Pick<PortfolioDays, 'startValue' | 'days'>,
  from: LocalDate,
  to: LocalDate,
): Flow[] {
  const last = days.at(-1);
  return [
    ...(startValue === 0 ? [] : [{ on: addDays(from, -1), amount: -startValue }]),
    ...days.flatMap(({ date, inflow, outflow }) => [
      ...(inflow === 0 ? [] : [{ on: date, amount: -inflow }]),
      ...(outflow === 0 ? [] : [{ on: date, amount: outflow }]),
    ]),
    ...(last === undefined || last.value === 0 ? [] : [{ on: to, amount: last.value }]),
  ];
}

const yearDays = 365;
const widest = 40;
const steps = 800;

type Timed = { readonly amount: number; readonly time: number };

/** Flows in any order; those of one day are added up. */
export function moneyWeighted(flows: readonly Flow[]): MoneyWeighted {
  const byDay = new Map<LocalDate, Cents>();
  for (const { on, amount } of flows) byDay.set(on, (byDay.get(on) ?? 0) + amount);
  const dates = [...byDay.keys()].filter(on => byDay.get(on) !== 0).sort();
  const [first] = dates;
  const last = dates.at(-1);
  const days = first === undefined || last === undefined ? 0 : daysBetween(first, last);
  const annualised = days >= yearDays;
  const unknown = (reason: string): MoneyWeighted => ({ pct: undefined, annualised, days, reason });
  const amounts = [...byDay.values()];
  if (first === undefined || !amounts.some(amount => amount < 0)) return unknown('no money went in');
  if (!amounts.some(amount => amount > 0)) return unknown('nothing came back and nothing is left: all of it was lost');
  // What went in on one day and what came out on another: there are days between.
  const timed = dates.map(on => ({ amount: byDay.get(on) as number, time: daysBetween(first, on) / days }));
  const roots = rootsOf(timed);
  const pctOf = (growth: number): number => Math.expm1(annualised ? (growth * yearDays) / days : growth) * 100;
  const [root] = roots;
  if (root === undefined) return unknown('no rate makes the money in and the money out equal');
  if (roots.length > 1) {
    const rates = roots.map(each => `${pctOf(each).toFixed(1)}%`).join(', ');
    return unknown(`${roots.length} rates fit the money in and out equally well: ${rates}`);
  }
  return { pct: pctOf(root), annualised, days, reason: undefined };
}

/** Worth of all flows on the first day, at a continuous growth over the whole period. */
function worth(flows: readonly Timed[], growth: number): number {
  let sum = 0;
  for (const { amount, time } of flows) sum += amount * Math.exp(-growth * time);
  return sum;
}

function rootsOf(flows: readonly Timed[]): number[] {
  // Where growth is below zero seen from the last flow, so that nothing overflows.
  const fromTheEnd = flows.map(({ amount, time }) => ({ amount, time: 1 - time }));
  const signed = (growth: number): number => (growth >= 0 ? worth(flows, growth) : worth(fromTheEnd, -growth));
  const roots: number[] = [];
  // Half a step off, so that no growth at all is not on the grid by itself.
  const at = (step: number): number => ((step + 0.5) / steps) * 2 * widest - widest;
  let before = signed(at(0));
  for (let step = 1; step < steps; step += 1) {
    const value = signed(at(step));
    if (before === 0 || before < 0 !== value < 0) roots.push(halve(signed, at(step - 1), at(step)));
    before = value;
  }
  return roots;
}

function halve(of: (growth: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  const isLowBelow = of(low) < 0;
  for (let round = 0; round < 80; round += 1) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (of(middle) < 0 === isLowBelow) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
