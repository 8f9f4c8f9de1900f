/**
 * The holding period rule: who may use the franking credits of a dividend.
 *
 * Units must have been held at risk for at least 45 days (90 for preference shares) in the period that begins the day
 * after they were acquired and ends 45 (90) days after the ex-date; neither the day of buying nor the day of selling
 * counts (ITAA 1936 former Division 1A of Part IIIAA, s 160APHO, kept alive by ITAA 1997 s 207-145; ATO, "You and your
 * shares": holding period rule). A sale is of the units acquired last, whatever the method of capital gains. Credits of
 * units that fail give neither an offset nor a gross-up. An individual whose credits of the year, all of them, are not
 * above $5,000 is exempt (s 160APHT).
 *
 * What a ledger cannot know: hedges that take the risk away, and related payments, which move the period.
 *
 * Troubles a user sees: credits denied on units sold too early; credits still open, with the day from which a sale
 * keeps them.
 */
import { compareText } from '../compare-text.ts';
import { addDays, daysBetween, earlier, type LocalDate } from '../date.ts';
import {
  allocate,
  compare,
  isZero,
  type Money,
  money,
  noMoney,
  noUnits,
  smaller,
  subtract,
  sum,
  type Units,
} from '../decimal.ts';
import type { Taxpayer } from '../ledger/portfolio.ts';
import type { AssetKind } from '../market/security.ts';

/** A change of an owner's units of one security, in the order of effect. */
export type UnitMovement =
  | { readonly kind: 'in'; readonly on: LocalDate; readonly acquiredOn: LocalDate; readonly units: Units }
  | { readonly kind: 'out'; readonly on: LocalDate; readonly units: Units }
  /** A split, consolidation or bonus: all that is held becomes `units`, and keeps its dates. */
  | { readonly kind: 'becomes'; readonly on: LocalDate; readonly units: Units };

/** Entitled units that share their dates. `units` are those of the ex-date. */
export type HeldLot = {
  readonly acquiredOn: LocalDate;
  /** Undefined while they are held. */
  readonly disposedOn: LocalDate | undefined;
  readonly units: Units;
  /** Days at risk that count, up to the sale, the end of the period, or yesterday. */
  readonly days: number;
  readonly outcome: 'passed' | 'failed' | 'open';
  /** The first day on which a sale keeps the credits. */
  readonly keepUntil: LocalDate;
};

export type HoldingPeriod = {
  readonly exDate: LocalDate;
  readonly daysNeeded: number;
  /** Held at the close of the day before the ex-date: the sum of what passed, failed and is open. */
  readonly entitled: Units;
  readonly passed: Units;
  readonly failed: Units;
  readonly open: Units;
  /** The day from which a sale of any of them keeps the credits; undefined where nothing is open. */
  readonly keepUntil: LocalDate | undefined;
  /** The last acquired first. */
  readonly lots: readonly HeldLot[];
};

export const daysAtRisk = (kind: AssetKind | undefined): number => (kind === 'preference' ? 90 : 45);

const smallHolderLimit = money('5000');

/** Whether the rule is not asked of an owner with these franking credits in the year, denied ones included. */
export const isSmallHolder = (taxpayer: Taxpayer, creditsOfYear: Money): boolean =>
  taxpayer === 'individual' && compare(creditsOfYear, smallHolderLimit) <= 0;

type Lot = {
  readonly acquiredOn: LocalDate;
  units: Units;
  /** Those of the ex-date that it stands for. */
  entitled: Units;
  disposedOn?: LocalDate;
};

/** Finer than any registry counts units. */
export const places = 8;

