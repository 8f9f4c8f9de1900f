/** What a sale being thought of would bring; or why that cannot be told. */
import type { App } from '../app.ts';
import { readUnits } from '../domain/ledger/entry-words.ts';
import { Failure } from '../failure.ts';
import { type SalePreview, viewSalePreview } from '../usecases/preview-sale.ts';
import type { SaleOverlay } from './overlay.ts';

export type SaleModel =
  | { readonly preview: SalePreview }
  | { readonly trouble: string; readonly hint?: string | undefined };

export function saleModel(
  app: App,
  code: SaleOverlay['code'],
  units: string,
  portfolio: string | undefined,
): SaleModel {
  if (units.trim() === '') return { trouble: 'Type how many units would be sold' };
  try {
    return { preview: viewSalePreview(app, { code, units: readUnits(units.trim()), portfolio }) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { trouble: error.message, hint: error.hint };
  }
}
