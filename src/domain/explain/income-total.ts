/** Why the totals of an owner's year of income are what they are: dividends, trusts by their statements, interest. */
import type { Money } from '../decimal.ts';
import type { StatementComponent } from '../ledger/statement.ts';
import { taxedPart } from '../tax/discount.ts';
import type { DividendLine, InterestLine } from '../tax/income-line.ts';
import type { IncomeTotals } from '../tax/income-totals.ts';
import type { IncomeYear } from '../tax/income-year.ts';
import { foreignOffsetCap } from '../tax/rules.ts';
import { componentOf, type TrustIncome } from '../tax/trust-income.ts';
import {
  assessableRule,
  creditRule,
  holdingRule,
  licRule,
  offsetRule,
  smallHolderRule,
  withheldRule,
} from './dividend.ts';
import { type Explanation, type Input, inputOf, type Rule } from './explanation.ts';
import { byEntry, type Element, explained, fact, list } from './made.ts';
import { statementRule } from './trust.ts';

export const explainInterest = ({ entry, portfolioName, amount }: InterestLine): Explanation =>
  fact('amount', portfolioName, { unit: 'money', value: amount, source: byEntry(entry) });

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