/** How the units entitled to one dividend stand on `today`; movements after that day are left out. */
export function holdingPeriod(
  movements: readonly UnitMovement[],
  dividend: { readonly exDate: LocalDate; readonly daysNeeded: number },
  today: LocalDate,
): HoldingPeriod {
  const { exDate, daysNeeded } = dividend;
  const known = movements.filter(movement => movement.on <= today);
  const held: Lot[] = [];
  for (const movement of known) if (movement.on < exDate) move(held, [], movement);
  for (const lot of held) lot.entitled = lot.units;
  const gone: Lot[] = [];
  for (const movement of known) if (movement.on >= exDate) move(held, gone, movement);
  const lots = [...held, ...gone]
    .filter(lot => !isZero(lot.entitled))
    .map(lot => judged(lot, exDate, daysNeeded, today))
    .sort((a, b) => compareText(b.acquiredOn, a.acquiredOn) || byDisposal(a, b));
  const unitsOf = (outcome: HeldLot['outcome']): Units =>
    sum(
      lots.filter(lot => lot.outcome === outcome).map(lot => lot.units),
      noUnits,
    );
  return {
    exDate,
    daysNeeded,
    entitled: sum(
      lots.map(lot => lot.units),
      noUnits,
    ),
    passed: unitsOf('passed'),
    failed: unitsOf('failed'),
    open: unitsOf('open'),
    keepUntil: lots.find(lot => lot.outcome === 'open')?.keepUntil,
    lots,
  };
}

/** What is held after all the movements, the first acquired first. */
export function lotsHeld(movements: readonly UnitMovement[]): { acquiredOn: LocalDate; units: Units }[] {
  const held: Lot[] = [];
  for (const movement of movements) move(held, [], movement);
  return held.map(({ acquiredOn, units }) => ({ acquiredOn, units }));
}

const byDisposal = (a: HeldLot, b: HeldLot): number => compareText(a.disposedOn ?? '9', b.disposedOn ?? '9');

/** Held lots stand in the order of acquisition, so that the last is the one a sale takes first. */
function move(held: Lot[], gone: Lot[], movement: UnitMovement): void {
  if (movement.kind === 'in') {
    const { acquiredOn, units } = movement;
    const later = held.findIndex(lot => lot.acquiredOn > acquiredOn);
    held.splice(later < 0 ? held.length : later, 0, { acquiredOn, units, entitled: noUnits });
  } else if (movement.kind === 'out') takeLast(held, gone, movement.units, movement.on);
  else {
    const parts = allocate(
      movement.units,
      held.map(lot => lot.units),
      places,
    );
    held.forEach((lot, index) => {
      lot.units = parts[index] as Units;
    });
  }
}

function takeLast(held: Lot[], gone: Lot[], wanted: Units, on: LocalDate): void {
  let open = wanted;
  for (let lot = held.at(-1); lot !== undefined && !isZero(open); lot = held.at(-1)) {
    const taken = smaller(lot.units, open);
    open = subtract(open, taken);
    const left = subtract(lot.units, taken);
    const [part = noUnits, kept = noUnits] = allocate(lot.entitled, [taken, left], places);
    gone.push({ acquiredOn: lot.acquiredOn, units: taken, entitled: part, disposedOn: on });
    if (isZero(left)) held.pop();
    else {
      lot.units = left;
      lot.entitled = kept;
    }
  }
}

function judged(lot: Lot, exDate: LocalDate, daysNeeded: number, today: LocalDate): HeldLot {
  const { acquiredOn, disposedOn } = lot;
  const lastCounted = earlier(addDays(disposedOn ?? today, -1), addDays(exDate, daysNeeded));
  const days = Math.max(0, daysBetween(acquiredOn, lastCounted));
  const outcome = days >= daysNeeded ? 'passed' : disposedOn === undefined ? 'open' : 'failed';
  return {
    acquiredOn,
    disposedOn,
    units: lot.entitled,
    days,
    outcome,
    keepUntil: addDays(acquiredOn, daysNeeded + 1),
  };
}

export type CreditSplit = { readonly allowed: Money; readonly denied: Money; readonly open: Money };

/** A credit divided by what became of the units it came with, in cents; the three sum to it. */
export function splitCredit(credit: Money, { passed, failed, open }: HoldingPeriod): CreditSplit {
  // Of income recorded on units that the ledger never held all is allowed: nothing speaks against the credit, and the
  // ledger warns of it.
  const [allowed = noMoney, denied = noMoney, waiting = noMoney] = allocate(credit, [passed, failed, open]);
  return { allowed, denied, open: waiting };
}
