/**
 * The income of one owner and financial year, over all portfolios and shares of joint ones.
 *
 * A company's dividend is assessed in the year it is paid, reinvested or not; a trust's distribution in the year it is
 * attributed to, by its tax statement (see trust-income). Franking credits that pass the holding period rule are grossed
 * up and offset. Tax withheld for want of a TFN is credited whole. Foreign tax is offset up to $1,000 without working out
 * the limit (ITAA 1997 s 770-75(4)); what was paid is shown. The capital gain part of a listed investment company's
 * dividend gives a deduction of half of it, a third in a super fund, nothing in a company (ITAA 1997 s 115-280).
 *
 * Totals are of what is known: dividends whose franking is not stated have no gross-up, trusts without a statement no
 * income, and the coverage says of how many of them.
 */
import { compareText } from '../compare-text.ts';
import { financialYear, type LocalDate } from '../date.ts';
import { noMoney } from '../decimal.ts';
import type { Entry } from '../ledger/entry.ts';
import type { Owner } from '../ledger/portfolio.ts';
import type { Code } from '../market/security.ts';
import { type CreditTest, creditTest, type JudgedCredit } from './credit-test.ts';
import { isSmallHolder } from './holding-period.ts';
import { type DividendLine, type IncomeLine, type InterestLine, incomeLine } from './income-line.ts';
import { dividendRules, interestRules, trustRules } from './income-rules.ts';
import { type IncomeTotals, incomeTotals, total } from './income-totals.ts';
import { type OwnerBooks, sharesIn } from './owner-books.ts';
import { shareOf } from './ownership.ts';
import type { RuleId } from './rules.ts';
import { type TrustIncome, trustIncome } from './trust-income.ts';

export type IncomeYear = {
  readonly owner: Owner;
  readonly financialYear: number;
  readonly dividends: readonly DividendLine[];
  readonly trusts: readonly (TrustIncome & { readonly rules: readonly RuleId[] })[];
  readonly interest: readonly InterestLine[];
  readonly totals: IncomeTotals;
  /** An individual with credits of at most $5,000: the holding period rule is not asked. */
  readonly smallHolder: boolean;
  /** Dividends of known franking and trusts with a statement, as a fraction of both; 1 when there are none. */
  readonly coverage: number;
  readonly warnings: readonly string[];
};

/** The codes whose payments are those of a trust: an ETF, or one that has paid a distribution or sent a statement. */
function trustCodes({ ledger, kinds }: OwnerBooks): ReadonlySet<Code> {
  return new Set([
    ...[...kinds].filter(([, kind]) => kind === 'etf').map(([code]) => code),
    ...ledger.income.filter(each => each.kind === 'distribution').map(each => each.code),
    ...ledger.statements.map(each => each.code),
  ]);
}

const judgedLine = (
  line: IncomeLine,
  credit: JudgedCredit | undefined,
  entry: Entry | undefined,
  portfolioName: string,
  smallHolder: boolean,
): DividendLine => {
  const assumed = line.creditAssumed ? 'the credit is reckoned at the company rate of 30%' : undefined;
  const judged = {
    ...line,
    portfolioName,
    batch: entry?.batch,
    sourceKey: entry?.sourceKey,
    creditAllowed: credit?.allowed,
    creditDenied: credit?.denied,
    creditOpen: credit?.open,
    period: credit?.period,
    reason: credit === undefined ? 'franking not stated' : (credit.reason ?? assumed),
  };
  return { ...judged, rules: dividendRules(judged, smallHolder) };
};

/** Every credit is kept, where the rule is not asked. */
const exempted: CreditTest = (_payment, credit) => ({
  allowed: credit,
  denied: noMoney,
  open: noMoney,
  reason: undefined,
});

