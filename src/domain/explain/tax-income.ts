/**
 * Why the figures of an owner's year of income are what they are: each dividend from its entry to the credit that is
 * allowed, each trust from its statement, and the totals from both.
 */
import { type Money, noMoney } from '../decimal.ts';
import type { Entry } from '../ledger/entry.ts';
import type { StatementComponent } from '../ledger/statement.ts';
import { taxedPart } from '../tax/discount.ts';
import type { HoldingPeriod } from '../tax/holding-period.ts';
import type { DividendLine, IncomeLine, InterestLine } from '../tax/income-line.ts';
import type { IncomeTotals } from '../tax/income-totals.ts';
import type { IncomeYear } from '../tax/income-year.ts';
import { type Share, shareOf } from '../tax/ownership.ts';
import { foreignOffsetCap } from '../tax/rules.ts';
import { componentOf, type TrustIncome } from '../tax/trust-income.ts';
import { type Explanation, type Input, inputOf, type Rule } from './explanation.ts';
import { byEntry, type Element, explained, fact, given, list, words } from './made.ts';
import { ownPart } from './tax-rules.ts';

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

const assessableRule: Rule = {
  says: 'A dividend is assessed in the year it is paid, reinvested or not.',
  source: 'ITAA 1936 s 44(1)',
};
const creditRule: Rule = {
  says: "The stated credit wins; without one it is 30/70 of the franked part, a company's at the rate of 30%.",
  source: 'ITAA 1997 s 202-60',
};
export const holdingRule: Rule = {
  says: 'Units count where they were held at risk for 45 days (90 for preference shares) around the ex-date, those bought last sold first.',
  source: 'ITAA 1936 former s 160APHO; ITAA 1997 s 207-145',
};
export const smallHolderRule: Rule = {
  says: 'An individual whose credits of the year do not exceed $5,000 keeps them all.',
  source: 'ITAA 1936 former s 160APHT',
};
const offsetRule: Rule = {
  says: 'The credits allowed are assessable, and offset the tax.',
  source: 'ITAA 1997 s 207-20',
};
const withheldRule: Rule = {
  says: 'Tax withheld for want of a tax file number is credited whole.',
  source: 'Taxation Administration Act 1953 Sch 1 s 18-15',
};

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

const licRule: Rule = {
  says: "The capital gain part of a listed investment company's dividend gives a deduction of half of it, a third in a super fund.",
  source: 'ITAA 1997 s 115-280',
};

export const explainInterest = ({ entry, portfolioName, amount }: InterestLine): Explanation =>
  fact('amount', portfolioName, { unit: 'money', value: amount, source: byEntry(entry) });

export const trustFigures = [
  'cash',
  'franked',
  'unfranked',
  'interest',
  'otherIncome',
  'frankingCredit',
  'creditAllowed',
  'discountGains',
  'otherGains',
  'foreignIncome',
  'foreignTaxOffset',
  'tfnWithheld',
  'taxDeferred',
  'amitIncrease',
  'amitDecrease',
] as const;
export type TrustFigure = (typeof trustFigures)[number];

const kebab = (figure: string): string => figure.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

const statementRule: Rule = {
  says: 'A trust’s income is what its annual tax statement attributes, in the place of the cash that was paid.',
  source: 'ITAA 1997 Division 276; ITAA 1936 s 97',
};

/** A line of the statements: each statement's, on the owner's share. */
function component(trust: TrustIncome, figure: TrustFigure): Explanation {
  const name = kebab(figure) as StatementComponent;
  const stated = trust.stated.filter(({ record }) => record.components[name] !== undefined);
  const value = trust.components?.[name];
  const unknown =
    trust.components === undefined
      ? `no tax statement for FY${trust.financialYear} is entered`
      : 'the statement has no such line';
  if (value === undefined || stated.length === 0) {
    return fact(figure, trust.code, { unit: 'money', value: undefined, source: words('none'), unknown });
  }
  const own = stated.map(({ record, share }) => {
    const whole = record.components[name];
    const source = byEntry(record.entry);
    const made = fact(figure, trust.code, { unit: 'money', value: whole, source, rules: [statementRule] });
    return ownPart(made, share as Share, shareOf(whole, share as Share));
  });
  const [only] = own;
  if (only !== undefined && own.length === 1) return only;
  const inputs = own.map((each, index) => inputOf(each, `statement${index + 1}`));
  return explained(figure, trust.code, {
    unit: 'money',
    value,
    formula: inputs.map(each => each.name).join(' + '),
    inputs,
  });
}

