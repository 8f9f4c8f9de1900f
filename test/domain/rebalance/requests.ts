/** Requests for tests, written as few words as the rule needs. */
import { parseLocalDate } from '../../../src/domain/date.ts';
import { decimal, money, price, sum, units } from '../../../src/domain/decimal.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import type { Candidate, RebalanceRequest } from '../../../src/domain/rebalance/situation.ts';
import { parseTargets } from '../../../src/domain/rebalance/targets.ts';

export const today = parseLocalDate('2026-11-25');

/** `units@cost on date`, one word a parcel; `?` is an unknown cost in dollars for the parcel. */
export function candidate(code: string, perUnit: string, parcels: readonly string[] = [], sector?: string): Candidate {
  const held = parcels.map((text, index) => {
    const [, count = '', cost = '', on = ''] = /^([\d.]+)@(\?|[\d.]+) on (\S+)$/.exec(text) ?? [];
    return {
      id: `${code}-${index + 1}`,
      portfolio: 'main',
      code: parseCode(code),
      acquiredOn: parseLocalDate(on),
      units: units(count),
      cost: cost === '?' ? undefined : money(cost),
    };
  });
  return {
    code: parseCode(code),
    name: undefined,
    sector,
    price: {
      price: price(perUnit),
      stamp: { kind: 'close', on: today },
      source: 'close',
      on: today,
      previousClose: undefined,
      stale: false,
      reason: undefined,
    },
    units: sum(
      held.map(parcel => parcel.units),
      units('0'),
    ),
    parcels: held,
  };
}

/** An individual, flat brokerage of 9.95, no band, no cap. */
export const request = (
  targets: string,
  candidates: readonly Candidate[],
  changes: Partial<RebalanceRequest> = {},
): RebalanceRequest => ({
  mode: 'targets',
  today,
  candidates,
  targets: parseTargets(targets.split(' ')),
  cash: money('0'),
  amount: money('0'),
  limits: { minimumCash: money('0'), positionCapPct: undefined, bandPct: decimal('0') },
  brokerage: { flat: money('9.95'), pct: decimal('0') },
  owners: [{ part: decimal('1'), discount: decimal('0.5') }],
  marginalRatePct: undefined,
  ...changes,
});