export function incomeYear(books: OwnerBooks, fy: number, today: LocalDate): IncomeYear {
  const shares = sharesIn(books);
  const trusts = trustCodes(books);
  const received = books.ledger.income.flatMap(income => {
    const share = shares.get(income.portfolio);
    return share === undefined || income.financialYear !== fy ? [] : [{ income, share }];
  });
  const wanted = new Set(received.map(each => each.income.entry));
  const entries = new Map(books.entries.filter(each => wanted.has(each.id)).map(each => [each.id, each]));
  const lines = received.map(({ income, share }) => incomeLine(income, share, entries.get(income.entry)));
  const statements = books.ledger.statements.flatMap(record => {
    const share = shares.get(record.portfolio);
    return share === undefined || record.financialYear !== fy ? [] : [{ record, share }];
  });
  const dividends = lines.filter(line => !trusts.has(line.code)).sort(byPayment);
  const creditsOfYear = total([
    ...dividends.map(line => line.frankingCredit),
    ...statements.map(({ record, share }) => shareOf(record.components['franking-credit'], share)),
  ]);
  const names = new Map(books.portfolios.map(each => [each.id, each.name]));
  const smallHolder = isSmallHolder(books.owner.taxpayer, creditsOfYear);
  const test = smallHolder ? exempted : creditTest(books, today);
  const judged = dividends.map(line =>
    judgedLine(
      line,
      line.frankingCredit === undefined ? undefined : test(line, line.frankingCredit),
      entries.get(line.entry),
      names.get(line.portfolio) as string,
      smallHolder,
    ),
  );
  const paying = lines.filter(line => trusts.has(line.code)).sort(byPayment);
  const codes = [...new Set([...paying.map(line => line.code), ...statements.map(each => each.record.code)])].sort();
  const attributed = codes.map(code => {
    const trust = trustIncome(
      { code, financialYear: fy },
      paying.filter(line => line.code === code),
      statements.filter(each => each.record.code === code),
      test,
    );
    return { ...trust, rules: trustRules(trust, smallHolder) };
  });
  const interest = interestOf(books, fy);
  const known = judged.filter(line => line.frankingCredit !== undefined).length;
  const stated = attributed.filter(each => each.components !== undefined).length;
  const all = judged.length + attributed.length;
  return {
    owner: books.owner,
    financialYear: fy,
    dividends: judged,
    trusts: attributed,
    interest,
    totals: incomeTotals(judged, attributed, interest, books.owner.taxpayer),
    smallHolder,
    coverage: all === 0 ? 1 : (known + stated) / all,
    warnings: warningsOf(judged, attributed, fy, today),
  };
}

const byPayment = (a: IncomeLine, b: IncomeLine): number =>
  compareText(a.paidOn, b.paidOn) || compareText(a.code, b.code);

function interestOf(books: OwnerBooks, fy: number): InterestLine[] {
  const shares = sharesIn(books);
  return books.entries.flatMap(entry => {
    const share = shares.get(entry.portfolio);
    if (entry.kind !== 'interest' || share === undefined || financialYear(entry.on) !== fy) return [];
    const portfolioName = books.portfolios.find(each => each.id === entry.portfolio)?.name ?? '';
    const amount = shareOf(entry.amount, share);
    return [{ entry: entry.id, portfolioName, paidOn: entry.on, amount, rules: interestRules(share) }];
  });
}

function warningsOf(
  dividends: readonly DividendLine[],
  trusts: readonly TrustIncome[],
  fy: number,
  today: LocalDate,
): string[] {
  const unstated = trusts.filter(each => each.components === undefined).map(each => each.code);
  const unfranked = dividends.filter(line => line.frankingCredit === undefined);
  const foreign = dividends.filter(line => line.foreign);
  return [
    ...(unstated.length > 0
      ? [
          `No tax statement for FY${fy} of ${unstated.join(', ')}: that income is unknown and in no total; enter it: asxos add "statement ${unstated[0]} fy ${fy} COMPONENT AMOUNT, ..."`,
        ]
      : []),
    ...(unfranked.length > 0
      ? [`${unfranked.length} of ${dividends.length} dividends have no franking stated: their credits are unknown`]
      : []),
    ...(foreign.length > 0
      ? [
          `${foreign.map(line => line.code).join(', ')}: declared in another currency and unfranked, so taken as foreign income`,
        ]
      : []),
    ...(fy === financialYear(today) ? [`FY${fy} is not over: the figures are of what is recorded so far`] : []),
  ];
}
