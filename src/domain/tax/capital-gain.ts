/**
 * Capital gains and losses: one line for each parcel sold, or paid beyond its cost base, on an owner's share.
 *
 * A line's category is `current` (the rules to 30 June 2027, and those of super funds and companies after it),
 * `deferred` (the deemed sale of 30 June 2027, counted in the year of the real sale) or `later` (what came after it, and
 * parcels bought after it). A current or deferred gain is discountable where 12 months lie between the real acquisition
 * and the real sale. A later gain is measured from the indexed cost base, a loss from the reduced one, and proceeds
 * between the two give neither; a parcel held for less than 12 months is not indexed. For the 12 months a deemed sale
 * does not count. Sale brokerage and AMIT increases are not indexed (the latter is unsettled law); a return of capital
 * lowers the amount that is indexed.
 *
 * Whether a line is a gain, a loss or neither is decided on the whole parcel, then every owner's amounts follow, so that
 * what the owners report sums to the whole to the cent. An unknown cost or market value makes the line unknown, never 0.
 */
import type { LocalDate } from '../date.ts';
import {
  add,
  type Decimal,
  isNegative,
  isPositive,
  type Money,
  noMoney,
  roundCents,
  scale,
  subtract,
  type Units,
} from '../decimal.ts';
import type { Taxpayer } from '../ledger/portfolio.ts';
import type { Code } from '../market/security.ts';
import type { CapitalEvent, DeemedSale } from './capital-event.ts';
import { type CpiTable, type IndexationFactor, indexationFactor } from './cpi.ts';
import { discountEligibleFrom, isDiscountEligible } from './discount.ts';
import { type Share, shareOf } from './ownership.ts';
import { isIndexed, mayDiscount, type RuleId, regimeStart } from './rules.ts';

export type GainCategory = 'current' | 'deferred' | 'later';

export type GainLine = {
  readonly event: CapitalEvent['event'];
  readonly entry: string;
  readonly portfolio: string;
  readonly code: Code;
  readonly parcel: string;
  readonly acquiredOn: LocalDate;
  readonly disposedOn: LocalDate;
  /** Of the whole parcel sold, of which the owner has a share. */
  readonly units: Units | undefined;
  readonly ownerPct: Decimal;
  readonly category: GainCategory;
  readonly proceeds: Money | undefined;
  readonly costBase: Money | undefined;
  readonly reducedCostBase: Money | undefined;
  readonly marketValue: Money | undefined;
  /** Where the line is indexed. */
  readonly indexation: IndexationFactor | undefined;
  readonly indexedCostBase: Money | undefined;
  /** Below zero is a loss. */
  readonly gain: Money | undefined;
  readonly discountEligible: boolean;
  /** Undefined where no discount is to be had. */
  readonly discountEligibleFrom: LocalDate | undefined;
  readonly rules: readonly RuleId[];
  /** What happened to the whole parcel, and the owner's share of it. */
  readonly whole: CapitalEvent;
  readonly share: Share;
};

export type GainOptions = {
  readonly taxpayer: Taxpayer;
  readonly share: Share;
  readonly cpi: CpiTable;
};

type Measure = {
  readonly proceeds: Money | undefined;
  readonly from: Money | undefined;
  readonly loss: Money | undefined;
};

/** The owner's part of a gain (from `from`) or a loss (from `loss`), whichever the whole is; 0 where it is neither. */
function measured({ proceeds, from, loss }: Measure, share: Share): Money | undefined {
  if (proceeds === undefined || from === undefined || loss === undefined) return undefined;
  const part = (base: Money): Money => subtract(shareOf(proceeds, share), shareOf(base, share));
  if (isPositive(subtract(proceeds, from))) return part(from);
  return isNegative(subtract(proceeds, loss)) ? part(loss) : noMoney;
}

const plus = (amount: Money | undefined, more: Money): Money | undefined =>
  amount === undefined ? undefined : add(amount, more);

const ruleOfEvent: Record<CapitalEvent['event'], readonly RuleId[]> = {
  A1: ['contract-date', 'brokerage'],
  G1: ['return-of-capital'],
  E4: ['tax-deferred'],
  E10: ['tax-deferred'],
};

function rulesOf(line: { event: CapitalEvent['event']; gain: Money | undefined; joint: boolean }): RuleId[] {
  return [
    ...ruleOfEvent[line.event],
    ...(line.joint ? (['joint-owners'] as const) : []),
    ...(line.gain === undefined ? (['unknown-cost'] as const) : []),
    ...(line.gain !== undefined && isNegative(line.gain) ? (['reduced-cost-base'] as const) : []),
  ];
}