function trustCredit(trust: TrustIncome): Explanation {
  const { code, judged, payments } = trust;
  const credit = component(trust, 'frankingCredit');
  const base = { unit: 'money' as const, value: trust.creditAllowed, rules: [offsetRule, holdingRule] };
  if (trust.creditAllowed === undefined || payments.length === 0 || credit.value === undefined) {
    const isNothing = trust.creditAllowed !== undefined && credit.value === undefined;
    return isNothing
      ? fact('creditAllowed', code, { ...base, source: words('the statement has no franking credit') })
      : explained('creditAllowed', code, {
          ...base,
          formula: 'frankingCredit',
          inputs: [inputOf(credit)],
          unknown: credit.unknown,
        });
  }
  const cash = list(
    'cash',
    'money',
    payments.map(each => ({ value: each.amount, label: `paid ${each.paidOn}`, source: byEntry(each.entry) })),
  );
  const inputs = judged.map(({ payment, period, allowed }, index) =>
    inputOf(
      explained(`payment${index + 1}`, code, {
        unit: 'money',
        value: allowed,
        formula: period === undefined ? 'allocated(frankingCredit, cash, payment)' : judgedFormula,
        inputs: [
          inputOf(credit),
          cash,
          given('payment', 'count', index + 1, words(`of the payments; this one of ${payment.paidOn}`)),
          ...(period === undefined ? [] : [unitsByOutcome(period)]),
        ],
      }),
    ),
  );
  return explained('creditAllowed', code, {
    ...base,
    formula: inputs.map(each => each.name).join(' + '),
    inputs,
  });
}

const judgedFormula = 'allocated(allocated(frankingCredit, cash, payment), units, 1)';

/** Why a figure of a trust's year is what it is. */
export function explainTrust(trust: TrustIncome, figure: TrustFigure): Explanation {
  if (figure === 'creditAllowed') return trustCredit(trust);
  if (figure !== 'cash') return component(trust, figure);
  return explained(figure, trust.code, {
    unit: 'money',
    value: trust.cash,
    formula: 'sum(payments)',
    inputs: [
      list(
        'payments',
        'money',
        trust.payments.map(each => ({ value: each.amount, label: `paid ${each.paidOn}`, source: byEntry(each.entry) })),
      ),
    ],
  });
}

export const incomeTotalFigures = [
  'assessable',
  'dividends',
  'franked',
  'unfranked',
  'frankingCredits',
  'creditsAllowed',
  'creditsDenied',
  'creditsOpen',
  'trustIncome',
  'unattributedCash',
  'interest',
  'foreignIncome',
  'foreignTaxPaid',
  'foreignTaxOffset',
  'tfnWithheld',
  'licDeduction',
] as const satisfies readonly (keyof IncomeTotals)[];
export type IncomeTotalFigure = (typeof incomeTotalFigures)[number];

