/**
 * The demo's portfolios, as lines of the entry grammar.
 *
 * A plan is acted out on the simulated market: trades at a price of their day, dividends on what was held before each
 * ex-date and reinvestment where the plan has it, the split and the consolidation where held, and interest and fees
 * where there is a cash account. So the demo's ledger agrees with its market, whatever the day it is opened.
 */
import { addDays, addMonths, type Instant, type LocalDate, localDate, sydneyDate } from '../domain/date.ts';
import { money, noUnits, type Price, price, type Units } from '../domain/decimal.ts';
import { isTradingDay, lastCompletedSession, nextTradingDay } from '../domain/market/calendar.ts';
import { type Code, parseCode } from '../domain/market/security.ts';
import { paysDistributions, yearOf } from './corporate-actions.ts';
import { type Market, type SimulatedBar, simulateMarket } from './market.ts';
import { type Book, openBook } from './portfolio-book.ts';
import { familySuper, longTerm, type Plan, type Step } from './portfolio-plans.ts';
import type { SimulatedSecurity } from './securities.ts';
import { nearestTick } from './tick.ts';

export type DemoPortfolio = Pick<Plan, 'name' | 'owner' | 'taxpayer' | 'cash'> & {
  /** Entry lines, oldest first. */
  readonly lines: readonly string[];
};

const interestRate = '0.035';
const supervisoryLevy = money('259');

/** What the demo watches besides its holdings. */
export const demoWatchlist = (): Code[] =>
  ['NDQ', 'VHY', 'WTC', 'NST', 'MIN', 'PLS', 'QAN', 'DRO', 'ZIP', 'ALL', 'NXT', 'WHC'].map(parseCode);

/** Events of a day take effect in the order of their rank: entitlements are those of the day before. */
type Event = { readonly on: LocalDate; readonly rank: number; readonly happen: (book: Book) => void };

const ranks = { entitle: 0, split: 1, deposit: 2, buy: 3, sell: 4, pay: 5, charge: 6 };

const tradingDayFrom = (date: LocalDate): LocalDate => (isTradingDay(date) ? date : nextTradingDay(date));

/** Halfway between the day's open and close, which is always within its range. */
const tradePrice = (bar: SimulatedBar, security: SimulatedSecurity): Price =>
  price(String(nearestTick((bar.open + bar.close) * 500, security.kind) / 1000));

/** The day on which a planned trade is done: the first it can be, for a suspended security one of its last. */
function tradeDay(
  market: Market,
  security: SimulatedSecurity,
  date: LocalDate,
  now: Instant,
): SimulatedBar | undefined {
  return market.bars(security, now, date, addDays(date, 10)).at(0) ?? market.bars(security, now).at(-60);
}

function plannedEvent(step: Step, market: Market, today: LocalDate, now: Instant): Event[] {
  const date = tradingDayFrom(addMonths(today, -step.monthsAgo));
  if (step.do === 'deposit') {
    return [{ on: date, rank: ranks.deposit, happen: book => book.deposit(money(String(step.dollars)), date) }];
  }
  const security = market.find(step.code);
  if (security === undefined) return [];
  if (step.do === 'return capital') {
    const happen = (book: Book): void => book.returnCapital(step.code, price(step.perUnit), date);
    return [{ on: date, rank: ranks.pay, happen }];
  }
  const bar = tradeDay(market, security, date, now);
  if (bar === undefined) return [];
  const at = tradePrice(bar, security);
  return step.do === 'buy'
    ? [{ on: bar.date, rank: ranks.buy, happen: book => book.buy(step.code, step.dollars, at, bar.date) }]
    : [{ on: bar.date, rank: ranks.sell, happen: book => book.sell(step.code, step.part, at, bar.date) }];
}

/** The average of the five closes before the payment, to four decimals. */
function reinvestmentPrice(market: Market, security: SimulatedSecurity, paidOn: LocalDate, now: Instant): Price {
  const closes = market.bars(security, now, addDays(paidOn, -15), addDays(paidOn, -1)).slice(-5);
  const total = closes.reduce((sum, bar) => sum + bar.close, 0);
  return price((total / closes.length).toFixed(4));
}

function marketEvents(security: SimulatedSecurity, plan: Plan, market: Market, now: Instant): Event[] {
  const { code } = security;
  const events: Event[] = [];
  const split = market.split(security, now);
  if (split !== undefined) {
    events.push({ on: split.date, rank: ranks.split, happen: book => book.split(code, split) });
  }
  for (const dividend of market.dividends(security, now)) {
    let entitled: Units = noUnits;
    events.push({
      on: dividend.exDate,
      rank: ranks.entitle,
      happen: book => {
        entitled = book.held(code);
      },
    });
    events.push({
      on: dividend.paidOn,
      rank: ranks.pay,
      happen: book => {
        const payment = { code, dividend, entitled, isDistribution: paysDistributions(security) };
        if (!plan.reinvested.includes(code)) return book.pay(payment);
        book.reinvest(payment, reinvestmentPrice(market, security, dividend.paidOn, now));
      },
    });
  }
  return events;
}

/** Quarterly interest and the yearly levy of a fund with a cash account. */
function cashEvents(from: LocalDate, to: LocalDate): Event[] {
  const events: Event[] = [];
  for (let year = yearOf(from); year <= yearOf(to); year += 1) {
    for (const month of [1, 4, 7, 10]) {
      const on = tradingDayFrom(localDate(year, month, 1));
      events.push({ on, rank: ranks.charge, happen: book => book.earnInterest(interestRate, on) });
    }
    const on = tradingDayFrom(localDate(year, 5, 15));
    events.push({ on, rank: ranks.charge, happen: book => book.payFee(supervisoryLevy, on) });
  }
  return events.filter(event => event.on > from);
}

function actOut(plan: Plan, market: Market, now: Instant): DemoPortfolio {
  const last = lastCompletedSession(now);
  const today = sydneyDate(now);
  const planned = plan.steps.flatMap(step => plannedEvent(step, market, today, now));
  const codes = new Set(plan.steps.flatMap(step => ('code' in step ? step.code : [])));
  const securities = [...codes].flatMap(code => market.find(code) ?? []);
  const first = planned.reduce((earliest, event) => (event.on < earliest ? event.on : earliest), last);
  const events = [
    ...planned,
    ...securities.flatMap(security => marketEvents(security, plan, market, now)),
    ...(plan.cash ? cashEvents(first, last) : []),
  ];
  const book = openBook(plan.cash);
  events
    .filter(event => event.on <= last)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.rank - b.rank))
    .forEach(event => {
      event.happen(book);
    });
  const { name, owner, taxpayer, cash } = plan;
  return { name, owner, taxpayer, cash, lines: withoutLastPayments(book.lines, plan.unrecorded) };
}

/** The lines without the last dividends that were paid in cash. */
function withoutLastPayments(lines: readonly string[], count: number): string[] {
  const payments = lines.flatMap((line, index) => (/^(dividend|distribution) /.test(line) ? [index] : []));
  const left = new Set(count === 0 ? [] : payments.slice(-count));
  return lines.filter((_, index) => !left.has(index));
}

/** The two demo portfolios as of `now`; pass the market where there is one already. */
export const demoPortfolios = (now: Instant, market: Market = simulateMarket()): DemoPortfolio[] =>
  [familySuper, longTerm].map(plan => actOut(plan, market, now));
