/** Why the figures of `tax cgt`, `tax income` and `sell-preview` are what they are, by their JSON pointers. */
import { explainGainLine, gainLineFigures } from '../../domain/explain/capital-gain.ts';
import { explainCarriedIn, explainCarriedOut, explainLossUse } from '../../domain/explain/carried-loss.ts';
import { dividendFigures, explainDividend } from '../../domain/explain/dividend.ts';
import { explainIncomeTotal, explainInterest, incomeTotalFigures } from '../../domain/explain/income-total.ts';
import {
  effectFigures,
  explainEffect,
  explainMethod,
  explainSale,
  explainWaiting,
  methodFigures,
  saleFigures,
  waitingFigures,
} from '../../domain/explain/sale-preview.ts';
import { explainClass, explainTaxYear, taxYearFigures } from '../../domain/explain/tax-year.ts';
import { explainTrust, trustFigures } from '../../domain/explain/trust.ts';
import { explainTrustGain, trustGainFigures } from '../../domain/explain/trust-gain.ts';
import type { CapitalGains } from '../../domain/tax/capital-gains.ts';
import type { IncomeYear } from '../../domain/tax/income-year.ts';
import type { SalePreview } from '../../usecases/preview-sale.ts';
import { type Explained, explainedAt } from '../explained.ts';

const amount = ['amount'] as const;

export function explainGains(gains: CapitalGains): Explained[] {
  const { year } = gains;
  const { result } = year;
  const all = { ...gains, owner: gains.owner.name, taxpayer: gains.owner.taxpayer };
  return [
    ...explainedAt('', taxYearFigures, figure => explainTaxYear(all, figure)),
    ...year.lines.flatMap((line, index) =>
      explainedAt(`/disposals/${index}`, gainLineFigures, figure => explainGainLine(line, figure)),
    ),
    ...year.trusts.flatMap((trust, index) =>
      explainedAt(`/trusts/${index}`, trustGainFigures, figure => explainTrustGain(trust, figure)),
    ),
    ...[...year.gains.keys()].flatMap((each, index) =>
      explainedAt(`/gains/${index}`, ['amount', 'afterLosses'] as const, figure => explainClass(all, each, figure)),
    ),
    ...year.carriedIn.flatMap((loss, index) =>
      explainedAt(`/carriedIn/${index}`, amount, () => explainCarriedIn(all, loss)),
    ),
    ...result.used.flatMap((_, index) => explainedAt(`/lossesUsed/${index}`, amount, () => explainLossUse(all, index))),
    ...result.carriedOut.flatMap((loss, index) =>
      explainedAt(`/carriedOut/${index}`, amount, () => explainCarriedOut(all, loss)),
    ),
  ];
}

export const explainIncomeYear = (income: IncomeYear): Explained[] => [
  ...explainedAt('/totals', incomeTotalFigures, figure => explainIncomeTotal(income, figure)),
  ...income.dividends.flatMap((line, index) =>
    explainedAt(`/dividends/${index}`, dividendFigures, figure => explainDividend(line, figure)),
  ),
  ...income.trusts.flatMap((trust, index) =>
    explainedAt(`/trusts/${index}`, trustFigures, figure => explainTrust(trust, figure)),
  ),
  ...income.interest.flatMap((line, index) => explainedAt(`/interest/${index}`, amount, () => explainInterest(line))),
];

const parcelFigures = ['units', 'proceeds', 'costBase', 'gain'] as const;

export const explainSalePreview = (preview: SalePreview): Explained[] => [
  ...explainedAt('', saleFigures, figure => explainSale(preview, figure)),
  ...preview.methods.flatMap((method, at) => [
    ...explainedAt(`/methods/${at}`, methodFigures, figure => explainMethod(method, figure)),
    ...method.owners
      .flatMap(each => each.lines)
      .flatMap((line, index) =>
        explainedAt(`/methods/${at}/parcels/${index}`, parcelFigures, figure => explainGainLine(line, figure)),
      ),
    ...method.owners.flatMap((owner, index) =>
      explainedAt(`/methods/${at}/owners/${index}`, effectFigures, figure => explainEffect(owner, figure)),
    ),
    ...method.waiting.flatMap((waiting, index) =>
      explainedAt(`/methods/${at}/waiting/${index}`, waitingFigures, figure => explainWaiting(method, waiting, figure)),
    ),
  ]),
];
