/**
 * How much of a portfolio is in banks and in miners: half of the Australian market, and what its shareholders have most of.
 *
 * A bank is a company of the list below: the GICS industry group Banks of the ASX, and Macquarie, which GICS puts under
 * financial services and which the regulator licenses as a bank. A miner is a share of the GICS sector Materials that is
 * not on the list of those that mine nothing; producers of coal, oil and uranium are of the sector Energy. Funds are not
 * looked through: one that holds banks is not a bank.
 *
 * What a user sees: weights of priced securities plus cash, and how much has no sector and so may be more of the same.
 */
import type { Code } from '../market/security.ts';
import type { Allocation, Classified } from './allocation.ts';
import { type Figure, figureOf, type Window } from './figure.ts';

/** As of the end of 2025. */
const banks: ReadonlySet<string> = new Set('ANZ BEN BFL BOQ CBA HGH JDO KSL MQG MYS NAB WBC'.split(' '));
/** As of the end of 2025: packaging, building materials, chemicals, steel, paper. */
const materialsWithoutMines: ReadonlySet<string> = new Set(
  'ABC AMC BKW BLD BSL CSR DNL FBU IPL JHX NUF ORA ORI PGH PPG SGM WGN'.split(' '),
);

export type Exposure = { readonly weightPct: Figure; readonly codes: readonly Code[] };
export type AustralianExposure = { readonly banks: Exposure; readonly miners: Exposure };

const isBank = (row: Classified): boolean => banks.has(row.code);
const isMiner = (row: Classified): boolean =>
  row.sector === 'Materials' &&
  (row.kind === 'share' || row.kind === undefined) &&
  !materialsWithoutMines.has(row.code);

export function australianExposure(
  holdings: readonly Classified[],
  { securities }: Allocation,
  window: Window,
): AustralianExposure {
  const weights = new Map(securities.map(part => [part.name, part.weightPct]));
  const priced = holdings.filter(row => row.value !== undefined);
  const exposure = (isOne: (row: Classified) => boolean): Exposure => {
    const own = priced.filter(isOne).map(row => row.code);
    const found = own.map(code => weights.get(code));
    const total = found.every(weight => weight !== undefined)
      ? found.reduce((sum, weight) => sum + weight, 0)
      : 'what is held and the cash together are worth nothing';
    const none = priced.length === 0 ? 'no security that is held has a price' : undefined;
    return { weightPct: figureOf(none ?? total, window, priced.length), codes: own };
  };
  return { banks: exposure(isBank), miners: exposure(isMiner) };
}
