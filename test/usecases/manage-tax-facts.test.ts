import { expect, it } from 'vitest';
import { decimal, plain, price } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { parseQuarter } from '../../src/domain/tax/cpi.ts';
import {
  setCpi,
  setMarketValue,
  setOwnerFact,
  viewCpi,
  viewMarketValues,
  viewOwnerFacts,
} from '../../src/usecases/manage-tax-facts.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { refresh } from '../../src/usecases/refresh-prices.ts';
import { openTestApp } from '../support/app.ts';
import { barRow, json, user } from './scripted-market.ts';
import { at } from './stored-market.ts';

const bhp = parseCode('BHP');

it('a refresh on the evening of 30 June 2027 stores the close of what is held, once', async () => {
  const bars = ['2027-06-28', '2027-06-29', '2027-06-30'].map((on, index) => barRow(on, 44 + index));
  const { app, clock } = await openTestApp({
    now: at('2027-06-30T10:00Z'),
    faults: [user(0, 1000, '2027-06-30'), json('eod/BHP.AU', bars), json('div/BHP.AU', []), json('splits/BHP.AU', [])],
  });
  recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02');
  await refresh(app, { target: 'history' });
  const stored = () =>
    viewMarketValues(app).map(each => `${each.code} ${plain(each.price)} ${each.pricedOn} ${each.source}`);
  expect(stored()).toEqual(['BHP 46 2027-06-30 close']);
  clock.now = at('2027-07-05T10:00Z');
  expect(stored()).toEqual(['BHP 46 2027-06-30 close']);
});

it('what the user enters is listed, changed and taken away; what was never entered cannot be', async () => {
  const { app } = await openTestApp({ now: at('2028-01-05T00:00Z') });
  recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02');
  const quarter = parseQuarter('2027Q3');
  setCpi(app, quarter, decimal('103.4'));
  setCpi(app, quarter, decimal('103.5'));
  expect(viewCpi(app).map(row => `${row.quarter} ${plain(row.index)} ${row.source}`)).toEqual(['2027Q3 103.5 user']);
  setCpi(app, quarter, undefined);
  expect(() => setCpi(app, quarter, undefined)).toThrow('No index of 2027Q3 was entered');
  setMarketValue(app, bhp, price('45'));
  setMarketValue(app, bhp, undefined);
  expect(() => setMarketValue(app, bhp, undefined)).toThrow('No market value of BHP was entered');
  const fact = { financialYear: 2027, fact: 'losses-brought-in' } as const;
  setOwnerFact(app, { ...fact, value: decimal('10') });
  expect(viewOwnerFacts(app, {}).facts.map(each => plain(each.value))).toEqual(['10']);
  setOwnerFact(app, { ...fact, owner: 'main', value: undefined });
  expect(() => setOwnerFact(app, { ...fact, value: undefined })).toThrow(
    'losses-brought-in of FY2027 of Main was not set',
  );
});
