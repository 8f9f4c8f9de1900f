/**
 * Why so much of a loss is used, carried in or carried out: a loss that is carried in is followed back to the year that
 * made it, and to what the years between used of it.
 */
import { isPositive } from '../decimal.ts';
import type { CarriedLoss } from '../tax/net-capital-gain.ts';
import type { CapitalGainYear } from '../tax/tax-year.ts';
import { type Explanation, inputOf } from './explanation.ts';
import { fact, list, words } from './made.ts';
import { taxRule } from './tax-rules.ts';
import {
  type ExplainedYears,
  explainClass,
  explainTaxYear,
  lossOrder,
  lossWords,
  nameOf,
  usesOf,
  yearMoney,
  yearOf,
} from './tax-year.ts';

/** Two losses of before the entries cannot be told apart: what became of each is not followed. */
const isAmbiguous = ({ carriedIn }: CapitalGainYear, loss: CarriedLoss): boolean =>
  loss.madeIn === undefined && carriedIn.filter(each => each.madeIn === undefined).length > 1;

const carriedFact = (all: ExplainedYears, loss: CarriedLoss): Explanation =>
  fact('amount', nameOf(all), {
    unit: 'money',
    value: loss.amount,
    source: words(`${lossWords(loss)}, as far as no year has used it (asxos tax facts)`),
    rules: [taxRule('carried-losses')],
  });

/** A loss that comes into the year, from the year that made it. */
export function explainCarriedIn(all: ExplainedYears, loss: CarriedLoss): Explanation {
  const year = yearOf(all);
  if (isAmbiguous(year, loss)) return carriedFact(all, loss);
  const earlier = all.years.slice(0, -1);
  const used = earlier.flatMap(each =>
    each.result.used.filter(use => use.madeIn === loss.madeIn).map(use => ({ use, in: each.financialYear })),
  );
  const uses = list(
    'used',
    'money',
    used.map(({ use, in: fy }) => ({ value: use.amount, label: `used in FY${fy} against ${use.against}` })),
  );
  const inputs =
    loss.madeIn === undefined
      ? list(
          'losses',
          'money',
          [...all.broughtIn]
            .filter(([fy, amount]) => fy <= year.financialYear && isPositive(amount))
            .map(([fy, value]) => ({
              value,
              label: `brought into FY${fy}`,
              source: { kind: 'setting' as const, key: `tax facts losses-brought-in ${fy}` },
            })),
        )
      : inputOf(explainTaxYear(upTo(all, loss.madeIn), 'losses'));
  return yearMoney(all, 'amount', {
    value: loss.amount,
    formula: 'sum(losses) - sum(used)',
    inputs: [inputs, uses],
    rules: [taxRule('carried-losses')],
  });
}

const upTo = (all: ExplainedYears, fy: number): ExplainedYears => ({
  ...all,
  years: all.years.filter(each => each.financialYear <= fy),
});

/** A loss of the year or of an earlier one, before the year has used any of it. */
function lossBefore(all: ExplainedYears, { madeIn }: Pick<CarriedLoss, 'madeIn'>): Explanation | undefined {
  const year = yearOf(all);
  if (madeIn === year.financialYear) return explainTaxYear(all, 'losses');
  const found = year.carriedIn.filter(each => each.madeIn === madeIn);
  const [loss] = found;
  return loss === undefined || found.length > 1 ? undefined : explainCarriedIn(all, loss);
}

/** A step of the netting: so much of a loss against a class of gains. */
export function explainLossUse(all: ExplainedYears, at: number): Explanation {
  const { used } = yearOf(all).result;
  const use = used[at];
  if (use === undefined) throw new Error(`no step ${at}`);
  const loss = lossBefore(all, use);
  if (loss === undefined) return { ...carriedFact(all, use), of: nameOf(all) };
  const before = used.slice(0, at);
  return yearMoney(all, 'amount', {
    value: use.amount,
    formula: 'min(loss - sum(lossUsed), gains - sum(gainsUsed))',
    inputs: [
      inputOf(loss, 'loss'),
      usesOf(
        before.filter(each => each.madeIn === use.madeIn),
        'lossUsed',
      ),
      inputOf(explainClass(all, use.against, 'amount'), 'gains'),
      usesOf(
        before.filter(each => each.against === use.against),
        'gainsUsed',
      ),
    ],
    rules: [lossOrder(all)],
  });
}

/** A loss that goes on to the next year. */
export function explainCarriedOut(all: ExplainedYears, loss: CarriedLoss): Explanation {
  const before = lossBefore(all, loss);
  if (before === undefined) return carriedFact(all, loss);
  return yearMoney(all, 'amount', {
    value: loss.amount,
    formula: 'loss - sum(used)',
    inputs: [
      inputOf(before, 'loss'),
      usesOf(
        yearOf(all).result.used.filter(each => each.madeIn === loss.madeIn),
        'used',
      ),
    ],
    rules: [taxRule('carried-losses')],
  });
}
