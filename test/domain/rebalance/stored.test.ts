import { expect, test } from 'vitest';
import { decimal, money, units } from '../../../src/domain/decimal.ts';
import { readDetails, type StoredDetails, writeDetails } from '../../../src/domain/rebalance/stored.ts';
import { on } from '../../support/ledger.ts';

const told: StoredDetails = {
  name: 'BHP Group Ltd',
  value: money('1234.56'),
  held: units('775.5'),
  weightPct: 7.8,
  target: 'sector Materials',
  targetPct: 10,
  bandPct: 1.5,
  afterPct: 9.9,
  reason: 'below its band',
  brokerage: money('9.95'),
  tax: money('12.34'),
  pricedOn: on('2026-03-02'),
  priceSource: 'quote',
  parcels: [
    {
      id: 'entry-001',
      acquiredOn: on('2024-05-06'),
      units: units('10.5'),
      gain: money('-3.21'),
      hasDiscount: true,
      tax: money('0'),
    },
  ],
  plan: {
    total: money('100000'),
    cash: money('5000'),
    amount: money('2500'),
    brokerage: money('19.9'),
    brokerageFlat: money('9.95'),
    brokeragePct: decimal('0.11'),
    taxableGain: money('77'),
    marginalRatePct: decimal('39'),
  },
  signal: {
    signal: 'BUY',
    score: 0.73,
    asOf: on('2026-02-27'),
    version: 'ensemble-1',
    share: decimal('0.5'),
    limitPct: decimal('10'),
  },
};

/** What is not known of it is not known afterwards either. */
const untold: StoredDetails = {
  ...told,
  name: undefined,
  target: undefined,
  targetPct: undefined,
  bandPct: undefined,
  tax: undefined,
  pricedOn: undefined,
  priceSource: 'close',
  parcels: told.parcels.map(each => ({
    ...each,
    acquiredOn: undefined,
    gain: undefined,
    hasDiscount: false,
    tax: undefined,
  })),
  plan: { ...told.plan, taxableGain: undefined, marginalRatePct: undefined },
  signal: {
    signal: undefined,
    score: undefined,
    asOf: undefined,
    version: undefined,
    share: undefined,
    limitPct: undefined,
  },
};

const kept = (details: StoredDetails): StoredDetails => readDetails(JSON.parse(JSON.stringify(writeDetails(details))));

test.each([
  ['all of it', told],
  ['what is unknown', untold],
  ['one without a signal', { ...told, signal: undefined }],
])('a suggestion is read as it was written: %s', (_, details) => {
  expect(kept(details)).toEqual(details);
});

test('one of which little was stored is read all the same', () => {
  expect(readDetails({ parcels: [{}] })).toMatchObject({
    name: undefined,
    held: units('0'),
    weightPct: 0,
    afterPct: 0,
    reason: '',
    priceSource: 'close',
    tax: undefined,
    parcels: [{ id: '', units: units('0'), hasDiscount: false, gain: undefined }],
    plan: { total: money('0'), brokeragePct: decimal('0'), taxableGain: undefined },
    signal: undefined,
  });
  expect(readDetails({}).parcels).toEqual([]);
});
