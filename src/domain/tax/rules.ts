/**
 * The tax rules that the reports follow, as data: what each says, from which day, and where it stands.
 *
 * A line of a report names its rules by id, so that an accountant can look up what was done. A rule that changes gets a
 * new row with the day it holds from; figures of earlier years keep following the earlier row. ITAA is the Income Tax
 * Assessment Act; the reform is the Treasury Laws Amendment (Tax Reform No. 1) Act 2026 (No. 49 of 2026). Only
 * taxpayers who are Australian residents throughout are reported; foreign and temporary residents are not supported.
 */
import { isLocalDate, type LocalDate } from '../date.ts';
import { decimal, type Money, money, roundCents, scale } from '../decimal.ts';
import type { Taxpayer } from '../ledger/portfolio.ts';
import { taxedPart } from './discount.ts';

const day = (text: string): LocalDate => {
  if (!isLocalDate(text)) throw new RangeError(`${text} is not a day`);
  return text;
};

/** From this day gains of individuals and trusts are indexed instead of discounted. */
export const regimeStart: LocalDate = day('2027-07-01');
/** The day whose close is the market value of the deemed sale. */
export const marketValueDay: LocalDate = day('2027-06-30');

const cgtStart = day('1985-09-20');
const discountStart = day('1999-09-21');
const imputationStart = day('1987-07-01');
const holdingPeriodStart = day('1997-07-01');