/** Why a total of an owner's year is what it is. */
export function explainIncomeTotal(year: IncomeYear, figure: IncomeTotalFigure): Explanation {
  const { owner, financialYear, dividends, trusts, interest, totals } = year;
  const of = `${owner.name} FY${financialYear}`;
  const value = totals[figure];
  const paid = (of_: (line: DividendLine) => Money | undefined, wanted: (line: DividendLine) => boolean = () => true) =>
    dividends
      .filter(line => wanted(line) && of_(line) !== undefined)
      .map(
        (line): Element => ({
          value: of_(line),
          label: `${line.code} paid ${line.paidOn}`,
          source: byEntry(line.entry),
        }),
      );
  const stated = trusts.filter(each => each.components !== undefined);
  const attributed = (names: readonly StatementComponent[]): Element[] =>
    stated.flatMap(each =>
      names.map(name => ({
        value: componentOf(each, name),
        label: `${each.code} ${name}`,
        ...(each.statements[0] === undefined ? {} : { source: byEntry(each.statements[0]) }),
      })),
    );
  const credits = (of_: (trust: TrustIncome) => Money | undefined): Element[] =>
    stated
      .filter(each => of_(each) !== undefined)
      .map(each => ({
        value: of_(each),
        label: `${each.code} by its statement`,
        ...(each.statements[0] === undefined ? {} : { source: byEntry(each.statements[0]) }),
      }));
  const summed = (elements: readonly Element[], rules: readonly Rule[] = []): Explanation =>
    explained(figure, of, {
      unit: 'money',
      value,
      formula: 'sum(parts)',
      inputs: [list('parts', 'money', elements)],
      rules,
    });
  const isOwn = (line: DividendLine): boolean => !line.foreign;
  const total = (name: IncomeTotalFigure): Input => inputOf(explainIncomeTotal(year, name));
  switch (figure) {
    case 'assessable': {
      const inputs = (['dividends', 'creditsAllowed', 'trustIncome', 'foreignIncome', 'interest'] as const).map(total);
      const formula = inputs.map(each => each.name).join(' + ');
      return explained(figure, of, { unit: 'money', value, formula, inputs, rules: [assessableRule, offsetRule] });
    }
    case 'dividends':
      return summed(
        paid(line => line.amount, isOwn),
        [assessableRule],
      );
    case 'franked':
    case 'unfranked':
      return summed(paid(line => line[figure], isOwn));
    case 'frankingCredits':
      return summed([...paid(line => line.frankingCredit), ...attributed(['franking-credit'])], [creditRule]);
    case 'creditsAllowed':
    case 'creditsDenied':
    case 'creditsOpen': {
      const each = {
        creditsAllowed: 'creditAllowed',
        creditsDenied: 'creditDenied',
        creditsOpen: 'creditOpen',
      } as const;
      const name = each[figure];
      return summed(
        [...paid(line => line[name]), ...credits(trust => trust[name])],
        [holdingRule, ...(year.smallHolder ? [smallHolderRule] : [])],
      );
    }
    case 'trustIncome':
      return summed(attributed(['franked', 'unfranked', 'interest', 'other-income']), [statementRule]);
    case 'unattributedCash':
      return summed(
        trusts
          .filter(each => each.components === undefined)
          .map(each => ({ value: each.cash, label: `${each.code}, no statement yet` })),
        [statementRule],
      );
    case 'interest':
      return summed(
        interest.map(each => ({
          value: each.amount,
          label: `${each.portfolioName} ${each.paidOn}`,
          source: byEntry(each.entry),
        })),
      );
    case 'foreignIncome':
      return summed([
        ...paid(
          line => line.amount,
          line => line.foreign,
        ),
        ...attributed(['foreign-income']),
      ]);
    case 'foreignTaxPaid':
      return summed([...paid(line => line.foreignTax), ...attributed(['foreign-tax-offset'])]);
    case 'foreignTaxOffset':
      return explained(figure, of, {
        unit: 'money',
        value,
        formula: `min(foreignTaxPaid, ${foreignOffsetCap.toFixed()})`,
        inputs: [total('foreignTaxPaid')],
        rules: [
          {
            says: 'Foreign tax up to $1,000 is offset without working out the limit.',
            source: 'ITAA 1997 s 770-75(4)',
          },
        ],
      });
    case 'tfnWithheld':
      return summed(
        [
          ...paid(line => line.tfnWithheld),
          ...attributed(['tfn-withheld']),
          ...trusts
            .filter(each => each.components === undefined)
            .flatMap(each => each.payments)
            .map(line => ({
              value: line.tfnWithheld,
              label: `${line.code} paid ${line.paidOn}`,
              source: byEntry(line.entry),
            })),
        ],
        [withheldRule],
      );
    case 'licDeduction': {
      const { part, of: whole } = taxedPart(owner.taxpayer);
      return explained(figure, of, {
        unit: 'money',
        value,
        formula: `sum(round(gains * ${whole.minus(part).toFixed()} / ${whole.toFixed()}, 2))`,
        inputs: [
          list(
            'gains',
            'money',
            paid(line => line.licAttributable),
          ),
        ],
        rules: [licRule],
      });
    }
  }
}
