/** Why the figures of a dividend are what they are: from its entry to the owner's credit that is allowed. */
import { noMoney } from '../decimal.ts';
import type { Entry } from '../ledger/entry.ts';
import type { HoldingPeriod } from '../tax/holding-period.ts';
import type { DividendLine, IncomeLine } from '../tax/income-line.ts';
import { type Explanation, type Input, inputOf } from './explanation.ts';
import { byEntry, explained, fact, given, list, words } from './made.ts';
import { ownPart, taxRule } from './tax-rules.ts';

export const dividendFigures = [
  'ownerPct',
  'units',
  'amount',
  'franked',
  'unfranked',
  'frankingCredit',
  'creditAllowed',
  'foreignTax',
  'tfnWithheld',
  'licAttributable',
] as const;
export type DividendFigure = (typeof dividendFigures)[number];

export const assessableRule = taxRule('dividend-year');
export const creditRule = taxRule('franking-credit');
export const holdingRule = taxRule('holding-period');
export const smallHolderRule = taxRule('small-holder');
export const offsetRule = taxRule('franking-offset');
export const withheldRule = taxRule('tax-withheld');
export const licRule = taxRule('lic-deduction');

const unstatedFranking = 'franking not stated';

/** The amount of the whole portfolio, as the entry has it. */
function wholeAmount({ whole, recorded, code, entry }: IncomeLine): Explanation {
  const amount = recorded && cashOf(recorded);
  const source = byEntry(entry);
  if (amount === undefined || 'total' in amount || whole.units === undefined) {
    return fact('amount', code, { unit: 'money', value: whole.amount, source, rules: [assessableRule] });
  }
  return explained('amount', code, {
    unit: 'money',
    value: whole.amount,
    formula: 'round(perUnit * units, 2)',
    inputs: [
      given('perUnit', 'price', amount.perUnit, source),
      given('units', 'units', whole.units, words('held at the close of the day before the ex-date')),
    ],
    rules: [assessableRule],
  });
}

const cashOf = (entry: Entry) =>
  entry.kind === 'drp'
    ? entry.dividend
    : entry.kind === 'dividend' || entry.kind === 'distribution'
      ? entry.amount
      : undefined;

function wholeFranked(line: IncomeLine): Explanation {
  const { whole, recorded, code, entry } = line;
  const pct = recorded !== undefined && 'frankedPct' in recorded ? recorded.frankedPct : undefined;
  return explained('franked', code, {
    unit: 'money',
    value: whole.franked,
    formula: 'round(amount * frankedPct / 100, 2)',
    inputs: [inputOf(wholeAmount(line)), given('frankedPct', 'pct', pct, byEntry(entry))],
    unknown: unstatedFranking,
  });
}

function wholeCredit(line: IncomeLine): Explanation {
  const { whole, code, entry } = line;
  const rules = [creditRule];
  if (!whole.creditAssumed && whole.franked !== undefined && whole.credit?.eq(noMoney) === true) {
    const inputs = [inputOf(wholeFranked(line))];
    return explained('frankingCredit', code, {
      unit: 'money',
      value: whole.credit,
      formula: whole.franked.eq(noMoney) ? 'round(franked * 30 / 70, 2)' : '0 * franked',
      inputs,
      rules,
    });
  }
  if (!whole.creditAssumed) {
    const source = byEntry(entry);
    return fact('frankingCredit', code, {
      unit: 'money',
      value: whole.credit,
      source,
      rules,
      unknown: unstatedFranking,
    });
  }
  return explained('frankingCredit', code, {
    unit: 'money',
    value: whole.credit,
    formula: 'round(franked * 30 / 70, 2)',
    inputs: [inputOf(wholeFranked(line))],
    rules,
  });
}

/** The units of an ex-date by what became of them, as a list. */
export const unitsByOutcome = ({ passed, failed, open, daysNeeded, keepUntil }: HoldingPeriod): Input =>
  list('units', 'units', [
    { value: passed, label: `held for ${daysNeeded} days at risk` },
    { value: failed, label: 'sold before' },
    { value: open, label: keepUntil === undefined ? 'still open' : `still open: keep until ${keepUntil}` },
  ]);

function creditAllowed(line: DividendLine): Explanation {
  const credit = inputOf(explainDividend(line, 'frankingCredit'));
  const base = { unit: 'money' as const, value: line.creditAllowed, unknown: unstatedFranking };
  if (line.period === undefined) {
    const rules = line.exDate === undefined ? [offsetRule] : [offsetRule, smallHolderRule];
    return explained('creditAllowed', line.code, { ...base, formula: 'frankingCredit', inputs: [credit], rules });
  }
  return explained('creditAllowed', line.code, {
    ...base,
    formula: 'allocated(frankingCredit, units, 1)',
    inputs: [credit, unitsByOutcome(line.period)],
    rules: [offsetRule, holdingRule],
  });
}

/** Tax withheld is of one kind or the other. */
function withheld(line: IncomeLine, figure: 'foreignTax' | 'tfnWithheld'): Explanation {
  const { whole, code, entry, foreign, share } = line;
  const isThis = foreign === (figure === 'foreignTax');
  const none =
    figure === 'foreignTax' ? 'not a foreign dividend' : "a foreign dividend: what was withheld is the other country's";
  const value = isThis ? whole.withheld : noMoney;
  const source = !isThis ? words(none) : value === undefined ? words('nothing was withheld') : byEntry(entry);
  const made = fact(figure, code, {
    unit: 'money',
    value: value ?? noMoney,
    source,
    rules: figure === 'tfnWithheld' ? [withheldRule] : [],
  });
  return isThis ? ownPart(made, share, line[figure]) : made;
}

/** Why a figure of a dividend is what it is. */
export function explainDividend(line: DividendLine, figure: DividendFigure): Explanation {
  const { share, code, recorded, entry } = line;
  switch (figure) {
    case 'ownerPct':
      return fact(figure, code, {
        unit: 'pct',
        value: line.ownerPct,
        source: words('what the owner has of the portfolio'),
      });
    case 'units':
      return fact(figure, code, {
        unit: 'units',
        value: line.units,
        source: words('held in the portfolio at the close of the day before the ex-date'),
        unknown: 'no ex-date is recorded',
      });
    case 'amount':
      return ownPart(wholeAmount(line), share, line.amount);
    case 'franked':
      return ownPart(wholeFranked(line), share, line.franked);
    case 'unfranked':
      return explained(figure, code, {
        unit: 'money',
        value: line.unfranked,
        formula: 'amount - franked',
        inputs: [inputOf(explainDividend(line, 'amount')), inputOf(explainDividend(line, 'franked'))],
        unknown: unstatedFranking,
      });
    case 'frankingCredit':
      return ownPart(wholeCredit(line), share, line.frankingCredit);
    case 'creditAllowed':
      return creditAllowed(line);
    case 'foreignTax':
    case 'tfnWithheld':
      return withheld(line, figure);
    case 'licAttributable':
      return ownPart(
        fact(figure, code, {
          unit: 'money',
          value: recorded !== undefined && 'lic' in recorded ? recorded.lic : undefined,
          source: byEntry(entry),
          rules: [licRule],
          unknown: 'the entry states no capital gain of a listed investment company',
        }),
        share,
        line.licAttributable,
      );
  }
}