export const taxRules = {
  'contract-date': {
    from: cgtStart,
    says: 'A sale counts on the day of its contract, not of its settlement.',
    source: 'ITAA 1997 s 104-10(3)',
  },
  brokerage: {
    from: cgtStart,
    says: 'Brokerage of buying and of selling belongs to the cost base.',
    source: 'ITAA 1997 s 110-35(2)',
  },
  'reduced-cost-base': {
    from: cgtStart,
    says: 'A loss is measured from the reduced cost base, which is never indexed.',
    source: 'ITAA 1997 s 110-55',
  },
  discount: {
    from: discountStart,
    says: 'A gain on what was held for 12 months is reduced by half, by a third for a complying super fund, by nothing for a company.',
    source: 'ITAA 1997 Div 115; ATO, "CGT discount"',
  },
  'twelve-months': {
    from: discountStart,
    says: 'Neither the day of acquisition nor the day of the sale counts for the 12 months.',
    source: 'ITAA 1997 s 115-25; TD 2002/10',
  },
  'loss-order': {
    from: discountStart,
    says: 'Losses of the year, then carried ones oldest first, come off before the discount, off gains without it first.',
    source: 'ITAA 1997 s 102-5, s 102-15; ATO, "How to calculate your CGT"',
  },
  'loss-order-2027': {
    from: regimeStart,
    says: 'Losses of the year, then carried ones oldest first, come off deferred gains first (there off those without the discount first), then off later ones.',
    source: 'ITAA 1997 s 102-5 as amended by Act 49 of 2026',
  },
  'carried-losses': {
    from: cgtStart,
    says: 'Losses that are not used are carried to the next year, without end.',
    source: 'ITAA 1997 s 102-10, s 102-15',
  },
  'joint-owners': {
    from: cgtStart,
    says: 'Each owner of a joint portfolio reports the own share; the shares sum to the whole.',
    source: 'ITAA 1997 s 108-7; ATO, "Jointly owned shares"',
  },
  'return-of-capital': {
    from: cgtStart,
    says: 'A return of capital beyond the cost base is a gain of the day it is paid (CGT event G1).',
    source: 'ITAA 1997 s 104-135',
  },
  'tax-deferred': {
    from: cgtStart,
    says: "A trust's tax-deferred amount, or an AMIT's decrease, beyond the cost base is a gain (CGT events E4 and E10).",
    source: 'ITAA 1997 s 104-70, s 104-107A',
  },
  'trust-gains': {
    from: discountStart,
    says: "A trust's discounted gains are doubled, then netted and discounted with the owner's own.",
    source: 'ITAA 1997 s 115-215; ATO, "Trust distributions"',
  },
  'deemed-sale': {
    from: regimeStart,
    says: 'What an individual or a trust held just before 1 July 2027 is taken to be sold and bought back at market value; that gain or loss counts in the year of the real sale.',
    source: 'ITAA 1997 Subdiv 112-E by Act 49 of 2026',
  },
  'deferred-discount': {
    from: regimeStart,
    says: 'A deferred gain keeps the discount where 12 months lie between the real acquisition and the real sale.',
    source: 'ITAA 1997 s 115-100 as amended by Act 49 of 2026',
  },
  indexation: {
    from: regimeStart,
    says: 'The cost base is indexed by consumer prices, by a factor of three decimals, at least 1, where the parcel was held for 12 months.',
    source: 'ITAA 1997 Div 114, Subdiv 960-M as amended by Act 49 of 2026',
  },
  'minimum-tax': {
    from: regimeStart,
    says: 'Tax on the gains after 1 July 2027 of an individual, after losses, is at least 30%.',
    source: 'ITAA 1997 Div 119 by Act 49 of 2026',
  },
  'dividend-year': {
    from: cgtStart,
    says: 'A dividend is assessed in the year it is paid, reinvested or not.',
    source: 'ITAA 1936 s 44(1)',
  },
  'franking-credit': {
    from: imputationStart,
    says: "The stated credit wins; without one it is 30/70 of the franked part, a company's at the rate of 30%.",
    source: 'ITAA 1997 s 202-60',
  },
  'franking-offset': {
    from: imputationStart,
    says: 'The credits allowed are assessable, and offset the tax.',
    source: 'ITAA 1997 s 207-20',
  },
  'holding-period': {
    from: holdingPeriodStart,
    says: 'Units count where they were held at risk for 45 days (90 for preference shares) around the ex-date, those bought last sold first.',
    source: 'ITAA 1936 former s 160APHO; ITAA 1997 s 207-145',
  },
  'small-holder': {
    from: holdingPeriodStart,
    says: 'An individual whose credits of the year do not exceed $5,000 keeps them all.',
    source: 'ITAA 1936 former s 160APHT',
  },
  'trust-statement': {
    from: cgtStart,
    says: 'A trust’s income is what its annual tax statement attributes, in the place of the cash that was paid.',
    source: 'ITAA 1997 Division 276; ITAA 1936 s 97',
  },
  'foreign-income': {
    from: cgtStart,
    says: 'Income of another country is assessed with the tax withheld there, which is offset up to $1,000 without working out the limit.',
    source: 'ITAA 1997 s 6-5, s 770-75(4)',
  },
  'tax-withheld': {
    from: cgtStart,
    says: 'Tax withheld for want of a tax file number is credited whole.',
    source: 'Taxation Administration Act 1953 Sch 1 s 18-15',
  },
  'lic-deduction': {
    from: discountStart,
    says: "The capital gain part of a listed investment company's dividend gives a deduction of half of it, a third in a super fund.",
    source: 'ITAA 1997 s 115-280',
  },
  interest: {
    from: cgtStart,
    says: 'Interest is assessed in the year it is credited.',
    source: 'ITAA 1997 s 6-5',
  },
  'unknown-cost': {
    from: cgtStart,
    says: 'The cost of this parcel is not known, so neither is its gain; it is in no total.',
    source: 'asxos',
  },
} as const satisfies Record<string, { from: LocalDate; says: string; source: string }>;

export type RuleId = keyof typeof taxRules;

/** Whether the taxpayer has a discount at all. */
export const mayDiscount = (taxpayer: Taxpayer): boolean => taxpayer !== 'company';

/** The discount on a year's sum of discountable gains, in cents. */
export function discountOn(sum: Money, taxpayer: Taxpayer): Money {
  const { part, of } = taxedPart(taxpayer);
  return roundCents(scale(sum, of.minus(part)).div(of) as Money);
}

/** Whether the regime of 1 July 2027 (deemed sale, indexation) is for this taxpayer. */
export const isReformed = (taxpayer: Taxpayer): boolean => taxpayer === 'individual' || taxpayer === 'trust';

/** Whether a day is under the regime of 1 July 2027 for a taxpayer. */
export const isIndexed = (taxpayer: Taxpayer, on: LocalDate): boolean => isReformed(taxpayer) && on >= regimeStart;

/** Tax on later gains is at least this share of them (individuals, from 1 July 2027). */
export const minimumTaxRate = decimal('0.3');

/** Foreign tax up to this is offset without working out the limit (ITAA 1997 s 770-75(4)). */
export const foreignOffsetCap = money('1000');
