/** Prices of a security: the days that it was traded on, and the newest price that may be believed. */
import { z } from 'zod';
import { addDays, addMonths, isLocalDate, type LocalDate } from '../../domain/date.ts';
import { fieldRefusal, refusal } from '../../http/refusal.ts';
import { viewPriceHistory } from '../../usecases/view-price-history.ts';
import { viewPrices } from '../../usecases/view-watchlist.ts';
import type { Endpoints, Parts } from '../parts.ts';
import { priceDay } from '../price-record.ts';
import { codeIn, tickerOf } from '../ticker.ts';
import { count, date, figure, instant, numberOf, orNull, text, words } from '../values.ts';

const months = { '1M': 1, '3M': 3, '6M': 6, '1Y': 12, '2Y': 24, '5Y': 60 } as const;
type Period = keyof typeof months;
const periods = Object.keys(months) as [Period, ...Period[]];

const day = z
  .string()
  .refine(isLocalDate, 'value is not a date, like 2026-03-02')
  .transform(value => value as LocalDate);

const historyQuery = z.object({
  start_date: day.optional(),
  end_date: day.optional(),
  period: z.preprocess(
    value => (typeof value === 'string' ? value.toUpperCase() : value),
    z.enum(periods).default('3M'),
  ),
});

const historyAnswer = z.object({
  ticker: text,
  start_date: date,
  end_date: date,
  count,
  data: z
    .array(
      z.object({
        date,
        open: z.number(),
        high: z.number(),
        low: z.number(),
        close: z.number(),
        volume: z.number(),
      }),
    )
    .describe("oldest first, in today's units: a split leaves no cliff"),
});

const latestAnswer = z.object({
  ticker: text,
  name: words,
  date,
  as_of: z.union([date, instant]),
  open: figure,
  high: figure,
  low: figure,
  close: figure,
  volume: figure,
  previous_close: figure,
  change: figure,
  change_pct: figure,
  source: z.enum(['quote', 'close']),
  stale: z.boolean(),
  reason: words,
});

const noPrices = (named: string) => refusal(404, `No price data found for ${named}`);

export function addPrices(endpoints: Endpoints, { app }: Parts): void {
  endpoints.signedIn(
    {
      method: 'get',
      path: '/prices/{ticker}/history',
      summary: 'Open, high, low, close and volume by day',
      query: historyQuery,
      answer: historyAnswer,
    },
    ({ c, query }) => {
      const code = codeIn(c.req.param('ticker'), noPrices);
      const to = query.end_date ?? app.today();
      const from = query.start_date ?? addDays(addMonths(to, -months[query.period]), 1);
      if (from > to) throw fieldRefusal(['query', 'start_date'], `${from} is after the end, ${to}`);
      const data = viewPriceHistory(app, code, { from, to });
      if (data === undefined) throw noPrices(tickerOf(code));
      return { ticker: tickerOf(code), start_date: from, end_date: to, count: data.length, data };
    },
  );

  endpoints.signedIn(
    { method: 'get', path: '/prices/{ticker}/latest', summary: 'The newest price', answer: latestAnswer },
    ({ c }) => {
      const code = codeIn(c.req.param('ticker'), noPrices);
      const [row] = viewPrices(app, [code]);
      const price = row?.price;
      if (row === undefined || price === undefined) throw noPrices(tickerOf(code));
      const [bar] = viewPriceHistory(app, code, { from: price.on, to: price.on }) ?? [];
      const traded = price.source === 'close' ? bar : undefined;
      return {
        ticker: tickerOf(code),
        name: orNull(row.name),
        date: price.on,
        as_of: priceDay(price),
        open: traded?.open ?? numberOf(row.quote?.open),
        high: traded?.high ?? numberOf(row.quote?.high),
        low: traded?.low ?? numberOf(row.quote?.low),
        close: numberOf(price.price),
        volume: traded?.volume ?? numberOf(row.quote?.volume),
        previous_close: numberOf(price.previousClose),
        change: numberOf(row.change),
        change_pct: orNull(row.changePct),
        source: price.source,
        stale: price.stale,
        reason: orNull(price.reason),
      };
    },
  );
}
