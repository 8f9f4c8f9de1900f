/** Why the figures of a trust's year are what they are: its annual tax statements, on the owner's share. */
import type { StatementComponent } from '../ledger/statement.ts';
import { shareOf } from '../tax/ownership.ts';
import type { TrustIncome } from '../tax/trust-income.ts';
import { holdingRule, offsetRule, unitsByOutcome } from './dividend.ts';
import { type Explanation, inputOf } from './explanation.ts';
import { byEntry, explained, fact, given, list, words } from './made.ts';
import { ownPart, taxRule } from './tax-rules.ts';

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

export const statementRule = taxRule('trust-statement');

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
    return ownPart(made, share, shareOf(whole, share));
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
