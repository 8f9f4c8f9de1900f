/** What is recorded: entries without effect, cash below zero, what may be recorded twice, and what tax needs by a day. */

import { listCpi } from '../db/cpi.ts';
import { possibleDuplicates } from '../db/duplicates.ts';
import { readLedger } from '../db/ledger.ts';
import { listMarketValues } from '../db/market-values.ts';
import { listPortfolios } from '../db/portfolios.ts';
import { addMonths, daysBetween, type LocalDate, localDate, partsOf } from '../domain/date.ts';
import { isNegative } from '../domain/decimal.ts';
import { quarterOf } from '../domain/tax/cpi.ts';
import { isReformed, marketValueDay, regimeStart } from '../domain/tax/rules.ts';
import { formatCount, formatDate, formatDollars } from '../format.ts';
import { type Check, ok, type Patient, problem, some, warning } from './check.ts';

const bookOf = (patient: Patient) => {
  const db = patient.db();
  const portfolios = listPortfolios(db, { archived: true });
  return { portfolios, ...readLedger(db, portfolios) };
};

/** From 1 May the price of 30 June 2027 is near enough to speak of (domain.md). */
const valuesWanted = localDate(2027, 5, 1);

/** The quarters since the reform whose index the ABS has published: about a month after their end. */
function publishedQuarters(today: LocalDate): string[] {
  const quarters: string[] = [];
  for (let first = regimeStart; addMonths(first, 4) <= today; first = addMonths(first, 3))
    quarters.push(quarterOf(first));
  return quarters;
}

export const ledgerChecks: readonly Check[] = [
  {
    id: 'ledger',
    looksAt: 'every entry has its effect: no sale of more units than there are, no parcel that is not there',
    why: 'An entry without effect is left out of holdings, gains and tax.',
    fix: 'asxos entries edit ID',
    look: patient => {
      const { entries, ledger } = bookOf(patient);
      if (ledger.problems.length === 0) return ok(`${formatCount(entries.length, 'entry')}, all with their effect`);
      const [first] = ledger.problems;
      return problem(
        `${ledger.problems.length}: ${some(
          ledger.problems.map(each => each.message),
          3,
        )}`,
        `asxos entries show ${first?.entry}`,
      );
    },
  },
  {
    id: 'cash',
    looksAt: 'the cash of portfolios that keep an account was never below zero',
    why: 'A deposit is missing, or a payment is recorded twice: returns and value are wrong by it.',
    fix: 'asxos add "deposit AMOUNT on DATE"',
    look: patient => {
      const { portfolios, ledger } = bookOf(patient);
      const keeping = new Map(portfolios.filter(each => each.cashAccount).map(each => [each.id, each.name]));
      const below = ledger.cashCloses.flatMap(({ portfolio, closes }) => {
        const name = keeping.get(portfolio);
        const first = closes.find(close => isNegative(close.balance));
        return name === undefined || first === undefined
          ? []
          : [`${name} ${formatDollars(first.balance)} on ${formatDate(first.on)}`];
      });
      if (keeping.size === 0) return ok('no portfolio keeps a cash account');
      return below.length > 0 ? warning(`below zero: ${some(below)}`) : ok('never below zero');
    },
  },
  {
    id: 'duplicates',
    looksAt: 'no trade or payment stands twice from two imports, or from an import and by hand',
    why: 'Units, income and tax count it twice.',
    fix: 'asxos entries delete ID',
    look: patient => {
      const twice = possibleDuplicates(patient.db());
      if (twice.length === 0) return ok('none');
      const words = twice.map(
        ({ kind, code, on, ids }) => `${kind} ${code ?? ''} on ${on} (${ids.map(id => id.slice(-8)).join(', ')})`,
      );
      return warning(`${twice.length} possible: ${some(words, 3)}`);
    },
  },
  {
    id: 'market-values',
    looksAt: 'from 1 May 2027: what is held on 30 June 2027 has its market value of that day stored',
    why: 'Gains up to that day are taxed by it. A refresh in the days after it stores it, and no later one can.',
    fix: 'asxos tax market-value set CODE PRICE',
    look: patient => {
      const today = patient.app.today();
      if (today < valuesWanted) return ok(`not before ${formatDate(valuesWanted)}`);
      const db = patient.db();
      const reformed = listPortfolios(db, { archived: true }).filter(each =>
        each.owners.some(owner => isReformed(owner.taxpayer)),
      );
      const { ledger } = readLedger(db, reformed, { asOf: today < marketValueDay ? today : marketValueDay });
      const stored = new Set(listMarketValues(db).map(each => each.code));
      const missing = [...new Set(ledger.parcels.map(parcel => parcel.code))].filter(code => !stored.has(code)).sort();
      if (missing.length === 0) return ok('all stored');
      const words = `${missing.length} without: ${some(missing)}`;
      return today <= marketValueDay
        ? warning(
            `${words}; stored by a refresh after the close in ${formatCount(daysBetween(today, marketValueDay), 'day')}`,
            'asxos schedule install',
          )
        : problem(words);
    },
  },
  {
    id: 'price-index',
    looksAt: 'the consumer price index of each published quarter from September 2027 on is entered',
    why: 'Gains after 30 June 2027 are indexed by it; without it they are an estimate.',
    fix: 'asxos tax cpi set QUARTER INDEX',
    look: patient => {
      const wanted = publishedQuarters(patient.app.today());
      if (wanted.length === 0) return ok(`none is needed before ${partsOf(regimeStart).year}Q4`);
      const known = new Set<string>(listCpi(patient.db()).map(each => each.quarter));
      const missing = wanted.filter(quarter => !known.has(quarter));
      return missing.length === 0
        ? ok(formatCount(wanted.length, 'quarter'))
        : warning(`not entered: ${some(missing)}`, `asxos tax cpi set ${missing[0]} INDEX`);
    },
  },
];
