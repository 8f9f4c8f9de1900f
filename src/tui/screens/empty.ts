/** Screens with nothing to show say what they are for and how they are filled. */
import type { Code } from '../../domain/market/security.ts';
import { indent } from '../blocks.ts';
import type { TaxTab } from '../state.ts';
import type { Line } from '../text.ts';
import { wrap } from '../wrap.ts';

export const paragraph = (text: string, width: number): Line[] =>
  wrap(text, Math.min(76, width - 4)).map(line => indent([{ text: line }], 2));

/** Keys and what they do. */
export const steps = (keys: readonly (readonly [key: string, words: string])[], width: number): Line[] =>
  keys.flatMap(([key, words]) =>
    wrap(words, width - 10).map((line, row): Line => {
      const name = row === 0 ? key : ' ';
      return [{ text: '    ' }, { text: name, token: 'accent', bold: true }, { text: `  ${line}` }];
    }),
  );

/** A portfolio without holdings. */
export const emptyPortfolio = (words: string, width: number): Line[] => [
  [],
  ...paragraph(`Nothing is held yet. ${words}`, width),
  [],
  ...steps(
    [
      ['a', 'add a trade: buy 100 BHP @ 43.21 fee 9.95'],
      ['i', 'import what your broker exports: a CSV of trades or holdings'],
    ],
    width,
  ),
  [],
  ...paragraph('Both show what they would do first, and u takes the last one back.', width),
];

type EmptyTax = { readonly fy: string; readonly isEmpty: boolean };

const taxWords: Readonly<Record<TaxTab, (fy: string) => string>> = {
  received: fy =>
    `Income lists what dividends and distributions brought, and what they yield. Nothing is held, and nothing was paid in ${fy}.`,
  calendar: () =>
    'The calendar lists the payments to come on what you hold: those declared, and estimates apart. Nothing is declared, and nothing can be estimated.',
  confirm: () =>
    'Dividends that were paid on what you held and are not recorded wait here. None does: every one is recorded or put aside.',
  gains: fy =>
    `Capital gains are of what was sold in a financial year, with losses carried. Nothing was disposed of in ${fy}.`,
  assessed: fy =>
    `Tax income is a year's dividends with the credits allowed, trusts by their statements, and interest. Nothing was paid in ${fy}.`,
};

/** A tab of tax and income without rows. */
export const emptyTaxTab = (tab: TaxTab, { fy, isEmpty }: EmptyTax, width: number): Line[] => [
  [],
  ...paragraph(taxWords[tab](fy), width),
  [],
  ...steps(
    isEmpty || tab === 'received'
      ? [['a', 'add an entry: dividend BHP 65.00 franked 100% ex 2026-03-05']]
      : tab === 'calendar' || tab === 'confirm'
        ? [['r', 'refresh: ask for what was declared']]
        : [['[', 'the year before']],
    width,
  ),
];

const tabWords = {
  parcels: (code: Code) => `Parcels are the units of ${code} bought together, with their cost. You hold none.`,
  entries: (code: Code) => `Entries are what you recorded of ${code}: trades, dividends, splits. There are none yet.`,
  fundamentals: (code: Code) =>
    `Fundamentals grade a company from A to F by its statements, with what each figure rests on. None of ${code} are stored.`,
  votes: (code: Code) =>
    `Signals are what model A says of ${code} by its price, model B by its statements, and the ensemble by both. Nothing was said of it yet: it has to be held, watched or part of the universe of a run.`,
  dividends: (code: Code) => `Dividends that ${code} declared, beside what you recorded. None are known yet.`,
} as const;

/** A tab of a security without rows. */
export const emptyTab = (tab: keyof typeof tabWords, code: Code, width: number): Line[] => [
  [],
  ...paragraph(tabWords[tab](code), width),
  [],
  ...steps(
    [
      tab === 'dividends'
        ? ['r', 'refresh: ask for what was declared']
        : tab === 'fundamentals'
          ? ['f', `fetch the fundamentals of ${code}, 10 calls of the quota`]
          : tab === 'votes'
            ? ['w', `watch ${code}, then run the signals with 3 and n`]
            : ['a', `add an entry of ${code}`],
    ],
    width,
  ),
];

export const emptyWatchlist = (width: number): Line[] => [
  [],
  ...paragraph('Nothing is watched yet. The watchlist follows prices of securities without holding them.', width),
  [],
  ...paragraph('Press : and type a code to open a security, then w to watch it.', width),
];
