/** What the owners of the demo portfolios decided, in months before now; prices and payments follow from the market. */

export type Step =
  | { readonly monthsAgo: number; readonly do: 'deposit'; readonly dollars: number }
  | { readonly monthsAgo: number; readonly do: 'buy'; readonly code: string; readonly dollars: number }
  /** `part` of the units held: 1 sells them all. */
  | { readonly monthsAgo: number; readonly do: 'sell'; readonly code: string; readonly part: number }
  | {
      readonly monthsAgo: number;
      readonly do: 'return capital';
      readonly code: string;
      readonly perUnit: string;
    };

export type Plan = {
  readonly name: string;
  readonly owner: string;
  readonly taxpayer: 'individual' | 'smsf';
  readonly cash: boolean;
  /** Codes whose dividends are reinvested. */
  readonly reinvested: readonly string[];
  /** How many of the last payments in cash are not recorded yet, so that there is something to confirm. */
  readonly unrecorded: number;
  readonly steps: readonly Step[];
};

const deposit = (monthsAgo: number, dollars: number): Step => ({ monthsAgo, do: 'deposit', dollars });
const buy = (monthsAgo: number, code: string, dollars: number): Step => ({ monthsAgo, do: 'buy', code, dollars });
const sell = (monthsAgo: number, code: string, part: number): Step => ({ monthsAgo, do: 'sell', code, part });
const returnCapital = (monthsAgo: number, code: string, perUnit: string): Step => ({
  monthsAgo,
  do: 'return capital',
  code,
  perUnit,
});

export const familySuper: Plan = {
  name: 'Family SMSF',
  owner: 'Family Super Fund',
  taxpayer: 'smsf',
  cash: true,
  reinvested: ['NAB'],
  unrecorded: 2,
  steps: [
    deposit(58, 320_000),
    buy(57, 'CBA', 30_000),
    buy(57, 'BHP', 25_000),
    buy(56, 'VAS', 40_000),
    buy(56, 'WES', 22_000),
    buy(55, 'NAB', 24_000),
    buy(54, 'WOW', 18_000),
    buy(52, 'VGS', 35_000),
    buy(50, 'CSL', 20_000),
    buy(48, 'TLS', 15_000),
    deposit(46, 27_500),
    buy(45, 'FMG', 18_000),
    buy(42, 'TCL', 16_000),
    buy(40, 'PME', 20_000),
    buy(36, 'VAF', 25_000),
    deposit(34, 27_500),
    buy(32, 'SGR', 4_000),
    buy(30, 'GMG', 18_000),
    sell(26, 'WOW', 1),
    buy(25, 'AFI', 20_000),
    deposit(22, 30_000),
    buy(21, 'VGS', 20_000),
    sell(18, 'FMG', 0.5),
    returnCapital(15, 'WES', '0.5'),
    buy(13, 'MQG', 18_000),
    deposit(10, 30_000),
    buy(9, 'CSL', 12_000),
    sell(7, 'CBA', 0.25),
    buy(4, 'VAS', 25_000),
    sell(2, 'PME', 0.3),
  ],
};

export const longTerm: Plan = {
  name: 'Long Term',
  owner: 'Ann Lee',
  taxpayer: 'individual',
  cash: false,
  reinvested: ['ANZ', 'RIO'],
  unrecorded: 0,
  steps: [
    buy(57, 'A200', 18_000),
    buy(56, 'ANZ', 12_000),
    buy(55, 'RIO', 11_000),
    buy(53, 'ORG', 8_000),
    buy(51, 'WDS', 9_000),
    buy(49, 'IVV', 15_000),
    buy(46, 'SCG', 7_500),
    buy(43, 'REA', 9_000),
    buy(41, 'LYC', 6_000),
    buy(38, 'JBH', 8_000),
    buy(35, 'BRN', 2_500),
    buy(33, 'COL', 7_000),
    sell(29, 'ORG', 1),
    buy(27, 'BRN', 1_500),
    buy(24, 'STO', 6_500),
    buy(20, 'XRO', 9_500),
    sell(17, 'LYC', 0.4),
    returnCapital(14, 'SCG', '0.05'),
    buy(11, 'A200', 10_000),
    sell(8, 'REA', 0.3),
    buy(5, 'SHL', 6_000),
    sell(3, 'JBH', 0.5),
    sell(1, 'BRN', 0.5),
  ],
};
