/** The lines of the tax reports as scripts, spreadsheets and accountants read them: one record for each, flat. */
import type { Cell, CsvRows } from '../csv.ts';
import { type Decimal, plain } from '../domain/decimal.ts';
import type { CapitalGains, ReportedLine } from '../domain/tax/capital-gains.ts';
import type { DividendLine } from '../domain/tax/income-line.ts';
import type { IncomeYear } from '../domain/tax/income-year.ts';
import { type RuleId, taxRules } from '../domain/tax/rules.ts';

export const notAdvice = 'General information, not advice.';

type Getters<Row> = Readonly<Record<string, (row: Row) => Cell>>;
type RecordOf<Fields extends Getters<never>> = { readonly [Name in keyof Fields]: ReturnType<Fields[Name]> };

/** A line as one flat record. */
export const recordOf = <Row, Fields extends Getters<Row>>(fields: Fields, row: Row): RecordOf<Fields> =>
  Object.fromEntries(Object.entries(fields).map(([name, get]) => [name, get(row)])) as RecordOf<Fields>;

/** The same lines as CSV; with a header where there are none. */
export const csvOfRows = <Row>(fields: Getters<Row>, rows: readonly Row[]): CsvRows => ({
  fields: Object.keys(fields),
  rows: rows.map(row => Object.values(fields).map(get => get(row))),
});

const pct = (value: Decimal): number => Number(plain(value));

export const disposalFields = {
  code: line => line.code,
  portfolio: line => line.portfolioName,
  ownerPct: line => pct(line.ownerPct),
  event: line => line.event,
  acquiredOn: line => line.acquiredOn,
  disposedOn: line => line.disposedOn,
  units: line => line.units,
  proceeds: line => line.proceeds,
  costBase: line => line.costBase,
  reducedCostBase: line => line.reducedCostBase,
  gain: line => line.gain,
  category: line => line.category,
  discountEligible: line => line.discountEligible,
  discountEligibleFrom: line => line.discountEligibleFrom,
  marketValue20270630: line => line.marketValue,
  indexationFactor: line => line.indexation?.factor,
  indexationEstimated: line => line.indexation?.estimated ?? false,
  indexedCostBase: line => line.indexedCostBase,
  entry: line => line.entry,
  batch: line => line.source.batch,
  sourceKey: line => line.source.sourceKey,
  parcel: line => line.parcel,
  parcelBatch: line => line.parcelSource.batch,
  parcelSourceKey: line => line.parcelSource.sourceKey,
  rules: line => line.rules.join(' '),
} satisfies Getters<ReportedLine>;

export const dividendFields = {
  code: line => line.code,
  kind: line => line.kind,
  portfolio: line => line.portfolioName,
  ownerPct: line => pct(line.ownerPct),
  exDate: line => line.exDate,
  paidOn: line => line.paidOn,
  units: line => line.units,
  amount: line => line.amount,
  franked: line => line.franked,
  unfranked: line => line.unfranked,
  frankingCredit: line => line.frankingCredit,
  creditAssumed: line => line.creditAssumed,
  creditAllowed: line => line.creditAllowed,
  reason: line => line.reason,
  foreign: line => line.foreign,
  foreignTax: line => line.foreignTax,
  tfnWithheld: line => line.tfnWithheld,
  licAttributable: line => line.licAttributable,
  entry: line => line.entry,
  batch: line => line.batch,
  sourceKey: line => line.sourceKey,
  rules: line => line.rules.join(' '),
} satisfies Getters<DividendLine>;

export const trustFields = {
  code: trust => trust.code,
  cash: trust => trust.cash,
  franked: trust => trust.components?.franked,
  unfranked: trust => trust.components?.unfranked,
  interest: trust => trust.components?.interest,
  otherIncome: trust => trust.components?.['other-income'],
  frankingCredit: trust => trust.components?.['franking-credit'],
  creditAllowed: trust => trust.creditAllowed,
  discountGains: trust => trust.components?.['discount-gains'],
  otherGains: trust => trust.components?.['other-gains'],
  foreignIncome: trust => trust.components?.['foreign-income'],
  foreignTaxOffset: trust => trust.components?.['foreign-tax-offset'],
  tfnWithheld: trust => trust.components?.['tfn-withheld'],
  taxDeferred: trust => trust.components?.['tax-deferred'],
  amitIncrease: trust => trust.components?.['amit-increase'],
  amitDecrease: trust => trust.components?.['amit-decrease'],
  reason: trust => trust.reason,
  statements: trust => trust.statements.join(' '),
  rules: trust => trust.rules.join(' '),
} satisfies Getters<IncomeYear['trusts'][number]>;

export const interestFields = {
  portfolio: line => line.portfolioName,
  paidOn: line => line.paidOn,
  amount: line => line.amount,
  entry: line => line.entry,
  rules: line => line.rules.join(' '),
} satisfies Getters<IncomeYear['interest'][number]>;

type FollowedRule = { id: RuleId; says: string; source: string; from: string };

/** In the order of the table of rules. */
const rulesNamed = (named: ReadonlySet<RuleId>): FollowedRule[] =>
  (Object.keys(taxRules) as RuleId[])
    .filter(id => named.has(id))
    .map(id => ({ id, says: taxRules[id].says, source: taxRules[id].source, from: taxRules[id].from }));

export const incomeRulesFollowed = ({ dividends, trusts, interest }: IncomeYear): FollowedRule[] =>
  rulesNamed(new Set([...dividends, ...trusts, ...interest].flatMap(line => line.rules)));

/** The rules that the lines of a report name, and those that every year follows. */
export function rulesFollowed({ year, owner, financialYear }: CapitalGains): FollowedRule[] {
  const named = new Set<RuleId>(year.lines.flatMap(line => line.rules));
  const isNew = financialYear >= 2028 && (owner.taxpayer === 'individual' || owner.taxpayer === 'trust');
  if (year.lines.length > 0 || year.trusts.length > 0) named.add(isNew ? 'loss-order-2027' : 'loss-order');
  if (year.carriedIn.length > 0 || year.result.carriedOut.length > 0) named.add('carried-losses');
  if (year.trusts.length > 0) named.add('trust-gains');
  if (year.minimumTaxCapitalGain !== undefined) named.add('minimum-tax');
  return rulesNamed(named);
}