const common = (event: CapitalEvent, { share }: GainOptions) => ({
  event: event.event,
  entry: event.entry,
  portfolio: event.portfolio,
  code: event.code,
  parcel: event.parcel,
  acquiredOn: event.acquiredOn,
  disposedOn: event.on,
  units: event.units,
  ownerPct: share.pcts[share.at] as Decimal,
  whole: event,
  share,
});

const isGain = (gain: Money | undefined): boolean => gain !== undefined && isPositive(gain);

/** A gain that is not indexed: of the rules before, or of the deemed sale. */
function plainLine(
  event: CapitalEvent,
  options: GainOptions,
  amounts: { category: 'current' | 'deferred'; proceeds: Money | undefined; costBase: Money | undefined },
): GainLine {
  const { share, taxpayer } = options;
  const { category, proceeds, costBase } = amounts;
  const gain = measured({ proceeds, from: costBase, loss: costBase }, share);
  const eligible = mayDiscount(taxpayer) && isDiscountEligible(event.acquiredOn, event.on);
  const regime: RuleId[] = category === 'deferred' ? ['deemed-sale', 'deferred-discount'] : ['discount'];
  return {
    ...common(event, options),
    category,
    proceeds: shareOf(proceeds, share),
    costBase: shareOf(costBase, share),
    reducedCostBase: shareOf(costBase, share),
    marketValue: category === 'deferred' ? shareOf(proceeds, share) : undefined,
    indexation: undefined,
    indexedCostBase: undefined,
    gain,
    discountEligible: eligible,
    discountEligibleFrom: mayDiscount(taxpayer) ? discountEligibleFrom(event.acquiredOn) : undefined,
    rules: [
      ...rulesOf({ event: event.event, gain, joint: share.pcts.length > 1 }),
      ...(category === 'deferred' || isGain(gain) ? regime : []),
      ...(isGain(gain) && mayDiscount(taxpayer) ? (['twelve-months'] as const) : []),
    ],
  };
}

/** A gain after 1 July 2027 of an individual or a trust. */
function laterLine(event: CapitalEvent, options: GainOptions): GainLine {
  const { share, cpi } = options;
  const incurredOn = event.deemed ? regimeStart : event.acquiredOn;
  const isHeld = isDiscountEligible(event.acquiredOn, event.on);
  const indexation = isHeld && event.event === 'A1' ? indexationFactor(cpi, incurredOn, event.on) : undefined;
  const costBase = plus(event.costBase, event.brokerage);
  const indexed = indexation === undefined ? undefined : indexedCostBase(event, indexation.factor);
  const from = indexation === undefined ? costBase : indexed;
  const gain = measured({ proceeds: event.proceeds, from, loss: costBase }, share);
  return {
    ...common(event, options),
    category: 'later',
    proceeds: shareOf(event.proceeds, share),
    costBase: shareOf(costBase, share),
    reducedCostBase: shareOf(costBase, share),
    marketValue: shareOf(event.deemed?.marketValue, share),
    indexation,
    indexedCostBase: shareOf(indexed, share),
    gain,
    discountEligible: false,
    discountEligibleFrom: undefined,
    rules: [
      ...rulesOf({ event: event.event, gain, joint: share.pcts.length > 1 }),
      ...(event.deemed ? (['deemed-sale'] as const) : []),
      'indexation',
    ],
  };
}

/** The part that is indexed is never below zero: a return of capital may have eaten into the rest. */
export function indexedCostBase(event: CapitalEvent, factor: Decimal): Money | undefined {
  if (event.costBase === undefined) return undefined;
  const base = subtract(event.costBase, event.unindexed);
  const [expenditure, rest] = isNegative(base) ? [noMoney, event.costBase] : [base, event.unindexed];
  return add(add(roundCents(scale(expenditure, factor)), rest), event.brokerage);
}

const deferredLine = (event: CapitalEvent, deemed: DeemedSale, options: GainOptions): GainLine =>
  plainLine(event, options, { category: 'deferred', proceeds: deemed.marketValue, costBase: deemed.costBase });

/** The owner's lines of one event: two where the parcel was deemed sold on the way. */
export function gainLines(event: CapitalEvent, options: GainOptions): GainLine[] {
  if (!isIndexed(options.taxpayer, event.on)) {
    const costBase = plus(event.costBase, event.brokerage);
    return [plainLine(event, options, { category: 'current', proceeds: event.proceeds, costBase })];
  }
  const later = laterLine(event, options);
  return event.deemed ? [deferredLine(event, event.deemed, options), later] : [later];
}
