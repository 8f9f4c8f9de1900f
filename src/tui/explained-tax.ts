/** The explanations that `x` opens on tax and income: of the selected row, then of what the tab adds up to. */

import { isZero } from '../domain/decimal.ts';
import { explainGainLine, type GainLineFigure } from '../domain/explain/capital-gain.ts';
import { type DividendFigure, explainDividend } from '../domain/explain/dividend.ts';
import type { Explanation } from '../domain/explain/explanation.ts';
import {
  explainIncomeTotal,
  explainInterest,
  type IncomeTotalFigure,
  incomeTotalFigures,
} from '../domain/explain/income-total.ts';
import { explainHoldingYield, explainWholeYield } from '../domain/explain/income-yield.ts';
import { explainPayment, explainPaymentTotal, type PaymentFigure } from '../domain/explain/payment.ts';
import { explainReceived, yieldFigures } from '../domain/explain/received-income.ts';
import { explainEffect, explainMethod, explainSale, explainWaiting } from '../domain/explain/sale-preview.ts';
import { explainTaxYear, type TaxYearFigure } from '../domain/explain/tax-year.ts';
import { explainTrust, trustFigures } from '../domain/explain/trust.ts';
import { formatFinancialYear } from '../format.ts';
import type { SalePreview } from '../usecases/preview-sale.ts';
import { calendarId, gainLineId } from './tax-lists.ts';
import type { TaxModel } from './tax-model.ts';

const ofLine: readonly GainLineFigure[] = [
  'gain',
  'proceeds',
  'costBase',
  'indexedCostBase',
  'indexationFactor',
  'marketValue20270630',
  'units',
  'ownerPct',
];
const ofGains: readonly TaxYearFigure[] = [
  'netCapitalGain',
  'discountGains',
  'otherGains',
  'losses',
  'lossesCarriedIn',
  'discount',
  'lossesCarriedOut',
  'minimumTaxCapitalGain',
  'minimumTaxGap',
];
const ofDividend: readonly DividendFigure[] = ['creditAllowed', 'frankingCredit', 'amount', 'franked', 'unfranked'];
const ofPayment: readonly PaymentFigure[] = ['amount', 'frankingCredit', 'perUnit', 'units', 'frankedPct'];

const known = (explanations: readonly Explanation[]): Explanation[] =>
  explanations.filter(each => each.value !== undefined);

/** `selected` is the row's id in the list of the tab. */
export function explainedTax(model: TaxModel, selected: string | undefined): Explanation[] {
  const { income, year } = model;
  switch (model.tab) {
    case 'received': {
      const row = income.holdings.find(each => each.code === selected);
      const fy = formatFinancialYear(income.financialYear);
      return [
        ...(row === undefined
          ? []
          : [
              explainReceived(row.code, row.year, 'amount'),
              explainReceived(row.code, row.year, 'frankingCredits'),
              ...yieldFigures.map(figure => explainHoldingYield(row, figure, income.books)),
            ]),
        explainReceived(`${income.portfolio} ${fy}`, income.year, 'amount'),
        explainReceived(`${income.portfolio} ${fy}`, income.year, 'frankingCredits'),
        ...yieldFigures.map(figure => explainWholeYield(income, figure)),
      ];
    }
    case 'calendar': {
      const payment = model.toCome.find(each => calendarId(each) === selected);
      return [
        ...(payment === undefined ? [] : ofPayment.map(figure => explainPayment(payment, figure))),
        explainPaymentTotal(`${income.portfolio}, declared`, income.declaredTotal, 'amount'),
        explainPaymentTotal(`${income.portfolio}, estimated`, income.estimatedTotal, 'amount'),
      ];
    }
    case 'confirm': {
      const proposal = income.proposals.find(each => each.id === selected);
      return proposal === undefined ? [] : ofPayment.map(figure => explainPayment(proposal, figure));
    }
    case 'gains': {
      if (year === undefined) return [];
      const line = year.gains.year.lines.find(each => gainLineId(each) === selected);
      const all = { ...year.gains, owner: year.gains.owner.name, taxpayer: year.gains.owner.taxpayer };
      return [
        ...(line === undefined
          ? []
          : ofLine
              .map(figure => explainGainLine(line, figure))
              .filter(each => each.figure === 'gain' || each.value !== undefined)),
        ...ofGains.map(figure => explainTaxYear(all, figure)),
      ];
    }
    case 'assessed': {
      if (year === undefined) return [];
      const wanted = (figure: IncomeTotalFigure): boolean =>
        figure === 'assessable' || !isZero(year.income.totals[figure]);
      const totals = incomeTotalFigures.filter(wanted).map(figure => explainIncomeTotal(year.income, figure));
      return [...ofAssessed(year.income, selected), ...totals];
    }
  }
}

/** Rows are known by what they are and their place: `dividend 3`. */
function ofAssessed({ dividends, trusts, interest }: NonNullable<TaxModel['year']>['income'], id = ''): Explanation[] {
  const [kind, place] = id.split(' ');
  const at = Number(place);
  const [dividend, trust, paid] = [dividends[at], trusts[at], interest[at]];
  if (kind === 'dividend' && dividend !== undefined) {
    return ofDividend.map(figure => explainDividend(dividend, figure));
  }
  if (kind === 'trust' && trust !== undefined) {
    return [
      explainTrust(trust, 'creditAllowed'),
      ...known(
        trustFigures
          .slice(0)
          .filter(each => each !== 'creditAllowed')
          .map(figure => explainTrust(trust, figure)),
      ),
    ];
  }
  return kind === 'interest' && paid !== undefined ? [explainInterest(paid)] : [];
}

/** Of a sale that is only thought of: by each method, then what it would bring. */
export const explainedSale = (preview: SalePreview): Explanation[] => [
  ...preview.methods.flatMap(method => [
    explainMethod(method, 'taxableGain'),
    ...method.owners.flatMap(owner => [
      explainEffect(owner, 'taxableGain'),
      ...(owner.tax === undefined ? [] : [explainEffect(owner, 'tax')]),
      ...owner.lines.map(line => explainGainLine(line, 'gain')),
    ]),
    ...method.waiting.slice(0, 1).map(waiting => explainWaiting(method, waiting, 'saves')),
  ]),
  explainSale(preview, 'proceeds'),
];
