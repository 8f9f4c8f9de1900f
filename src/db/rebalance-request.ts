/** What a rebalancing asks about: holdings and wanted codes with their prices, cash, targets, and the settings. */
import type { Instant, LocalDate } from '../domain/date.ts';
import { decimal, money, noMoney } from '../domain/decimal.ts';
import { parcelUnits } from '../domain/ledger/parcel.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import type { Code } from '../domain/market/security.ts';
import { type SignalSettings, signalRules } from '../domain/rebalance/signal-rules.ts';
import type { Candidate, RebalanceRequest } from '../domain/rebalance/situation.ts';
import { ownerShares } from '../domain/rebalance/taxable.ts';
import type { Database } from './database.ts';
import { readPrices } from './known-prices.ts';
import { readLedger, recordedSplits, unitFactors } from './ledger.ts';
import { deemedSale } from './market-values.ts';
import { securitiesOf } from './securities.ts';
import { readShortSignals } from './short-signals.ts';
import { targetsOf } from './targets.ts';
import { readOverrides } from './trading-days.ts';

type Question = Pick<RebalanceRequest, 'mode' | 'amount' | 'marginalRatePct' | 'yearSoFar'> & {
  /** Whether its parcels tell of the deemed sale of 1 July 2027. */
  readonly isDeemedSold?: boolean;
  readonly now: Instant;
  readonly today: LocalDate;
  /** As they are written in the settings. */
  readonly settings: SignalSettings & {
    readonly minimumCash: string;
    readonly positionCapPct: string | undefined;
    readonly rebalanceBandPct: string;
    readonly brokerageFlat: string;
    readonly brokeragePct: string;
  };
};

export type ReadRequest = {
  readonly request: RebalanceRequest;
  /** Held or wanted, and left out for want of a price. */
  readonly unpriced: readonly Code[];
  /** Entries without effect. */
  readonly problems: readonly string[];
};

export function readRebalanceRequest(db: Database, portfolio: Portfolio, question: Question): ReadRequest {
  const { now, settings, isDeemedSold, ...asked } = question;
  // Signals are of what is held, whatever the targets.
  const bySignals = asked.mode === 'signals';
  const targets = bySignals ? [] : targetsOf(db, portfolio.id);
  const wanted = targets.flatMap(target => (target.kind === 'code' ? [target.name as Code] : []));
  const reset = isDeemedSold ? deemedSale(db, [portfolio]) : undefined;
  const { entries, ledger } = readLedger(db, [portfolio], { reset });
  const parcels = Map.groupBy(ledger.parcels, parcel => parcel.code);
  const codes = [...new Set([...parcels.keys(), ...wanted])].sort();
  const prices = readPrices(db, codes, {
    now,
    unitFactors: unitFactors(entries, undefined),
    recordedSplits: recordedSplits(entries),
  });
  const securities = securitiesOf(db, codes);
  const overrides = readOverrides(db);
  const closed = latestCloseDue(now, overrides);
  const candidates = codes.flatMap((code): Candidate[] => {
    const price = prices.get(code);
    const held = parcels.get(code) ?? [];
    const security = securities.get(code);
    if (price === undefined) return [];
    return [{ code, name: security?.name, sector: security?.sector, price, units: parcelUnits(held), parcels: held }];
  });
  const { minimumCash, positionCapPct, rebalanceBandPct, brokerageFlat, brokeragePct } = settings;
  return {
    request: {
      ...asked,
      candidates,
      targets,
      cash: portfolio.cashAccount ? ledger.cash : noMoney,
      limits: {
        minimumCash: money(minimumCash),
        positionCapPct: positionCapPct === undefined ? undefined : decimal(positionCapPct),
        bandPct: decimal(rebalanceBandPct),
      },
      brokerage: { flat: money(brokerageFlat), pct: decimal(brokeragePct) },
      owners: ownerShares(portfolio.owners),
      signals: bySignals
        ? { said: readShortSignals(db, codes, { closed, overrides }), rules: signalRules(settings) }
        : undefined,
    },
    unpriced: codes.filter(code => !prices.has(code)),
    problems: ledger.problems.map(problem => `An entry has no effect: ${problem.message}`),
  };
}
