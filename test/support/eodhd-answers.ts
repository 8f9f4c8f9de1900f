/** Answers of EODHD that suffice for a trader who holds BHP: made up, where no recording is needed. */
import type { Fault } from './eodhd-server.ts';

const bar = { open: 43, high: 44, low: 42, close: 43.5 };
const constituents = { 0: { Code: 'BHP', Exchange: 'AU', Name: 'BHP' } };

/** The last close is that of `closed`; the quote is of the session after it, at 10:40 in Sydney's summer. */
export function answersOf(closed: string, quoted: number): Fault[] {
  const answers: [string, unknown][] = [
    ['user', { apiRequests: 0, apiRequestsDate: closed, dailyRateLimit: 1000, extraLimit: 0 }],
    ['exchange-symbol-list', [{ Code: 'BHP', Name: 'BHP Group', Type: 'Common Stock', Currency: 'AUD', Isin: null }]],
    ['exchange-details', { Name: 'ASX', ExchangeHolidays: {}, TradingHours: {} }],
    ['real-time', { ...bar, code: 'BHP.AU', timestamp: quoted / 1000, volume: 1, gmtoffset: 0 }],
    ['eod/BHP.AU', [{ ...bar, date: closed, adjusted_close: 43.5, volume: 1000 }]],
    ['div/BHP.AU', []],
    ['splits/BHP.AU', []],
    ['search', [{ Code: 'BHP', Exchange: 'AU', Name: 'BHP Group', Type: 'Common Stock', Currency: 'AUD' }]],
    ['fundamentals/BHP.AU', { General: { Code: 'BHP', Type: 'Common Stock', GicSector: 'Materials' } }],
    ['fundamentals/AXJO.INDX', { General: {}, Components: constituents }],
  ];
  return answers.map(([path, body]) => ({ path, body: JSON.stringify(body) }));
}
