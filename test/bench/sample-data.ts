/** Fills a place's data directory with a portfolio and the prices of what it holds. */
import { insertEntries } from '../../src/db/entries.ts';
import { portfolioForWriting } from '../../src/db/portfolio-for-writing.ts';
import { replaceHistory } from '../../src/db/prices.ts';
import { storeSecurities } from '../../src/db/securities.ts';
import { parseLocalDate } from '../../src/domain/date.ts';
import { type Place, withApp } from './place.ts';
import { sampleBars, sampleCodes, sampleDays, sampleEntries, sampleSecurities } from './sample-market.ts';

/** The last trading day before the standing Saturday. */
export const lastDay = parseLocalDate('2026-11-20');

export type Sample = { readonly securities: number; readonly entries: number; readonly years: number };

export const fillData = (place: Place, sample: Sample): Promise<void> =>
  withApp(place, app => {
    const { db } = app;
    const codes = sampleCodes(sample.securities);
    const days = sampleDays(lastDay, sample.years);
    const fetch = { at: app.now(), source: 'eodhd' };
    db.transaction(() => {
      const { portfolio } = portfolioForWriting(db, undefined, app, true);
      storeSecurities(db, sampleSecurities(codes), app.now());
      for (const [index, code] of codes.entries()) replaceHistory(db, code, sampleBars(days, index), fetch);
      insertEntries(db, sampleEntries(sample.entries, codes, days, portfolio.id), app.now());
    });
  });
